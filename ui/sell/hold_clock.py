"""The time a basket keeps its seats: shown every second, told when it is over."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ui.sell.basket import Basket
from ui.sell.side import SellSide

TICK_MS = 1000
EXPIRE_EVERY_TICKS = 30


class HoldClock(QObject):
    """Emits `over` once per basket, and `sweep` when baskets nobody paid are to be freed."""

    over = Signal()
    sweep = Signal()

    def __init__(self, basket: Basket, side: SellSide, parent: QObject) -> None:
        super().__init__(parent)
        self._basket, self._side = basket, side
        self._told: str | None = None
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """The page is in front."""
        self._timer.start()

    def stop(self) -> None:
        """It is not any more."""
        self._timer.stop()

    def show(self) -> None:
        """Show how much is left."""
        self._side.show_time(self._basket.seconds_left())

    def tick(self) -> None:
        """A second has passed."""
        self.show()
        if self._basket.seconds_left() == 0 and self._told != self._basket.id:
            self._told = self._basket.id
            self.over.emit()
        self._ticks += 1
        if self._ticks % EXPIRE_EVERY_TICKS == 0:
            self.sweep.emit()
