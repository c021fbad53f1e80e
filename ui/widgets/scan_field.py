"""The one field for everything scanned or typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import keys, theme
from ui.widgets.painting import cap_size, paint_cap

KEY = "F2"


class ScanField(QLineEdit):
    """Emits `submitted` with what was scanned, or typed and ended with Enter.

    F2 puts the cursor here; a scan arrives here from anywhere in its window (`ui.keys`). Nothing is
    submitted while an input method composes.
    """

    submitted = Signal(str)

    def __init__(
        self, placeholder: str = "", parent: QWidget | None = None, *, hero: bool = False
    ) -> None:
        super().__init__(parent)
        if hero:
            self.setProperty("role", "hero")
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(theme.px(72 if hero else 38))
        self.setTextMargins(0, 0, cap_size(KEY).width() + theme.px(6), 0)
        self.setClearButtonEnabled(False)
        self._keys = keys.current()
        self._keys.add_scan_target(self)
        self.returnPressed.connect(self._entered)

    def take_focus(self) -> None:
        """Put the cursor here, ready to type over what stands there."""
        self.setFocus()
        self.selectAll()

    def take_scan(self, text: str) -> None:
        """Show and submit what a scanner read."""
        self.setText(text)
        self._entered()

    def _entered(self) -> None:
        text = self.text().strip()
        if text and not self._keys.composing:
            self.selectAll()
            self.submitted.emit(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(12)
        paint_cap(QPainter(self), self.rect().adjusted(side, 0, -side, 0), KEY)
