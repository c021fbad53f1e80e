"""The middle of the page: the sessions of a day, and the court or the places of one of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from boxoffice import clock
from boxoffice.services.sharing import away
from ui import theme
from ui.context import Context
from ui.sell.court_view import CourtView
from ui.sell.facts import CourtFacts, CourtReader, DayFacts, PlacesFacts, day_facts, places_facts
from ui.sell.places_view import PlacesView
from ui.sell.reading import Latest
from ui.sell.sessions_bar import SessionsBar
from ui.sell.words import Words
from ui.widgets.empty_state import EmptyState


def _today() -> str:
    return clock.business_day(clock.now()).isoformat()


class Offer(QWidget):
    """Reads what is on sale and shows it; `basket` tells whose seats are ours."""

    def __init__(
        self, context: Context, words: Words, page: QObject, basket: Callable[[], str | None]
    ) -> None:
        super().__init__()
        self._basket = basket
        self._office = context.office
        self._troubles = context.troubles
        self._wanted_code = ""
        self._reader = CourtReader()
        self._days, self._sessions = Latest(context, page), Latest(context, page)
        self.sessions = SessionsBar(words)
        self.court, self.places = CourtView(words), PlacesView(words)
        self._nothing = EmptyState()
        self._stack = QStackedWidget()
        for view in (self._nothing, self.court, self.places):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(theme.TOKENS.space.medium))
        column.addWidget(self.sessions)
        column.addWidget(self._stack, 1)
        self.sessions.day_picked.connect(self.load_day)
        self.sessions.session_picked.connect(lambda _id: self.load_session())

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._days.busy or self._sessions.busy

    # --- days

    def load_day(self, day: str | None = None) -> None:
        """Read a business day (YYYY-MM-DD; None: the one that is shown, else today)."""
        today = _today()
        facts = self.sessions.facts
        wanted = day or (facts.day if facts is not None and facts.day >= today else today)
        cut_off = away.known(self._office)
        self._days.ask(lambda store: day_facts(store, wanted, today, away=cut_off), self._day_read)

    def choose_session(self, code: str) -> None:
        """Show a session of the day by its code; waits for the day where it is being read."""
        self._wanted_code = code
        self._pick_wanted()

    def _day_read(self, facts: DayFacts) -> None:
        if not facts.cards and facts.days and facts.day != facts.days[0]:
            self.load_day(facts.days[0])  # nothing is on today: the next day that has something
            return
        self.sessions.set_facts(facts)
        if not self._pick_wanted():
            self.load_session()

    def _pick_wanted(self) -> bool:
        facts = self.sessions.facts
        for card in facts.cards if facts is not None else ():
            if card.code == self._wanted_code:
                self._wanted_code = ""
                self.sessions.choose(card.id)
                self.load_session()
                return True
        return False

    # --- one session

    def load_session(self) -> None:
        """Read the chosen session again."""
        card = self.sessions.card(self.sessions.current)
        if card is None or self._office.underway.stopped is not None:
            self._say_nothing()
            self._stack.setCurrentWidget(self._nothing)
            return
        session, today, basket = card.id, _today(), self._basket()
        cut_off = away.known(self._office)
        if card.numbered:
            reader = self._reader
            self._sessions.ask(
                lambda store: reader.read(store, session, basket, today, away=cut_off),
                self._court_read,
            )
        else:
            self._sessions.ask(
                lambda store: places_facts(store, session, today, away=cut_off), self._places_read
            )

    def _court_read(self, facts: CourtFacts) -> None:
        self.court.show_court(facts)
        self._bring(self.court)

    def _places_read(self, facts: PlacesFacts) -> None:
        self.places.show_places(facts)
        self._bring(self.places)

    def follow_line(self) -> None:
        """Central went out of reach or came back: then other tickets can be had than before."""
        facts = self.sessions.facts
        if self._office.underway.stopped is not None:
            self.load_session()
        elif facts is not None and facts.away != away.known(self._office):
            self.load_day()

    # --- the keyboard

    def _bring(self, view: QWidget) -> None:
        """Show one of the views; the keyboard goes along where it was in the one before."""
        if view is self._stack.currentWidget():
            return
        focused = QApplication.focusWidget()
        inside = focused is None or self._stack.isAncestorOf(focused)
        self._stack.setCurrentWidget(view)
        if inside:
            self.rest()

    def rest(self) -> None:
        """Put the keyboard where it does no harm: on the map, or on the view without one."""
        on_places = self._stack.currentWidget() is self.places
        resting: QWidget = self.places if on_places else self.court.map
        resting.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_nothing(self) -> None:
        stopped = self._office.underway.stopped
        if stopped is not None:
            self._nothing.set_texts(
                self.tr("Nothing more is sold at this window"), self._troubles.sentence(stopped)
            )
            return
        self._nothing.set_texts(
            self.tr("Nothing is on sale"),
            self.tr("Import a catalogue with main.py import, or choose another day."),
        )

    def retranslate(self) -> None:
        """Set every text again."""
        self._say_nothing()
        for part in (self.sessions, self.court, self.places):
            part.retranslate()
