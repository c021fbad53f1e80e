"""The band that says quietly that central is out of reach, what goes on, and what is at stake."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.band import Band


@dataclass(frozen=True, slots=True)
class OffLine:
    """What the band says while central is out of reach; texts as they are read by people."""

    since: str
    sales: int
    amount: str
    unsent: int
    seats: int
    places: int
    orders: int
    why: str = ""
    """What has to be mended, where it is not the line alone; else empty."""


class OfflineBand(Band):
    """Hidden while the line stands and all is reported. It never asks for anything."""

    _state: OffLine | int = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, closable=False, square=True)

    def off_line(self, state: OffLine) -> None:
        """Central is out of reach."""
        self._show(state)

    def sending(self, unsent: int) -> None:
        """Central is back and is told what happened: so many changes are left; 0: all is well."""
        self._show(unsent)

    def _show(self, state: OffLine | int) -> None:
        self._state = state
        if isinstance(state, OffLine):
            self.say("info", self._off_line_words(state))
        elif state:
            self.say("info", self.tr("Central is back: sending %n change(s)…", "", state))
        else:
            self.clear()

    def _off_line_words(self, state: OffLine) -> str:
        said = [self.tr("Off line since {time}").format(time=state.since)]
        if state.why:
            said[0] += self.tr(": ") + state.why.rstrip(".。")
        if state.unsent:
            known = self.tr("only this computer knows of %n sale(s)", "", state.sales)
            said.append(f"{known} ({state.amount})" if state.sales else self._changes(state.unsent))
        in_hand = [
            self.tr("%n seat(s)", "", state.seats) if state.seats else "",
            self.tr("%n place(s)", "", state.places) if state.places else "",
            self.tr("%n order(s)", "", state.orders) if state.orders else "",
        ]
        listed = self.tr(", ").join(part for part in in_hand if part)
        if listed:
            said.append(
                self.tr("printing and selling go on with {what} in hand").format(what=listed)
            )
        else:
            said.append(self.tr("printing goes on; nothing to sell is in hand here"))
        return self.tr("; ").join(said)

    def _changes(self, unsent: int) -> str:
        return self.tr("%n change(s) are not at central yet", "", unsent)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show(self._state)
