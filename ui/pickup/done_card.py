"""What was handed over just now, until the next visitor is served."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.card import Card
from ui.widgets.painting import paint_tick
from ui.widgets.text import Text

_TICK = 72


class _Tick(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.px(_TICK), theme.px(_TICK))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        box = QRectF(self.rect())
        painter.drawEllipse(box)
        inner = theme.px(10)
        paint_tick(painter, box.adjusted(inner, inner, -inner, -inner), theme.colour("on_accent"))


class DoneCard(Card):
    """A tick, how many tickets went to whom, and what comes next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=32, gap=10)
        self._count = Text(role="amount")
        self._whose = Text(role="title", wrap=True)
        self._trouble = Text(wrap=True)
        self._next = Text(role="quiet", wrap=True)
        self.body.addStretch(2)
        self.body.addWidget(_Tick(), 0, Qt.AlignmentFlag.AlignHCenter)
        words = QVBoxLayout()
        words.setSpacing(theme.px(8))
        for label in (self._count, self._whose, self._trouble, self._next):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            words.addWidget(label)
        self.body.addLayout(words)
        self.body.addStretch(3)

    @property
    def count_text(self) -> str:
        return self._count.text()

    def say(self, count: str, whose: str, trouble: str, then: str) -> None:
        """Show it; `trouble` is empty where the pages came out."""
        self._count.setText(count)
        self._whose.setText(whose)
        self._trouble.setText(trouble)
        self._trouble.set_tone("danger" if trouble else "")
        self._trouble.setVisible(bool(trouble))
        self._next.setText(then)
        self.setAccessibleName(f"{count} {whose} {trouble}".strip())
