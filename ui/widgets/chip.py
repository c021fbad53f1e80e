"""A choice that is on or off, with its key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from ui import theme
from ui.widgets.action_button import KeyedButton


class Chip(KeyedButton):
    """Checked while it is what is chosen; who shows it unchecks the others."""

    def __init__(self, key: str) -> None:
        super().__init__(key=key)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(40))
