"""A line that is cut and mended for a test, and waiting for what comes by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from tests import servers
from tests.homes import AtWork

SECONDS = 20.0


@contextmanager
def cut_off(database: str) -> Iterator[None]:
    """Nobody reaches the database inside: lines break, and new ones are refused."""
    servers.administer(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
    try:
        servers.administer(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
        )
        yield
    finally:
        servers.administer(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")


def until(work: AtWork, what: Callable[[], object], seconds: float = SECONDS) -> float:
    """Wait until it is so, looking whenever the window tells a change; answers the seconds."""
    told = threading.Event()
    end = work.office.changes.subscribe(lambda _: told.set())
    began = monotonic()
    try:
        while not what():
            left = began + seconds - monotonic()
            assert left > 0, "it did not come"
            told.wait(min(left, 0.05))
            told.clear()
    finally:
        end()
    return monotonic() - began
