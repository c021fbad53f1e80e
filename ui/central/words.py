"""What central knows, in words: how windows are, what they hold, why an order waits for review."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject

from boxoffice.services.supervising.central_view import Overview, Review, State, WindowLine
from ui import formats
from ui.sell.words import Words, in_language

HASH_SHOWN = 8

TONES = {
    State.HERE: "good",
    State.SILENT: "attention",
    State.NEVER: "",
    State.AWAITED: "attention",
    State.FENCED: "danger",
}


class CentralWords(QObject):
    """Words of one page; `level` and the like are those of the sell page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = Words(self)

    def window(self, number: int, name: str = "") -> str:
        """A window by its number, and its name where that says more."""
        said = self.tr("Window {number}").format(number=number)
        return said if name in ("", str(number)) else f"{said}{formats.DOT}{name}"

    def window_of(self, overview: Overview, number: int) -> str:
        """A window central knows, by number."""
        names = {line.number: line.name for line in overview.windows}
        return self.window(number, names.get(number, ""))

    def state(self, line: WindowLine, *, away: bool = False) -> str:
        """How a window is; `away`: how it was, for central is out of reach."""
        if away and line.own:
            return self.tr("this window, off line")
        if away and line.state is State.HERE:
            return self.tr("was on line")
        if line.state is State.SILENT and line.last_seen is not None:
            return self.tr("silent since {time}").format(time=formats.short_stamp(line.last_seen))
        return {
            State.HERE: self.tr("this window, on line") if line.own else self.tr("on line"),
            State.SILENT: self.tr("silent"),
            State.NEVER: self.tr("has not come yet"),
            State.AWAITED: self.tr("waited for after the restore"),
            State.FENCED: self.tr("fenced"),
        }[line.state]

    def tone(self, line: WindowLine, *, away: bool = False) -> str:
        """What `state` is said in."""
        if away and line.own:
            return "attention"
        return "" if away and line.state is State.HERE else TONES[line.state]

    def seen(self, line: WindowLine) -> str:
        """When central last heard of it."""
        if line.last_seen is None:
            return self.tr("never seen")
        return self.tr("seen {time}").format(time=formats.short_stamp(line.last_seen))

    def unsent(self, line: WindowLine) -> str:
        """What it had not reported when it was last seen; empty for one that never came."""
        if line.last_seen is None:
            return ""
        if line.unsent:
            return self.tr("%n unsent", "", line.unsent)
        here = line.state is State.HERE
        return self.tr("all reported") if here else self.tr("all reported then")

    def holds(self, seats: int, places: int, orders: int) -> str:
        """Counts of custody."""
        parts = [
            self.tr("%n seat(s)", "", seats) if seats else "",
            self.tr("%n place(s)", "", places) if places else "",
            self.tr("%n order(s)", "", orders) if orders else "",
        ]
        return formats.DOT.join(filter(None, parts)) or self.tr("holds nothing")

    def head(self, number: int, hashed: str) -> str:
        """The last entry of a chain: its number and the first letters of its hash."""
        if not number:
            return self.tr("no entries yet")
        said = self.tr("entry {number}").format(number=formats.count(number))
        return f"{said}{formats.DOT}{hashed[:HASH_SHOWN]}"

    def agreement(self, agrees: bool | None) -> str:
        """Whether a chain has what was seen of it from here."""
        if agrees is None:
            return self.tr("not seen before")
        return self.tr("agrees") if agrees else self.tr("differs from what was seen here")

    def level(self, category: str, *, numbered: bool) -> str:
        """A level of seats; else what an allotment without one is of."""
        if category:
            return self._words.whole_level(category)
        return self.tr("Orders at the pickup desk") if numbered else self.tr("Places")

    def session(self, code: str, zh: str, en: str) -> str:
        """A session by code and name."""
        return formats.DOT.join((code, in_language(zh, en)))

    def reason(self, review: Review) -> str:
        """Why central could not take an order; what has no words of its own stays as it stands."""
        for pattern, said in (
            ("money went back", self.tr("Its money went back: the payment was settled")),
            ("is being settled", self.tr("Its money may have gone back: look at its case")),
            ("does not hold|custody", self.tr("The window does not hold it any more")),
            ("started from version", self.tr("It was changed elsewhere in the meantime")),
            ("sold places", self.tr("It sold places the window does not have")),
            ("fit the journal", self.tr("Its rows do not fit the journal")),
            ("live_seat|SeatTaken|ticket", self.tr("The seat belongs to another order")),
        ):
            if re.search(pattern, review.reason):
                return said
        return review.reason
