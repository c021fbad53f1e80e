"""The one field for everything scanned or typed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
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
        self._hero = hero
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(theme.px(72 if hero else 38))
        self.setTextMargins(0, 0, cap_size(KEY).width() + theme.px(14 if hero else 6), 0)
        self.setClearButtonEnabled(False)
        self._keys = keys.current()
        self._keys.add_scan_target(self)
        self._keys.bind(self, KEY, self._keys.focus_scan_target, shared=True)
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
        painter = QPainter(self)
        side = theme.px(20 if self._hero else 12)
        place = self.rect().adjusted(side, 0, -side, 0)
        paint_cap(painter, place, KEY)
        if self._hero and self.text():
            self._paint_hint(painter, place)

    def _paint_hint(self, painter: QPainter, place: QRect) -> None:
        """What may be entered stays in sight at the right, as long as there is room for it."""
        font = theme.font()
        wide = QFontMetrics(font).horizontalAdvance(self.placeholderText())
        typed = self.fontMetrics().horizontalAdvance(self.text()) + theme.px(48)
        place = place.adjusted(typed, 0, -cap_size(KEY).width() - theme.px(12), 0)
        if wide <= place.width():
            painter.setFont(font)
            painter.setPen(theme.colour("grey"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, right, self.placeholderText())
