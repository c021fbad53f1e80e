"""The money page, for supervisors: days held against bills, exceptions, transfers by the bank."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from boxoffice.errors import BoxOfficeError
from boxoffice.queries.money_days import Held
from boxoffice.services.money import looking
from boxoffice.services.money.bills import BillReport
from boxoffice.services.money.files import Taken
from boxoffice.services.money.looking import MoneyView
from ui import theme
from ui.central.chip import Chip
from ui.change_relay import touches
from ui.context import Context
from ui.money.days import DaysPart
from ui.money.exceptions import ExceptionsPart
from ui.money.files_bar import FilesBar
from ui.money.part import Part
from ui.money.transfers import TransfersPart
from ui.money.words import MoneyWords
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.page import Page
from ui.widgets.text import Text


class MoneyPage(Page):
    """Shows the money outside as central has it; `badge_changed` counts what waits."""

    order_wanted = Signal(str)
    """The order of this number is to be looked at: the orders page does that."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asking = self._again = False
        words = MoneyWords(self)
        self.files = FilesBar(context, words)
        self.days = DaysPart(context, words)
        self.exceptions = ExceptionsPart(context, words)
        self.transfers = TransfersPart(context, words)
        self.parts: dict[str, Part] = {
            "Alt+D": self.days,
            "Alt+E": self.exceptions,
            "Alt+T": self.transfers,
        }
        self.tabs = {key: Chip(key) for key in self.parts}
        self._front: Part = self.days
        self._lists, self._sides = QStackedWidget(), QStackedWidget()
        self._missing = Text(wrap=True)
        self._missing.set_tone("attention")
        self.primary = ActionButton(key="F8", kind="primary", act=self.press)
        self._lay_out()
        for key, part in self.parts.items():
            part.changed.connect(self._say_next)
            part.done.connect(self._done)
            part.order_wanted.connect(self.order_wanted)
            self.tabs[key].clicked.connect(partial(self.show_part, part))
        self.days.exceptions_wanted.connect(self._look_at)
        for part in (self.days, self.transfers):
            part.file_wanted.connect(self.files.choose_files)
        self.exceptions.days_wanted.connect(lambda: self.show_part(self.days))
        self.files.taken.connect(self._taken)
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
        self.body.addWidget(self.files)
        self.body.addLayout(row)
        self.body.addWidget(listed, 1)
        self.panel.body.addWidget(self._sides, 1)
        self.panel.foot.addWidget(self._missing)
        self.panel.set_actions(self.primary)
        self.files.over(self.centre)

    # --- the page

    @property
    def view(self) -> MoneyView | None:
        """What is shown; None before the first answer."""
        return self.days.view

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        parts = any(part.busy for part in self.parts.values())
        return self._asking or parts or self.files.busy or self.exceptions.loading

    def shown(self) -> None:
        self.show_part(self._front)

    def reload(self) -> None:
        """Ask central again; one question at a time, and once more for what came meanwhile."""
        if not self._context.signed_on:
            return
        if self._asking:
            self._again = True
            return
        self._asking, self._again = True, False
        office = self._context.office
        self._context.act(self, lambda: looking.look(office), self._came, self._failed)

    def _failed(self, error: BoxOfficeError) -> None:
        self._asking = False
        self._context.troubles.show(self, error)

    def _came(self, view: MoneyView) -> None:
        self._asking = False
        for part in self.parts.values():
            part.show_view(view)
        self.badge_changed.emit(sum(day.open for day in view.days))
        self._say_next()
        if self._again:
            self.reload()

    def _changed(self, topics: frozenset[str]) -> None:
        if self.centre.isVisible() and touches(topics, "central", "cases", "payments"):
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

    def _look_at(self, held: Held) -> None:
        self.exceptions.show_bill(held)
        self.show_part(self.exceptions)

    def _taken(self, found: Taken) -> None:
        """The bill that was read last is the one in front."""
        names = [one.name for one in found.reports if isinstance(one, BillReport)]
        if names:
            self.days.mark_when_there(names[-1])
            self.show_part(self.days)
        else:
            self.show_part(self.transfers)

    def press(self) -> None:
        """F8: whatever the large button says."""
        act = self._front.act()
        if act is not None and not act.missing and not self._front.busy:
            self.error_band.clear()
            self._front.press()
            self._say_next()

    def _done(self, text: str) -> None:
        if text:
            self.files.forget()
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
        self.files.retranslate()
        for part in self.parts.values():
            part.retranslate()
        self._say_next()
