"""The seat map pages use: the picture of a court that answers to mouse, finger and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.seat_map.model import MapColours
from ui.widgets.seat_map.mouse import MouseMap
from ui.widgets.seat_map.pointer import Drag
from ui.widgets.seat_map.zoom_buttons import MapButton

_KEY_ZOOM = 1.4
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_ZOOMING = {
    Qt.Key.Key_Plus: _KEY_ZOOM,
    Qt.Key.Key_Equal: _KEY_ZOOM,
    Qt.Key.Key_Minus: 1 / _KEY_ZOOM,
}
_WHOLE = (Qt.Key.Key_0, Qt.Key.Key_Home)
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_BUTTON_GAP, _BUTTON_EDGE = 6, 14  # design units


class SeatMap(MouseMap):
    """A court of seats. It shows what it is given and reports what is pointed at, nothing more.

    Arrow keys move a cursor, Enter or Space activates its seat, + and - zoom, 0 and Home show the
    whole court; the wheel zooms at the mouse, a drag moves the map, Shift with a drag sweeps over
    seats: a stretch of one row, or a rectangle.
    """

    seat_activated = Signal(object)
    """Enter or Space was pressed on a seat: its id."""

    def __init__(self, parent: QWidget | None = None, colours: MapColours | None = None) -> None:
        super().__init__(parent, colours)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._nearer, self._farther, self._all = (
            MapButton(self, self._colours, self._unit) for _ in range(3)
        )
        self._nearer.clicked.connect(self._zoom_in)
        self._farther.clicked.connect(self._zoom_out)
        self._all.clicked.connect(self._show_all)
        self._retranslate()

    @property
    def cursor_seat(self) -> int:
        """Id of the seat the keyboard cursor is on; -1 if it is on none."""
        return self._id(self._cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the map; every other key goes on to the window."""
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if held or not self._geometry.ids or not self._take_key(event.key()):
            event.ignore()

    def _take_key(self, key: int) -> bool:
        if key in _ARROWS:
            self._step(*_ARROWS[Qt.Key(key)])
        elif key in _TAKING and self._cursor >= 0:
            self.seat_activated.emit(self._id(self._cursor))
        elif key in _ZOOMING:
            at = self._point(self._cursor) if self._cursor >= 0 else None
            self.zoom_by(_ZOOMING[Qt.Key(key)], at)
        elif key in _WHOLE:
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
            self._set_cursor(self._picture.index.step(self._cursor, dx, dy))
        self._viewport.reveal(self._geometry.x[self._cursor], self._geometry.y[self._cursor])

    def _start_cursor(self) -> None:
        """The first cursor is the seat nearest to the middle of what is shown."""
        middle = self._shown().to_plan(self.width() / 2, self.height() / 2)
        left, top, right, bottom = self._geometry.bounds
        self._set_cursor(self._picture.index.nearest(*middle, 2 * (right - left + bottom - top)))

    def _set_cursor(self, index: int) -> None:
        super()._set_cursor(index)
        self.setAccessibleDescription(self._text_of(index) or self._help)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor, putting it somewhere when the keyboard brought us here."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY and self._cursor < 0 and self._geometry.ids:
            self._start_cursor()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map; without one say what to do."""
        super().paintEvent(event)
        if not self._geometry.ids:
            painter = QPainter(self)
            painter.setFont(theme.font())
            painter.setPen(QColor(self._colours.grey))
            text = self.tr("Choose a session: its seats appear here.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons in their corner."""
        super().resizeEvent(event)
        bottom = self.height() - theme.px(_BUTTON_EDGE)
        for button in (self._all, self._farther, self._nearer):
            bottom -= button.height()
            button.move(self.width() - theme.px(_BUTTON_EDGE) - button.width(), bottom)
            bottom -= theme.px(_BUTTON_GAP)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _zoom_in(self) -> None:
        self.zoom_by(_KEY_ZOOM)

    def _zoom_out(self) -> None:
        self.zoom_by(1 / _KEY_ZOOM)

    def _show_all(self) -> None:
        self.fit()

    def _retranslate(self) -> None:
        self._help = self.tr(
            "Arrow keys choose a seat, Enter takes it, + and - zoom, 0 shows the whole court."
        )
        self.setAccessibleName(self.tr("Seat map"))
        self.setAccessibleDescription(self._help)
        self._nearer.setText("+")
        self._farther.setText("−")
        self._all.setText(self.tr("All", "the whole court, on a small button"))
        for button, hint in (
            (self._nearer, self.tr("Nearer (+)")),
            (self._farther, self.tr("Farther (-)")),
            (self._all, self.tr("Whole court (0)")),
        ):
            button.setToolTip(hint)
            button.setAccessibleName(hint)
