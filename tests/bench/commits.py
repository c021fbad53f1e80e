"""An act against as many bare commits as it needs, durable, taken in turn."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from boxoffice.domain.ids import new_id

ROUNDS = 60
WARM_UP = 5

WINDOW, CENTRAL = "window", "central"
ASKED_AGAIN = "window, not durable"
"""A commit of the window that does not wait for the disk."""


_LEVEL = {WINDOW: "full", CENTRAL: "full", ASKED_AGAIN: "normal"}


def figure(
    name: str, value: float, baseline: float, commits: tuple[tuple[str, str], ...]
) -> dict[str, object]:
    """The line of a figure in ms, its commits named."""
    named = "; ".join(f"{where}: {what}" for where, what in commits)
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "ms",
        "baseline": f"{len(commits)} bare sqlite3 commits, WAL, FULL or NORMAL, as in ({named})",
        "baseline_value": round(baseline, 3),
    }


def in_turn(
    acts: Iterator[Callable[[], object]], bare: Callable[[], object]
) -> tuple[float, float]:
    """Medians of the acts and of the bare commits in ms."""
    ours, theirs = [], []
    for round_, act in zip(range(ROUNDS + WARM_UP), acts, strict=False):
        started = time.perf_counter()
        act()
        between = time.perf_counter()
        bare()
        ended = time.perf_counter()
        if round_ >= WARM_UP:  # the first rounds warm caches up
            ours.append(1000 * (between - started))
            theirs.append(1000 * (ended - between))
    return statistics.median(ours), statistics.median(theirs)


def bare(folder: Path, commits: tuple[tuple[str, str], ...]) -> Callable[[], object]:
    """As many commits of one row each, to files of their own."""
    files = {}
    for where in (WINDOW, CENTRAL):
        database = sqlite3.connect(folder / f"bare-{where}-{len(commits)}.db", isolation_level=None)
        database.execute("PRAGMA journal_mode = wal")
        database.execute("CREATE TABLE row (id TEXT PRIMARY KEY, value TEXT) STRICT")
        files[where] = database

    def run() -> None:
        for where, what in commits:
            database = files[WINDOW if where == ASKED_AGAIN else where]
            with closing(database.cursor()) as cursor:
                cursor.execute(f"PRAGMA synchronous = {_LEVEL[where]}")
                cursor.execute("BEGIN IMMEDIATE")
                cursor.execute("INSERT INTO row VALUES (?, ?)", (new_id(), what))
                cursor.execute("COMMIT")

    return run
