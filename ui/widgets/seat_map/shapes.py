"""The outlines of seats: drawn once as paths, in metres around the middle of a seat."""

from __future__ import annotations

import math
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPixmap, QPolygonF

from ui.widgets.seat_map.model import Shape

#: Radius of a seat the outlines are drawn for; plans with other seats scale them.
NOMINAL_RADIUS = 0.22


def _polygon(corners: int, radius: float, turn: float, drop: float = 0.0) -> QPainterPath:
    path = QPainterPath()
    angles = [turn + 2 * math.pi * corner / corners for corner in range(corners)]
    points = [QPointF(radius * math.cos(a), radius * math.sin(a) + drop) for a in angles]
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _disc(radius: float, x: float = 0.0, y: float = 0.0) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return path


def _box(half: float, corner: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(-half, -half, 2 * half, 2 * half), corner, corner)
    return path


def _stroke(points: tuple[tuple[float, float], ...], width: float) -> QPainterPath:
    line = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        line.lineTo(QPointF(*point))
    return _outline_of(line, width)


def _outline_of(line: QPainterPath, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    stroker.setCurveThreshold(0.001)
    return stroker.createStroke(line).simplified()


def _wheelchair() -> QPainterPath:
    wheel = QPainterPath()
    box = QRectF(-0.135, -0.05, 0.23, 0.23)
    wheel.arcMoveTo(box, 120)
    wheel.arcTo(box, 120, 250)
    figure = _outline_of(wheel, 0.05)
    figure = figure.united(_stroke(((-0.03, -0.08), (-0.02, 0.03), (0.09, 0.03), (0.14, 0.14)), 0.05))
    figure = figure.united(_disc(0.045, -0.035, -0.165))
    return _box(0.265, 0.08).subtracted(figure)


def _companion() -> QPainterPath:
    shoulders = QPainterPath()
    shoulders.moveTo(-0.15, 0.19)
    shoulders.cubicTo(-0.15, -0.03, 0.15, -0.03, 0.15, 0.19)
    shoulders.closeSubpath()
    return _box(0.265, 0.08).subtracted(shoulders.united(_disc(0.08, 0.0, -0.1)))


def _half() -> QPainterPath:
    lower = QPainterPath()
    lower.addRect(QRectF(-0.4, 0.0, 0.8, 0.4))
    rim = _disc(0.25).subtracted(_disc(0.18))
    return rim.united(_disc(0.25).intersected(lower))


def _cross() -> QPainterPath:
    first = _stroke(((-0.12, -0.12), (0.12, 0.12)), 0.075)
    return first.united(_stroke(((-0.12, 0.12), (0.12, -0.12)), 0.075))


def tick_line() -> QPainterPath:
    """The tick of a seat that is mine, as a line to be stroked."""
    line = QPainterPath(QPointF(-0.12, 0.01))
    line.lineTo(-0.035, 0.095)
    line.lineTo(0.13, -0.09)
    return line


@cache
def outline(shape: Shape) -> QPainterPath:
    """The outline of a seat, in metres around its middle, for a seat of the nominal radius."""
    match shape:
        case Shape.ROUND:
            return _disc(0.245)
        case Shape.SQUARE:
            return _box(0.215, 0.045)
        case Shape.DIAMOND:
            return _polygon(4, 0.29, 0.0)
        case Shape.TRIANGLE:
            return _polygon(3, 0.31, -math.pi / 2, 0.06)
        case Shape.HEXAGON:
            return _polygon(6, 0.26, math.pi / 6)
        case Shape.WHEELCHAIR:
            return _wheelchair()
        case Shape.COMPANION:
            return _companion()
        case Shape.DOT:
            return _disc(0.11)
        case Shape.RING:
            return _disc(0.225).subtracted(_disc(0.145))
        case Shape.CROSS:
            return _cross()
        case Shape.HALF:
            return _half()
        case Shape.TICK:
            return _box(0.265, 0.09).subtracted(_outline_of(tick_line(), 0.06))


def shape_pixmap(shape: Shape, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """A seat as a picture of `side` by `side` pixels, for a legend beside the map."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    painter.scale(side / 0.64, side / 0.64)
    painter.fillPath(outline(shape), QColor(colour))
    painter.end()
    return pixmap
