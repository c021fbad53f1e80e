"""The seat map as a picture: the plan, its states, and what lies above the seats.

The picture is an image kept between paints, so that moving the mouse over the map costs
a copy of it. A pan, a zoom step or a change of states draws all seats anew: that takes 3 to 7 ms,
so nothing is ever shown scaled, late or in pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QStyle, QWidget

from ui import theme
from ui.widgets.seat_map.geometry import PlanGeometry
from ui.widgets.seat_map.model import LevelStyle, MapColours
from ui.widgets.seat_map.overlay import HintCard, paint_band, paint_ring
from ui.widgets.seat_map.picture import Picture
from ui.widgets.seat_map.view import View
from ui.widgets.seat_map.viewport import Viewport

TextProvider = Callable[[int], str]

# Design units.
_CURSOR_RING, _HOVER_RING, _SWEPT_RING = 8.0, 6.0, 3.0
#: How far from a seat's middle a click still means it.
_REACH = 7.0


class SeatCanvas(QWidget):
    """Shows a plan; takes no input. `SeatMap` is what pages use."""

    def __init__(self, parent: QWidget | None = None, colours: MapColours | None = None) -> None:
        super().__init__(parent)
        self._colours = colours or MapColours()
        self._text_provider: TextProvider | None = None
        self._cursor = self._hovered = -1
        self._swept: list[int] = []
        self._band = QRectF()
        self._viewport = Viewport(self)
        self._viewport.moved.connect(self.redraw)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._picture = Picture(PlanGeometry.empty(), (), self._colours)
        self._dress()

    # --- what the page gives

    def set_plan(self, geometry: PlanGeometry, levels: Sequence[LevelStyle]) -> None:
        """Show a plan, every seat unsaleable until states are set.

        With the geometry object shown already, as for another session of the court, the view and
        the cursor stay; with another one the whole court is shown. No level is filtered. Raises
        ValueError where a
        seat points to a level that is not given.
        """
        self._hovered, self._swept = -1, []
        if geometry is self._geometry:
            self._picture.use_levels(levels)
            self.update()
            return
        self._picture = Picture(geometry, levels, self._colours)
        self._dress()
        self._set_cursor(-1)
        self.fit(animated=False)

    def set_states(self, states: bytes | bytearray) -> None:
        """Give every seat its state (`SeatState`), one byte per seat in the order of the plan.

        Raises ValueError for a wrong length or an unknown state.
        """
        self._picture.seats.set_states(states)
        self.redraw()

    def change_states(self, changes: Mapping[int, int]) -> None:
        """Change the states of some seats, by their index in the plan.

        Raises ValueError for an unknown state, IndexError for a seat beyond the plan.
        """
        self._picture.change_states(changes)
        self.update()

    def set_level_filter(self, level: int | None) -> None:
        """Keep the free seats of one level bright and let the others step back; None: all.

        Raises ValueError for a level without a style.
        """
        self._picture.seats.set_level_filter(level)
        self.redraw()

    def set_text_provider(self, provider: TextProvider | None) -> None:
        """Who says what the hint card tells about a seat id; lines are parted by newlines."""
        self._text_provider = provider
        self.update()

    @property
    def geometry_of_plan(self) -> PlanGeometry:
        """The plan that is shown."""
        return self._geometry

    @property
    def states(self) -> bytes:
        """The states that are shown."""
        return self._picture.seats.states

    # --- moving

    @property
    def view(self) -> View:
        """Which part is shown, once the map has come to rest."""
        return self._viewport.target

    def fit(self, *, animated: bool = True) -> None:
        """Show every seat."""
        self._viewport.fit(animated=animated)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom; the point of the plan under `at` (widget pixels; None: the middle) stays there."""
        if self._geometry.ids:
            self._viewport.zoom_by(factor, at if at is not None else QRectF(self.rect()).center())

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the picture by so many pixels; some of the plan always stays in sight."""
        if self._geometry.ids and (dx or dy):
            self._viewport.pan_by(dx, dy)

    def focus_seat(self, seat_id: int) -> None:
        """Put the cursor on a seat and bring it near. Raises KeyError for an unknown seat."""
        index = self._geometry.index_of[seat_id]
        self._set_cursor(index)
        self._viewport.bring_near(self._geometry.x[index], self._geometry.y[index])

    def seat_at(self, point: QPointF) -> int:
        """Id of the seat at a point of the widget; -1 if there is none."""
        return self._id(self._index_at(point))

    def point_of(self, seat_id: int) -> QPointF:
        """Where the middle of a seat is on the widget. Raises KeyError for an unknown seat."""
        return self._point(self._geometry.index_of[seat_id])

    # --- for the subclasses that take the input

    @property
    def _geometry(self) -> PlanGeometry:
        return self._picture.geometry

    def _id(self, index: int) -> int:
        return self._geometry.ids[index] if index >= 0 else -1

    def _shown(self) -> View:
        return self._viewport.on_device(self.devicePixelRatioF())

    def _point(self, index: int) -> QPointF:
        return QPointF(*self._shown().to_screen(self._geometry.x[index], self._geometry.y[index]))

    def _index_at(self, point: QPointF) -> int:
        if not self._geometry.ids:
            return -1
        view = self._shown()
        reach = max(self._geometry.pitch * 0.6, _REACH * self._unit / view.scale)
        return self._picture.index.nearest(*view.to_plan(point.x(), point.y()), reach)

    def _set_cursor(self, index: int) -> None:
        self._cursor = index
        self.update()

    def _text_of(self, index: int) -> str:
        if index < 0 or self._text_provider is None:
            return ""
        return self._text_provider(self._id(index))

    def _dress(self) -> None:
        """Make what depends on the font and the scale of the window."""
        self._unit = theme.scale()
        self._picture.use_font(self.font(), self._unit)
        self._card = HintCard(self.font(), self._unit, self._colours)
        self._viewport.set_plan(self._geometry, self._unit)

    def redraw(self) -> None:
        """Draw everything anew: nothing of what was drawn before is used."""
        self._picture.changed()
        self.update()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the picture of the seats, draw what lies above them."""
        painter = QPainter(self)
        self._picture.paint(painter, self._shown(), self.size(), self.devicePixelRatioF())
        self._paint_rings(painter)
        self._paint_card(painter)
        painter.end()

    def _paint_rings(self, painter: QPainter) -> None:
        unit, radius = self._unit, self._geometry.pitch * self._viewport.view.scale * 0.5
        ink, accent = QColor(self._colours.ink), QColor(self._colours.accent)
        for index in self._swept:
            around = max(radius, _SWEPT_RING * unit)
            paint_ring(painter, self._point(index), around, accent, 1.5 * unit)
        if not self._band.isNull():
            paint_band(painter, self._band, self._colours)
        if self._hovered >= 0:
            around = max(radius, _HOVER_RING * unit)
            paint_ring(painter, self._point(self._hovered), around, ink, 1.6 * unit)
        if self._cursor >= 0 and self.hasFocus():
            around = max(radius * 1.15, _CURSOR_RING * unit)
            paint_ring(painter, self._point(self._cursor), around, accent, 2.4 * unit)

    def _paint_card(self, painter: QPainter) -> None:
        told = self._cursor if self._hovered < 0 and self.hasFocus() else self._hovered
        text = self._text_of(told)
        if text:
            middle, radius = self._point(told), self._geometry.pitch * self._viewport.view.scale / 2
            around = max(radius, _CURSOR_RING * self._unit)
            box = QRectF(middle.x() - around, middle.y() - around, 2 * around, 2 * around)
            self._card.paint(painter, text, box, QRectF(self.rect()))

    # --- Qt

    def sizeHint(self) -> QSize:
        """Room for a whole court."""
        return QSize(theme.px(960), theme.px(640))

    def minimumSizeHint(self) -> QSize:
        """Small enough for any window."""
        return QSize(theme.px(240), theme.px(180))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the court whole, or its middle in the middle."""
        super().resizeEvent(event)
        self._viewport.resize(self.width(), self.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Glide from now on, if the style moves things at all."""
        super().showEvent(event)
        duration = QStyle.StyleHint.SH_Widget_Animation_Duration
        self._viewport.glide_ms = self.style().styleHint(duration, None, self)

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees need not glide."""
        super().hideEvent(event)
        self._viewport.glide_ms = 0

    def changeEvent(self, event: QEvent) -> None:
        """Follow another font or style of the window."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._dress()
            self.redraw()
