"""A key as it stands beside what it does."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import keys
from ui.widgets.painting import cap_size, paint_cap


class KeyCap(QWidget):
    """Shows a key ("F2", "Alt+C") on something that is not a button."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(keys.caption(key))

    @property
    def key(self) -> str:
        return self._key

    def sizeHint(self) -> QSize:
        return cap_size(self._key)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_cap(QPainter(self), self.rect(), self._key)
