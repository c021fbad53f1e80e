"""One charge while its customer is there: how it stands is shown, and it can be given up."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from boxoffice.queries import payments
from boxoffice.queries.payments import OpenAttempt
from boxoffice.services.sales import asking
from boxoffice.services.sales.attempts import Paying
from ui.change_relay import touches
from ui.context import Context
from ui.sell.tender_words import TenderWords
from ui.sell.waiting_panel import WaitingPanel


class ChargeWait(QObject):
    """Fills a WaitingPanel from `begin` until `end`; emits `moved` where something else is said."""

    moved = Signal()

    def __init__(self, context: Context, panel: WaitingPanel, owner: QObject) -> None:
        super().__init__(owner)
        self._context, self._panel, self._owner = context, panel, owner
        self._words = TenderWords(self)
        self._order_id: str | None = None
        self._wanted_no_more = False
        context.relay.changed.connect(self._changed)

    @property
    def going(self) -> bool:
        """Whether somebody is being asked."""
        return self._order_id is not None

    def begin(self, order_id: str, tender: str, fen: int) -> None:
        """That much is asked for an order."""
        self._order_id, self._wanted_no_more = order_id, False
        self._panel.begin(tender, fen)

    def give_up(self) -> None:
        """The customer wants it no more: what may have been taken goes back."""
        if self.going:
            self._wanted_no_more = True
            self._panel.give_up()
            self.moved.emit()
            self._look()

    def end(self) -> None:
        """It is decided, or unknown."""
        self._order_id = None
        self._panel.end()

    def nothing_taken(self, paying: Paying) -> str:
        """What is said where nothing came of it."""
        name = self._words.name(paying.tender)
        why = "" if self._wanted_no_more else self._words.why_not(paying.why)
        said = (
            self.tr("{tender}: it was given up, nothing stays charged.")
            if self._wanted_no_more
            else self.tr("{tender}: nothing was taken.")
        )
        return f"{said.format(tender=name)} {why}".strip()

    def _changed(self, topics: frozenset[str]) -> None:
        if self.going and touches(topics, "payments"):
            self._look()

    def _look(self) -> None:
        order_id = self._order_id
        if order_id is not None:
            self._context.ask(
                self._owner, lambda store: payments.under_way(store, order_id), self._stands
            )

    def _stands(self, attempt: OpenAttempt | None) -> None:
        if attempt is None or attempt.order_id != self._order_id:
            return
        self._panel.show_attempt(attempt)
        self.moved.emit()
        if self._wanted_no_more and not attempt.reversing:
            asking.give_up(office=self._context.office, attempt_id=attempt.id)
