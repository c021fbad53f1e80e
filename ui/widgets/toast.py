"""A short notice that something was done; it goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import theme
from ui.widgets.painting import paint_tone

STAYS_MS = 4000


class Toast(QWidget):
    """Lies over the lower edge of the widget it is made for; one notice at a time.

    For what is done and needs no answer. What needs doing is a Band.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._tone = "good"
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setStyleSheet(f"color: {theme.TOKENS.colour.surface};")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(36), theme.px(10), theme.px(18), theme.px(10))
        row.addWidget(self._words)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def say(self, text: str, tone: str = "good") -> None:
        """Show a notice in a tone ("good", "info", "attention", "danger") for four seconds."""
        self._tone = tone
        self._words.setText(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _place(self) -> None:
        over = self._over
        room = over.width() - theme.px(32)
        self._words.setWordWrap(self._words.sizeHint().width() > room - theme.px(54))
        self.setMaximumWidth(max(room, 1))
        self.adjustSize()
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - theme.px(124))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("dark"))
        radius = theme.px(theme.TOKENS.radius.control)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        size = theme.px(12)
        disc = QRectF(theme.px(13), (self.height() - size) / 2 - 2, size + 4, size + 4)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(disc)
        inner = theme.px(4)
        paint_tone(painter, disc.adjusted(inner, inner, -inner, -inner), self._tone)
