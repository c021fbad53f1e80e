"""Asking somebody outside for the money of a basket: a code that was scanned, a card."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from boxoffice.services.sales import asking
from boxoffice.services.sales.attempts import Paying
from boxoffice.services.sales.finishing import Sale
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.charge_wait import ChargeWait
from ui.sell.side import SellSide
from ui.sell.side_words import SideState
from ui.widgets.page import Page


class Charging(QObject):
    """Shows the waiting, follows it, lets it be given up.

    Emits `came(sale, tickets)` with money, `failed(error)` where nobody was asked, `not_taken`
    with the tender where nothing came of it, `parted` where that is unknown and the basket is left.
    """

    began = Signal()
    came = Signal(object, int)
    failed = Signal(object)
    not_taken = Signal(str)
    parted = Signal()

    def __init__(self, context: Context, basket: Basket, side: SellSide, page: Page) -> None:
        super().__init__(page)
        self._context, self._basket, self._side, self._page = context, basket, side, page
        self._wait = ChargeWait(context, side.waiting, self)
        self._wait.moved.connect(side.say_waiting)

    @property
    def waiting(self) -> bool:
        """Whether somebody is being asked with the customer there."""
        return self._side.state is SideState.WAITING

    def charge(self, tender: str, fen: int, *, whole: bool, code: str = "") -> None:
        """Ask for that much; `whole` where it is all that is due."""
        view = self._basket.view
        if view is None or self._basket.acting or self.waiting:
            return
        office, desk, count = self._context.office, self._context.desk, len(view.lines)
        self._page.error_band.clear()
        self._wait.begin(view.id, tender, fen)
        self._side.show_state(SideState.WAITING)
        self.began.emit()

        def work(basket: str | None) -> Paying:
            assert basket is not None  # the view that is paid has one
            return asking.ask(
                office=office,
                desk=desk,
                basket=basket,
                tender=tender,
                code=code,
                amount_fen=None if whole else fen,
            )

        self._basket.do(work, lambda paying: self._ended(paying, count), self._refused)

    def give_up(self) -> None:
        """The customer wants it no more: what may have been taken goes back."""
        if self.waiting:
            self._wait.give_up()

    # --- how it ended

    def _refused(self, error: object) -> None:
        self._wait.end()
        self.failed.emit(error)

    def _ended(self, paying: Paying, count: int) -> None:
        with_customer = self.waiting
        self._wait.end()
        if isinstance(paying.sale, Sale):
            self.came.emit(paying.sale, count)
        elif not paying.over:
            self._side.unknown.show_paying(paying)
            self._basket.adopt(None)
            if with_customer:
                self._side.show_state(SideState.UNKNOWN)
            self.parted.emit()
        elif with_customer:
            self.not_taken.emit(paying.tender)
            self._page.error_band.say("attention", self._wait.nothing_taken(paying))
