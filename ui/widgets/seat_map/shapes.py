"""The outlines of seats: drawn once as paths, in millimetres around the middle of a seat."""

from __future__ import annotations

import math
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPixmap,
    QPolygonF,
    QTransform,
)

from ui.widgets.seat_map.model import RINGED, Shape

#: Radius in metres of the seat the outlines are drawn for; plans with other seats scale them.
NOMINAL_RADIUS = 0.22
#: What is left of a shape's size within a ring.
_RINGED = 0.7


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
    stroker.setCurveThreshold(0.5)
    return stroker.createStroke(line).simplified()


def _wheelchair() -> QPainterPath:
    wheel = QPainterPath()
    box = QRectF(-135, -50, 230, 230)
    wheel.arcMoveTo(box, 120)
    wheel.arcTo(box, 120, 250)
    figure = _outline_of(wheel, 50)
    figure = figure.united(_stroke(((-30, -80), (-20, 30), (90, 30), (140, 140)), 50))
    figure = figure.united(_disc(45, -35, -165))
    return _box(265, 80).subtracted(figure)


def _companion() -> QPainterPath:
    shoulders = QPainterPath()
    shoulders.moveTo(-150, 190)
    shoulders.cubicTo(-150, -30, 150, -30, 150, 190)
    shoulders.closeSubpath()
    return _box(265, 80).subtracted(shoulders.united(_disc(80, 0, -100)))


def _half() -> QPainterPath:
    lower = QPainterPath()
    lower.addRect(QRectF(-400, 0, 800, 400))
    rim = _disc(250).subtracted(_disc(180))
    return rim.united(_disc(250).intersected(lower))


def _plus() -> QPainterPath:
    upright, level = QPainterPath(), QPainterPath()
    upright.addRect(QRectF(-95, -265, 190, 530))
    level.addRect(QRectF(-265, -95, 530, 190))
    return upright.united(level)


def _saltire() -> QPainterPath:
    first = _stroke(((-160, -160), (160, 160)), 80)
    return first.united(_stroke(((-160, 160), (160, -160)), 80))


def tick_line(scale: float = 1.0) -> QPainterPath:
    """The tick of a seat that is mine, as a line to be stroked, in millimetres times `scale`."""
    line = QPainterPath(QPointF(-120 * scale, 10 * scale))
    line.lineTo(-35 * scale, 95 * scale)
    line.lineTo(130 * scale, -90 * scale)
    return line


@cache
def outline(shape: Shape) -> QPainterPath:
    """The outline of a seat, in millimetres around its middle, for a seat of the nominal radius."""
    match shape:
        case Shape.CIRCLE:
            return _disc(245)
        case Shape.SQUARE:
            return _box(215, 45)
        case Shape.DIAMOND:
            return _polygon(4, 275, 0)
        case Shape.TRIANGLE:
            return _polygon(3, 310, -math.pi / 2, 60)
        case Shape.CROSS:
            return _plus()
        case Shape.HEXAGON:
            return _polygon(6, 260, math.pi / 6)
        case Shape.WHEELCHAIR:
            return _wheelchair()
        case Shape.COMPANION:
            return _companion()
        case Shape.DOT:
            return _disc(110)
        case Shape.RING:
            return _disc(225).subtracted(_disc(145))
        case Shape.SALTIRE:
            return _saltire()
        case Shape.HALF:
            return _half()
        case Shape.BAR:
            bar = QPainterPath()
            bar.addRect(QRectF(-230, -60, 460, 120))
            return bar
        case Shape.TICK:
            return _box(265, 90).subtracted(_outline_of(tick_line(), 60))
    plain = next(plain for plain, ringed in RINGED.items() if ringed is shape)
    smaller = QTransform.fromScale(_RINGED, _RINGED).map(outline(plain))
    return smaller.united(_disc(308).subtracted(_disc(240)))


def shape_pixmap(shape: Shape, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """A seat as a picture of `side` by `side` pixels, for a legend beside the map."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    painter.scale(side / 640, side / 640)
    painter.fillPath(outline(shape), QColor(colour))
    painter.end()
    return pixmap
