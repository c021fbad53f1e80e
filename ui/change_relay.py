"""Brings what changed, told on any thread, to the widgets as one signal on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal


class ChangeFeed(Protocol):
    """What the relay needs of `boxoffice.changes.Changes`."""

    def subscribe(self, listener: Callable[[frozenset[str]], None], /) -> Callable[[], None]: ...


def touches(topics: frozenset[str], *wanted: str) -> bool:
    """Whether one of the topics is wanted; a wanted "order:" fits every order."""
    return any(
        topic.startswith(want) if want.endswith(":") else topic == want
        for topic in topics
        for want in wanted
    )


class ChangeRelay(QObject):
    """Emits `changed(frozenset of topics)` on the thread it was made on.

    Changes that come while the GUI thread is busy are told together, so a view asks again once.
    """

    changed = Signal(object)
    _waiting = Signal()

    def __init__(self, feed: ChangeFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._topics: set[str] = set()
        self._waiting.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = feed.subscribe(self._came)

    def close(self) -> None:
        """Listen no more; call before the window's lanes are closed."""
        self._unsubscribe()

    def _came(self, topics: frozenset[str]) -> None:
        with self._lock:
            first = not self._topics
            self._topics |= topics
        if first and topics:
            self._waiting.emit()

    def _tell(self) -> None:
        with self._lock:
            topics, self._topics = frozenset(self._topics), set()
        if topics:
            self.changed.emit(topics)
