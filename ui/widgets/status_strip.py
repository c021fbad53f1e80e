"""The strip at the bottom: in words whether central and the printer are well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.widgets.flow_layout import FlowRow
from ui.widgets.painting import paint_tone

_ORDER = ("danger", "attention", "good", "info", "plain")
_MARK = 10
_LETTERS = {"danger": "danger_ink", "attention": "attention_ink"}


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One thing and how it is: tone "good", "plain" (no mark), "attention" or "danger".

    `advice` says what to do, and is shown only while it is not well.
    """

    text: str
    tone: str = "good"
    advice: str = ""

    def words(self) -> str:
        unwell = self.tone in _LETTERS
        return f"{self.text}: {self.advice}" if unwell and self.advice else self.text


class _StatusWord(QWidget):
    def __init__(self, item: StatusItem) -> None:
        super().__init__()
        self._item = item
        self._font = theme.font(theme.TOKENS.type.text - 1, bold=item.tone in _LETTERS)
        self.setToolTip(item.words())
        self.setAccessibleName(item.words())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _indent(self) -> int:
        return 0 if self._item.tone == "plain" else theme.px(_MARK + 7)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._font).horizontalAdvance(self._item.words())
        return QSize(words + self._indent() + theme.px(14), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = theme.px(_MARK)
        paint_tone(painter, QRectF(0, (self.height() - side) / 2, side, side), self._item.tone)
        painter.setFont(self._font)
        painter.setPen(theme.colour(_LETTERS.get(self._item.tone, "dark_raised")))
        room = self.rect().adjusted(self._indent(), 0, 0, 0)
        cut = Qt.TextElideMode.ElideRight
        text = QFontMetrics(self._font).elidedText(self._item.words(), cut, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


class StatusStrip(QFrame):
    """Words on the left, worst first; widgets for the right end go into `end`.

    As soon as one item is not well the whole strip becomes a band in its tone.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._items: tuple[StatusItem, ...] = ()
        self._words: list[_StatusWord] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(8), theme.px(12), theme.px(8))
        room = FlowRow(gap=6, wide=True)
        self._flow = room.flow
        self.end = QHBoxLayout()
        self.end.setSpacing(theme.px(4))
        row.addWidget(room, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self.end)
        self.setMinimumHeight(theme.px(theme.TOKENS.strip_height))
        self.setSizePolicy(room.sizePolicy())

    @property
    def tone(self) -> str:
        """ "danger" or "attention" while something is not well, else ""."""
        return str(self.property("tone") or "")

    @property
    def items(self) -> tuple[StatusItem, ...]:
        return self._items

    def set_items(self, items: Sequence[StatusItem]) -> None:
        """Say how things are; what is not well comes first."""
        ordered = tuple(sorted(items, key=lambda item: _ORDER.index(item.tone)))
        if ordered == self._items:
            return
        self._items = ordered
        for word in self._words:
            self._flow.removeWidget(word)
            word.hide()
            word.deleteLater()
        self._words = [_StatusWord(item) for item in ordered]
        for word in self._words:
            self._flow.addWidget(word)
            word.show()
        worst = ordered[0].tone if ordered and ordered[0].tone in _LETTERS else ""
        self.setProperty("tone", worst)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(". ".join(item.words() for item in ordered))
        self.updateGeometry()
