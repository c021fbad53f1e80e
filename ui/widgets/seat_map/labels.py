"""Words on the map: blocks from afar, rows when nearer, seat numbers when near."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGlyphRun, QPainter, QRawFont, QStaticText

from ui.widgets.seat_map.geometry import PlanGeometry
from ui.widgets.seat_map.model import MapColours
from ui.widgets.seat_map.seat_index import SeatIndex
from ui.widgets.seat_map.seat_layer import UNITS
from ui.widgets.seat_map.tags import Tag, row_tags, zone_tags
from ui.widgets.seat_map.view import View

#: Sizes of words in metres on the plan, kept between two sizes in design units on the screen.
_ZONE_METRES, _ZONE_LEAST, _ZONE_MOST = 1.0, 10.0, 17.0
_ROW_METRES, _ROW_LEAST, _ROW_MOST = 0.3, 9.0, 13.0
_NUMBER_METRES = 0.21
#: Width of a letter and height of a capital to the size of the font; half a seat to the pitch.
_LETTER, _CAPITAL, _SEAT_PITCHES = 0.6, 0.75, 0.5
#: Distance between neighbouring seats, in design units, from which on words appear.
_ROWS_FROM, _NUMBERS_FROM = 12.0, 21.0


class Labels:
    """The words of one plan. `unit` is how many pixels one design unit is."""

    def __init__(
        self,
        geometry: PlanGeometry,
        index: SeatIndex,
        colours: MapColours,
        font: QFont,
        unit: float,
    ) -> None:
        self._geometry = geometry
        self._unit = unit
        self._zone_font, self._row_font = QFont(font), QFont(font)
        self._zone_font.setWeight(QFont.Weight.DemiBold)
        number_font = QFont(font)
        number_font.setWeight(QFont.Weight.Bold)
        number_font.setPixelSize(round(_NUMBER_METRES * geometry.pitch / 0.55 * UNITS))
        self._number_font = QRawFont.fromFont(number_font)
        self._number_drop = self._number_font.capHeight() / 2
        self._numbers: dict[int, tuple[list[int], list[QPointF]]] = {}
        self._grey, self._white = QColor(colours.grey), QColor(colours.surface)
        self._words: dict[tuple[str, int, QFont.Weight], QStaticText] = {}
        self._rows = row_tags(geometry)
        self._zones = zone_tags(geometry, index)

    def shows_numbers(self, view: View) -> bool:
        """Whether seats are large enough for their numbers."""
        return self._geometry.pitch * view.scale >= _NUMBERS_FROM * self._unit

    def paint_tags(self, painter: QPainter, view: View, sight: QRectF) -> None:
        """Draw the names of blocks, and of rows where there is room; `sight` is in metres."""
        painter.setPen(self._grey)
        least, most = _ZONE_LEAST * self._unit, _ZONE_MOST * self._unit
        size = min(max(_ZONE_METRES * view.scale, least), most)
        self._draw(painter, self._zones, view, sight, self._zone_font, size)
        if self._geometry.pitch * view.scale >= _ROWS_FROM * self._unit:
            least, most = _ROW_LEAST * self._unit, _ROW_MOST * self._unit
            size = min(max(_ROW_METRES * view.scale, least), most)
            self._draw(painter, self._rows, view, sight, self._row_font, size)

    def _draw(
        self,
        painter: QPainter,
        tags: list[Tag],
        view: View,
        sight: QRectF,
        font: QFont,
        size: float,
    ) -> None:
        font.setPixelSize(max(round(size), 1))
        painter.setFont(font)
        around = sight.adjusted(-3, -3, 3, 3)
        seat = _SEAT_PITCHES * self._geometry.pitch * view.scale
        for tag in tags:
            if not around.contains(tag.x, tag.y):
                continue
            width = _LETTER * size * len(tag.text)
            # how far the word reaches in the direction it stands in
            depth = abs(tag.dx) * width + abs(tag.dy) * _CAPITAL * size
            gap = tag.gap * view.scale
            if width + size / 2 > tag.room * view.scale or depth > gap - 2 * seat:
                continue
            away = min(seat + depth / 2 + size * 0.3, gap / 2)
            x, y = view.to_screen(tag.x, tag.y)
            middle = QPointF(x + tag.dx * away, y + tag.dy * away)
            word = self._word(tag.text, font)
            box = word.size()
            painter.drawStaticText(middle - QPointF(box.width(), box.height()) / 2, word)

    def _word(self, text: str, font: QFont) -> QStaticText:
        """The word laid out in that font: once for each size, for that costs most of drawing it."""
        key = (text, font.pixelSize(), font.weight())
        word = self._words.get(key)
        if word is None:
            word = self._words[key] = QStaticText(text)
            word.setTextFormat(Qt.TextFormat.PlainText)
            word.prepare(font=font)
        return word

    def paint_numbers(self, painter: QPainter, view: View, numbered: Iterable[int]) -> None:
        """Draw the numbers of these seats, inside them."""
        glyphs: list[int] = []
        points: list[QPointF] = []
        for index in numbered:
            more_glyphs, more_points = self._numbers.get(index) or self._number(index)
            glyphs += more_glyphs
            points += more_points
        run = QGlyphRun()
        run.setRawFont(self._number_font)
        run.setGlyphIndexes(glyphs)
        run.setPositions(points)
        painter.save()
        painter.translate(view.left, view.top)
        painter.scale(view.scale / UNITS, view.scale / UNITS)
        painter.setPen(self._white)
        painter.drawGlyphRun(QPointF(), run)
        painter.restore()

    def _number(self, index: int) -> tuple[list[int], list[QPointF]]:
        geometry, font = self._geometry, self._number_font
        glyphs = font.glyphIndexesForString(geometry.numbers[index])
        advances = [advance.x() for advance in font.advancesForGlyphIndexes(glyphs)]
        x = geometry.x[index] * UNITS - sum(advances) / 2
        y = geometry.y[index] * UNITS + self._number_drop
        points = []
        for advance in advances:
            points.append(QPointF(x, y))
            x += advance
        self._numbers[index] = (glyphs, points)
        return self._numbers[index]
