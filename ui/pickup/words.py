"""Words of the pickup page that several of its parts say."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.queries.orders import LineView, OrderView
from ui import formats


class PickupWords(QObject):
    """Says codes of the records in the words of the trade."""

    def channel(self, code: str) -> str:
        """Where an order was sold."""
        said = {
            "app": self.tr("App"),
            "web": self.tr("Web"),
            "agency": self.tr("Agency"),
            "wechat": self.tr("WeChat"),
            "window": self.tr("Window"),
        }
        return said.get(code, code)

    def ticket_type(self, code: str) -> str:
        """Adult, concession and so on."""
        said = {
            "adult": self.tr("Adult"),
            "concession": self.tr("Concession"),
            "child": self.tr("Child"),
            "companion": self.tr("Companion"),
            "wheelchair": self.tr("Wheelchair"),
        }
        return said.get(code, code)

    def session(self, line: LineView) -> str:
        """Name of a line's session in the language of the window."""
        return line.session_zh if formats.language() == "zh_CN" else line.session_en

    def place(self, line: LineView) -> str:
        """Where one sits, or what one gets where places are unnumbered."""
        if line.seat_id is None:
            # Reserved by level: its seat is told once it is paid for.
            level = self.tr("Level {name}").format(name=line.category)
            return level if line.category else self.session(line)
        return formats.seat(line.zone, line.row, line.number)

    def about(self, line: LineView) -> str:
        """The line below the place: day and time, ticket type, session."""
        numbered = line.seat_id is not None or line.category
        named = self.session(line) if numbered else self.tr("Unnumbered")
        parts = (formats.short_stamp(line.starts_at), self.ticket_type(line.ticket_type), named)
        return formats.DOT.join(parts)

    def whose(self, view: OrderView) -> str:
        """Masked name of who ordered, or the order's number where no name was given."""
        return view.buyer or view.number

    def tickets(self, count: int) -> str:
        """A number of tickets."""
        return self.tr("%n ticket(s)", "", count)

    def trouble(self, code: str) -> str:
        """Why a page is in doubt; what a driver says of itself stays as it is."""
        said = {
            "interrupted": self.tr("interrupted"),
            "PrinterTrouble": self.tr("the printer did not take it"),
            "NoPrinter": self.tr("there is no such printer"),
            "DiskTrouble": self.tr("the disk did not take it"),
        }
        return said.get(code, code)
