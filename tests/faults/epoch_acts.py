"""A new epoch killed at the Nth step: each statement here and at the server, each file written."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from boxoffice import bootstrap, clock, settings
from boxoffice.records.file_store import FileStore
from boxoffice.records.postgres import PostgresStore
from boxoffice.services.setup import enrolment
from boxoffice.settings import Home
from tests.homes import NOON

WATCHED: tuple[tuple[Any, str], ...] = (
    *((FileStore, name) for name in ("execute", "many")),
    *((PostgresStore, name) for name in ("execute", "many", "batch")),
    (enrolment, "_mark"),
    (enrolment, "replace_keys"),
    (settings, "save"),
    (Path, "unlink"),
)


class Steps:
    """Counts the steps of this process, and kills it as it is about to take a given one."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.taken = 0

    def watch(self) -> None:
        """From now on; nothing is put back, for the process ends with it."""
        for owner, name in WATCHED:
            setattr(owner, name, self._watched(getattr(owner, name)))

    def _watched(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            if self.taken == self.last:
                os.kill(os.getpid(), signal.SIGKILL)
            self.taken += 1
            return step(*given, **named)

        return watched


def enrol_in_child(home: Home, file: Path | None, last: int) -> int | None:
    """Enrol a home in a process of its own, killed before step `last`.

    Answers how many steps it took where it lived to the end, else None.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(reading)
            clock.use(lambda: NOON)
            steps = Steps(last)
            steps.watch()
            bootstrap.enrol_window(home, file, lambda *_: None)
            os.write(writing, str(steps.taken).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        said = answers.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    assert status == 0, f"enrolling failed at step {last}"
    return int(said)
