"""Notices that nobody touched keyboard or mouse for a while."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once after so many milliseconds without any sign of a person; 0 is never."""

    idle = Signal()

    def __init__(self, after_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._after_ms = after_ms
        self._since = QElapsedTimer()
        # One timer that looks how long it has been: a timer begun anew by every move of the mouse
        # would cost more than the moves.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Somebody is here: watch from now on."""
        self.stop()
        app = QApplication.instance()
        if self._after_ms and app is not None:
            app.installEventFilter(self)
            self._since.start()
            self._timer.start(self._after_ms)

    def stop(self) -> None:
        """Nobody is signed on: there is nothing to watch."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def _look(self) -> None:
        left = self._after_ms - self._since.elapsed()
        if left > 0:
            self._timer.start(left)
        else:
            self.stop()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS:
            self._since.restart()
        return False
