"""The disk fails under the records: full, read-only, damaged, gone; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.errors import BoxOfficeError, CentralUnreachable, DiskTrouble, RecordsUnreadable
from boxoffice.records.store import Store
from boxoffice.services.printing import tickets
from boxoffice.services.sharing import custody, sync
from boxoffice.settings import Home
from tests.faults.acts import (
    broken,
    central_away,
    hand_over,
    name_all,
    pay,
    proof,
    rows,
    sell,
    take,
    there,
    tickets_of,
)
from tests.homes import AtWork, at_work, small_home

WINDOW, CENTRAL = "window", "central"


def store_of(work: AtWork, side: str) -> Store:
    lane = work.office.writing if side == WINDOW else work.office.link.lane
    return lane.call(lambda store: store)


@contextmanager
def read_only(work: AtWork, side: str) -> Iterator[None]:
    """The open connection is refused every write, as by a disk mounted read-only."""
    store = store_of(work, side)
    store.execute("PRAGMA query_only = 1")
    yield
    if store is store_of(work, side):  # a dropped line has a new connection by now
        store.execute("PRAGMA query_only = 0")


@contextmanager
def full(work: AtWork, side: str, room: int = 0) -> Iterator[None]:
    """No page more than `room` can be had."""
    store = store_of(work, side)
    (pages,) = store.first("PRAGMA page_count") or (0,)
    store.execute(f"PRAGMA max_page_count = {pages + room}")
    yield
    if store is store_of(work, side):
        store.execute("PRAGMA max_page_count = 1000000")


def with_documents(work: AtWork, *places: tuple[int, int]) -> str:
    basket = take(work, *places, at="O1")
    name_all(work, basket)
    return basket


def all_in_order(work: AtWork) -> None:
    """After the disk is well again."""
    bootstrap.recover(work.office)
    assert rows(work, "SELECT id FROM attempt WHERE ended_at IS NULL") == []
    assert rows(work, "SELECT id FROM request WHERE status IN ('asked', 'giving')") == []
    assert broken(work) == ()


# --- the window's own file -----------------------------------------------------------------------


def test_a_read_only_window_file_changes_nothing_and_says_so(work: AtWork) -> None:
    basket = with_documents(work, (1, 5))
    order, ids = tickets_of(work, "TT0001")
    acts: list[Callable[[], object]] = [
        lambda: take(work, (1, 6)),
        lambda: pay(work, basket),
        lambda: hand_over(work, order, ids),
    ]
    with read_only(work, WINDOW):
        for act in acts:
            with pytest.raises(DiskTrouble) as trouble:
                act()
            assert trouble.value.fields["file"] == "window.db"
    for act in acts:
        act()
    all_in_order(work)


def test_the_window_file_is_moved_away(work: AtWork) -> None:
    basket = with_documents(work, (1, 5))
    file = work.office.home.window_file
    away = file.rename(file.with_suffix(".away"))
    with pytest.raises(DiskTrouble):
        pay(work, basket)
    away.rename(file)
    pay(work, basket)
    all_in_order(work)


@pytest.mark.parametrize("room", range(12))
def test_the_disk_of_the_window_is_full_somewhere_in_a_sale(work: AtWork, room: int) -> None:
    """However far it came, it is whole or undone, and goes on once there is room."""
    basket = with_documents(work, (1, 5), (1, 6))
    with full(work, WINDOW, room):
        try:
            done = tickets.print_jobs(
                office=work.office, desk=work.desk, job_ids=pay(work, basket).print_jobs
            )
            assert done.printed == 3
        except DiskTrouble:
            pass
    if rows(work, "SELECT status FROM orders WHERE id = ?", basket) == [("open",)]:
        assert rows(work, "SELECT * FROM payment WHERE window_id = 1") == []
        assert pay(work, basket).total_fen == 136_000
    assert rows(work, "SELECT count(*) FROM payment WHERE window_id = 1") == [(1,)]
    all_in_order(work)


@pytest.mark.parametrize("room", range(0, 12, 2))
def test_the_disk_of_the_window_is_full_somewhere_in_a_pickup(work: AtWork, room: int) -> None:
    order, ids = tickets_of(work, "TT0001")
    with full(work, WINDOW, room), suppress(DiskTrouble):
        hand_over(work, order, ids)
    custody.settle(work.office)
    if not rows(work, "SELECT * FROM hand_over"):
        hand_over(work, order, ids)
    assert rows(work, "SELECT count(*) FROM hand_over") == [(2,)]
    all_in_order(work)


def test_the_head_outside_cannot_be_written(work: AtWork) -> None:
    """The sale stands: what is committed is not told as failed."""
    head = work.office.home.head_file
    head.unlink()
    head.mkdir()
    sale = sell(work, (1, 5))
    assert rows(work, "SELECT status FROM orders WHERE id = ?", sale.order_id) == [("paid",)]
    head.rmdir()
    sell(work, (1, 6))
    all_in_order(work)


# --- central's file ------------------------------------------------------------------------------


def spoil(home: Home, how: str) -> Callable[[], None]:
    """Put central's file out of action while it is open; answers how to put it back."""
    file = home.central_file
    kept = file.with_suffix(".kept")
    if how == "moved":
        file.rename(kept)
        return lambda: kept.replace(file) and None
    file.rename(kept)
    file.write_bytes({"rubbish": b"no records at all\n" * 900, "empty": b""}[how])
    return lambda: kept.replace(file) and None


@pytest.mark.parametrize("how", ["moved", "rubbish", "empty"])
def test_centrals_file_goes_while_it_is_open(work: AtWork, how: str) -> None:
    """Nothing new is taken, what is held can be sold, and all is reported when it is back."""
    basket = with_documents(work, (1, 5), (1, 6))
    put_back = spoil(work.office.home, how)
    with pytest.raises(CentralUnreachable):
        take(work, (1, 7))
    with pytest.raises(CentralUnreachable):
        hand_over(work, *tickets_of(work, "TT0001"))
    assert pay(work, basket).total_fen == 136_000
    assert work.office.read(lambda store: sync.unsent(store, 1, 1)) > 0
    put_back()
    sync.push(work.office)
    assert work.office.read(lambda store: sync.unsent(store, 1, 1)) == 0
    assert there(work, "SELECT status FROM orders WHERE id = ?", basket) == [("paid",)]
    take(work, (1, 7))
    hand_over(work, *tickets_of(work, "TT0001"))
    all_in_order(work)


def test_centrals_file_is_overwritten_in_place(work: AtWork) -> None:
    """What was central is no more: nothing is taken from it, and the next start says so."""
    work.office.link.lane.drop()
    raw = bytearray(work.office.home.central_file.read_bytes())
    raw[: len(raw)] = b"\x5a" * len(raw)
    work.office.home.central_file.write_bytes(raw)
    with pytest.raises(CentralUnreachable):
        take(work, (1, 7))


def test_rubbish_at_the_start_is_refused_and_left_alone(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    for file in (home.window_file, home.central_file):
        good = file.read_bytes()
        for bad in (b"rubbish" * 900, b"", good[:5000]):
            file.write_bytes(bad)
            with pytest.raises(RecordsUnreadable), at_work(home) as work:
                take(work, (1, 7))
            assert file.read_bytes() == bad
        file.write_bytes(good)
    with at_work(home):
        pass
    assert proof(home).broken == ()


def test_a_read_only_central_is_out_of_reach(work: AtWork) -> None:
    basket = with_documents(work, (1, 5))
    with read_only(work, CENTRAL), pytest.raises(CentralUnreachable) as trouble:
        take(work, (1, 6))
    assert "readonly" in str(trouble.value.fields["why"])
    take(work, (1, 6))
    pay(work, basket)
    all_in_order(work)


@pytest.mark.parametrize("room", range(0, 6, 2))
def test_the_disk_of_central_is_full(work: AtWork, room: int) -> None:
    basket = with_documents(work, (1, 5))
    with full(work, CENTRAL, room):
        for act in (lambda: take(work, (2, 5)), lambda: pay(work, basket)):
            with suppress(BoxOfficeError):
                act()
    sync.push(work.office)
    assert there(work, "SELECT * FROM review") == []
    assert rows(work, "SELECT status FROM orders WHERE id = ?", basket) == [("paid",)]
    all_in_order(work)


def test_central_comes_and_goes(work: AtWork) -> None:
    for number in range(5, 9):
        basket = take(work, (2, number))
        with central_away(work.office.home):
            pay(work, basket)
    sync.push(work.office)
    assert rows(work, "SELECT * FROM held_order") == []
    all_in_order(work)
