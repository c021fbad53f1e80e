"""The right side of the page: basket, cash, what was sold, or the parked baskets."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from boxoffice.queries.orders import OrderView
from ui import formats, theme
from ui.approval.limit_panel import LimitPanel
from ui.context import Context
from ui.sell.basket_panel import BasketPanel
from ui.sell.cash_panel import CashPanel
from ui.sell.done_panel import DonePanel
from ui.sell.group_panel import GroupPanel
from ui.sell.parked import ParkedPanel
from ui.sell.reserve_panel import ReservePanel
from ui.sell.reserved_panel import ReservedPanel
from ui.sell.side_words import AFTER, WITH_BACK, SideState, SideWords
from ui.sell.small_entry import SmallEntry
from ui.sell.words import Words
from ui.widgets.action_button import ActionButton
from ui.widgets.side_panel import SidePanel
from ui.widgets.text import MoneyLabel, Text

HURRY_S = 120
"""From here on the hold time is shown as something to mind, in seconds."""
_CHANGING = (SideState.BASKET, SideState.CASH, SideState.RESERVE, SideState.GROUP, SideState.LIMIT)
"""Where F8 changes the basket, whose seats are held meanwhile."""


class _Stack(QStackedWidget):
    """Needs only the room of what it shows, so that the window stays small enough."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else QSize()


class SellSide(QObject):
    """Fills a SidePanel; what its buttons mean is the page's to do."""

    primary_pressed = Signal()
    back_pressed = Signal()
    park_pressed = Signal()
    parked_pressed = Signal()
    clear_pressed = Signal()
    buyer_pressed = Signal()
    reserve_pressed = Signal()
    group_pressed = Signal()

    def __init__(self, context: Context, panel: SidePanel, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._state = SideState.BASKET
        self._ready = False
        self._sure = False
        self.basket, self.cash = BasketPanel(words), CashPanel()
        self.done, self.parked = DonePanel(), ParkedPanel()
        self.reserve, self.reserved = ReservePanel(), ReservedPanel()
        self.group, self.limit = GroupPanel(words), LimitPanel(context)
        self._words = SideWords(
            self.cash, self.parked, self.reserve, self.group, self.limit, parent=self
        )
        self.buyer, self.label = SmallEntry(2), SmallEntry(1, 40)
        self._who = Text(role="detail")
        self._who.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(8))
        self._pages = {
            SideState.BASKET: self.basket,
            SideState.CASH: self.cash,
            SideState.DONE: self.done,
            SideState.PARKED: self.parked,
            SideState.RESERVE: self.reserve,
            SideState.RESERVED: self.reserved,
            SideState.GROUP: self.group,
            SideState.LIMIT: self.limit,
        }
        self._stack = _Stack()
        for page in self._pages.values():
            self._stack.addWidget(page)
        panel.body.addWidget(self._stack, 1)
        for part in (self._who, self.buyer, self.label):
            panel.body.addWidget(part)
        self._due_word = Text(role="quiet")
        self._due = MoneyLabel()
        self._due_row = QWidget()
        row = QHBoxLayout(self._due_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._due_word)
        row.addWidget(self._due, 1)
        panel.foot.addWidget(self._due_row)
        self._missing = Text(wrap=True)
        self._missing.set_tone("attention")
        panel.foot.addWidget(self._missing)
        self.primary = ActionButton(key="F8", kind="primary", act=self.primary_pressed.emit)
        self._park = ActionButton(key="Alt+P", act=self.park_pressed.emit)
        self._parked = ActionButton(key="Alt+O", act=self.parked_pressed.emit)
        self._buyer = ActionButton(key="Alt+N", act=self.buyer_pressed.emit)
        self._clear = ActionButton(key="Alt+Backspace", act=self.clear_pressed.emit)
        self._reserve = ActionButton(key="Alt+R", act=self.reserve_pressed.emit)
        self._back = ActionButton(key="Esc", act=self.back_pressed.emit)
        self._group = ActionButton(key="Alt+G", act=self.group_pressed.emit)
        basket = (self._park, self._parked, self._buyer, self._group, self._reserve, self._clear)
        self._quiet = basket
        panel.set_actions(self.primary, self._quiet)
        panel.add_action(self._back)
        self.cash.changed.connect(self._name)
        self.reserve.changed.connect(self._name)
        self.group.changed.connect(self._name)
        self.limit.changed.connect(self._name)
        self.parked.moved.connect(self._name)
        self.retranslate()

    @property
    def state(self) -> SideState:
        """What is shown."""
        return self._state

    def show_state(self, state: SideState) -> None:
        """Show that; the focus goes where the next key belongs."""
        self._state = state
        self._sure = False
        self._stack.setCurrentWidget(self._pages[state])
        self._stack.updateGeometry()
        self.buyer.hide()
        self.label.hide()
        self._name()
        self.show_time(None)  # the title at once; who counts the time says it next
        if state is SideState.CASH:
            self.cash.take_focus()
        elif state is SideState.PARKED:
            self.parked.take_focus()
        elif state is SideState.RESERVE:
            self.reserve.take_focus()
        elif state in AFTER:
            self._pages[state].setFocus()

    def show_basket(self, view: OrderView | None, *, ready: bool) -> None:
        """The basket as it stands; `ready` where nothing is under way that could change it."""
        self._words.view, self._ready = view, ready
        self.basket.show_view(view)
        self._due.set_fen(view.total_fen if view is not None else 0)
        self._sure = False
        self._name()

    def set_ready(self, ready: bool) -> None:
        """Whether nothing is under way that could change the basket."""
        if ready != self._ready:
            self._ready = ready
            self._name()

    def missing_words(self) -> str:
        """What has to happen before the basket can be paid; "" for nothing."""
        return self._words.basket_missing()

    def ask_sure(self) -> bool:
        """The first press of clear asks, the second one means it."""
        self._sure = not self._sure
        self._name()
        return not self._sure

    def show_time(self, seconds: int | None) -> None:
        """How long the seats are still held; None for nothing to hold."""
        shown = seconds is not None and self._state in _CHANGING
        corner = formats.countdown(seconds) if shown and seconds is not None else ""
        role = "timer" if seconds is not None and seconds < HURRY_S else "quiet"
        self._panel.set_title(self._words.title(self._state), corner, role)

    # --- words

    def _name(self) -> None:
        """Say on every button what it would do now."""
        state, count = self._state, self._words.count
        missing = self._words.missing(state)
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))
        text, may = self._words.primary(state)
        self.primary.setText(text)
        self.primary.setEnabled(may and (self._ready or state not in _CHANGING))
        in_basket = state is SideState.BASKET
        for button in self._quiet:
            button.setVisible(in_basket)
        self._back.setVisible(state in WITH_BACK)
        for button in (self._park, self._buyer, self._group, self._reserve, self._clear):
            button.setEnabled(count > 0)
        waiting = self.parked.count
        word = self.tr("Recall")
        self._parked.setText(f"{word} {waiting}" if waiting else word)
        self._parked.setEnabled(waiting > 0)
        self._clear.setText(self.tr("Press again") if self._sure else self.tr("Clear"))
        self._due_row.setVisible(state in (SideState.BASKET, SideState.CASH))
        self._name_buyer()

    def _name_buyer(self) -> None:
        view = self._words.view
        known = [view.buyer, view.phone] if view is not None else []
        said = formats.DOT.join(part for part in known if part)
        shown = bool(said) and self._state is SideState.BASKET
        self._who.setText(self.tr("Buyer {who}").format(who=said))
        self._who.setVisible(shown and self.buyer.isHidden())

    def retranslate(self) -> None:
        """Set every text again."""
        for part in (self.basket, self.cash, self.done, self.parked, self.reserve, self.reserved):
            part.retranslate()
        self.group.retranslate()
        self.limit.retranslate()
        self._due_word.setText(self.tr("Due"))
        self._park.setText(self.tr("Park"))
        self._buyer.setText(self.tr("Buyer"))
        self._reserve.setText(self.tr("Reserve"))
        self._group.setText(self.tr("Group list"))
        self._back.setText(self.tr("Back"))
        self.buyer.set_texts(
            self.tr("Buyer, if they want to be known"),
            [self.tr("Name of the buyer"), self.tr("Phone")],
        )
        self.label.set_texts(
            self.tr("Park this basket: Enter"), [self.tr("A word to know it by (may stay empty)")]
        )
        self._name()
        self.show_time(None)
