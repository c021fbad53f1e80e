"""The three buttons in the corner of the map: nearer, farther, the whole court."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.widgets.seat_map.model import MapColours

# Design units.
_SIDE, _CORNER = 38.0, 8.0
_SIGN, _WORD = 22, 13


class MapButton(QAbstractButton):
    """A quiet square on the map. It never takes the focus: its key belongs to the map."""

    def __init__(self, parent: QWidget, colours: MapColours, unit: float) -> None:
        super().__init__(parent)
        self._colours = colours
        self._unit = unit
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """A square for a finger."""
        return QSize(round(_SIDE * self._unit), round(_SIDE * self._unit))

    def enterEvent(self, event: object) -> None:
        """Redraw: the ground darkens under the mouse."""
        self.update()

    def leaveEvent(self, event: object) -> None:
        """Redraw: the mouse has gone."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, hairline and sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, corner = self._colours, _CORNER * self._unit
        ground = colours.hairline if self.isDown() else colours.surface
        painter.setPen(QPen(QColor(colours.taken if self.underMouse() else colours.hairline), 1.0))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        font = self.font()
        size = _SIGN if len(self.text()) == 1 else _WORD
        font.setPixelSize(max(round(size * self._unit), 1))
        painter.setFont(font)
        painter.setPen(QColor(colours.ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
