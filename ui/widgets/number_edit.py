"""A field for an amount of cash."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from boxoffice.domain.money import format_yuan, parse_yuan
from ui import theme

_PLAIN = str.maketrans("０１２３４５６７８９．。，", "0123456789..,")
_AMOUNT = QRegularExpression("[0-9０-９]{0,7}([.．。][0-9０-９]{0,2})?")


class NumberEdit(QLineEdit):
    """Takes yuan with at most two decimals, full-width figures too, and gives fen."""

    fen_changed = Signal(object)
    """The amount in fen, None while nothing readable stands there."""
    submitted = Signal(int)
    """Enter was pressed on a readable amount (fen)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "amount")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMinimumHeight(theme.px(theme.TOKENS.button_height))
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.setValidator(QRegularExpressionValidator(_AMOUNT, self))
        self.textChanged.connect(lambda: self.fen_changed.emit(self.fen()))
        self.returnPressed.connect(self._entered)

    def fen(self) -> int | None:
        """What stands there in fen, None where it is empty or not an amount."""
        text = self.text().translate(_PLAIN)
        if not text.strip("."):
            return None
        try:
            return parse_yuan(text)
        except ValueError:
            return None

    def set_fen(self, fen: int | None) -> None:
        """Put an amount there, without decimals where there are none; None empties it."""
        text = "" if fen is None else format_yuan(fen).replace(",", "").removesuffix(".00")
        self.setText(text)

    def set_missing(self, missing: bool) -> None:
        """Mark it as the next thing to fill in."""
        self.setProperty("missing", missing)
        self.style().unpolish(self)
        self.style().polish(self)

    def _entered(self) -> None:
        fen = self.fen()
        if fen is not None:
            self.submitted.emit(fen)
