"""The seat map under mouse, wheel, touchpad and fingers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QInputDevice, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from ui.widgets.seat_map.canvas import SeatCanvas
from ui.widgets.seat_map.model import MapColours
from ui.widgets.seat_map.pointer import Drag, Pointer

_WHEEL_ZOOM = 1.25  # for one notch
_NOTCH = 120.0  # eighths of a degree


class MouseMap(SeatCanvas):
    """A picture of seats that can be pointed at and moved."""

    seat_clicked = Signal(object)
    """A seat was clicked, whatever its state: its id."""
    seats_swept = Signal(list)
    """Free seats were swept over together: their ids, in the order they stand in."""
    hover = Signal(object)
    """The mouse came to a seat: its id, or -1 when it left the last one."""

    def __init__(self, parent: QWidget | None = None, colours: MapColours | None = None) -> None:
        super().__init__(parent, colours)
        self._pointer = Pointer(QApplication.startDragDistance())
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin what may become a click, a move of the map or a sweep."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            event.ignore()
            return
        left = event.button() == Qt.MouseButton.LeftButton
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._pointer.press(event.position(), sweeps=left and shift)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two seats chosen quickly is a click like any other."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        step = self._pointer.move(event.position())
        if self._pointer.drag is Drag.PANNING:
            self._set_hovered(-1)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan_by(step.x(), step.y())
        elif self._pointer.drag is Drag.SWEEPING:
            self._set_hovered(-1)
            self._sweep()
        else:
            self._set_hovered(self._index_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the click, move or sweep."""
        was = self._pointer.release()
        self.unsetCursor()
        if was is Drag.SWEEPING:
            swept = [self._id(index) for index in self._swept]
            self._clear_sweep()
            if swept:
                self.seats_swept.emit(swept)
        elif was is Drag.PRESSED and event.button() == Qt.MouseButton.LeftButton:
            index = self._index_at(self._pointer.start)
            if index >= 0:
                self._set_cursor(index)
                self.seat_clicked.emit(self._id(index))
        self._set_hovered(self._index_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No seat is under the mouse any more."""
        super().leaveEvent(event)
        self._set_hovered(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms where the mouse is; two fingers on a touchpad move, with Ctrl they zoom."""
        pad = event.device().type() == QInputDevice.DeviceType.TouchPad
        zooms = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = event.pixelDelta()
        if pad and not zooms and not steps.isNull():
            self.pan_by(steps.x(), steps.y())
        elif event.angleDelta().y():
            notches = event.angleDelta().y() / _NOTCH
            self.zoom_by(_WHEEL_ZOOM**notches, event.position())
        self._set_hovered(self._index_at(event.position()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take pinches of touch screens and touchpads."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1.0 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinched(pinch)
                event.accept(pinch)
                return True
        return super().event(event)

    def _pinched(self, pinch: QPinchGesture) -> None:
        self._pointer.release()
        middle = QPointF(self.mapFromGlobal(pinch.centerPoint()))
        before = QPointF(self.mapFromGlobal(pinch.lastCenterPoint()))
        if pinch.state() == Qt.GestureState.GestureUpdated:
            self.pan_by(middle.x() - before.x(), middle.y() - before.y())
        self.zoom_by(pinch.scaleFactor(), middle)

    def _set_hovered(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.hover.emit(self._id(index))
            self.update()

    def _sweep(self) -> None:
        """Sweep a stretch of one row, or all seats in a rectangle if the ends are in two."""
        first, last = self._index_at(self._pointer.start), self._index_at(self._pointer.last)
        run = self._geometry.run_between(first, last) if first >= 0 and last >= 0 else ()
        self._band = QRectF() if run else self._pointer.band
        if not run:
            view, band = self._shown(), self._pointer.band
            low = view.to_plan(band.left(), band.top())
            high = view.to_plan(band.right(), band.bottom())
            run = tuple(sorted(self._picture.index.within(*low, *high)))
        self._swept = self._picture.seats.buyable(run)
        self.update()

    def _clear_sweep(self) -> None:
        self._swept, self._band = [], QRectF()
        self.update()
