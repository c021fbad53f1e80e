"""The right side of the page: basket, tenders, what was sold, or what is parked or open."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from boxoffice.domain.accounts import CASH, CODES, COMPLIMENTARY
from boxoffice.queries.deposits import Deposits
from boxoffice.queries.orders import OrderView
from boxoffice.services.sales import at_counter
from ui import formats, theme
from ui.approval.limit_panel import LimitPanel
from ui.context import Context
from ui.sell.basket_panel import BasketPanel
from ui.sell.cash_panel import CashPanel
from ui.sell.done_panel import DonePanel
from ui.sell.free_panel import FreePanel
from ui.sell.group_panel import GroupPanel
from ui.sell.open_money_panel import OpenMoneyPanel
from ui.sell.parked import ParkedPanel
from ui.sell.reserve_panel import ReservePanel
from ui.sell.reserved_panel import ReservedPanel
from ui.sell.share_panel import SharePanel
from ui.sell.side_words import AFTER, PAYING, WITH_BACK, SideState, SideWords
from ui.sell.small_entry import SmallEntry
from ui.sell.tender_bar import TenderBar
from ui.sell.told_panel import UndonePanel, UnknownPanel
from ui.sell.waiting_panel import WaitingPanel
from ui.sell.words import Words
from ui.widgets.action_button import ActionButton
from ui.widgets.side_panel import SidePanel
from ui.widgets.text import MoneyLabel, Text

HURRY_S = 120
"""From here on the hold time is shown as something to mind, in seconds."""
_CHANGING = (SideState.BASKET, *PAYING, SideState.RESERVE, SideState.GROUP, SideState.LIMIT)
"""Where F8 changes the basket, whose seats are held meanwhile."""


class _Speaking(Protocol):
    """A part of the side that says something."""

    def retranslate(self) -> None: ...


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
    part_pressed = Signal()
    undo_pressed = Signal()

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
        self.tenders = TenderBar(at_counter.offered(context.office))
        self._codes = any(tender in CODES for tender in self.tenders.buttons)
        self.share, self.free = SharePanel(), FreePanel(context)
        self.waiting, self.unknown = WaitingPanel(), UnknownPanel()
        self.undone, self.money = UndonePanel(), OpenMoneyPanel()
        self._words = SideWords(
            self.cash, self.parked, self.reserve, self.group, self.limit,
            self.share, self.free, self.waiting, self.money, parent=self,
        )  # fmt: skip
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
            SideState.SHARE: self.share,
            SideState.FREE: self.free,
            SideState.WAITING: self.waiting,
            SideState.UNKNOWN: self.unknown,
            SideState.UNDONE: self.undone,
            SideState.MONEY: self.money,
        }
        self._stack = _Stack()
        for page in self._pages.values():
            self._stack.addWidget(page)
        panel.body.addWidget(self.tenders)
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
        self._hint = Text(role="quiet", wrap=True)
        panel.foot.addWidget(self._hint)
        self.primary = ActionButton(key="F8", kind="primary", act=self.primary_pressed.emit)
        self._park = ActionButton(key="Alt+P", act=self.park_pressed.emit)
        self._parked = ActionButton(key="Alt+O", act=self.parked_pressed.emit)
        self._buyer = ActionButton(key="Alt+N", act=self.buyer_pressed.emit)
        self._clear = ActionButton(key="Alt+Backspace", act=self.clear_pressed.emit)
        self._undo = ActionButton(key="Alt+Backspace", act=self.undo_pressed.emit)
        self._part = ActionButton(key="Alt+D", act=self.part_pressed.emit)
        self._reserve = ActionButton(key="Alt+R", act=self.reserve_pressed.emit)
        self._back = ActionButton(key="Esc", act=self.back_pressed.emit)
        self._group = ActionButton(key="Alt+G", act=self.group_pressed.emit)
        basket = (self._park, self._parked, self._buyer, self._group, self._reserve, self._clear)
        self._quiet = basket
        panel.set_actions(self.primary, self._quiet)
        self._ways_out = QWidget()
        out = QHBoxLayout(self._ways_out)
        out.setContentsMargins(0, 0, 0, 0)
        out.setSpacing(theme.px(8))
        for button in (self._undo, self._back):
            out.addWidget(button, 1)
        panel.add_action(self._part)
        panel.add_action(self._ways_out)
        for panel_ in (self.cash, self.reserve, self.group, self.limit, self.share, self.free):
            panel_.changed.connect(self._name)
        self.free.closed.connect(self.back_pressed)
        for list_ in (self.parked, self.money):
            list_.moved.connect(self._name)
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
        self.tenders.setVisible(state in PAYING)
        self.buyer.hide()
        self.label.hide()
        self._name()
        self.show_time(None)  # the title at once; who counts the time says it next
        if state is SideState.CASH:
            self.tenders.mark(CASH)
            self.cash.take_focus()
        elif state is SideState.SHARE:
            self.tenders.mark(self.share.tender)
            self.share.take_focus()
        elif state is SideState.FREE:
            self.tenders.mark(COMPLIMENTARY)
        elif state is SideState.MONEY:
            self.money.take_focus()
        elif state is SideState.PARKED:
            self.parked.take_focus()
        elif state is SideState.RESERVE:
            self.reserve.take_focus()
        elif state in AFTER or state is SideState.WAITING:
            self._pages[state].setFocus()

    def show_basket(
        self, view: OrderView | None, here: Deposits | None, due_fen: int, *, ready: bool
    ) -> None:
        """The basket as it stands, with what was paid of it and what is due.

        `ready` where nothing is under way that could change it.
        """
        self._words.view, self._words.here, self._ready = view, here, ready
        self.basket.show_view(view)
        self.tenders.show_here(here.parts if here is not None else (), due_fen)
        self._due.set_fen(due_fen)
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

    def say_waiting(self) -> None:
        """How what is waited for stands has changed."""
        self._name()

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
        waits = state is SideState.WAITING
        self._back.setText(self.tr("Give it up") if waits else self.tr("Back"))
        self._back.setEnabled(not waits or not self.waiting.ending)
        here = self._words.here is not None
        for button in (self._park, self._buyer, self._group, self._reserve):
            button.setEnabled(count > 0 and not here)
        self._clear.setEnabled(count > 0)
        self._clear.setVisible(in_basket and not here)
        self._undo.setVisible(here and (in_basket or state in PAYING))
        self._undo.setEnabled(self._ready)
        self._ways_out.setVisible(here or state in WITH_BACK)
        given, short = self.cash.amount.fen(), self.cash.change_fen is None
        self._part.setVisible(state is SideState.CASH and bool(given) and short)
        self._part.setEnabled(self._ready)
        self._part.setText(self._words.tender.part(given or 0))
        asked = self._codes and not missing and self.primary.isEnabled()
        self._hint.setVisible(in_basket and asked)
        waiting = self.parked.count
        word = self.tr("Recall")
        self._parked.setText(f"{word} {waiting}" if waiting else word)
        self._parked.setEnabled(waiting > 0)
        again = self.tr("Press again") if self._sure else ""
        self._clear.setText(again or self.tr("Clear"))
        self._undo.setText(again or self.tr("Give all back"))
        self._due_row.setVisible(in_basket or state in PAYING)
        self._due_word.setText(self.tr("Still to pay") if here else self.tr("Due"))
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
        parts: tuple[_Speaking, ...] = (
            *(self.basket, self.cash, self.done, self.parked, self.reserve, self.reserved),
            *(self.group, self.limit, self.share, self.free, self.waiting, self.unknown),
            *(self.undone, self.money, self.tenders),
        )
        for part in parts:
            part.retranslate()
        self._hint.setText(self.tr("Or scan the customer's payment code: it is charged at once."))
        self._park.setText(self.tr("Park"))
        self._buyer.setText(self.tr("Buyer"))
        self._reserve.setText(self.tr("Reserve"))
        self._group.setText(self.tr("Group list"))
        self.buyer.set_texts(
            self.tr("Buyer, if they want to be known"),
            [self.tr("Name of the buyer"), self.tr("Phone")],
        )
        self.label.set_texts(
            self.tr("Park this basket: Enter"), [self.tr("A word to know it by (may stay empty)")]
        )
        self._name()
        self.show_time(None)
