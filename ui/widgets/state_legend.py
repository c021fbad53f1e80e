"""What the marks of states on a seat map mean, in a line below the price levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.flow_layout import FlowRow
from ui.widgets.seat_map.model import Shape
from ui.widgets.seat_map.shapes import shape_pixmap

_MARK = 18
_GAP = 7


@dataclass(frozen=True, slots=True)
class StateEntry:
    """A mark as it stands on the map, in a colour of the palette, and its words in a tone."""

    shape: Shape
    colour: str
    words: str
    tone: str = ""


class _Entry(QWidget):
    def __init__(self, entry: StateEntry) -> None:
        super().__init__()
        self._entry = entry
        self._font = theme.font(theme.TOKENS.type.detail, bold=bool(entry.tone))
        self.setAccessibleName(entry.words)
        self.setToolTip(entry.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._font).horizontalAdvance(self._entry.words)
        return QSize(words + theme.px(_MARK + _GAP + 14), theme.px(_MARK + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = theme.px(_MARK)
        colour = getattr(theme.TOKENS.colour, self._entry.colour)
        mark = shape_pixmap(self._entry.shape, colour, side, self.devicePixelRatioF())
        painter.drawPixmap(0, round(self.height() / 2 - side / 2), mark)
        painter.setFont(self._font)
        painter.setPen(theme.colour(self._entry.tone or "grey"))
        room = self.rect().adjusted(side + theme.px(_GAP), 0, 0, 0)
        metrics = QFontMetrics(self._font)
        baseline = (self.height() + metrics.ascent() - metrics.descent()) // 2
        painter.drawText(room.x(), baseline, self._entry.words)


class StateLegend(FlowRow):
    """Hidden while there is nothing to explain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[StateEntry, ...] = ()
        self._shown: list[_Entry] = []
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands there."""
        return tuple(entry.words for entry in self._entries)

    def set_entries(self, entries: Sequence[StateEntry]) -> None:
        """Explain these marks."""
        if tuple(entries) == self._entries:
            return
        self._entries = tuple(entries)
        for shown in self._shown:
            self.flow.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._shown = [_Entry(entry) for entry in entries]
        for shown in self._shown:
            self.flow.addWidget(shown)
            shown.show()
        self.setVisible(bool(entries))
        self.updateGeometry()
