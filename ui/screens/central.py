"""The central page, for supervisors: windows, allotments, reviews, and how far it would reach."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from boxoffice.services.supervising import central_view
from boxoffice.services.supervising.central_view import View
from ui import theme
from ui.central.chip import Chip
from ui.central.head_card import HeadCard
from ui.central.part import Part
from ui.central.plans import PlansPart
from ui.central.reach import ReachPart
from ui.central.reviews import ReviewsPart
from ui.central.windows import WindowsPart
from ui.central.words import CentralWords
from ui.change_relay import touches
from ui.context import Context
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.page import Page
from ui.widgets.text import Text

EVERY_MS = 3000
"""How often central is asked while the page is in front."""


class CentralPage(Page):
    """Shows central as it is, or as it was when last heard of; `badge_changed` counts reviews."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: View | None = None
        self._asking = False
        words = CentralWords(self)
        self.head = HeadCard(words)
        self.windows = WindowsPart(context, words)
        self.plans = PlansPart(context, words)
        self.reviews = ReviewsPart(context, words)
        self.reach = ReachPart(context, words)
        self.parts: dict[str, Part] = {
            "Alt+W": self.windows,
            "Alt+A": self.plans,
            "Alt+R": self.reviews,
            "Alt+H": self.reach,
        }
        self.tabs = {key: Chip(key) for key in self.parts}
        # A window with central beside it has nobody to share with.
        for key in ("Alt+A", "Alt+H"):
            self.tabs[key].setVisible(bool(context.office.settings.central))
        self._front: Part = self.windows
        self._lists, self._sides = QStackedWidget(), QStackedWidget()
        self._missing = Text(wrap=True)
        self._missing.set_tone("attention")
        self.primary = ActionButton(key="F8", kind="primary", act=self.press)
        self._lay_out()
        for key, part in self.parts.items():
            part.changed.connect(self._say_next)
            part.done.connect(self._done)
            self.tabs[key].clicked.connect(partial(self.show_part, part))
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.reload)
        context.relay.changed.connect(self._changed)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for tab in self.tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        listed = Card(padding=12)
        listed.body.addWidget(self._lists)
        for part in self.parts.values():
            self._lists.addWidget(part)
            self._sides.addWidget(part.side)
        self.body.addWidget(self.head)
        self.body.addLayout(row)
        self.body.addWidget(listed, 1)
        self.panel.body.addWidget(self._sides, 1)
        self.panel.foot.addWidget(self._missing)
        self.panel.set_actions(self.primary)

    # --- the page

    @property
    def view(self) -> View | None:
        """What is shown; None before the first answer."""
        return self._view

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._asking or any(part.busy for part in self.parts.values())

    def shown(self) -> None:
        self._timer.start()
        self.show_part(self._front)

    def left(self) -> None:
        self._timer.stop()

    def reload(self) -> None:
        """Ask central again; one question at a time."""
        if self._asking or not self._context.signed_on:
            return
        self._asking = True
        office = self._context.office
        self._context.act(self, lambda: central_view.look(office), self._came, self._failed)

    def _failed(self, error: Exception) -> None:
        self._asking = False
        self._context.troubles.show(self, error)  # type: ignore[arg-type]

    def _came(self, view: View) -> None:
        self._asking = False
        before = self._view.overview if self._view is not None else None
        if view.lost_since is not None and before is not None:
            # This page may have heard of it later than what is kept for the next start.
            kept = view.overview
            newest = before if kept is None or before.at >= kept.at else kept
            view = View(newest, view.lost_since)
        self._view = view
        self._show()

    def _show(self) -> None:
        view = self._view
        if view is None:
            return
        self.head.show_view(view, self._context.office.settings.central)
        if view.overview is not None:
            for part in self.parts.values():
                part.show_overview(view.overview, away=view.lost_since is not None)
            self.badge_changed.emit(len(view.overview.reviews))
        self._say_next()

    def _changed(self, topics: frozenset[str]) -> None:
        if self.centre.isVisible() and touches(topics, "central", "allotment"):
            self.reload()

    # --- its parts

    def show_part(self, part: Part, _on: bool = True) -> None:
        """Bring a part to the front; what was said about another one is over."""
        if part is not self._front:
            self.error_band.clear()
        self._front = part
        self._lists.setCurrentWidget(part)
        self._sides.setCurrentWidget(part.side)
        for key, other in self.parts.items():
            self.tabs[key].setChecked(other is part)
        self.reload()
        part.came()
        part.rows.setFocus()
        self._say_next()

    def press(self) -> None:
        """F8: whatever the large button says."""
        act = self._front.act()
        if act is not None and not act.missing and not self._front.busy:
            self.error_band.clear()
            self._front.press()
            self._say_next()

    def _done(self, text: str) -> None:
        self.error_band.say("info", text)
        self.reload()

    def _say_next(self) -> None:
        act = self._front.act()
        self.panel.set_title(self._front.title())
        self.primary.setVisible(act is not None)
        self._missing.setVisible(act is not None and bool(act.missing))
        if act is not None:
            self.primary.setText(act.words)
            self.primary.setEnabled(not act.missing and not self._front.busy)
            self._missing.setText(act.missing)
        for key, part in self.parts.items():
            self.tabs[key].setText(part.tab())

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.retranslate()
        for part in self.parts.values():
            part.retranslate()
        self._say_next()
