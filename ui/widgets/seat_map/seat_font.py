"""The outlines of seats as a font made in memory.

Text is the one thing Qt draws fast in bulk: thousands of copies of a small antialiased picture in
one call. So the seats of one look are drawn as one run of text, each seat a glyph: 13,520 of them
take 2 ms where the same circles as points or paths take 80 ms and more.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QFont, QPolygonF, QRawFont, QTransform

from ui.widgets.seat_map.model import Shape
from ui.widgets.seat_map.shapes import outline
from ui.widgets.seat_map.truetype import font_file

#: Length of the font's em in metres. Qt keeps glyphs as pictures up to 64 pixels to the em, so the
#: em is small enough for the largest zoom on the densest screen.
_EM = 0.25
_UNITS = 1000  # font units to the em
_SHAPES = tuple(Shape)


def glyph_of(shape: Shape) -> int:
    """Number of the glyph; glyph 0 is the empty one every font begins with."""
    return _SHAPES.index(shape) + 1


def seat_font(metre: float) -> QRawFont:
    """The font at a size, `metre` being the length of a metre; glyphs are centred on their point.

    Raises RuntimeError where Qt refuses the font.
    """
    font = QRawFont(QByteArray(_file()), metre * _EM, QFont.HintingPreference.PreferNoHinting)
    if not font.isValid():
        raise RuntimeError("Qt did not take the outlines of the seats as a font")
    return font


@cache
def _file() -> bytes:
    return font_file("Box Office Seats", [_contours(shape) for shape in _SHAPES], _UNITS)


def _contours(shape: Shape) -> list[list[tuple[int, int]]]:
    """Outline in font units, outer edges clockwise and holes the other way."""
    scale = _UNITS / _EM / 1000  # outlines are in millimetres
    polygons = outline(shape).toSubpathPolygons(QTransform.fromScale(scale, -scale))
    contours = []
    for number, polygon in enumerate(polygons):
        around = (other for place, other in enumerate(polygons) if place != number)
        depth = sum(other.containsPoint(polygon.at(0), Qt.FillRule.OddEvenFill) for other in around)
        points = _points(polygon)
        if (_area(points) < 0) != (depth % 2 == 0):
            points.reverse()
        contours.append(points)
    return contours


def _points(polygon: QPolygonF) -> list[tuple[int, int]]:
    points = [(round(p.x()), round(p.y())) for p in polygon.toList()]
    return points[:-1] if points[0] == points[-1] else points


def _area(points: list[tuple[int, int]]) -> float:
    """Twice the area, above zero for a contour that runs anticlockwise (y upwards)."""
    following = points[1:] + points[:1]
    return sum(x * v - u * y for (x, y), (u, v) in zip(points, following, strict=True))
