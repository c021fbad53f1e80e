"""Counting cash by denomination: how many of each note and coin, and what they come to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from boxoffice.domain.cash import DENOMINATIONS, counted
from ui import formats, theme
from ui.gate.digits_edit import DigitsEdit
from ui.widgets.text import Text

_LONGEST_COUNT = 4


class NotesGrid(QWidget):
    """Two columns of denominations; Enter goes on to the next, and emits `ended` on the last.

    `large` is for a page of its own: figures to be read by somebody who stands over the drawer.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None, *, large: bool = False) -> None:
        super().__init__(parent)
        self.counts = {fen: DigitsEdit(_LONGEST_COUNT) for fen in DENOMINATIONS}
        self._labels = {fen: Text(role="heading" if large else "") for fen in DENOMINATIONS}
        role = "strong" if large else "detail"
        self._sums = {fen: Text(role=role) for fen in DENOMINATIONS}
        width, least, most = (150, 48, 70) if large else (92, 42, 42)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(10 if large else 8))
        half = len(DENOMINATIONS) // 2
        for number, fen in enumerate(DENOMINATIONS):
            row, side = number % half, (number // half) * 4
            count = self.counts[fen]
            count.setFixedWidth(theme.px(width))
            count.setMinimumHeight(theme.px(least))
            count.setMaximumHeight(theme.px(most))
            if large:
                # On a high page the fields grow; where more stands below, they give way.
                tall = QSizePolicy.Policy.Expanding
                count.setSizePolicy(QSizePolicy.Policy.Fixed, tall)
            count.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._sums[fen].setMinimumWidth(theme.px(92))
            self._sums[fen].setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            parts: tuple[QWidget, ...] = (self._labels[fen], count, self._sums[fen])
            for column, part in enumerate(parts, start=side):
                grid.addWidget(part, row, column)
        grid.setColumnMinimumWidth(3, theme.px(64 if large else 20))
        # The sums end where the columns do; on a narrow form the labels take what is left.
        for column in (2, 6) if large else (0, 4):
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
