"""Runs work off the GUI thread and brings its result back to the widget that asked for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from boxoffice.errors import BoxOfficeError

T = TypeVar("T")


class Executor(Protocol):
    """What carries the work; `boxoffice.lanes.Pool` is one."""

    def submit(self, fn: Callable[[], Any], /) -> Future[Any]: ...


class Troubles(Protocol):
    """Who is told of what went wrong; `ui.error_presenter.ErrorPresenter` is the usual one."""

    def show(self, owner: QObject, error: BoxOfficeError) -> None: ...
    def bug(self, error: BaseException) -> None: ...


class Busy(Protocol):
    """What shows that work is under way and may not be started twice, such as an ActionButton."""

    def set_busy(self, busy: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class _Asked:
    owner: QObject
    done: Callable[[Any], object]
    failed: Callable[[BoxOfficeError], object] | None
    busy: Busy | None


class Operation(QObject):
    """Starts work on one lane; a screen has one per lane it may use. Lives on the GUI thread."""

    _arrived = Signal(object, object)

    def __init__(self, lane: Executor, troubles: Troubles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._troubles = troubles
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[BoxOfficeError], object] | None = None,
        *,
        busy: Busy | None = None,
    ) -> None:
        """Run `work` on the lane, then `done` with its result on the GUI thread.

        A BoxOfficeError goes to `failed`, or is shown beside `owner`; any other exception is a
        bug. Where `owner` died meanwhile neither is called. `busy` cannot be pressed until then.
        """
        if busy is not None:
            busy.set_busy(True)
        future = self._lane.submit(work)
        future.add_done_callback(partial(self._finished, _Asked(owner, done, failed, busy)))

    def _finished(self, asked: _Asked, future: Future[Any]) -> None:
        """On the lane's thread, or at once on ours: either way the answer is queued."""
        if shiboken6.isValid(self):
            self._arrived.emit(asked, future)

    def _deliver(self, asked: _Asked, future: Future[Any]) -> None:
        busy = asked.busy
        if busy is not None and (not isinstance(busy, QObject) or shiboken6.isValid(busy)):
            busy.set_busy(False)
        if future.cancelled():
            return
        error = future.exception()
        alive = shiboken6.isValid(asked.owner)
        if error is None:
            if alive:
                asked.done(future.result())
        elif not isinstance(error, BoxOfficeError):
            self._troubles.bug(error)  # a bug is told even where nobody waits any more
        elif not alive:
            return
        elif asked.failed is not None:
            asked.failed(error)
        else:
            self._troubles.show(asked.owner, error)
