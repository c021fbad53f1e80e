"""The statement of a shift, a window or a day on A4: figures, tables of its parts, room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.documents.paper import Both
from boxoffice.documents.sheet import CENTRE, LEFT, RIGHT, Book, Sheet, dots
from boxoffice.documents.ticket import TRAINING
from boxoffice.documents.z_report import Figure
from boxoffice.domain.money import format_yuan

WIDTH, HEIGHT = dots(210), dots(297)
_MARGIN = dots(16)
_SPAN = WIDTH - 2 * _MARGIN
_FOOT = HEIGHT - dots(14)
_BODY, _SMALL, _HEADING = 26, 22, 32
_GAP = 12


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its head, its share of the width, and whether it holds figures."""

    head: Both
    share: int
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words, as many in each as there are columns."""

    title: Both
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """What is printed. `number` is empty for a reading that was not kept; `at` is aware."""

    event: Both
    title: Both
    number: str
    about: Sequence[tuple[Both, str]]
    at: datetime
    sections: Sequence[tuple[Both, Sequence[Figure]]]
    tables: Sequence[Table]
    signed: bool
    """Whether there is room to sign."""
    training: bool = False


def statement_pdf(paper: StatementPaper) -> bytes:
    """The statement as a PDF of as many pages as it needs. Raises DiskTrouble without a font."""
    pages = _Pages(paper)
    _head(pages, paper)
    for title, figures in paper.sections:
        pages.room(_HEADING + 3 * _BODY)
        pages.heading(title)
        for figure in figures:
            pages.figure(figure)
    for table in paper.tables:
        pages.table(table)
    if paper.signed:
        pages.signatures()
    return pages.write(f"{paper.title.en} {paper.number}".strip())


def _head(pages: _Pages, paper: StatementPaper) -> None:
    if paper.training:
        pages.line(TRAINING, 40, bold=True, align=CENTRE)
    pages.line(paper.event.zh, 44, bold=True, align=CENTRE)
    pages.line(paper.event.en, 28, align=CENTRE)
    pages.line(f"{paper.title.zh} {paper.title.en}", 40, bold=True, align=CENTRE)
    if paper.number:
        pages.line(f"No. {paper.number}", 44, bold=True, align=CENTRE)
    else:
        pages.line("读数,未编号 A reading, not numbered", _BODY, align=CENTRE)
    pages.rule()
    for label, value in paper.about:
        pages.pair(f"{label.zh} {label.en}", value)
    pages.pair("制表 Made", f"{clock.venue(paper.at):%Y-%m-%d %H:%M:%S}")


class _Pages:
    """Writes downwards, and goes on on the next page."""

    def __init__(self, paper: StatementPaper) -> None:
        self._book, self._foot = Book(), f"{paper.title.en} {paper.number}".strip()
        self._count = 0
        self._sheet = self._next()

    def _next(self) -> Sheet:
        self._count += 1
        sheet = self._book.sheet(WIDTH)
        sheet.height = HEIGHT
        box = (_MARGIN, _FOOT, _SPAN, _SMALL * 2)
        sheet.text(f"{self._foot} · {self._count}", box, _SMALL, align=RIGHT)
        self._top = _MARGIN
        return sheet

    def room(self, tall: int) -> None:
        """Go on on the next page where so much does not fit on this one."""
        if self._top + tall > _FOOT - _GAP:
            self._sheet = self._next()

    def line(self, words: str, size: int, *, bold: bool = False, align: int = LEFT) -> None:
        self.room(size * 2)
        box = (_MARGIN, self._top, _SPAN, size * 4)
        self._top += self._sheet.text(words, box, size, bold=bold, align=align) + _GAP

    def rule(self) -> None:
        self._sheet.bar(_MARGIN, self._top + 4, _SPAN, 2)
        self._top += _GAP + 4

    def heading(self, title: Both) -> None:
        self._top += _GAP
        self.rule()
        self.line(f"{title.zh} {title.en}", _HEADING, bold=True)

    def pair(self, label: str, value: str, *, bold: bool = False) -> None:
        self._row([label, value], [3, 2], [False, True], bold=bold)

    def figure(self, figure: Figure) -> None:
        value = "" if figure.fen is None else f"¥{format_yuan(figure.fen)}"
        if figure.count is not None:
            value = f"{figure.count:,}" if not value else f"{figure.count:,}  ·  {value}"
        self.pair(f"{figure.text.zh} {figure.text.en}", value, bold=figure.bold)

    def table(self, table: Table) -> None:
        self.room(_HEADING + 5 * _BODY)
        self.heading(table.title)
        shares = [column.share for column in table.columns]
        right = [column.figures for column in table.columns]
        heads = [f"{column.head.zh} {column.head.en}" for column in table.columns]
        self._row(heads, shares, right, bold=True, size=_SMALL)
        for row in table.rows:
            self._row(row, shares, right, size=_SMALL)

    def _row(
        self,
        cells: Sequence[str],
        shares: Sequence[int],
        right: Sequence[bool],
        *,
        bold: bool = False,
        size: int = _BODY,
    ) -> None:
        self.room(size * 3)
        left, tall, whole = _MARGIN, size, sum(shares)
        for words, share, figures in zip(cells, shares, right, strict=True):
            width = _SPAN * share // whole
            box = (left, self._top, width - _GAP, size * 3)
            align = RIGHT if figures else LEFT
            tall = max(tall, self._sheet.text(words, box, size, bold=bold, align=align))
            left += width
        self._top += tall + _GAP

    def signatures(self) -> None:
        self.room(6 * _BODY)
        self._top += 2 * _BODY
        for zh, en in (("制表人签字", "Made by"), ("复核人签字", "Checked by")):
            self.line(f"{zh} {en} ______________________", _BODY)
            self._top += _BODY

    def write(self, title: str) -> bytes:
        return self._book.write(title)
