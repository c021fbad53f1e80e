"""What changed, told inside one process after each commit; views ask again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

Listener = Callable[[frozenset[str]], None]


class Changes:
    """Feed of topics such as "order:<id>", "session:<id>", "shift", "prints", "cases", "central".

    Listeners are called on the thread that committed; the window relays them to its own thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every set of topics from now on; the answer ends that."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def tell(self, topics: Iterable[str]) -> None:
        """Tell every listener that these topics changed; nothing changed tells nothing."""
        changed = frozenset(topics)
        if not changed:
            return
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changed)
