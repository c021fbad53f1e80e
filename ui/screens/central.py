"""The central page, for supervisors: windows, allotments, reviews, and how far it would reach."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from boxoffice.services.supervising import central_view
from boxoffice.services.supervising.central_view import View
from ui.central.head_card import HeadCard
from ui.central.part import CentralPart
from ui.central.plans import PlansPart
from ui.central.reach import ReachPart
from ui.central.reviews import ReviewsPart
from ui.central.windows import WindowsPart
from ui.central.words import CentralWords
from ui.context import Context
from ui.widgets.parted_page import PartedPage

EVERY_MS = 3000
"""How often central is asked while the page is in front."""


class CentralPage(PartedPage[CentralPart]):
    """Shows central as it is, or as it was when last heard of; `badge_changed` counts reviews."""

    TOPICS = ("central", "allotment")

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._view: View | None = None
        words = CentralWords(self)
        self.head = HeadCard(words)
        self.windows = WindowsPart(context, words)
        self.plans = PlansPart(context, words)
        self.reviews = ReviewsPart(context, words)
        self.reach = ReachPart(context, words)
        self.body.addWidget(self.head)
        self.put_together(
            {
                "Alt+W": self.windows,
                "Alt+A": self.plans,
                "Alt+R": self.reviews,
                "Alt+H": self.reach,
            }
        )
        # A window with central beside it has nobody to share with.
        for key in ("Alt+A", "Alt+H"):
            self.tabs[key].setVisible(bool(context.office.settings.central))
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.reload)

    # --- the page

    @property
    def view(self) -> View | None:
        """What is shown; None before the first answer."""
        return self._view

    def shown(self) -> None:
        self._timer.start()
        super().shown()

    def left(self) -> None:
        self._timer.stop()

    def reload(self) -> None:
        """Ask central again; one question at a time."""
        if self._asking.busy or not self._context.signed_on:
            return
        office = self._context.office
        self._asking.ask(lambda: central_view.look(office), self._came, self._refused)

    def _came(self, view: View) -> None:
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

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.retranslate()
        super().retranslate()
