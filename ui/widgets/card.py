"""A white surface with a hairline around it, and the rule between its parts."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme


class Card(QFrame):
    """Put what belongs together into `body`."""

    def __init__(self, parent: QWidget | None = None, *, padding: int = 16, gap: int = 8) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        edge = theme.px(padding) if padding else 1
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(theme.px(gap))


class Rule(QFrame):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", True)
        self.setFixedHeight(1)
