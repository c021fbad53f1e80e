"""A limit that refused the clerk: asking a supervisor, then doing again what was refused."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from boxoffice.errors import LimitReached
from boxoffice.services.sales import limit_overrides
from ui.context import Context
from ui.sell.basket import Basket, BasketAct
from ui.sell.side import SellSide
from ui.sell.side_words import SideState
from ui.widgets.page import Page

OFFER_KEY = "Alt+U"


class Overriding(QObject):
    """Keeps what was refused until it is allowed or the clerk turns to something else.

    Emits `moved` when the side shows something else than before.
    """

    moved = Signal()

    def __init__(self, context: Context, basket: Basket, side: SellSide, page: Page) -> None:
        super().__init__(page)
        self._context, self._basket, self._side, self._page = context, basket, side, page
        self._refused: tuple[LimitReached, BasketAct] | None = None
        basket.limited.connect(self.offer)
        side.limit.closed.connect(side.back_pressed)

    def offer(self, error: LimitReached, act: BasketAct) -> None:
        """Beside what the limit says: a supervisor may let this customer have more."""
        if not limit_overrides.may_pass(str(error.fields["rule"])):
            return
        self._refused = (error, act)
        self._page.error_band.say(
            "attention",
            self._context.troubles.sentence(error),
            self.tr("Ask a supervisor"),
            self.open,
            OFFER_KEY,
        )

    def open(self) -> None:
        """Ask why, and for the second person."""
        if self._refused is None or self._basket.acting:
            return
        self._side.limit.ask(self._refused[0])
        self._side.show_state(SideState.LIMIT)
        self.moved.emit()

    def forget(self) -> None:
        """The clerk turned to something else."""
        self._refused = None
        self._side.limit.forget()

    def finish(self) -> None:
        """Put it on record, then do again what was refused."""
        if self._refused is None or self._basket.acting or not self._side.limit.complete():
            return
        _, act = self._refused
        self._basket.take(self._side.limit.letting(), lambda: self._allowed(act))

    def _allowed(self, act: BasketAct) -> None:
        self.forget()
        self._side.show_state(SideState.BASKET)
        self.moved.emit()
        self._basket.again(act)
