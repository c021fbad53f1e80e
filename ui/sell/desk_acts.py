"""What else the clerk does with a basket: ticket types, buyer, parking, recalling, clearing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from boxoffice import clock
from boxoffice.errors import BoxOfficeError
from boxoffice.queries import catalogue, orders
from boxoffice.queries.orders import BasketRow, LineView
from boxoffice.services.sales import holds
from boxoffice.services.sales import orders as order_services
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.reading import Latest
from ui.sell.side import SellSide
from ui.sell.side_words import SideState
from ui.widgets.page import Page


class DeskActs(QObject):
    """Turns the quiet buttons of the side into acts on the basket."""

    moved = Signal()
    """The side shows something else than before."""

    def __init__(self, context: Context, basket: Basket, side: SellSide, page: Page) -> None:
        super().__init__(page)
        self._context, self._basket, self._side, self._page = context, basket, side, page
        self._parked = Latest(context, page)
        self._buyer = ["", ""]
        self._waiting: list[BasketRow] = []
        self._told: set[str] = set()
        side.park_pressed.connect(self.ask_label)
        side.label.entered.connect(lambda texts: self.park(texts[0]))
        side.parked_pressed.connect(self.show_parked)
        side.parked.recall_wanted.connect(self.recall)
        side.clear_pressed.connect(self.clear_pressed)
        side.buyer_pressed.connect(self.ask_buyer)
        side.buyer.entered.connect(lambda texts: self.set_buyer(*texts))
        side.basket.type_wanted.connect(self.next_type)
        side.basket.remove_wanted.connect(self.remove)
        side.basket.proof_seen.connect(self.confirm_proof)
        basket.changed.connect(self._changed)

    @property
    def busy(self) -> bool:
        """Whether the parked baskets are being read."""
        return self._parked.busy

    @property
    def buyer_typed(self) -> list[str]:
        """Name and phone of the buyer as they were typed for this basket."""
        return list(self._buyer)

    def _changed(self) -> None:
        if self._basket.id is None:
            self._buyer = ["", ""]
        self._show_waiting()

    # --- lines

    def remove(self, line_id: str) -> None:
        """Take one ticket out of the basket."""
        self._basket.drop(lambda line: line.id == line_id)

    def next_type(self, line_id: str) -> None:
        """Sell a ticket as the next type its level has a price for."""
        line = self._side.basket.line(line_id)
        if line is None:
            return
        office, desk = self._context.office, self._context.desk
        today = clock.business_day(clock.now()).isoformat()

        def work(basket: str | None) -> None:
            tags = office.read(lambda store: catalogue.prices(store, line.price_plan, today))
            wanted = _type_after(line, [kind for level, kind in tags if level == line.category])
            if basket is not None and wanted != line.ticket_type:
                order_services.set_ticket_type(
                    office=office, desk=desk, basket=basket, line_id=line_id, ticket_type=wanted
                )

        self._basket.do(work)

    def confirm_proof(self, line_id: str) -> None:
        """The clerk saw what gives the right to the price of a ticket."""
        line = self._side.basket.line(line_id)
        if line is None or not line.proof_wanted:
            return
        office, desk = self._context.office, self._context.desk

        def work(basket: str | None) -> None:
            if basket is not None:
                order_services.confirm_proof(
                    office=office,
                    desk=desk,
                    basket=basket,
                    line_id=line_id,
                    seen=line.proof_asked,
                )

        self._basket.do(work)

    # --- who buys

    def ask_buyer(self) -> None:
        """Open the lines for name and phone."""
        self._side.label.hide()
        self._side.buyer.begin(self._buyer)

    def set_buyer(self, name: str, phone: str) -> None:
        """Note who buys; both may be empty."""
        office, desk = self._context.office, self._context.desk
        self._buyer = [name, phone]

        def work(basket: str | None) -> None:
            if basket is not None:
                order_services.set_buyer(
                    office=office, desk=desk, basket=basket, name=name, phone=phone
                )

        self._basket.do(work)

    # --- parking

    def ask_label(self) -> None:
        """Park: the first press asks for a word, the second one parks without."""
        if self._side.label.isVisible():
            self._side.label.commit()
        else:
            self._side.buyer.hide()
            self._side.label.begin([""])

    def park(self, label: str = "") -> None:
        """Set the basket aside (挂单) with its seats."""
        office, desk = self._context.office, self._context.desk

        def work(basket: str | None) -> bool:
            if basket is not None:
                holds.park(office=office, desk=desk, basket=basket, label=label)
            return basket is not None

        self._basket.do(work, self._set_aside)

    def _set_aside(self, parked: bool) -> None:
        self._basket.adopt(None)
        self.load_parked()
        if parked:
            self._page.error_band.say(
                "info", self.tr("The basket is parked. Alt O brings it back.")
            )

    def load_parked(self) -> None:
        """Read again which baskets are parked, or wait because their payment came to nothing."""
        self._parked.ask(orders.parked, self._read)

    def _read(self, found: list[BasketRow]) -> None:
        self._waiting = found
        self._show_waiting()
        unpaid = {row.id for row in found if row.unpaid}
        new = [row for row in self._others() if row.unpaid and row.id not in self._told]
        self._told = (self._told & unpaid) | {row.id for row in new}
        if new:
            seats = sum(row.tickets for row in new)
            said = self.tr(
                "A payment came to nothing: its %n ticket(s) wait. Alt O brings them back.",
                "",
                seats,
            )
            self._page.error_band.say("attention", said)

    def _others(self) -> list[BasketRow]:
        """Those that are not on the screen already."""
        return [row for row in self._waiting if row.id != self._basket.id]

    def _show_waiting(self) -> None:
        if self._side.parked.baskets != self._others():
            self._side.parked.show_baskets(self._others())

    def show_parked(self) -> None:
        """Let the clerk choose which basket to bring back."""
        self._page.error_band.clear()
        self._side.show_state(SideState.PARKED)
        self._side.show_time(None)

    def recall(self, order_id: str, *, said: str = "") -> None:
        """Bring a parked basket back (取单); one that is open meanwhile is parked instead.

        `said` tells the clerk why, where it was not the clerk who wanted it.
        """
        if not order_id:
            return
        office, desk = self._context.office, self._context.desk

        def work(basket: str | None) -> str:
            if basket is not None:
                holds.park(office=office, desk=desk, basket=basket)
            holds.recall(office=office, desk=desk, basket=order_id)
            return order_id

        def recalled(found: str) -> None:
            # Whoever parked it meant to come back: its time begins anew.
            self._basket.adopt(found, since=clock.now())
            self._told.add(found)
            self.load_parked()
            if said:
                self._page.error_band.say("info", said)

        def failed(error: BoxOfficeError) -> None:
            self.load_parked()
            self._context.troubles.show(self._page, error)

        self._side.show_state(SideState.BASKET)
        self.moved.emit()
        self._basket.do(work, recalled, failed)

    # --- ending

    def clear_pressed(self) -> None:
        """Clear: asks once, the second press means it."""
        if self._side.ask_sure():
            self.clear()

    def clear(self) -> None:
        """Empty the basket; everything in it goes back to sale."""
        self._page.error_band.clear()
        self._basket.drop(lambda _line: True)

    def end_expired(self) -> None:
        """Free what nobody paid in time, save the basket on the screen."""
        office, now_open = self._context.office, self._basket.id
        self._context.act(
            self._page,
            lambda: holds.abandon_expired(office=office, now_open=now_open),
            lambda _dropped: None,
        )


def _type_after(line: LineView, types: list[str]) -> str:
    """The ticket type that follows, in the order of names; the same where there is no other."""
    known = sorted(types)
    if line.ticket_type not in known:
        return known[0] if known else line.ticket_type
    return known[(known.index(line.ticket_type) + 1) % len(known)]
