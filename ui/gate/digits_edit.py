"""A field that takes digits only: operator number, PIN, a count of notes."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme

_HALF = str.maketrans("０１２３４５６７８９", "0123456789")


class DigitsEdit(QLineEdit):
    """Full-width figures of an input method count too; `digits` gives them plain."""

    def __init__(
        self, longest: int, parent: QWidget | None = None, *, hidden: bool = False
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "amount")
        pattern = QRegularExpression(f"[0-9０-９]{{0,{longest}}}")
        self.setValidator(QRegularExpressionValidator(pattern, self))
        hints = Qt.InputMethodHint.ImhDigitsOnly
        if hidden:
            self.setEchoMode(QLineEdit.EchoMode.Password)
            hints |= Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        self.setInputMethodHints(hints)
        self.setMinimumHeight(theme.px(48))

    @property
    def digits(self) -> str:
        return self.text().translate(_HALF)

    def set_missing(self, missing: bool) -> None:
        """Mark it as the next thing to fill in."""
        self.setProperty("missing", missing)
        self.style().unpolish(self)
        self.style().polish(self)
