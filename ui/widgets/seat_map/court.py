"""The tennis court in the middle of the seats, to its real measures where there is room."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from ui.widgets.seat_map.geometry import PlanGeometry
from ui.widgets.seat_map.model import MapColours
from ui.widgets.seat_map.view import View

# Metres, from the rules of tennis; the apron is the ground around the lines.
_LENGTH, _WIDTH, _SINGLES = 23.77, 10.97, 8.23
_SERVICE = 6.40
_APRON_LENGTH, _APRON_WIDTH = 36.57, 18.29
_LINE = 0.1
#: Below this part of its real size a court would be a smudge: then there is none.
_SMALLEST = 0.2
_CLEARANCE = 0.92


@dataclass(frozen=True)
class Court:
    """Where the court lies: middle in metres, size relative to a real one, upright or lying."""

    x: float
    y: float
    size: float
    upright: bool

    @classmethod
    def within(cls, geometry: PlanGeometry) -> Court | None:
        """The court in the empty middle of the seats; None if they leave no room."""
        if not geometry.ids:
            return None
        x, y = geometry.centre
        away = [(abs(u - x), abs(v - y)) for u, v in zip(geometry.x, geometry.y, strict=True)]
        half_length, half_width = _APRON_LENGTH / 2, _APRON_WIDTH / 2
        lying = min(max(dx / half_length, dy / half_width) for dx, dy in away)
        upright = min(max(dx / half_width, dy / half_length) for dx, dy in away)
        size = min(max(lying, upright) * _CLEARANCE, 1.0)
        return cls(x, y, size, upright > lying) if size >= _SMALLEST else None

    def paint(self, painter: QPainter, view: View, colours: MapColours) -> None:
        """Draw apron, court and lines."""
        painter.save()
        painter.translate(*view.to_screen(self.x, self.y))
        if self.upright:
            painter.rotate(90)
        scale = view.scale * self.size
        painter.scale(scale, scale)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(colours.apron))
        painter.drawRoundedRect(_middle(_APRON_LENGTH, _APRON_WIDTH), 1.0, 1.0)
        painter.setBrush(QColor(colours.court))
        painter.drawRoundedRect(_middle(_LENGTH + 1.6, _WIDTH + 1.6), 0.5, 0.5)
        painter.setPen(QPen(QColor(colours.line), max(_LINE, 1.0 / scale)))
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawRect(_middle(_LENGTH, _WIDTH))
        painter.drawRect(_middle(_LENGTH, _SINGLES))
        painter.drawRect(_middle(_SERVICE * 2, _SINGLES))
        painter.drawLine(QLineF(-_SERVICE, 0, _SERVICE, 0))
        painter.setPen(QPen(QColor(colours.line), max(_LINE * 2, 1.6 / scale)))
        painter.drawLine(QLineF(0, -_WIDTH / 2 - 0.9, 0, _WIDTH / 2 + 0.9))
        painter.restore()


def _middle(length: float, width: float) -> QRectF:
    return QRectF(-length / 2, -width / 2, length, width)
