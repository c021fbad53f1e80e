"""What is here of a sale that is paid in parts, and by which tender the next part comes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from boxoffice.domain.accounts import ALIPAY, CARD, CARD_APART, CASH, COMPLIMENTARY, WECHAT
from boxoffice.queries.deposits import Deposit
from ui import formats, theme
from ui.sell.tender_words import TenderWords
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text

KEYS = {
    CASH: "Alt+C",
    WECHAT: "Alt+W",
    ALIPAY: "Alt+A",
    CARD: "Alt+K",
    CARD_APART: "Alt+T",
    COMPLIMENTARY: "Alt+F",
}
_HIGH = 38


class TenderBar(QWidget):
    """Emits `chosen(tender)`; offers what the window is set up for, and marks the one chosen."""

    chosen = Signal(str)

    def __init__(self, offered: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = TenderWords(self)
        self._parts: tuple[Deposit, ...] = ()
        self._left = 0
        self._here = Text(wrap=True)
        self._here.set_tone("good")
        self.buttons: dict[str, ActionButton] = {}
        grid = QGridLayout()
        grid.setSpacing(theme.px(6))
        for place, tender in enumerate(offered):
            button = ActionButton(
                key=KEYS[tender], kind="chip", act=partial(self.chosen.emit, tender)
            )
            button.setCheckable(True)
            button.setFixedHeight(theme.px(_HIGH))
            row, column = divmod(place, 2)
            grid.addWidget(button, row, column)
            self.buttons[tender] = button
        column_ = QVBoxLayout(self)
        edge = theme.px(12)
        column_.setContentsMargins(edge, theme.px(12), edge, 0)
        column_.setSpacing(theme.px(8))
        column_.addWidget(self._here)
        column_.addLayout(grid)
        self.setVisible(False)
        self.retranslate()

    def mark(self, tender: str) -> None:
        """That one is being taken."""
        for each, button in self.buttons.items():
            button.setChecked(each == tender)

    def show_here(self, parts: Sequence[Deposit], left_fen: int) -> None:
        """What was paid before, by tender, and what is left to pay."""
        self._parts, self._left = tuple(parts), left_fen
        listed = formats.DOT.join(
            f"{self._words.name(part.tender)} {formats.short_money(part.left_fen)}"
            for part in self._parts
        )
        said = self.tr("Here already: {parts}").format(parts=listed)
        self._here.setText(said)
        self._here.setVisible(bool(self._parts))

    def retranslate(self) -> None:
        """Set every text again."""
        for tender, button in self.buttons.items():
            button.setText(self._words.short(tender))
        self.show_here(self._parts, self._left)
