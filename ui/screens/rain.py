"""The page of play and rain: the ledger, the decision, the dry run, the run, who must come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget

from boxoffice import clock
from boxoffice.domain.play import CourtState
from boxoffice.queries import catalogue, rain_day
from boxoffice.queries.rain_day import SessionLine
from ui import formats, keys, theme
from ui.central.chip import Chip
from ui.change_relay import touches
from ui.context import Context
from ui.rain.come_part import ComePart
from ui.rain.day_part import DayPart
from ui.rain.decision_part import DecisionPart
from ui.rain.part import Part
from ui.rain.play_part import PlayPart
from ui.rain.run_part import RunPart
from ui.rain.words import RainWords
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.key_cap import KeyCap
from ui.widgets.page import Page
from ui.widgets.text import Line, Text

NEXT_DAY, DAY_BEFORE = "Alt+PgDown", "Alt+PgUp"
FIRST_DAY = ""
"""Before every day (YYYY-MM-DD): what was not settled long ago is listed too."""


class RainPage(Page):
    """One session at a time; `badge_changed` counts runs of the day that are not finished.

    For those who drive it: `choose_day`, `choose_session`, `show_part`, `press`; `busy` tells
    whether an answer is awaited.
    """

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: Sequence[SessionLine] = ()
        self._day = clock.business_day(clock.now()).isoformat()
        self._session: int | None = None
        self._asks = self._awaited = 0
        words = RainWords(self)
        self._words = words
        self.sessions = DayPart(context, words)
        self.play = PlayPart(context, words)
        self.decision = DecisionPart(context, words)
        self.money = RunPart(context, words)
        self.come = ComePart(context, words)
        self.parts: dict[str, Part] = {
            "Alt+S": self.sessions,
            "Alt+P": self.play,
            "Alt+D": self.decision,
            "Alt+R": self.money,
            "Alt+N": self.come,
        }
        self.tabs = {key: Chip(key) for key in self.parts}
        self._front: Part = self.sessions
        self.days = QComboBox()
        self._about = Line(theme.TOKENS.type.title, bold=True)
        self._lists = QStackedWidget()
        self._missing = Text(wrap=True)
        self._missing.set_tone("attention")
        self.primary = ActionButton(key="F8", kind="primary", act=self.press)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.days.setMinimumWidth(theme.px(160))
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        for widget in (self.days, KeyCap(DAY_BEFORE), KeyCap(NEXT_DAY)):
            head.addWidget(widget)
        head.addWidget(self._about, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for tab in self.tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        listed = Card(padding=12)
        listed.body.addWidget(self._lists)
        for part in self.parts.values():
            self._lists.addWidget(part)
            # Not stacked: the highest of a stack would make all of them scroll.
            self.panel.body.addWidget(part.side)
        self.body.addLayout(head)
        self.body.addLayout(row)
        self.body.addWidget(listed, 1)
        self.panel.foot.addWidget(self._missing)
        self.panel.set_actions(self.primary)

    def _connect(self) -> None:
        for key, part in self.parts.items():
            part.changed.connect(self._say_next)
            part.done.connect(self._done)
            self.tabs[key].clicked.connect(partial(self.show_part, part))
        self.sessions.picked.connect(self.choose_session)
        self.sessions.opened.connect(self._go_on)
        self.money.dried.connect(self.come.show_dry)
        self.play.ended.connect(partial(self.show_part, self.decision))
        self.decision.stands.connect(partial(self.show_part, self.money))
        self.money.finished.connect(partial(self.show_part, self.come))
        self.days.activated.connect(lambda at: self.choose_day(self.days.itemData(at)))
        for key, step in ((NEXT_DAY, 1), (DAY_BEFORE, -1)):
            keys.current().bind(self.centre, key, partial(self._step_day, step))
        self._context.relay.changed.connect(self._changed)

    # --- the page

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._awaited > 0 or any(part.busy for part in self.parts.values())

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

    def shown(self) -> None:
        self.show_part(self._front)

    def reload(self) -> None:
        """Ask for the day again; what came from an older question is dropped."""
        if not self._context.signed_on:
            return
        self._asks += 1
        self._awaited += 1
        asked, day = self._asks, self._day

        def work(store: object) -> tuple[list[str], list[SessionLine]]:
            days = catalogue.days(store, FIRST_DAY)  # type: ignore[arg-type]
            shown = day if day in days or not days else _nearest(days, day)
            return days, rain_day.sessions(store, shown, clock.now())  # type: ignore[arg-type]

        self._context.ask(self, work, lambda found: self._came(asked, found))

    def _came(self, asked: int, found: tuple[list[str], list[SessionLine]]) -> None:
        self._awaited -= 1
        if asked != self._asks:
            return
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

    def _changed(self, topics: frozenset[str]) -> None:
        if not self.centre.isVisible() or not touches(topics, "play", "rain"):
            return
        if self.money.running.under_way and self._front is self.money:
            return  # the run says itself how far it is, after each batch
        self.reload()
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

    def show_part(self, part: Part, _on: bool = True) -> None:
        """Bring a part to the front; what was said about another one is over."""
        if part is not self._front:
            self.error_band.clear()
        self._front = part
        self._lists.setCurrentWidget(part)
        for key, other in self.parts.items():
            self.tabs[key].setChecked(other is part)
            other.side.setVisible(other is part)
        self.reload()
        part.came()
        part.rows.setFocus()
        self._say_next()

    def press(self) -> None:
        """F8: whatever the large button says."""
        act = self._front.act()
        if act is not None and not act.missing and not self._front.doing:
            self.error_band.clear()
            self._front.press()
            self._say_next()

    def _done(self, text: str) -> None:
        if text:
            self.error_band.say("info", text)
        self.reload()

    def _say_next(self) -> None:
        front, act, line = self._front, self._front.act(), self.session
        self.panel.set_title(front.title())
        self.primary.setVisible(act is not None)
        self._missing.setVisible(act is not None and bool(act.missing))
        if act is not None:
            self.primary.setText(act.words)
            self.primary.setEnabled(not act.missing and not front.doing)
            self._missing.setText(act.missing)
        for key, part in self.parts.items():
            self.tabs[key].setText(part.tab())
        said = ""
        if line is not None and front is not self.sessions:
            said = formats.DOT.join((formats.time(line.starts_at), self._words.session(line)))
        self._about.set_text(said)

    def retranslate(self) -> None:
        """Set every text again."""
        self.days.setAccessibleName(self.tr("Day"))
        for at in range(self.days.count()):
            self.days.setItemText(at, formats.day(date.fromisoformat(self.days.itemData(at))))
        for part in self.parts.values():
            part.retranslate()
        self._say_next()


def _nearest(days: Sequence[str], day: str) -> str:
    """The first day that is not over, else the last one."""
    return next((one for one in days if one >= day), days[-1])
