"""How many seats together, and the button that finds the best of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import formats, keys, theme
from ui.widgets.action_button import ActionButton

MOST = 9
USUAL = 2


class TogetherBar(QWidget):
    """Emits `best_wanted(count)`; Alt with a digit sets the count."""

    best_wanted = Signal(int)
    next_level = Signal()
    map_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = USUAL
        self._level = ""
        self._fewer = ActionButton("−", act=lambda: self.set_count(self._count - 1))
        self._more = ActionButton("+", act=lambda: self.set_count(self._count + 1))
        self._number = QLabel()
        self._number.setProperty("role", "heading")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setFixedWidth(theme.px(26))
        side = theme.px(40)
        for button in (self._fewer, self._more):
            button.setFixedSize(side, side)
        self._choose = ActionButton(key="Alt+V", kind="link", act=self.next_level.emit)
        self._by_key = ActionButton(key="Alt+S", kind="link", act=self.map_wanted.emit)
        for button in (self._choose, self._by_key):
            button.setFixedHeight(side)
        self.best = ActionButton(key="Alt+B", kind="dark", act=self._wanted)
        self.best.setMinimumWidth(theme.px(244))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(2))
        for link in (self._choose, self._by_key):
            row.addWidget(link)
        row.addStretch(1)
        for part in (self._fewer, self._number, self._more):
            row.addWidget(part)
        row.addSpacing(theme.px(10))
        row.addWidget(self.best)
        for number in range(1, MOST + 1):
            keys.current().bind(self, f"Alt+{number}", partial(self.set_count, number))
        self.retranslate()

    @property
    def count(self) -> int:
        """How many seats are wanted together."""
        return self._count

    def set_count(self, count: int) -> None:
        """Want that many, between one and nine."""
        self._count = min(max(count, 1), MOST)
        self._fewer.setEnabled(self._count > 1)
        self._more.setEnabled(self._count < MOST)
        self._number.setText(str(self._count))
        self._name()

    def set_level(self, name: str) -> None:
        """Which level they are looked for in; "" while none is chosen."""
        self._level = name
        self._name()

    def _name(self) -> None:
        said = self.tr("Best together × {count}").format(count=self._count)
        self.best.setText(f"{said}{formats.DOT}{self._level}" if self._level else said)

    def _wanted(self) -> None:
        self.best_wanted.emit(self._count)

    def retranslate(self) -> None:
        """Set every text again."""
        self._by_key.setText(self.tr("Seats by keyboard"))
        self._choose.setText(self.tr("Next price level"))
        self._fewer.setAccessibleName(self.tr("One fewer"))
        self._more.setAccessibleName(self.tr("One more"))
        tip = self.tr("Alt with a digit sets how many")
        self._number.setToolTip(tip)
        self._number.setAccessibleName(tip)
        self.set_count(self._count)
