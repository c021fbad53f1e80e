"""The picture of a plan: court, seats and words, kept until something of it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from ui.widgets.seat_map.court import Court
from ui.widgets.seat_map.geometry import PlanGeometry
from ui.widgets.seat_map.labels import Labels
from ui.widgets.seat_map.model import LevelStyle, MapColours, SeatState
from ui.widgets.seat_map.seat_index import SeatIndex
from ui.widgets.seat_map.seat_layer import SeatLayer
from ui.widgets.seat_map.view import View

#: One seat in so many may change at once and still be drawn alone.
_FEW = 8


class Picture:
    """Draws one plan with its states, keeping all but the seats that are mine in an image.

    Raises ValueError where a seat of the plan points to a level that is not given.
    """

    def __init__(
        self, geometry: PlanGeometry, levels: Sequence[LevelStyle], colours: MapColours
    ) -> None:
        self.geometry = geometry
        self.index = SeatIndex(geometry)
        self._levels = tuple(levels)
        self._colours = colours
        self._court = Court.within(geometry)
        self._labels: Labels | None = None
        self.seats = SeatLayer(geometry, levels, colours)
        self._image = QImage()
        self._stale = True
        self._view = View()

    def use_levels(self, levels: Sequence[LevelStyle]) -> None:
        """Begin anew with the same seats: other levels, and no seat for sale yet."""
        if tuple(levels) != self._levels:
            self.seats = SeatLayer(self.geometry, levels, self._colours)
            self._levels = tuple(levels)
        else:
            self.seats.set_level_filter(None)
            self.seats.set_states(bytes([SeatState.UNSALEABLE]) * len(self.geometry))
        self.changed()

    def use_font(self, font: QFont, unit: float) -> None:
        """Write in this font; `unit` is how many pixels a design unit is."""
        self._labels = Labels(self.geometry, self.index, self._colours, font, unit)
        self.changed()

    def change_states(self, changes: Mapping[int, int]) -> None:
        """Change the states of some seats; few are drawn into the picture as it is.

        Raises ValueError for an unknown state, IndexError for a seat beyond the plan.
        """
        moves = self.seats.change_states(changes)
        few = len(moves) * _FEW < len(self.geometry)
        if self._stale or not few or (self._labels and self._labels.shows_numbers(self._view)):
            self._stale = True
            return
        painter = self._painter()
        self.seats.repaint(painter, self._view, moves)
        painter.end()

    def changed(self) -> None:
        """Something of it is no longer as drawn."""
        self._stale = True

    def paint(self, painter: QPainter, view: View, size: QSize, ratio: float) -> None:
        """Paint a widget of this size, `ratio` device pixels to one of its pixels."""
        left, top = view.to_plan(0, 0)
        right, bottom = view.to_plan(size.width(), size.height())
        sight = QRectF(QPointF(left, top), QPointF(right, bottom))
        pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if self._image.size() != pixels:
            self._image = QImage(pixels, QImage.Format.Format_RGB32)
            self._stale = True
        if self._stale:
            self._image.setDevicePixelRatio(ratio)
            self._draw(view, sight)
            self._view, self._stale = view, False
        painter.drawImage(0, 0, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.seats.paint_mine(painter, view, sight)

    def _painter(self) -> QPainter:
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def _draw(self, view: View, sight: QRectF) -> None:
        self._image.fill(QColor(self._colours.surface))
        if not len(self.geometry):
            return
        painter = self._painter()
        if self._court is not None:
            self._court.paint(painter, view, self._colours)
        self.seats.paint(painter, view)
        if self._labels is not None:
            self._labels.paint_tags(painter, view, sight)
            if self._labels.shows_numbers(view):
                seats = self.index.within(sight.left(), sight.top(), sight.right(), sight.bottom())
                self._labels.paint_numbers(painter, view, self.seats.numbered(seats))
        painter.end()
