"""A copy of a window that went its own way: reported by its home, and set aside (rule 12).

Its journal cannot be pushed any more. Once central keeps what it did as an epoch of its own
(`central.forking`), the file is put aside whole and the window begins with a new one, as a new
computer does.
"""

from __future__ import annotations

import os
import shutil
from bisect import bisect_left
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from boxoffice.central import forking, guard
from boxoffice.central.items import Credentials
from boxoffice.errors import DiskTrouble
from boxoffice.records.file_store import open_records
from boxoffice.records.meta import write_fact
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain, head_of
from boxoffice.services import homes
from boxoffice.services.sharing import sync
from boxoffice.settings import Home


@dataclass(frozen=True, slots=True)
class Fork:
    """Where a file's journal and central's part."""

    epoch: int
    number: int
    """Of the first entry that is another one there."""
    hash: str
    """Of that entry here."""

    @property
    def file_name(self) -> str:
        """What the file is called once it is set aside."""
        return f"window.db.forked-{self.epoch}-{self.number}"


def found(store: Store, central: Store, window: int, epoch: int) -> Fork | None:
    """Where the two part; None where one is the beginning of the other."""
    known = min(head_of(store, window, epoch)[0], head_of(central, window, epoch)[0])

    def differs(number: int) -> bool:
        return _hash(store, window, epoch, number) != _hash(central, window, epoch, number)

    # Each entry names the one before: after the first that differs all do.
    number = bisect_left(range(1, known + 1), True, key=differs) + 1
    if number > known:
        return None
    return Fork(epoch, number, _hash(store, window, epoch, number))


def _hash(store: Store, window: int, epoch: int, number: int) -> str:
    row = store.first(
        "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?",
        (window, epoch, number),
    )
    return str(row[0]) if row else ""


def report(store: Store, central: Store, window: int, fork: Fork) -> None:
    """Have central, as its owner sees it, keep all of a copy's own; safe to repeat.

    Raises EpochRuns.
    """
    with central.transaction():
        guard.check(central, Credentials(window, fork.epoch, 0, ended=True))
    with store.transaction():
        # Whatever this file believes: central has nothing of it from there on.
        write_fact(store, sync.PUSHED, str(fork.number - 1))
        page = sync.page_of(Chain(window, fork.epoch), store, ended=True, whole=True)
        told = {row[0] for row in page.attempts}
        # Payments of baskets, which are in no journal.
        left = [row for row in sync.untold_attempts(store) if row[0] not in told]
    page = replace(page, attempts=[*page.attempts, *left])
    forking.take_in(central, window, fork.epoch, page)


def is_kept(central: Store, window: int, fork: Fork) -> bool:
    """Whether central keeps what the copy did."""
    return forking.kept_as(central, window, fork.epoch, fork.hash) is not None


def set_aside(home: Home, key: bytes, fork: Fork, facts: dict[str, str]) -> Path:
    """A new file of records with these facts in the place of the copy; answers where that went.

    The home is locked and no file of it open. Safe to repeat. Raises DiskTrouble.
    """
    fresh, kept = home.path / "window.db.making", home.path / fork.file_name
    with homes.trouble(fresh):
        for end in ("", "-wal", "-shm"):
            Path(f"{fresh}{end}").unlink(missing_ok=True)
    with closing(open_records(fresh, key, "WINDOW", make=True)) as store, store.transaction():
        for name, value in facts.items():
            write_fact(store, name, value)
    if Path(f"{home.window_file}-wal").exists():
        raise DiskTrouble(file=home.window_file.name, why="its log is still there")
    with homes.trouble(kept):
        shutil.copy2(home.window_file, kept)
        with kept.open("rb+") as file:
            os.fsync(file.fileno())  # else a power cut may keep the new name and lose what it has
        fresh.replace(home.window_file)
    return kept
