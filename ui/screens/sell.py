"""The page that sells: choose a session, take seats or places, note documents, take the money."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from boxoffice.errors import BoxOfficeError, SeatTaken
from boxoffice.services.sales import holds
from ui.change_relay import touches
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.desk_acts import DeskActs
from ui.sell.grouping import Grouping
from ui.sell.hold_clock import HoldClock
from ui.sell.offer import Offer
from ui.sell.overriding import Overriding
from ui.sell.paying_codes import PayingCodes
from ui.sell.reserving import Reserving
from ui.sell.settling import Settling
from ui.sell.side import SellSide
from ui.sell.side_words import AFTER, PAYING, SideState
from ui.sell.till import Till
from ui.sell.visitors import Visitors
from ui.sell.words import Words
from ui.widgets.page import Page
from ui.widgets.seat_map import SeatState


class SellPage(Page):
    """Sells at one window. Everything it does can be done by its public methods too.

    They begin an act and answer at once; `busy` tells whether anything is still under way.
    """

    hand_over_wanted = Signal(str)
    """An order paid late is to be handed over: its id."""
    order_wanted = Signal(str)
    """An order is to be gone on with: its number."""
    contact_wanted = Signal(str)
    """The customer just served wants to be written to: the id of the order."""
    invoice_wanted = Signal(str)
    """The customer just served wants a tax invoice: the id of the order."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._front = False
        words = Words(self)
        self.basket = Basket(context, self)
        self.offer = Offer(context, words, self, lambda: self.basket.id)
        self.sessions = self.offer.sessions
        self.court, self.places = self.offer.court, self.offer.places
        self.body.addWidget(self.offer)
        self.counter = SellSide(context, self.panel, words, self)
        self.visitors = Visitors(context, self.basket, self.counter.basket, self)
        self.till = Till(context, self.basket, self.counter, self)
        self.codes = PayingCodes(self.basket, self.counter, self.till.charging, self)
        self.acts = DeskActs(context, self.basket, self.counter, self)
        self.settling = Settling(context, self.basket, self.counter, self.till, self.acts, self)
        self.grouping = Grouping(context, self.basket, self.counter, self)
        self.reserving = Reserving(context, self.basket, self.counter, self.acts, self)
        self.overriding = Overriding(context, self.basket, self.counter, self)
        self.hold_clock = HoldClock(self.basket, self.counter, self)
        self._connect()

    def _connect(self) -> None:
        self.court.seats_wanted.connect(self.take_seats)
        self.court.seat_returned.connect(self.give_back)
        self.court.best_wanted.connect(self.take_best)
        self.court.level_missing.connect(self._ask_for_level)
        self.places.places_wanted.connect(self.take_places)
        self.counter.primary_pressed.connect(self.primary)
        self.counter.back_pressed.connect(self.back)
        self.counter.done.next_wanted.connect(self.next_customer)
        self.counter.done.contact_wanted.connect(self.contact_wanted)
        self.counter.done.invoice_wanted.connect(self.invoice_wanted)
        self.counter.reserve_pressed.connect(self.open_reserve)
        self.counter.group_pressed.connect(self.grouping.open)
        self.counter.reserved.next_wanted.connect(self.next_customer)
        self.counter.unknown.next_wanted.connect(self.next_customer)
        self.counter.undone.next_wanted.connect(self.next_customer)
        self.settling.hand_over_wanted.connect(self.hand_over_wanted)
        self.settling.order_wanted.connect(self.order_wanted)
        self.till.sold.connect(self._fresh)
        for part in (self.till, self.settling, self.acts):
            part.moved.connect(self._moved)
        self.grouping.moved.connect(self.hold_clock.show)
        self.overriding.moved.connect(self.hold_clock.show)
        self.reserving.reserved.connect(self._fresh)
        for entry in (self.counter.buyer, self.counter.label):
            entry.entered.connect(self.offer.rest)
            entry.closed.connect(self.offer.rest)
        self.counter.basket.entry_closed.connect(self.offer.rest)
        self.hold_clock.over.connect(self._time_over)
        self.hold_clock.sweep.connect(self.acts.end_expired)
        self.basket.began.connect(lambda: self.counter.set_ready(False))
        self.basket.changed.connect(self._basket_changed)
        self._context.relay.changed.connect(self._records_changed)
        self._context.desk_changed.connect(self._desk_changed)

    # --- the page

    @property
    def busy(self) -> bool:
        """Whether an act, a reading or a print run is still under way."""
        waiting = (self.basket, self.offer, self.till, self.acts, self.reserving, self.grouping)
        return any(part.busy for part in waiting) or self.settling.busy

    def shown(self) -> None:
        """Ask again; the key of the page pressed on the page itself calls the next customer."""
        if self._front and self.counter.state in AFTER:
            self.next_customer()
        self._front = True
        self.hold_clock.start()
        self.offer.load_day()
        self.acts.load_parked()
        if self.basket.id is None:
            self.basket.find_open()
        else:
            self.basket.reload()
        if self.counter.state is SideState.BASKET:
            self.offer.rest()
        elif self.counter.state in AFTER:
            self.counter.show_state(self.counter.state)  # Enter goes on to the next customer

    def left(self) -> None:
        """Another page came to the front; the basket stays as it is."""
        self._front = False
        self.hold_clock.stop()

    def scanned(self, text: str) -> bool:
        """Take a payment code or a document; what is none belongs to another page."""
        if self.codes.scanned(text):
            return True
        if self.till.charging.waiting:
            return True  # nothing of this basket changes while it is being paid
        if self.counter.state in AFTER:
            self.next_customer()
        self.error_band.clear()
        return self.visitors.scanned(text)

    def primary(self) -> None:
        """F8: whatever the largest button says."""
        state = self.counter.state
        if state is SideState.BASKET:
            self.open_cash()
        elif state in PAYING:
            self.finish()
        elif state is SideState.WAITING:
            return
        elif state is SideState.MONEY:
            self.settling.finish()
        elif state is SideState.RESERVE:
            self.reserving.finish()
        elif state is SideState.GROUP:
            self.grouping.finish()
        elif state is SideState.LIMIT:
            self.overriding.finish()
        elif state in AFTER:
            self.next_customer()
        else:
            self.acts.recall(self.counter.parked.current)

    def back(self) -> None:
        """Esc: from a tender, reserving, a group's list or any list to the basket.

        While somebody is asked for money it gives that up.
        """
        if self.counter.state is SideState.WAITING:
            self.till.charging.give_up()
            return
        if self.counter.state is SideState.FREE:
            self.counter.free.forget()
        elif self.counter.state is SideState.GROUP:
            self.grouping.forget()
        elif self.counter.state is SideState.LIMIT:
            self.overriding.forget()
        self._show(SideState.BASKET)
        self.offer.rest()

    # --- choosing

    def choose_day(self, day: str) -> None:
        """Show another business day (YYYY-MM-DD)."""
        self.offer.load_day(day)

    def choose_session(self, code: str) -> None:
        """Show a session of the day by its code; waits for the day where it is being read."""
        self.offer.choose_session(code)

    def take_seats(self, seats: Sequence[int]) -> None:
        """Put seats of the session on the map into the basket."""
        session = self.court.session_id
        if session is None or not seats:
            return
        office, desk = self._context.office, self._context.desk
        self._begin()
        wanted = list(seats)
        self.court.expect(wanted, SeatState.MINE)
        self.basket.take(
            lambda basket: holds.take_seats(
                office=office, desk=desk, session_id=session, seat_ids=wanted, basket=basket
            ),
            failed=lambda error: self._not_taken(wanted, error),
        )

    def take_named(self, seats: Sequence[tuple[str, str, str]]) -> None:
        """Put seats into the basket by zone, row and number. Raises KeyError for an unknown one."""
        self.take_seats([self.court.seat_named(*seat) for seat in seats])

    def take_best(self, category: str, count: int) -> None:
        """Put the best seats together of a level into the basket."""
        session = self.court.session_id
        if session is None:
            return
        office, desk = self._context.office, self._context.desk
        self._begin()
        self.basket.take(
            lambda basket: holds.take_best(
                office=office,
                desk=desk,
                session_id=session,
                category=category,
                count=count,
                basket=basket,
            )
        )

    def take_places(self, count: int, ticket_type: str) -> None:
        """Put places of the unnumbered session into the basket."""
        session = self.places.session_id
        if session is None:
            return
        office, desk = self._context.office, self._context.desk
        self._begin()
        self.basket.take(
            lambda basket: holds.take_places(
                office=office,
                desk=desk,
                session_id=session,
                count=count,
                basket=basket,
                ticket_type=ticket_type,
            )
        )

    def give_back(self, seat: int) -> None:
        """Take a seat of the session on the map out of the basket."""
        session = self.court.session_id
        self._begin()
        self.court.expect([seat], SeatState.FREE)
        self.basket.drop(
            lambda line: line.session_id == session and line.seat_id == seat,
            failed=lambda error: self._not_taken([seat], error),
        )

    def _not_taken(self, seats: list[int], error: BoxOfficeError) -> None:
        self.court.refuse(seats, lost=isinstance(error, SeatTaken))
        self._context.troubles.show(self, error)

    def _ask_for_level(self) -> None:
        self.error_band.say(
            "attention",
            self.tr("Choose a price level first: press one below the map, or Alt V."),
        )

    # --- paying

    def open_cash(self) -> None:
        """Ask for the money, in cash unless another tender is chosen."""
        self.till.open()

    def choose_tender(self, tender: str) -> None:
        """Take it by another tender."""
        self.till.choose(tender)

    def open_payments(self) -> None:
        """Show what is not settled."""
        self.settling.open()

    def give_cash(self, fen: int) -> None:
        """The customer put down that much."""
        self.counter.cash.give(fen)

    def finish(self) -> None:
        """Take what was given, sell, print."""
        self.till.finish()

    def open_reserve(self) -> None:
        """Ask for whom the basket shall wait, and how long."""
        self.reserving.open()
        self.offer.setEnabled(self.counter.state is not SideState.RESERVE)
        self.hold_clock.show()

    def next_customer(self) -> None:
        """Begin with an empty basket."""
        self._show(SideState.BASKET)
        self.offer.rest()

    def _begin(self) -> None:
        """The clerk does something for a basket: what was said before is over."""
        self.error_band.clear()
        if self.counter.state is not SideState.BASKET:
            self._show(SideState.BASKET)

    def _show(self, state: SideState) -> None:
        self.counter.show_state(state)
        self._moved()

    def _moved(self) -> None:
        """The side shows something else: what is being paid, or paid in part, does not change."""
        state = self.counter.state
        paying = state in (*PAYING, SideState.WAITING, SideState.MONEY)
        self.offer.setEnabled(not paying and self.basket.here is None)
        self.hold_clock.show()

    def _fresh(self) -> None:
        self.visitors.forget()
        self.grouping.forget()
        self.overriding.forget()
        self.court.forget()
        self._moved()

    # --- what happens meanwhile

    def _basket_changed(self) -> None:
        # An older reading may still be out; its answer will be dropped without a word.
        basket = self.basket
        self.counter.show_basket(basket.view, basket.here, basket.due_fen, ready=not basket.acting)
        if self.basket.here is not None:
            self.offer.setEnabled(False)
        self.hold_clock.show()
        self.offer.load_session()

    def _records_changed(self, topics: frozenset[str]) -> None:
        if not self._front:
            return
        if touches(topics, "session:", "baskets", "orders", "catalogue"):
            self.offer.load_day()
        elif touches(topics, "central"):
            self.offer.follow_line()
        if touches(topics, "baskets", "payments"):
            self.acts.load_parked()
        if self.basket.id is not None and touches(topics, f"order:{self.basket.id}"):
            self.basket.reload()

    def _desk_changed(self) -> None:
        self._fresh()
        self.basket.forget_acts()
        self._show(SideState.BASKET)
        if self._context.signed_on and self._front:
            self.basket.find_open()

    def _time_over(self) -> None:
        if self.till.charging.waiting:
            return  # its seats are held until that is decided
        self.error_band.say(
            "attention",
            self.tr("The time for these seats is over. Take the money now, or clear them."),
            self.tr("Clear"),
            self.acts.clear,
        )

    def retranslate(self) -> None:
        """Set every text again."""
        for part in (self.offer, self.counter):
            part.retranslate()
        self.hold_clock.show()
