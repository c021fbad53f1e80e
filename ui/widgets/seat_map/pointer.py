"""What a pressed mouse button means: a click, moving the map, or sweeping over seats."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF


class Drag(Enum):
    """What the press has become so far."""

    NONE = auto()
    PRESSED = auto()
    PANNING = auto()
    SWEEPING = auto()


@dataclass
class Pointer:
    """Follows one press; `threshold` is how many pixels a hand may tremble while clicking."""

    threshold: float
    drag: Drag = Drag.NONE
    start: QPointF = field(default_factory=QPointF)
    last: QPointF = field(default_factory=QPointF)
    sweeps: bool = False

    def press(self, point: QPointF, *, sweeps: bool) -> None:
        """A button went down; `sweeps` if the drag that may follow takes seats."""
        self.drag, self.start, self.last, self.sweeps = Drag.PRESSED, point, point, sweeps

    def move(self, point: QPointF) -> QPointF:
        """The pointer moved: how far the map should follow, which may be nothing."""
        if self.drag is Drag.PRESSED and (point - self.start).manhattanLength() >= self.threshold:
            self.drag = Drag.SWEEPING if self.sweeps else Drag.PANNING
        step = point - self.last if self.drag is Drag.PANNING else QPointF()
        if self.drag is not Drag.PRESSED:
            self.last = point
        return step

    def release(self) -> Drag:
        """The button went up: what it was."""
        was, self.drag = self.drag, Drag.NONE
        return was

    @property
    def band(self) -> QRectF:
        """The rectangle between where the press began and where it is now."""
        return QRectF(self.start, self.last).normalized()
