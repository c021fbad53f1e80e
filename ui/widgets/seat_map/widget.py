"""The seat map pages use: the picture of a court that answers to mouse, finger and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from ui.widgets.seat_map.canvas import SeatCanvas
from ui.widgets.seat_map.model import MapColours
from ui.widgets.seat_map.pointer import Drag, Pointer
from ui.widgets.seat_map.zoom_buttons import MapButton

_KEY_ZOOM = 1.4
_WHEEL_ZOOM = 1.25  # for one notch
_NOTCH = 120.0  # eighths of a degree
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_BUTTON_GAP, _BUTTON_EDGE = 6.0, 14.0  # design units


class SeatMap(SeatCanvas):
    """A court of seats. It shows what it is given and reports what is pointed at, nothing more.

    Arrow keys move a cursor, Enter or Space activates its seat, + and - zoom, 0 and Home show the
    whole court; the wheel zooms at the mouse, a drag moves the map, Shift with a drag sweeps over
    seats: a stretch of one row, or a rectangle.
    """

    seat_clicked = Signal(object)
    """A seat was clicked, whatever its state: its id."""
    seat_activated = Signal(object)
    """Enter or Space was pressed on a seat: its id."""
    seats_swept = Signal(list)
    """Free seats were swept over together: their ids, in the order they stand in."""
    hover = Signal(object)
    """The mouse came to a seat: its id, or -1 when it left the last one."""

    def __init__(self, parent: QWidget | None = None, colours: MapColours | None = None) -> None:
        super().__init__(parent, colours)
        self._pointer = Pointer(QApplication.startDragDistance())
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._nearer, self._farther, self._whole = (
            MapButton(self, self._colours, self._unit) for _ in range(3)
        )
        self._nearer.clicked.connect(self._zoom_in)
        self._farther.clicked.connect(self._zoom_out)
        self._whole.clicked.connect(self._show_whole)
        self._retranslate()

    def _zoom_in(self) -> None:
        self.zoom_by(_KEY_ZOOM)

    def _zoom_out(self) -> None:
        self.zoom_by(1 / _KEY_ZOOM)

    def _show_whole(self) -> None:
        self.fit()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Seat map"))
        self._help = self.tr(
            "Arrow keys choose a seat, Enter takes it, + and - zoom, 0 shows the whole court."
        )
        self.setAccessibleDescription(self._help)
        self._nearer.setText("+")
        self._farther.setText("−")
        self._whole.setText(self.tr("All", "the whole court, on a small button"))
        for button, hint in (
            (self._nearer, self.tr("Nearer (+)")),
            (self._farther, self.tr("Farther (-)")),
            (self._whole, self.tr("Whole court (0)")),
        ):
            button.setToolTip(hint)
            button.setAccessibleName(hint)

    # --- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the map; every other key goes on to the window."""
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if held or not self._geometry.ids or not self._take_key(Qt.Key(event.key())):
            event.ignore()

    def _take_key(self, key: Qt.Key) -> bool:
        if key in _ARROWS:
            self._step(*_ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._cursor < 0:
                return False
            self.seat_activated.emit(self._id(self._cursor))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            at = self._point(self._cursor) if self._cursor >= 0 else None
            self.zoom_by(1 / _KEY_ZOOM if key == Qt.Key.Key_Minus else _KEY_ZOOM, at)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.fit()
        elif key == Qt.Key.Key_Escape and self._pointer.drag is Drag.SWEEPING:
            self._pointer.release()
            self._clear_sweep()
        else:
            return False
        return True

    def _step(self, dx: int, dy: int) -> None:
        self._set_hovered(-1)
        if self._cursor < 0:
            self._start_cursor()
        else:
            self._set_cursor(self._index.step(self._cursor, dx, dy))
        self._reveal_cursor()

    def _start_cursor(self) -> None:
        """The first cursor is the seat nearest to the middle of what is shown."""
        middle = self._shown().to_plan(self.width() / 2, self.height() / 2)
        left, top, right, bottom = self._geometry.bounds
        self._set_cursor(self._index.nearest(*middle, 2 * (right - left + bottom - top)))

    def _set_cursor(self, index: int) -> None:
        super()._set_cursor(index)
        self.setAccessibleDescription(self._text_of(index) or self._help)

    @property
    def cursor_seat(self) -> int:
        """Id of the seat the keyboard cursor is on; -1 if it is on none."""
        return self._id(self._cursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor, putting it somewhere when the keyboard brought us here."""
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_key and self._cursor < 0 and self._geometry.ids:
            self._start_cursor()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.update()

    # --- mouse

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

    def _set_hovered(self, index: int) -> None:
        if index == self._hovered:
            return
        self._hovered = index
        self.hover.emit(self._id(index))
        self.update()

    def _sweep(self) -> None:
        pointer = self._pointer
        first, last = self._index_at(pointer.start), self._index_at(pointer.last)
        run = self._geometry.run_between(first, last) if first >= 0 and last >= 0 else ()
        self._band = QRectF() if run else pointer.band
        if not run:
            view, band = self._shown(), pointer.band
            inside = self._index.within(
                *view.to_plan(band.left(), band.top()), *view.to_plan(band.right(), band.bottom())
            )
            run = tuple(sorted(inside))
        self._swept = self._seats.buyable(run)
        self.update()

    def _clear_sweep(self) -> None:
        self._swept, self._band = [], QRectF()
        self.update()

    # --- wheel, touch

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms where the mouse is; two fingers on a touchpad move, with Ctrl they zoom."""
        pad = event.device().type() == QInputDevice.DeviceType.TouchPad
        steps, zooms = event.pixelDelta(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
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
                self._pointer.release()
                middle = QPointF(self.mapFromGlobal(pinch.centerPoint()))
                before = QPointF(self.mapFromGlobal(pinch.lastCenterPoint()))
                if pinch.state() == Qt.GestureState.GestureUpdated:
                    self.pan_by(middle.x() - before.x(), middle.y() - before.y())
                self.zoom_by(pinch.scaleFactor(), middle)
                event.accept(pinch)
                return True
        return super().event(event)

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons in their corner."""
        super().resizeEvent(event)
        gap, edge = round(_BUTTON_GAP * self._unit), round(_BUTTON_EDGE * self._unit)
        bottom = self.height() - edge
        for button in (self._whole, self._farther, self._nearer):
            bottom -= button.height()
            button.move(self.width() - edge - button.width(), bottom)
            bottom -= gap

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
