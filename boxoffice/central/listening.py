"""Ear: waits for something to do: for what this program says itself, and for central's hints.

A hint (NOTIFY) is never part of a write: it is told after the commit, for all that was committed
since the last one, at most twenty times a second (rule 14). Whoever misses it polls.
"""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from time import monotonic

from boxoffice.errors import CentralUnreachable
from boxoffice.records.postgres import PostgresStore
from boxoffice.records.store import Store

HINT_GAP = 0.05
"""Seconds between two hints of one window."""
READ_SECONDS = 20.0
"""How long an answer on the second line may take: catalogues travel on it, and nobody waits."""
RETRY_SECONDS = 2.0
"""After this long a broken second line is tried again; until then central is polled."""


class Ear:
    """Belongs to one thread, which waits; `wake` may be called from any.

    On a server it has a connection of its own: what it reads there delays no sale. Without one
    (a file beside the window, or while the line is broken) it hears only its own program.
    """

    def __init__(self, connect: Callable[[], Store] | None) -> None:
        self._connect = connect
        self._store: PostgresStore | None = None
        self._channel = ""
        self._retry_at = 0.0
        self._heard, self._wakes = socket.socketpair()
        for end in (self._heard, self._wakes):
            end.setblocking(False)
        self._untold = False
        self._told_at = 0.0

    @property
    def store(self) -> Store | None:
        """The second line, for reading, where it stands."""
        return self._store

    def open(self) -> None:
        """Open the second line where there is none and it is time to try; no error if it fails."""
        if self._store is not None or self._connect is None or monotonic() < self._retry_at:
            return
        try:
            store = self._connect()
        except CentralUnreachable:
            self._retry_at = monotonic() + RETRY_SECONDS
            return
        if not isinstance(store, PostgresStore):
            store.close()
            self._connect = None  # a file has nobody else to tell
            return
        self._store = store
        store.be_patient(READ_SECONDS)
        try:
            found = store.first("SELECT current_schema()")
            self._channel = f"{found[0] if found else ''}_news"
            store.listen(self._channel)
        except CentralUnreachable:
            self.drop()

    def drop(self) -> None:
        """Close the second line; it is opened again later."""
        if self._store is not None:
            self._store.close()
            self._store = None
            self._retry_at = monotonic() + RETRY_SECONDS

    def close(self) -> None:
        """The end: nobody may wake it any more."""
        self.drop()
        self._heard.close()
        self._wakes.close()

    # --- waiting

    def wake(self) -> None:
        """From any thread: there is something to do."""
        try:
            self._wakes.send(b"!")
        except BlockingIOError:
            return  # it was woken so often already

    def wait(self, seconds: float) -> bool:
        """Wait until woken or hinted at, `seconds` at most; True where central has news."""
        if self._store is not None and self._hinted():
            return True  # it came with an answer to something else
        wanted: list[socket.socket | int] = [self._heard]
        try:
            if self._store is not None:
                wanted.append(self._store.socket)
            ready = select.select(wanted, (), (), self._until_due(seconds))[0]
        except (OSError, CentralUnreachable):
            self.drop()
            return False
        if self._heard in ready:
            self._swallow()
        return self._store is not None and self._hinted()

    def _until_due(self, seconds: float) -> float:
        """A hint that waits for its turn cuts the wait short."""
        if self._untold and self._store is not None:
            seconds = min(seconds, self._told_at + HINT_GAP - monotonic())
        return max(0.0, seconds)

    def _swallow(self) -> None:
        try:
            while self._heard.recv(4096):
                pass
        except BlockingIOError:
            return

    def _hinted(self) -> bool:
        assert self._store is not None
        try:
            return self._store.heard()
        except CentralUnreachable:
            self.drop()
            return False

    # --- telling

    def has_news(self) -> None:
        """Something was committed at central that others may want to hear of."""
        self._untold = True

    def tell(self) -> None:
        """Hint at what was committed, unless the last hint was just now: then in the next turn."""
        if not self._untold or self._store is None or monotonic() < self._told_at + HINT_GAP:
            return
        self._untold = False
        self._told_at = monotonic()
        try:
            self._store.tell(self._channel)
        except CentralUnreachable:
            self.drop()
