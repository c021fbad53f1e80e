"""A page of parts: a chip for each, the list of the one in front, its side, and F8."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from boxoffice.errors import BoxOfficeError
from ui import theme
from ui.asking import Asking
from ui.change_relay import touches
from ui.context import Context
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.page import Page
from ui.widgets.part import Part
from ui.widgets.text import Text

P = TypeVar("P", bound=Part)


class PartedPage(Page, Generic[P]):
    """Base of pages that are made of parts; a subclass makes them and calls `put_together`.

    For those who drive it: `show_part`, `press`; `busy` tells whether an answer is awaited.
    """

    TOPICS: ClassVar[tuple[str, ...]] = ()
    """Changes that the page asks again for while it is in front."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asking = Asking(context, self, self)
        self.parts: dict[str, P] = {}
        self.tabs: dict[str, Chip] = {}
        self._front: P
        self._lists, self._sides = QStackedWidget(), QStackedWidget()
        self._missing = Text(wrap=True)
        self._missing.set_tone("attention")
        self.primary = ActionButton(key="F8", kind="primary", act=self.press)

    def put_together(self, parts: Mapping[str, P]) -> None:
        """Lay the parts out, each under its key, below what the body holds; the first is in front.

        Called once.
        """
        self.parts = dict(parts)
        self.tabs = {key: Chip(key) for key in parts}
        self._front = next(iter(parts.values()))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        listed = Card(padding=12)
        listed.body.addWidget(self._lists)
        for key, part in parts.items():
            row.addWidget(self.tabs[key])
            self._lists.addWidget(part)
            self._sides.addWidget(part.side)
            part.changed.connect(self._say_next)
            part.done.connect(self._done)
            self.tabs[key].clicked.connect(partial(self.show_part, part))
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(listed, 1)
        self.panel.body.addWidget(self._sides, 1)
        self.panel.foot.addWidget(self._missing)
        self.panel.set_actions(self.primary)
        self._context.relay.changed.connect(self._changed)

    # --- the page

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._asking.busy or any(part.busy for part in self.parts.values())

    def shown(self) -> None:
        self.show_part(self._front)

    def reload(self) -> None:
        """Ask again for what all parts show."""
        raise NotImplementedError

    def _changed(self, topics: frozenset[str]) -> None:
        if self.centre.isVisible() and touches(topics, *self.TOPICS):
            self._touched()

    def _touched(self) -> None:
        """One of the topics changed while the page is in front."""
        self.reload()

    def _refused(self, error: BoxOfficeError) -> None:
        self._context.troubles.show(self, error)

    # --- its parts

    def show_part(self, part: P, _on: bool = True) -> None:
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
        if act is not None and not act.missing and not self._front.doing:
            self.error_band.clear()
            self._front.press()
            self._say_next()

    def _done(self, text: str) -> None:
        if text:
            self.error_band.say("info", text)
        self.reload()

    def _say_next(self) -> None:
        """The head of the side, the large button and the names of the parts."""
        act = self._front.act()
        self.panel.set_title(self._front.title())
        self.primary.setVisible(act is not None)
        self._missing.setVisible(act is not None and bool(act.missing))
        if act is not None:
            self.primary.setText(act.words)
            self.primary.setEnabled(not act.missing and not self._front.doing)
            self._missing.setText(act.missing)
        for key, part in self.parts.items():
            self.tabs[key].setText(part.tab())

    def retranslate(self) -> None:
        """Set every text again."""
        for part in self.parts.values():
            part.retranslate()
        self._say_next()
