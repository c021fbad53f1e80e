"""Where the map looks, and how it gets there: at once under a hand, gliding when asked to go."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation, Signal

from ui.widgets.seat_map.geometry import PlanGeometry
from ui.widgets.seat_map.view import Frame, View

# Design units.
_MARGIN, _EDGE = 18.0, 60.0
#: A seat is brought to this many design units between neighbours when it is asked for.
_NEAR_PITCH = 24.0
_SAME_SCALE = 1.001


class Viewport(QObject):
    """The view of one map. Points are pixels of the widget, places metres of the plan."""

    moved = Signal()
    """The view is another one now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._view = self._from = self._to = View()
        self._frame = Frame(0, 0, (0.0, 0.0, 0.0, 0.0), 1.0, 0.0)
        self._unit = 1.0
        self._fitted = True
        self._glide = QVariantAnimation(self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.valueChanged.connect(self._glided)
        self.glide_ms = 0

    @property
    def view(self) -> View:
        """The view at this moment."""
        return self._view

    @property
    def target(self) -> View:
        """The view it will be when the map has come to rest."""
        return self._to if self._gliding() else self._view

    def on_device(self, ratio: float) -> View:
        """The view moved onto whole pixels of the screen: seats keep their shape while it moves."""
        view = self._view
        return View(view.scale, round(view.left * ratio) / ratio, round(view.top * ratio) / ratio)

    def set_plan(self, geometry: PlanGeometry, unit: float) -> None:
        """Look at this plan; `unit` is how many pixels a design unit is."""
        self._unit = unit
        frame = self._frame
        self._frame = Frame(
            frame.width, frame.height, geometry.bounds, geometry.pitch / unit, _MARGIN * unit
        )

    def resize(self, width: float, height: float) -> None:
        """The widget has another size: a whole court stays whole, else its middle stays there."""
        old, view = self._frame, self.target
        self._frame = Frame(width, height, old.bounds, old.pitch, old.margin)
        if self._fitted:
            self.fit(animated=False)
            return
        moved = view.moved((width - old.width) / 2, (height - old.height) / 2)
        scale = self._frame.limited(view.scale)
        self._go(moved.zoomed(scale, width / 2, height / 2), animated=False)

    def fit(self, *, animated: bool) -> None:
        """Show every seat."""
        whole = self._frame.whole()
        if not (animated and self._fitted and self._gliding()):
            self._go(whole, animated=animated and whole != self._view)
        self._fitted = True

    def zoom_by(self, factor: float, at: QPointF) -> None:
        """Zoom; the place under `at` stays there, until the whole court is in sight."""
        frame, view = self._frame, self._view
        scale = frame.limited(view.scale * factor)
        if factor < 1 and scale <= frame.whole().scale * _SAME_SCALE:
            self.fit(animated=True)
            return
        zoomed = view.zoomed(scale, at.x(), at.y())
        left, top, right, bottom = frame.bounds
        x, y = view.to_plan(at.x(), at.y())
        on_plan = left <= x <= right and top <= y <= bottom
        self._go(zoomed if on_plan else frame.kept(zoomed), animated=False)

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the picture; some of the plan always stays in sight."""
        self._go(self._frame.kept(self._view.moved(dx, dy)), animated=False)

    def bring_near(self, x: float, y: float) -> None:
        """Bring a place to the middle, near enough to tell seats apart."""
        frame = self._frame
        scale = max(self.target.scale, frame.limited(_NEAR_PITCH / frame.pitch))
        self._go(
            View(scale, frame.width / 2 - x * scale, frame.height / 2 - y * scale), animated=True
        )

    def reveal(self, x: float, y: float) -> None:
        """Move just enough for a place to be well inside."""
        frame, view = self._frame, self.target
        if self._fitted:
            return
        at_x, at_y = view.to_screen(x, y)
        edge = min(_EDGE * self._unit, frame.width / 4, frame.height / 4)
        dx = max(edge - at_x, 0.0) - max(at_x - frame.width + edge, 0.0)
        dy = max(edge - at_y, 0.0) - max(at_y - frame.height + edge, 0.0)
        if dx or dy:
            self._go(view.moved(dx, dy), animated=True)

    def _gliding(self) -> bool:
        return self._glide.state() == QVariantAnimation.State.Running

    def _go(self, view: View, *, animated: bool) -> None:
        self._glide.stop()
        self._fitted = False
        if animated and self.glide_ms > 0:
            self._from, self._to = self._view, view
            self._glide.setDuration(self.glide_ms)
            self._glide.start()
            return
        self._view = view
        self.moved.emit()

    def _glided(self, part: float) -> None:
        frame = self._frame
        self._view = (
            self._to if part >= 1 else self._from.towards(self._to, part, frame.width, frame.height)
        )
        self.moved.emit()
