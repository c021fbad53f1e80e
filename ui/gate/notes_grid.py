"""Counting cash by denomination: how many of each note and coin, and what they come to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from boxoffice.domain.cash import DENOMINATIONS, counted
from ui import formats, theme
from ui.gate.digits_edit import DigitsEdit
from ui.widgets.text import Text

_LONGEST_COUNT = 4


class NotesGrid(QWidget):
    """Two columns of denominations; Enter goes on to the next, and emits `ended` on the last."""

    changed = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts = {fen: DigitsEdit(_LONGEST_COUNT) for fen in DENOMINATIONS}
        self._labels = {fen: Text() for fen in DENOMINATIONS}
        self._sums = {fen: Text(role="detail") for fen in DENOMINATIONS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        half = len(DENOMINATIONS) // 2
        for number, fen in enumerate(DENOMINATIONS):
            row, side = number % half, (number // half) * 4
            count = self.counts[fen]
            count.setFixedSize(theme.px(92), theme.px(42))
            count.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._sums[fen].setMinimumWidth(theme.px(92))
            self._sums[fen].setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            parts: tuple[QWidget, ...] = (self._labels[fen], count, self._sums[fen])
            for column, part in enumerate(parts, start=side):
                grid.addWidget(part, row, column)
        grid.setColumnMinimumWidth(3, theme.px(20))
        for column in (0, 4):
            grid.setColumnStretch(column, 1)
        fields = list(self.counts.values())
        for field, after in zip(fields, [*fields[1:], None], strict=True):
            field.textEdited.connect(self._edited)
            field.returnPressed.connect(self.ended.emit if after is None else after.setFocus)
        self.retranslate()

    def take_focus(self) -> None:
        """Put the cursor on the largest note."""
        self.counts[DENOMINATIONS[0]].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def numbers(self) -> dict[int, int] | None:
        """How many of each denomination (fen); None where nothing was entered yet."""
        if not any(field.digits for field in self.counts.values()):
            return None
        return {fen: int(field.digits or 0) for fen, field in self.counts.items()}

    @property
    def fen(self) -> int | None:
        """What was counted comes to; None where nothing was entered yet."""
        numbers = self.numbers
        return None if numbers is None else counted(numbers).fen

    def clear(self) -> None:
        """Begin anew, without a signal."""
        for field in self.counts.values():
            field.clear()
        self.show_sums()

    def _edited(self) -> None:
        self.show_sums()
        self.changed.emit()

    def show_sums(self) -> None:
        """What each denomination comes to, beside its count."""
        for fen, field in self.counts.items():
            worth = fen * int(field.digits or 0)
            self._sums[fen].setText(formats.money(worth) if worth else "")

    def retranslate(self) -> None:
        """Set every text again."""
        for fen, label in self._labels.items():
            label.setText(formats.short_money(fen) + " ×")
            self.counts[fen].setAccessibleName(label.text())
        self.show_sums()
