"""What goes wrong inside the computer of a window, as the plan of a rehearsal says."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from boxoffice.records.store import Row, Store
from boxoffice.rehearsal.noisy import NoisyLink
from boxoffice.rehearsal.plan import Fault, Plan, Trouble
from boxoffice.rehearsal.venue_clock import Board
from boxoffice.services.office import Office
from boxoffice.settings import Home

TROUBLED = 4
"""For so many customers a computer stays in trouble."""
OLDER = 6
"""A file that is put back is as old as so many customers."""
JUMPS = (-3, -1, 1, 2, 26)
"""Hours by which a clock is wrong."""
COPIES = (Fault.FILE_COPIED, Fault.DUPLICATE_WINDOW)


class Troubles:
    """Strikes one window as it turns to its customers."""

    def __init__(
        self,
        plan: Plan,
        board: Board,
        office: Office,
        number: int,
        old_file: Path,
        copy: Callable[[Trouble], Path],
    ) -> None:
        self._board = board
        self._office = office
        self._number = number
        self._old_file = old_file
        self._copy = copy
        """Where a copy of the home goes."""
        self._mine = [trouble for trouble in plan.troubles if trouble.window == number]
        self._full_until = 0
        self._wrong_until = 0
        self._random = Random(0)
        self._place = 0
        self._copied: tuple[Row, ...] = ()

    def begin(self, place: int) -> bool:
        """The window turns to the customer of that place; whether its file is taken away now."""
        self._place = place
        if place > self._wrong_until:
            self._board.jump(self._number, 0)
        for trouble in self._mine:
            if trouble.fault is Fault.OLD_FILE and place == max(1, trouble.at - OLDER):
                self._office.writing.call(self._copy_records)
            if trouble.at == place:
                self._random = Random(trouble.seed)
                self._strike(trouble)
        if not any(t.fault is Fault.OLD_FILE and t.at == place for t in self._mine):
            return False
        # A window that was killed since does not know whether its copy is whole, nor how old.
        return bool(self._copied) and self._office.writing.call(_state) != self._copied

    def _copy_records(self, store: Store) -> None:
        copy_records(self._office.home, self._old_file)
        self._copied = _state(store)

    def _strike(self, trouble: Trouble) -> None:
        link = self._office.link
        if trouble.fault is Fault.CLOCK_JUMPS:
            self._board.jump(self._number, self._random.choice(JUMPS) * 3600)
            self._wrong_until = self._place + TROUBLED
        elif trouble.fault is Fault.FULL_DISK:
            self._full_until = self._place + TROUBLED
        elif trouble.fault in COPIES:
            self._office.writing.call(lambda _: self._copy_home(self._copy(trouble)))
        elif isinstance(link, NoisyLink) and trouble.fault is Fault.DUPLICATE_PUSHES:
            link.twice = TROUBLED
        elif isinstance(link, NoisyLink) and trouble.fault is Fault.REORDERED_PUSHES:
            link.push_older(self._random)

    def _copy_home(self, into: Path) -> None:
        """The whole folder, while nobody writes; it stands there once all of it does."""
        making = into.with_name(f"{into.name}.making")
        shutil.copytree(self._office.home.path, making, ignore=shutil.ignore_patterns("lock"))
        making.rename(into)

    @contextmanager
    def around(self) -> Iterator[None]:
        """While an act goes on: on a full disk files grow no more."""
        if self._place >= self._full_until:
            yield
            return
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        records = Path(f"{self._office.home.window_file}-wal")
        size = records.stat().st_size if records.exists() else 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._random.randint(0, size), hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _state(store: Store) -> tuple[Row, ...]:
    """What tells one state of a file from an older one: its journal, and what it asked central.

    Not what central answered: a file that lacks no more than that is one whose window was killed
    before it stored the answer, and asks again.
    """
    return (
        *store.all("SELECT epoch, number FROM chain_head ORDER BY window_id, epoch"),
        *store.all("SELECT count(*) FROM request"),
    )


def copy_records(home: Home, into: Path) -> None:
    """The window's file, with what has not been moved into it yet."""
    into.mkdir(exist_ok=True)
    for name in _names(home):
        if (home.path / name).exists():
            shutil.copyfile(home.path / name, into / name)


def put_back(home: Home, source: Path) -> None:
    """Put a copy of the window's file in the place of the file."""
    for name in _names(home):
        (home.path / name).unlink(missing_ok=True)
        if (source / name).exists():
            shutil.copyfile(source / name, home.path / name)


def _names(home: Home) -> tuple[str, str]:
    return home.window_file.name, f"{home.window_file.name}-wal"
