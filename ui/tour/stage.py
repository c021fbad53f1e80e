"""The stage of a tour: a window off screen, its event loop, and a picture where one is wanted."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from boxoffice.errors import TourStuck
from ui.window import Window

LONGEST_WAIT_S = 20.0
SIZE = (1600, 900)


class Stage:
    """Waits for what is under way, presses keys, takes pictures."""

    def __init__(self, app: QApplication, window: Window, folder: Path) -> None:
        self._app = app
        self.window = window
        self.folder = folder
        self.pictures: list[Path] = []
        window.frame.resize(*SIZE)
        window.frame.show()

    def until(self, reached: Callable[[], object], what: str) -> None:
        """Let the window work until something is so. Raises TourStuck where it never is."""
        give_up = time.monotonic() + LONGEST_WAIT_S
        while not reached():
            if time.monotonic() > give_up:
                raise TourStuck(step=what)
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        self._app.processEvents()

    def snap(self, name: str) -> None:
        """A picture of the whole window, numbered in the order of the tour."""
        self._app.processEvents()
        size = (self.window.frame.width(), self.window.frame.height())
        if size != SIZE:
            raise TourStuck(step=f"{name} at {SIZE[0]}x{SIZE[1]}, not {size[0]}x{size[1]}")
        target = self.folder / f"{len(self.pictures) + 1:02d}-{name}.png"
        self.window.frame.grab().save(str(target))
        self.pictures.append(target)

    def type(self, field: QWidget, text: str) -> None:
        """Type into a field, a letter at a time."""
        field.setFocus()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(field, event)
