"""Taking cash: quick amounts, the amount that was given, and the change."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from boxoffice.domain.money import FEN_PER_YUAN
from ui import formats, keys, theme
from ui.widgets.action_button import ActionButton
from ui.widgets.number_edit import NumberEdit
from ui.widgets.text import Text

MOST_QUICK = 6
_ROUND_UP_YUAN = ((10, 0), (50, 0), (100, 0), (500, 100), (1000, 500))
"""Notes people round up to, and above which amount due (yuan) they begin to."""


def quick_amounts(due_fen: int) -> list[int]:
    """What customers are likely to put down for an amount due, exact first; all in fen."""
    found = {due_fen}
    for step, above in _ROUND_UP_YUAN:
        step_fen = step * FEN_PER_YUAN
        if due_fen > above * FEN_PER_YUAN:
            found.add(-(-due_fen // step_fen) * step_fen)
    return sorted(found)[:MOST_QUICK]


class CashPanel(QWidget):
    """Emits `changed` with every amount, `confirmed` when Enter ends a sufficient one."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(8))
        self._quick: list[ActionButton] = []
        self._given = Text(role="quiet")
        self.amount = NumberEdit()
        self.amount.setProperty("role", "hero")  # the largest field of the page
        self.amount.setMinimumHeight(theme.px(64))
        self.amount.fen_changed.connect(lambda _fen: self._show())
        self.amount.submitted.connect(lambda _fen: self._entered())
        self._says = Text(role="quiet", wrap=True)
        self.change = Text(role="amount")
        """What goes back, or is still missing; hidden before anything was given."""
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(8))
        column.addWidget(self._given)
        column.addWidget(self.amount)
        column.addLayout(self._grid)
        column.addSpacing(theme.px(12))
        column.addWidget(self._says)
        column.addWidget(self.change)
        column.addStretch(1)
        self.retranslate()

    @property
    def change_fen(self) -> int | None:
        """What goes back; None while too little or nothing was given."""
        given = self.amount.fen()
        return None if given is None or given < self._due else given - self._due

    def begin(self, due_fen: int) -> None:
        """Take that much; nothing is given yet."""
        self._due = due_fen
        self._make_quick(quick_amounts(due_fen))
        self.amount.set_fen(0 if due_fen == 0 else None)
        self._show()

    def take_focus(self) -> None:
        """The cursor stands in the amount."""
        self.amount.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give(self, fen: int) -> None:
        """That much was put down."""
        self.amount.set_fen(fen)
        self.take_focus()
        self.amount.selectAll()

    def _make_quick(self, amounts: list[int]) -> None:
        for button in self._quick:
            button.set_key(None)
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._quick = []
        for place, fen in enumerate(amounts):
            button = ActionButton(
                formats.short_money(fen), key=f"Alt+{place + 1}", act=partial(self.give, fen)
            )
            if not place:
                button.setText(self._exact(fen))
            self._grid.addWidget(button, place // 2, place % 2)
            self._quick.append(button)

    def _exact(self, fen: int) -> str:
        return self.tr("Exact {amount}").format(amount=formats.short_money(fen))

    def _entered(self) -> None:
        if self.change_fen is not None and not keys.current().composing:
            self.confirmed.emit()

    def _show(self) -> None:
        given, change = self.amount.fen(), self.change_fen
        short = given is not None and change is None
        if change is not None:
            self._says.setText(self.tr("Change to give"))
        elif short:
            self._says.setText(self.tr("Still missing"))
        else:
            self._says.setText(self.tr("Type what was given, or press a quick amount"))
        self._says.set_tone("attention" if short else "")
        self.change.set_tone("attention" if short else "")
        self.change.setVisible(given is not None)
        if change is not None:
            self.change.setText(formats.money(change))
        elif given is not None:
            self.change.setText(formats.money(self._due - given))
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        self._given.setText(self.tr("Cash given"))
        self.amount.setAccessibleName(self.tr("Cash given"))
        if self._quick:
            self._quick[0].setText(self._exact(self._due))
        self._show()
