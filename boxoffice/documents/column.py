"""A column on 80 mm paper, as long as it needs to be: receipts and slips are written in one."""

from __future__ import annotations

from boxoffice.documents.fonts import BOLD, REGULAR, UNITS, face
from boxoffice.documents.sheet import RIGHT, Sheet, dots

WIDTH = dots(80)

_LEFT, _SPAN = 32, 575
_MARGIN = 32
_TALL = 10_000  # more than any text takes: a receipt grows, its words need not shrink


class Column:
    """A column of words: writes downwards and remembers how far it came."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.top = _MARGIN

    def line(self, words: str, size: int, *, bold: bool = False, align: int = 0) -> None:
        """One text over the whole width, wrapped where it is long."""
        box = (_LEFT, self.top, _SPAN, _TALL)
        self.top += self.sheet.text(words, box, size, bold=bold, align=align) + size // 3

    def pair(self, label: str, value: str, size: int, *, bold: bool = False) -> None:
        """A label on the left, wrapped where its value on the right leaves it too little room."""
        natural = face(BOLD if bold else REGULAR).width(value) * size // UNITS + 1
        value_width = min(natural, _SPAN * 2 // 3)
        label_width = _SPAN - value_width - 16
        tall = self.sheet.text(label, (_LEFT, self.top, label_width, _TALL), size, bold=bold)
        box = (_LEFT + _SPAN - value_width, self.top, value_width, _TALL)
        tall = max(tall, self.sheet.text(value, box, size, bold=bold, align=RIGHT))
        self.top += tall + size // 3

    def rule(self) -> None:
        """A thin line with air around it."""
        self.sheet.bar(_LEFT, self.top + 6, _SPAN, 2)
        self.top += 18

    def symbol(self, rows: list[int], count: int, module: int) -> None:
        """A square symbol in the middle, each of its modules so many dots wide."""
        left = (self.sheet.width - count * module) // 2
        self.sheet.modules(rows, count, left, self.top, module)
        self.top += count * module + 18

    def end(self) -> None:
        """The paper is cut here."""
        self.sheet.height = self.top + _MARGIN
