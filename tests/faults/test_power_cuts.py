"""The power fails: what was stored, but not durably, since the last durable commit is gone.

A file as a power cut leaves it is its log cut off where it was last written through.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from boxoffice import bootstrap
from boxoffice.records.file_store import FileStore
from boxoffice.services.sales import holds
from boxoffice.services.sharing.held import under_report
from boxoffice.settings import Home
from tests.faults.acts import pay, proof, rows, take, there
from tests.faults.dying import pickup, refund, sale
from tests.faults.test_kills import nothing_open, pickup_is_whole, sale_is_whole
from tests.faults.test_return_kills import refund_is_whole
from tests.homes import AtWork, at_work, small_home

FULL, NORMAL = 2, 1
"""What `PRAGMA synchronous` answers where a commit waits for the disk, and where it does not."""
ACKNOWLEDGED = "SELECT value FROM meta WHERE key = 'pushed_number'"
TOLD = "SELECT number, hash FROM journal WHERE window_id = 1"


class Mains:
    """Sees every commit, and keeps homes as the power failing just then would leave them."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.home = home
        self.folder = folder
        self.cut: list[Home] = []
        self.told_too_early: list[str] = []
        """What central committed while the window could still lose what that rests on."""
        self._through = {path: _log_of(path) for path in (home.window_file, home.central_file)}

    def committed(self, store: FileStore, level: int) -> None:
        """Called after each commit, with the level it was made at."""
        path, window = store.path, self.home.window_file
        if level == FULL:
            self._through[path] = _log_of(path)
        assert self._through[self.home.central_file] == _log_of(self.home.central_file)
        if self._through[window] == _log_of(window):
            return
        if path != window:
            self.told_too_early.append(path.name)
        self.cut.append(self._as_the_cut_leaves_it())

    def _as_the_cut_leaves_it(self) -> Home:
        to = self.folder / f"cut-{len(self.cut)}"
        shutil.copytree(self.home.path, to, ignore=shutil.ignore_patterns("*-shm", "lock"))
        for path, through in self._through.items():
            os.truncate(to / f"{path.name}-wal", through)
        return Home(to)


def _log_of(path: Path) -> int:
    """How long the log of a file is; it only grows while the file is open here."""
    log = path.with_name(f"{path.name}-wal")
    return log.stat().st_size if log.exists() else 0


@contextmanager
def on_mains(work: AtWork, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Mains]:
    """All commits of both files are seen."""
    mains = Mains(work.office.home, folder)
    plain = FileStore.execute

    def execute(store: FileStore, sql: str, params: Sequence[Any] = ()) -> Any:
        answer = plain(store, sql, params)
        if sql == "COMMIT":
            mains.committed(store, int(plain(store, "PRAGMA synchronous").fetchone()[0]))
        return answer

    with patch.context() as context:
        context.setattr(FileStore, "execute", execute)
        yield mains


def abandon(work: AtWork) -> None:
    """A basket is filled, and given up."""
    holds.abandon(office=work.office, desk=work.desk, basket=take(work, (1, 5), (1, 6)))


def abandoned_is_whole(work: AtWork) -> None:
    """Nobody has the seats: neither the window nor central thinks so."""
    assert rows(work, "SELECT seat_id FROM held_seat") == []
    assert there(work, "SELECT seat_id FROM custody_seat WHERE holder IS NOT NULL") == []
    pay(work, take(work, (1, 5), (1, 6)))


def sell_before(work: AtWork) -> None:
    """What a refund needs: two tickets of this shift."""
    pay(work, take(work, (1, 5), (1, 6), at="O2"))


def nothing_before(_: AtWork) -> None:
    """Most acts need nothing."""


ACTS = pytest.mark.parametrize(
    ("before", "act", "check"),
    [
        pytest.param(nothing_before, sale, sale_is_whole, id="sale"),
        pytest.param(nothing_before, pickup, pickup_is_whole, id="pickup"),
        pytest.param(sell_before, refund, refund_is_whole, id="refund"),
        pytest.param(nothing_before, abandon, abandoned_is_whole, id="abandon"),
    ],
)
Act = Callable[[AtWork], None]


@ACTS
def test_after_a_power_cut_an_act_is_there_whole_or_not_at_all(
    before: Act, act: Act, check: Act, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(small_home(tmp_path)) as work:
        before(work)
        with on_mains(work, tmp_path, monkeypatch) as mains:
            act(work)
    assert mains.cut, "nothing of it could be lost, so nothing was tried"
    for home in mains.cut:
        with at_work(home) as again:
            assert proof(home).broken == ()
            nothing_open(again)
            check(again)
        assert proof(home).broken == ()


@ACTS
def test_central_hears_nothing_that_the_window_may_still_lose(
    before: Act, act: Act, check: Act, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(small_home(tmp_path)) as work:
        before(work)
        with on_mains(work, tmp_path, monkeypatch) as mains:
            act(work)
    assert mains.told_too_early == []


def test_an_order_whose_acknowledgement_was_lost_waits_for_central(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_work(small_home(tmp_path)) as work:
        basket = take(work, (1, 5))
        with on_mains(work, tmp_path, monkeypatch) as mains:
            sold = pay(work, basket)
        known = rows(work, ACKNOWLEDGED)
        told = there(work, TOLD)
    (lost,) = mains.cut
    with bootstrap.open_office(lost) as office:
        before = office.writing.call(lambda store: store.all(ACKNOWLEDGED))
        # Central has it and may have given it to another window: here it is not changed meanwhile.
        waits = office.writing.call(lambda store: under_report(store, sold.order_id))
        assert before != known
        assert waits
    with at_work(lost) as again:
        assert rows(again, ACKNOWLEDGED) == known
        assert there(again, TOLD) == told
        assert not again.office.writing.call(lambda store: under_report(store, sold.order_id))


def test_each_commit_is_as_durable_as_it_says(tmp_path: Path) -> None:
    with at_work(small_home(tmp_path)) as work:
        levels = [
            work.office.write(lambda store: store.first("PRAGMA synchronous"), durable=durable)
            for durable in (True, False, False, True, False, True)
        ]
        unit = work.office.unit(lambda unit: unit.store.first("PRAGMA synchronous"))
    assert levels == [(FULL,), (NORMAL,), (NORMAL,), (FULL,), (NORMAL,), (FULL,)]
    assert unit == (FULL,)
