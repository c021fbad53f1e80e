"""Records that were copied, or put back from a backup, start locked (rule 16)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from boxoffice import bootstrap, clock
from boxoffice.central import guard
from boxoffice.errors import (
    CopiedRecords,
    ForkedJournal,
    RecordsBehind,
)
from boxoffice.services import machine
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.services.staff import shifts
from boxoffice.settings import Home, HomeKind, Settings
from tests import servers
from tests.faults.acts import (
    DEAF,
    faulty,
    rows,
    sell,
    take,
)
from tests.homes import NOON, AtWork, at_work, small_home
from tests.windows import window_home

BY = {"operator": "9001", "reason": "lost"}


@pytest.fixture(autouse=True)
def _own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(machine.FOLDER, str(tmp_path / "this-computer"))


def copy(home: Home, folder: Path) -> Home:
    return Home(Path(shutil.copytree(home.path, folder)))


@contextmanager
def opened(home: Home) -> Iterator[Office]:
    clock.use(lambda: NOON)
    with bootstrap.open_office(home) as office:
        yield office


def mark(home: Home) -> None:
    with opened(home) as office:
        office.writing.call(lambda store: machine.mark(store, home))


def why_locked(home: Home) -> str:
    """Opened, read, and asked to work."""
    with opened(home) as office:
        assert office.read(lambda store: store.first("SELECT count(*) FROM journal")) is not None
        try:
            bootstrap.recover(office)
        except CopiedRecords as locked:
            return str(locked.fields["why"])
        return ""


def test_a_restored_file_can_be_read_and_nothing_more(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        sell(work, (1, 5))
    older = home.window_file.read_bytes()
    with at_work(home) as work:
        sell(work, (1, 6))
        desk = work.desk
    home.window_file.write_bytes(older)
    with opened(home) as office:
        work = AtWork(office, desk)
        assert rows(work, "SELECT count(*) FROM orders WHERE version > 0")
        head = rows(work, "SELECT * FROM chain_head")
        acts: list[Callable[[], object]] = [
            lambda: bootstrap.recover(office),
            lambda: take(work, (1, 7)),
            lambda: shifts.open_shift(office=office, desk=desk, float_fen=1),
            lambda: sync.push(office),
            lambda: sync.pull(office),
        ]
        for act in acts:
            with pytest.raises(RecordsBehind) as locked:
                act()
            assert locked.value.fields["file"] == "window.db"
        assert rows(work, "SELECT * FROM chain_head") == head


def test_a_folder_put_back_whole_is_found_out_by_central(tmp_path: Path) -> None:
    """The head outside went back with the file: central knows better."""
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as work:
        sell(work, (1, 5))
    backup = copy(home, tmp_path / "backup")
    with at_work(home) as work:
        sell(work, (1, 6))
    with pytest.raises(RecordsBehind), at_work(backup):
        pass
    with opened(backup) as office, pytest.raises(RecordsBehind):
        sync.pull(office)


def test_a_copy_that_went_its_own_way_is_found_out(tmp_path: Path) -> None:
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as work:
        other = copy(home, tmp_path / "other")
        sell(work, (1, 5))
    with opened(other) as office:
        desk = work.desk
        copied = faulty(AtWork(office, desk), *[DEAF] * 99)
        for act in ("one", "two"):
            copied.office.unit(lambda unit, act=act: unit.record(act))
        with pytest.raises(ForkedJournal):
            sync.pull(office)
        with pytest.raises(ForkedJournal):
            office.unit(lambda unit: unit.record("test"))


@pytest.mark.parametrize("kind", [HomeKind.TRAINING, HomeKind.REAL])
def test_a_copied_home_starts_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: HomeKind
) -> None:
    if kind is HomeKind.REAL:  # marked by its first start
        home = Home(tmp_path / "home")
        clock.use(lambda: NOON)
        bootstrap.make_home(home, Settings(kind=kind))
    else:  # only where somebody asked for it
        home = small_home(tmp_path)
        mark(home)
    assert why_locked(home) == ""
    assert why_locked(home) == "", "again and again"
    beside = copy(home, tmp_path / "beside")
    assert why_locked(beside) == "place"
    assert why_locked(home) == "", "the right one goes on"
    assert why_locked(beside) == "older"
    monkeypatch.setenv(machine.FOLDER, str(tmp_path / "another-computer"))
    assert why_locked(beside) == "machine"
    assert why_locked(home) == "machine"
    monkeypatch.setenv(machine.FOLDER, str(tmp_path / "this-computer"))
    moved = Home(home.path.rename(tmp_path / "moved"))
    assert why_locked(moved) == "", "a folder that was moved is no copy"


def test_an_older_copy_in_the_same_place_starts_locked(tmp_path: Path) -> None:
    """A backup of the whole folder, put back while there is no network to tell."""
    home = small_home(tmp_path)
    mark(home)
    assert why_locked(home) == ""
    backup = copy(home, tmp_path / "backup")
    assert why_locked(home) == ""
    shutil.rmtree(home.path)
    backup.path.rename(home.path)
    assert why_locked(home) == "older"
    with opened(home) as office:
        known = office.writing.call(lambda store: machine.twin(store, home))
    assert known, "what it tells is not all there was"


def test_homes_without_a_mark_are_copied_freely(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    for name in ("one", "two"):
        with at_work(copy(home, tmp_path / name)) as work:
            sell(work, (1, 5))
            assert not work.office.writing.call(machine.marked)
    assert not (tmp_path / "this-computer").exists()


def test_a_start_that_was_killed_while_it_was_counted_raises_no_alarm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small_home(tmp_path)
    mark(home)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(machine, "_remember", killed)
        with pytest.raises(KeyboardInterrupt), opened(home):
            pass
    assert why_locked(home) == ""


def test_a_copied_file_started_twice_stops_the_older_without_ping_pong(tmp_path: Path) -> None:
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as first:
        take(first, (1, 5))
        twin = copy(home, tmp_path / "twin")
        with opened(twin) as second:
            sync.pull(second)
            for _ in range(2):
                with pytest.raises(CopiedRecords) as stopped:
                    take(first, (1, 6))
                assert stopped.value.fields == {"window": 1, "why": "twice"}
            with pytest.raises(CopiedRecords):
                shifts.open_shift(office=first.office, desk=first.desk, float_fen=1)
            for act in (sync.push, sync.pull):
                with pytest.raises(CopiedRecords):
                    act(first.office)
            # The one that came later was not thrown out in turn.
            second.link.call(lambda store, who: guard.check(store, who))
