"""Payments that are not settled, settled by the clerk: asked again, reversed, gone on with."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from boxoffice.queries import orders, payments
from boxoffice.queries.orders import BasketRow
from boxoffice.queries.payments import ExchangeLeft, OpenAttempt, PaidInPart, PaidLate
from boxoffice.services.aftersales import exchanges
from boxoffice.services.aftersales.exchanges import GivenUp
from boxoffice.services.sales import asking
from boxoffice.services.sales.attempts import Paying
from ui import formats
from ui.change_relay import touches
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.desk_acts import DeskActs
from ui.sell.reading import Latest
from ui.sell.side import SellSide
from ui.sell.side_words import SideState
from ui.sell.tender_words import TenderWords
from ui.sell.till import Till
from ui.widgets.page import Page


class Settling(QObject):
    """Fills the list of open payments; emits `hand_over_wanted(order id)` for one paid late,
    `order_wanted(number)` for an exchange to go on with."""

    hand_over_wanted = Signal(str)
    order_wanted = Signal(str)
    moved = Signal()

    def __init__(
        self,
        context: Context,
        basket: Basket,
        side: SellSide,
        till: Till,
        acts: DeskActs,
        page: Page,
    ) -> None:
        super().__init__(page)
        self._context, self._basket, self._side = context, basket, side
        self._till, self._acts, self._page = till, acts, page
        self._words = TenderWords(self)
        self._reading, self._reading_seats = Latest(context, page), Latest(context, page)
        self._asking = 0
        side.money.reverse_wanted.connect(self._undo)
        side.money.confirmed.connect(self.finish)
        context.relay.changed.connect(self._changed)

    @property
    def busy(self) -> bool:
        """Whether the list is being read, or somebody asked."""
        return self._reading.busy or self._reading_seats.busy or self._asking > 0

    def set_busy(self, busy: bool) -> None:
        """Told by the operation: somebody is asked, or has answered."""
        self._asking += 1 if busy else -1

    def open(self) -> None:
        """Show the list; a customer who is paying is not left for it."""
        if self._side.state is SideState.WAITING:
            return
        self._page.error_band.clear()
        self._load()
        self._side.show_state(SideState.MONEY)
        self._side.show_time(None)
        self.moved.emit()

    def finish(self) -> None:
        """F8: what the current row wants."""
        one = self._side.money.current
        if isinstance(one, OpenAttempt):
            self.ask_again()
        elif isinstance(one, PaidLate):
            self.hand_over_wanted.emit(one.order_id)
        elif isinstance(one, PaidInPart):
            self._go_on(one)
        elif isinstance(one, ExchangeLeft):
            self.order_wanted.emit(one.number)

    def _undo(self) -> None:
        """A payment is reversed, an exchange given up: its old tickets stay."""
        one, office, desk = self._side.money.current, self._context.office, self._context.desk
        if not isinstance(one, ExchangeLeft):
            self.ask_again(reverse=True)
        elif not self._asking:
            self._context.act(
                self._page,
                lambda: exchanges.give_up(office=office, desk=desk, order_id=one.order_id),
                lambda back: self._kept(one, back),
                busy=self,
            )

    def _kept(self, one: ExchangeLeft, back: GivenUp) -> None:
        said = self.tr("Order {number}: the old tickets stay good, the places are free.")
        parts = [said.format(number=one.number)]
        if back.cash_fen:
            out = self.tr("Give back in cash: {amount}.")
            parts.append(out.format(amount=formats.money(back.cash_fen)))
        self._page.error_band.say("info", " ".join(parts))
        self._load()

    def ask_again(self, *, reverse: bool = False) -> None:
        """Ask about the unknown one that is chosen, or have it reversed."""
        one = self._side.money.current
        if not isinstance(one, OpenAttempt) or self._asking:
            return
        office = self._context.office
        self._context.act(
            self._page,
            lambda: asking.look_again(office=office, attempt_id=one.id, reverse=reverse),
            self._answered,
            busy=self,
        )

    def _answered(self, paying: Paying) -> None:
        name = self._words.name(paying.tender)
        if paying.sale is not None and paying.sale.finished:
            said = self.tr("{tender}: it was paid. Order {number} waits to be handed over.")
            words, tone = said.format(tender=name, number=paying.sale.number), "info"
        elif paying.sale is not None:
            said = self.tr("{tender}: a part was paid, or came too late and goes back.")
            words, tone = said.format(tender=name), "info"
        elif paying.over:
            words = self.tr("{tender}: nothing stays charged.").format(tender=name)
            tone = "info"
        else:
            why = self._words.why_not(paying.why)
            said = self.tr("{tender}: still unknown.")
            words = f"{said.format(tender=name)} {why}".strip()
            tone = "attention"
        self._page.error_band.say(tone, words)
        self._load()
        if paying.over and paying.sale is None:
            self._look_for_seats(paying.order_id, words)

    def _look_for_seats(self, order_id: str, words: str) -> None:
        """What was to be paid waits again: it is shown, for its customer is likely still there."""

        def found(waiting: list[BasketRow]) -> None:
            free = self._basket.id is None and not self._basket.acting
            if free and self._side.state is SideState.MONEY and order_id in {r.id for r in waiting}:
                said = self.tr("Its tickets are here again: take the money another way, or clear.")
                self._acts.recall(order_id, said=f"{words} {said}")

        self._reading_seats.ask(orders.parked, found)

    def _go_on(self, one: PaidInPart) -> None:
        if self._basket.lines and self._basket.id != one.order_id:
            self._page.error_band.say(
                "attention", self.tr("Another basket is open: finish or park it first.")
            )
            return
        self._till.go_on(one.order_id)

    def _changed(self, topics: frozenset[str]) -> None:
        if self._side.state is SideState.MONEY and touches(topics, "payments", "orders"):
            self._load()

    def _load(self) -> None:
        office = self._context.office
        chain = office.chain
        talked_of = tuple(office.underway.talks)
        self._reading.ask(
            lambda store: payments.open_money(store, chain.window, chain.epoch, talked_of),
            self._side.money.show_money,
        )
