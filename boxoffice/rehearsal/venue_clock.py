"""Venue time and progress of a rehearsal, in memory that all its processes share."""

from __future__ import annotations

import mmap
import time
from datetime import UTC, datetime, timedelta

from boxoffice import clock

PACE = 20
"""How much faster venue time passes than ours."""
_HEAD = 1
_PER_WINDOW = 3
_BEGUN, _DONE, _OFF = range(_PER_WINDOW)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Board:
    """Made before the first fork: venue time, and per window how far it is with its customers."""

    def __init__(self, windows: int) -> None:
        self._memory = mmap.mmap(-1, 8 * (_HEAD + windows * _PER_WINDOW))
        # Whole numbers of 8 bytes are written in one piece.
        self._slots = memoryview(self._memory).cast("q")

    def _place(self, window: int, what: int) -> int:
        return _HEAD + (window - 1) * _PER_WINDOW + what

    def set_time(self, moment: datetime) -> None:
        """Let venue time run on from `moment`; never back."""
        target = max((moment - _EPOCH) // _MICROSECOND, (self.now() - _EPOCH) // _MICROSECOND)
        self._slots[0] = target - _run()

    def now(self, window: int | None = None) -> datetime:
        """Venue time; as the clock of a window has it where one is named."""
        off = 0 if window is None else self._slots[self._place(window, _OFF)]
        return _EPOCH + timedelta(microseconds=self._slots[0] + _run(), seconds=off)

    def use(self, window: int) -> None:
        """The clock of this process is that window's."""
        clock.use(lambda: self.now(window), lambda: self.now().timestamp())

    def jump(self, window: int, seconds: int) -> None:
        """Set the clock of a window so far off venue time."""
        self._slots[self._place(window, _OFF)] = seconds

    def begin(self, window: int, customer: int) -> None:
        """A window turns to the customer of that place in its queue, from 1 on."""
        self._slots[self._place(window, _BEGUN)] = customer

    def end(self, window: int, customer: int) -> None:
        """That customer was served, or went away."""
        self._slots[self._place(window, _DONE)] = customer

    def begun(self, window: int) -> int:
        """The last customer the window turned to."""
        return self._slots[self._place(window, _BEGUN)]

    def done(self, window: int) -> int:
        """The last customer the window was done with."""
        return self._slots[self._place(window, _DONE)]


def _run() -> int:
    """Microseconds of venue time since the computer started."""
    return time.monotonic_ns() * PACE // 1000
