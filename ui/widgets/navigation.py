"""The left zone: the pages, each with its key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.nav_button import NavButton


class Navigation(QFrame):
    """Emits `picked(key)` when another page is wanted."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self.setFixedWidth(theme.px(theme.TOKENS.nav_width))
        self._buttons: dict[str, NavButton] = {}
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, theme.px(14), edge, theme.px(14))
        column.setSpacing(theme.px(4))
        self._upper = QVBoxLayout()
        self._lower = QVBoxLayout()
        for part in (self._upper, self._lower):
            part.setSpacing(theme.px(4))
        column.addLayout(self._upper)
        column.addStretch(1)
        column.addLayout(self._lower)

    def add(self, page: str, text: str, key: str | None, *, low: bool = False) -> None:
        """Add a page; `low` ones stand at the foot."""
        button = NavButton(text, key)
        button.clicked.connect(lambda: self.picked.emit(page))
        self._buttons[page] = button
        (self._lower if low else self._upper).addWidget(button)

    def clear(self) -> None:
        """Take all pages out."""
        for button in self._buttons.values():
            button.set_key(None)
            button.hide()
            button.deleteLater()
        self._buttons.clear()

    def button(self, page: str) -> NavButton:
        """The button of a page; raises KeyError for an unknown one."""
        return self._buttons[page]

    def mark(self, page: str) -> None:
        """Show which page is in front."""
        self._buttons[page].setChecked(True)
