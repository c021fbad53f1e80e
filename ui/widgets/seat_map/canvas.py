"""The seat map as a picture: the plan, its states, and which part of it is shown how large.

The seats are drawn into an image kept between paints, so that moving the mouse over the map costs
a copy of it. A pan, a zoom step or a change of states draws all seats anew: that takes 2 to 4 ms,
so nothing is ever shown scaled, late or in pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from ui import theme
from ui.widgets.seat_map.court import Court
from ui.widgets.seat_map.geometry import PlanGeometry
from ui.widgets.seat_map.labels import Labels
from ui.widgets.seat_map.model import LevelStyle, MapColours
from ui.widgets.seat_map.overlay import HintCard, paint_band, paint_ring
from ui.widgets.seat_map.seat_index import SeatIndex
from ui.widgets.seat_map.seat_layer import SeatLayer
from ui.widgets.seat_map.view import Frame, View

TextProvider = Callable[[int], str]

# Design units.
_MARGIN, _CURSOR_MARGIN = 18.0, 60.0
_RING_LEAST, _HOVER_LEAST = 8.0, 6.0
#: A seat is brought to this many design units between neighbours when it is asked for.
_FOCUS_PITCH = 24.0


class SeatCanvas(QWidget):
    """Shows a plan; takes no input. `SeatMap` is what pages use."""

    def __init__(self, parent: QWidget | None = None, colours: MapColours | None = None) -> None:
        super().__init__(parent)
        self._colours = colours or MapColours()
        self._unit = theme.scale()
        self._text_provider: TextProvider | None = None
        self._cursor = self._hovered = -1
        self._swept: list[int] = []
        self._band = QRectF()
        self._view = View()
        self._fitted = True
        self._image = QImage()
        self._stale = True
        self._glide = QVariantAnimation(self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.valueChanged.connect(self._glided)
        self._glide_from = self._glide_to = self._view
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._use(PlanGeometry.empty(), ())

    # --- what the page gives

    def set_plan(self, geometry: PlanGeometry, levels: Sequence[LevelStyle]) -> None:
        """Show a plan, every seat unsaleable until states are set.

        With the geometry object shown already, as for another session of the court, the view and
        the cursor stay; with another one the whole court is shown. Raises ValueError where a
        seat points to a level that is not given.
        """
        same = geometry is self._geometry
        self._use(geometry, levels)
        if not same:
            self._cursor = -1
            self.fit(animated=False)
        self._redraw()

    def set_states(self, states: bytes | bytearray) -> None:
        """Give every seat its state (`SeatState`), one byte per seat in the order of the plan.

        Raises ValueError for a wrong length or an unknown state.
        """
        self._seats.set_states(states)
        self._redraw()

    def change_states(self, changes: Mapping[int, int]) -> None:
        """Change the states of some seats, by their index in the plan."""
        self._seats.change_states(changes)
        self._redraw()

    def set_level_filter(self, level: int | None) -> None:
        """Keep the free seats of one level bright and let the others step back; None: all."""
        self._seats.set_level_filter(level)
        self._redraw()

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
        return self._seats.states

    @property
    def view(self) -> View:
        """Which part is shown; while the map glides, where it is going."""
        gliding = self._glide.state() == QVariantAnimation.State.Running
        return self._glide_to if gliding else self._view

    # --- moving

    def fit(self, *, animated: bool = True) -> None:
        """Show every seat."""
        self._move_to(self._frame().whole(), animated=animated)
        self._fitted = True

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom; the point of the plan under `at` (widget pixels; None: the middle) stays there."""
        if not self._geometry.ids:
            return
        frame, view = self._frame(), self.view
        at = at if at is not None else QRectF(self.rect()).center()
        scale = frame.limited(view.scale * factor)
        if factor < 1 and scale <= frame.whole().scale * 1.001:
            self.fit()
            return
        zoomed = view.zoomed(scale, at.x(), at.y())
        left, top, right, bottom = self._geometry.bounds
        x, y = view.to_plan(at.x(), at.y())
        on_plan = left <= x <= right and top <= y <= bottom
        self._move_to(zoomed if on_plan else frame.kept(zoomed), animated=False)

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the picture by so many pixels; some of the plan always stays in sight."""
        if self._geometry.ids and (dx or dy):
            self._move_to(self._frame().kept(self.view.moved(dx, dy)), animated=False)

    def focus_seat(self, seat_id: int) -> None:
        """Put the cursor on a seat and bring it near. Raises KeyError for an unknown seat."""
        self._set_cursor(self._geometry.index_of[seat_id])
        frame, index = self._frame(), self._cursor
        wanted = frame.limited(_FOCUS_PITCH * self._unit / self._geometry.pitch)
        scale = max(self.view.scale, wanted)
        x, y = self._geometry.x[index] * scale, self._geometry.y[index] * scale
        self._move_to(View(scale, self.width() / 2 - x, self.height() / 2 - y), animated=True)

    def seat_at(self, point: QPointF) -> int:
        """Id of the seat at a point of the widget; -1 if there is none."""
        return self._id(self._index_at(point))

    def point_of(self, seat_id: int) -> QPointF:
        """Where the middle of a seat is on the widget. Raises KeyError for an unknown seat."""
        return self._point(self._geometry.index_of[seat_id])

    # --- for the subclass that takes the input

    def _id(self, index: int) -> int:
        return self._geometry.ids[index] if index >= 0 else -1

    def _point(self, index: int) -> QPointF:
        shown = self._shown()
        return QPointF(*shown.to_screen(self._geometry.x[index], self._geometry.y[index]))

    def _index_at(self, point: QPointF) -> int:
        if not self._geometry.ids:
            return -1
        x, y = self._shown().to_plan(point.x(), point.y())
        reach = max(self._geometry.pitch * 0.6, 7.0 * self._unit / self._view.scale)
        return self._index.nearest(x, y, reach)

    def _set_cursor(self, index: int) -> None:
        self._cursor = index
        self.update()

    def _reveal_cursor(self) -> None:
        """Move just enough for the cursor to be well inside."""
        view = self.view
        x, y = view.to_screen(self._geometry.x[self._cursor], self._geometry.y[self._cursor])
        edge = min(_CURSOR_MARGIN * self._unit, self.width() / 4, self.height() / 4)
        dx = max(edge - x, 0.0) - max(x - self.width() + edge, 0.0)
        dy = max(edge - y, 0.0) - max(y - self.height() + edge, 0.0)
        if (dx or dy) and not self._fitted:
            self._move_to(view.moved(dx, dy), animated=True)

    def _text_of(self, index: int) -> str:
        if index < 0 or self._text_provider is None:
            return ""
        return self._text_provider(self._id(index))

    # --- view

    def _use(self, geometry: PlanGeometry, levels: Sequence[LevelStyle]) -> None:
        self._seats = SeatLayer(geometry, levels, self._colours)
        if geometry is not getattr(self, "_geometry", None):
            self._geometry = geometry
            self._index = SeatIndex(geometry)
            self._court = Court.within(geometry)
            self._dress()
        self._hovered = -1

    def _dress(self) -> None:
        """What depends on the font and the scale of the window."""
        self._unit = theme.scale()
        self._labels = Labels(self._geometry, self._colours, self.font(), self._unit)
        self._card = HintCard(self.font(), self._unit, self._colours)

    def _frame(self) -> Frame:
        return Frame(
            self.width(),
            self.height(),
            self._geometry.bounds,
            self._geometry.pitch / self._unit,
            _MARGIN * self._unit,
        )

    def _shown(self) -> View:
        """The view on whole device pixels, so that seats keep their shape while the map moves."""
        ratio = self.devicePixelRatioF()
        return View(
            self._view.scale,
            round(self._view.left * ratio) / ratio,
            round(self._view.top * ratio) / ratio,
        )

    def _move_to(self, view: View, *, animated: bool) -> None:
        self._glide.stop()
        self._fitted = False
        duration = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self)
        if animated and duration > 0 and self.isVisible() and self._geometry.ids:
            self._glide_from, self._glide_to = self._view, view
            self._glide.setDuration(duration)
            self._glide.start()
            return
        self._view = view
        self._redraw()

    def _glided(self, part: float) -> None:
        ends = self._glide_from, self._glide_to
        self._view = (
            ends[1] if part >= 1 else ends[0].towards(ends[1], part, self.width(), self.height())
        )
        self._redraw()

    def _redraw(self) -> None:
        self._stale = True
        self.update()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the picture of the seats, draw what lies above them."""
        if self._stale:
            self._draw_image()
        painter = QPainter(self)
        painter.setClipRegion(event.region())
        painter.drawImage(0, 0, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_overlay(painter)
        painter.end()

    def _draw_image(self) -> None:
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        if self._image.size() != size or self._image.devicePixelRatio() != ratio:
            self._image = QImage(size, QImage.Format.Format_RGB32)
            self._image.setDevicePixelRatio(ratio)
        self._image.fill(QColor(self._colours.surface))
        self._stale = False
        if not self._geometry.ids:
            return
        view = self._shown()
        left, top = view.to_plan(0, 0)
        right, bottom = view.to_plan(self.width(), self.height())
        sight = QRectF(QPointF(left, top), QPointF(right, bottom))
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._court is not None:
            self._court.paint(painter, view, self._colours)
        self._seats.paint(painter, view, sight)
        numbered: list[int] = []
        if self._labels.shows_numbers(view):
            numbered = self._seats.numbered(self._index.within(left, top, right, bottom))
        self._labels.paint(painter, view, sight, numbered)
        painter.end()

    def _paint_overlay(self, painter: QPainter) -> None:
        radius = self._geometry.pitch * self._view.scale * 0.5
        ink, accent = QColor(self._colours.ink), QColor(self._colours.accent)
        for index in self._swept:
            paint_ring(painter, self._point(index), max(radius, 3.0), accent, 1.5 * self._unit)
        if not self._band.isNull():
            paint_band(painter, self._band, self._colours)
        if self._hovered >= 0:
            around = max(radius, _HOVER_LEAST * self._unit)
            paint_ring(painter, self._point(self._hovered), around, ink, 1.6 * self._unit)
        if self._cursor >= 0 and self.hasFocus():
            around = max(radius * 1.15, _RING_LEAST * self._unit)
            paint_ring(painter, self._point(self._cursor), around, accent, 2.4 * self._unit)
        told = self._hovered if self._hovered >= 0 else self._cursor if self.hasFocus() else -1
        text = self._text_of(told)
        if text:
            around = max(radius, _RING_LEAST * self._unit)
            middle = self._point(told)
            box = QRectF(middle.x() - around, middle.y() - around, 2 * around, 2 * around)
            self._card.paint(painter, text, box, QRectF(self.rect()))

    # --- Qt

    def sizeHint(self) -> QSize:
        """Room for a whole court."""
        return QSize(round(960 * self._unit), round(640 * self._unit))

    def minimumSizeHint(self) -> QSize:
        """Small enough for any window."""
        return QSize(round(240 * self._unit), round(180 * self._unit))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The whole court stays whole; else the middle of the picture stays in the middle."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit(animated=False)
            return
        old, new = event.oldSize(), event.size()
        moved = self.view.moved((new.width() - old.width()) / 2, (new.height() - old.height()) / 2)
        scale = max(self.view.scale, self._frame().whole().scale)
        self._move_to(moved.zoomed(scale, new.width() / 2, new.height() / 2), animated=False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow another font or style of the window."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._dress()
            self._redraw()
