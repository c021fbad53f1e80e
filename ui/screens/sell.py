"""The page that sells: choose a session, take seats or places, note documents, take cash."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from boxoffice import clock
from boxoffice.errors import BoxOfficeError, SeatTaken
from boxoffice.services import holds
from ui import theme
from ui.change_relay import touches
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.court_view import CourtView
from ui.sell.desk_acts import DeskActs
from ui.sell.facts import CourtFacts, CourtReader, DayFacts, PlacesFacts, day_facts, places_facts
from ui.sell.places_view import PlacesView
from ui.sell.reading import Latest
from ui.sell.sessions_bar import SessionsBar
from ui.sell.side import SellSide, SideState
from ui.sell.till import Till
from ui.sell.visitors import Visitors
from ui.sell.words import Words
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.seat_map import SeatState

TICK_MS = 1000
EXPIRE_EVERY_TICKS = 30


class SellPage(Page):
    """Sells at one window. Everything it does can be done by its public methods too.

    They begin an act and answer at once; `busy` tells whether anything is still under way.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._front = self._stale = False
        self._ticks = 0
        self._over_told: str | None = None
        self._wanted_code = ""
        self._reader = CourtReader()
        self._words = Words(self)
        self.basket = Basket(context, self)
        self._days, self._sessions = Latest(context, self), Latest(context, self)
        self._build()
        self.visitors = Visitors(context, self.basket, self.counter.basket, self)
        self.till = Till(context, self.basket, self.counter, self)
        self.acts = DeskActs(context, self.basket, self.counter, self)
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def _build(self) -> None:
        self.sessions = SessionsBar(self._words)
        self.court, self.places = CourtView(self._words), PlacesView(self._words)
        self._nothing = EmptyState()
        self._stack = QStackedWidget()
        for view in (self._nothing, self.court, self.places):
            self._stack.addWidget(view)
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(theme.TOKENS.space.medium))
        column.addWidget(self.sessions)
        column.addWidget(self._stack, 1)
        self.body.addWidget(self._middle)
        self.counter = SellSide(self.panel, self._words, self)

    def _connect(self) -> None:
        self.sessions.day_picked.connect(self.choose_day)
        self.sessions.session_picked.connect(lambda _id: self._load_session())
        self.court.seats_wanted.connect(self.take_seats)
        self.court.seat_returned.connect(self.give_back)
        self.court.best_wanted.connect(self.take_best)
        self.court.level_missing.connect(self._ask_for_level)
        self.places.places_wanted.connect(self.take_places)
        self.counter.primary_pressed.connect(self.primary)
        self.counter.back_pressed.connect(self.back)
        self.counter.done.next_wanted.connect(self.next_customer)
        self.till.sold.connect(self._fresh)
        for entry in (self.counter.buyer, self.counter.label):
            entry.entered.connect(self._rest)
            entry.closed.connect(self._rest)
        self.counter.basket.entry_closed.connect(self._rest)
        self.basket.began.connect(lambda: self.counter.set_ready(False))
        self.basket.changed.connect(self._basket_changed)
        self._context.relay.changed.connect(self._records_changed)
        self._context.desk_changed.connect(self._desk_changed)

    # --- the page

    @property
    def busy(self) -> bool:
        """Whether an act, a reading or a print run is still under way."""
        waiting = (self.basket, self._days, self._sessions, self.till, self.acts)
        return any(part.busy for part in waiting)

    def shown(self) -> None:
        """Ask again; the key of the page pressed on the page itself calls the next customer."""
        if self._front and self.counter.state is SideState.DONE:
            self.next_customer()
        self._front = True
        self._timer.start()
        self._load_day()
        self.acts.load_parked()
        if self.basket.id is None:
            self.basket.find_open()
        else:
            self.basket.reload()
        if self.counter.state is SideState.BASKET:
            self._rest()

    def left(self) -> None:
        """Another page came to the front; the basket stays as it is."""
        self._front = False
        self._timer.stop()

    def scanned(self, text: str) -> bool:
        """Take a document; what is none belongs to another page."""
        if self.counter.state is SideState.DONE:
            self.next_customer()
        self.error_band.clear()
        return self.visitors.scanned(text)

    def primary(self) -> None:
        """F8: whatever the largest button says."""
        state = self.counter.state
        if state is SideState.BASKET:
            self.open_cash()
        elif state is SideState.CASH:
            self.finish()
        elif state is SideState.DONE:
            self.next_customer()
        else:
            self.acts.recall(self.counter.parked.current)

    def back(self) -> None:
        """Esc: from cash or the parked baskets to the basket."""
        self._show(SideState.BASKET)
        self._rest()

    # --- choosing

    def choose_day(self, day: str) -> None:
        """Show another business day (YYYY-MM-DD)."""
        self._load_day(day)

    def choose_session(self, code: str) -> None:
        """Show a session of the day by its code; waits for the day where it is being read."""
        self._wanted_code = code
        self._pick_wanted()

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
        """Ask for the money."""
        self.till.open()
        self._middle.setEnabled(self.counter.state is not SideState.CASH)

    def give_cash(self, fen: int) -> None:
        """The customer put down that much."""
        self.counter.cash.give(fen)

    def finish(self) -> None:
        """Take what was given, sell, print."""
        self.till.finish()

    def next_customer(self) -> None:
        """Begin with an empty basket."""
        self._show(SideState.BASKET)
        self._rest()

    def _begin(self) -> None:
        """The clerk does something for a basket: what was said before is over."""
        self.error_band.clear()
        if self.counter.state is not SideState.BASKET:
            self._show(SideState.BASKET)

    def _show(self, state: SideState) -> None:
        self.counter.show_state(state)
        self._middle.setEnabled(True)
        self.counter.show_time(self.basket.seconds_left())

    def _fresh(self) -> None:
        self.visitors.forget()
        self.court.forget()
        self._middle.setEnabled(True)

    # --- reading

    def _today(self) -> str:
        return clock.business_day(clock.now()).isoformat()

    def _load_day(self, day: str | None = None) -> None:
        today = self._today()
        facts = self.sessions.facts
        wanted = day or (facts.day if facts is not None and facts.day >= today else today)
        self._days.ask(lambda store: day_facts(store, wanted, today), self._day_read)

    def _day_read(self, facts: DayFacts) -> None:
        if not facts.cards and facts.days and facts.day != facts.days[0]:
            self._load_day(facts.days[0])
            return
        self.sessions.set_facts(facts)
        self._pick_wanted()
        self._load_session()

    def _pick_wanted(self) -> None:
        facts = self.sessions.facts
        cards = facts.cards if facts is not None else ()
        for card in cards:
            if card.code == self._wanted_code:
                self._wanted_code = ""
                self.sessions.choose(card.id)
                self._load_session()

    def _load_session(self) -> None:
        card = self.sessions.card(self.sessions.current)
        if card is None:
            self._stack.setCurrentWidget(self._nothing)
            return
        session, today, basket = card.id, self._today(), self.basket.id
        if card.numbered:
            reader = self._reader
            self._sessions.ask(
                lambda store: reader.read(store, session, basket, today), self._court_read
            )
        else:
            self._sessions.ask(lambda store: places_facts(store, session, today), self._places_read)

    def _court_read(self, facts: CourtFacts) -> None:
        self.court.show_court(facts)
        self._bring(self.court)

    def _places_read(self, facts: PlacesFacts) -> None:
        self.places.show_places(facts)
        self._bring(self.places)

    def _bring(self, view: QWidget) -> None:
        """Show one of the views; the keyboard goes along where it was in the one before."""
        if view is self._stack.currentWidget():
            return
        focused = QApplication.focusWidget()
        inside = focused is None or self._stack.isAncestorOf(focused)
        self._stack.setCurrentWidget(view)
        if inside:
            self._rest()

    def _rest(self) -> None:
        """Put the keyboard where it does no harm: on the map, or on the view without one."""
        on_places = self._stack.currentWidget() is self.places
        resting: QWidget = self.places if on_places else self.court.map
        resting.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what happens meanwhile

    def _basket_changed(self) -> None:
        self.counter.show_basket(self.basket.view, ready=not self.basket.busy)
        self.counter.show_time(self.basket.seconds_left())
        self._load_session()

    def _records_changed(self, topics: frozenset[str]) -> None:
        if not self._front:
            return
        if touches(topics, "session:", "baskets", "orders", "catalogue"):
            self._load_day()
        if touches(topics, "baskets"):
            self.acts.load_parked()
        if self.basket.id is not None and touches(topics, f"order:{self.basket.id}"):
            self.basket.reload()

    def _desk_changed(self) -> None:
        self._fresh()
        self.basket.forget_acts()
        self._show(SideState.BASKET)
        if self._context.signed_on and self._front:
            self.basket.find_open()

    def _tick(self) -> None:
        left = self.basket.seconds_left()
        self.counter.show_time(left)
        if left == 0 and self._over_told != self.basket.id:
            self._over_told = self.basket.id
            self.error_band.say(
                "attention",
                self.tr("The time for these seats is over. Take the money now, or clear them."),
                self.tr("Clear"),
                self.acts.clear,
            )
        self._ticks += 1
        if self._ticks % EXPIRE_EVERY_TICKS == 0:
            self.acts.end_expired()

    def retranslate(self) -> None:
        """Set every text again."""
        self._nothing.set_texts(
            self.tr("Nothing is on sale"),
            self.tr("Import a catalogue with main.py import, or choose another day."),
        )
        for part in (self.sessions, self.court, self.places, self.counter):
            part.retranslate()
        self.counter.show_time(self.basket.seconds_left())
