"""The page of play and rain: the ledger, the decision, the dry run, the run, who must come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from boxoffice import clock
from boxoffice.domain.play import CourtState
from boxoffice.queries import catalogue, rain_day
from boxoffice.queries.rain_day import SessionLine
from ui import formats, keys, theme
from ui.context import Context
from ui.rain.come_part import ComePart
from ui.rain.day_part import DayPart
from ui.rain.decision_part import DecisionPart
from ui.rain.part import RainPart
from ui.rain.play_part import PlayPart
from ui.rain.run_part import RunPart
from ui.rain.words import RainWords
from ui.widgets.key_cap import KeyCap
from ui.widgets.parted_page import PartedPage
from ui.widgets.text import Line

NEXT_DAY, DAY_BEFORE = "Alt+PgDown", "Alt+PgUp"
FIRST_DAY = ""
"""Before every day (YYYY-MM-DD): what was not settled long ago is listed too."""


class RainPage(PartedPage[RainPart]):
    """One session at a time; `badge_changed` counts runs of the day that are not finished.

    Those who drive it have `choose_day` and `choose_session` too.
    """

    TOPICS = ("play", "rain")

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._lines: Sequence[SessionLine] = ()
        self._day = clock.business_day(clock.now()).isoformat()
        self._session: int | None = None
        words = RainWords(self)
        self._words = words
        self.sessions = DayPart(context, words)
        self.play = PlayPart(context, words)
        self.decision = DecisionPart(context, words)
        self.money = RunPart(context, words)
        self.come = ComePart(context, words)
        self.days = QComboBox()
        self._about = Line(theme.TOKENS.type.title, bold=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.days.setMinimumWidth(theme.px(160))
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        for widget in (self.days, KeyCap(DAY_BEFORE), KeyCap(NEXT_DAY)):
            head.addWidget(widget)
        head.addWidget(self._about, 1)
        self.body.addLayout(head)
        self.put_together(
            {
                "Alt+S": self.sessions,
                "Alt+P": self.play,
                "Alt+D": self.decision,
                "Alt+R": self.money,
                "Alt+N": self.come,
            }
        )

    def _connect(self) -> None:
        self.sessions.picked.connect(self.choose_session)
        self.sessions.opened.connect(self._go_on)
        self.money.dried.connect(self.come.show_dry)
        self.play.ended.connect(partial(self.show_part, self.decision))
        self.decision.stands.connect(partial(self.show_part, self.money))
        self.money.finished.connect(partial(self.show_part, self.come))
        self.days.activated.connect(lambda at: self.choose_day(self.days.itemData(at)))
        for key, step in ((NEXT_DAY, 1), (DAY_BEFORE, -1)):
            keys.current().bind(self.centre, key, partial(self._step_day, step))

    # --- the page

    @property
    def session(self) -> SessionLine | None:
        """The session that is chosen."""
        return next((line for line in self._lines if line.id == self._session), None)

    @property
    def sessions_of_day(self) -> Sequence[SessionLine]:
        """What is listed."""
        return self._lines

    @property
    def day(self) -> str:
        """The business day that is shown."""
        return self._day

    def reload(self) -> None:
        """Ask for the day again; what came from an older question is dropped."""
        if not self._context.signed_on:
            return
        office, day = self._context.office, self._day

        def work(store: object) -> tuple[list[str], list[SessionLine]]:
            days = catalogue.days(store, FIRST_DAY)  # type: ignore[arg-type]
            shown = day if day in days or not days else _nearest(days, day)
            return days, rain_day.sessions(store, shown, clock.now())  # type: ignore[arg-type]

        self._asking.ask(lambda: office.read(work), self._came, self._refused)

    def _came(self, found: tuple[list[str], list[SessionLine]]) -> None:
        days, self._lines = found
        if self._lines:
            self._day = self._lines[0].business_day
        if [self.days.itemData(at) for at in range(self.days.count())] != days:
            self.days.clear()
            for day in days:
                self.days.addItem(formats.day(date.fromisoformat(day)), day)
        self.days.setCurrentIndex(self.days.findData(self._day))
        if self.session is None:
            self._session = self._lines[0].id if self._lines else None
        self.badge_changed.emit(sum(line.run is not None and line.run.open for line in self._lines))
        self._show()

    def _show(self) -> None:
        for part in self.parts.values():
            part.choose(self.session)
        self.sessions.show_day(self._lines)
        if self._session is not None:
            self.sessions.rows.select(str(self._session))
        self._say_next()

    def _touched(self) -> None:
        if self.money.running.under_way and self._front is self.money:
            return  # the run says itself how far it is, after each batch
        super()._touched()
        if self._front is not self.money:  # a dry run is not reckoned again with each batch
            self._front.came()

    # --- choosing

    def choose_day(self, day: str) -> None:
        """Another business day (YYYY-MM-DD)."""
        self._day, self._session = day, None
        self.show_part(self.sessions)

    def _step_day(self, step: int) -> None:
        at = self.days.currentIndex() + step
        if 0 <= at < self.days.count():
            self.choose_day(self.days.itemData(at))

    def choose_session(self, session_id: int) -> None:
        """Another session of the day."""
        if session_id == self._session:
            return
        self._session = session_id
        self.error_band.clear()
        for part in self.parts.values():
            part.choose(self.session)
        self._say_next()

    def _go_on(self) -> None:
        """To where the session that is marked goes on."""
        line = self.session
        if line is None:
            return
        if line.decided is not None:
            self.show_part(self.money)
        elif line.courts and all(c.play.state is CourtState.ENDED for c in line.courts):
            self.show_part(self.decision)
        else:
            self.show_part(self.play)

    def _say_next(self) -> None:
        super()._say_next()
        line = self.session
        said = ""
        if line is not None and self._front is not self.sessions:
            said = formats.DOT.join((formats.time(line.starts_at), self._words.session(line)))
        self._about.set_text(said)

    def retranslate(self) -> None:
        """Set every text again."""
        self.days.setAccessibleName(self.tr("Day"))
        for at in range(self.days.count()):
            self.days.setItemText(at, formats.day(date.fromisoformat(self.days.itemData(at))))
        super().retranslate()


def _nearest(days: Sequence[str], day: str) -> str:
    """The first day that is not over, else the last one."""
    return next((one for one in days if one >= day), days[-1])
