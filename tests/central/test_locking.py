"""Who waits for whom at a server: seats in order, heads apart from the window's row (2 and 5)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from boxoffice.central import fencing, freeing, guard, taking
from boxoffice.central.items import Items, ended_pool
from boxoffice.domain.ids import new_id
from boxoffice.records.postgres import PostgresStore
from tests import servers
from tests.central.conftest import Central
from tests.central.test_pushing import START, entry

pytestmark = pytest.mark.parametrize("central", ["server"], indirect=True)
SEAT = "SELECT seat_id FROM custody_seat WHERE session_id = ? AND seat_id = ?"


@pytest.fixture
def second_line(central: Central) -> Iterator[PostgresStore]:
    """Another connection of window 1."""
    (database,) = central.store.first("SELECT current_database()") or ("",)
    with closing(servers.as_window(str(database), 1)) as store:
        yield store


def until_they_wait(central: Central, count: int) -> None:
    """Until so many statements wait for a row that somebody else has locked."""
    never = threading.Event()
    for _ in range(1000):
        if central.store.first(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock'"
        ) == (count,):
            return
        never.wait(0.01)
    raise AssertionError("they never waited")


def until_it_waits(central: Central, window: int) -> None:
    """Until a window waits for a row that somebody else has locked."""
    never = threading.Event()
    for _ in range(1000):
        if central.store.first(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
            "AND usename = ? AND wait_event_type = 'Lock'",
            (f"{servers.SCHEMA}_w{window}",),
        ):
            return
        never.wait(0.01)
    raise AssertionError("it never waited")


def test_rule_2_seats_are_locked_in_sorted_order(central: Central) -> None:
    """Who waits for the lower seat has nothing of the higher one, whichever it named first."""
    low, high = central.seat(1, 5), central.seat(1, 6)
    wanted = Items(seats=(high, low))
    with ThreadPoolExecutor(1) as clerk:
        with central.store.transaction():
            assert central.store.first(f"{SEAT} FOR UPDATE", low) == (low[1],)
            asked = clerk.submit(
                taking.take, central.of(central.one), central.one, new_id(), wanted
            )
            until_it_waits(central, 1)
            assert central.store.first(f"{SEAT} FOR UPDATE SKIP LOCKED", high) == (high[1],)
        asked.result(20)
    assert central.holder(low) == central.holder(high) == (1, 1, None)


def test_rule_5_an_open_push_keeps_no_take_waiting(
    central: Central, second_line: PostgresStore
) -> None:
    """Its head stands in another table than the row that every write looks at."""
    one = central.of(central.one)
    second_line.be_patient(2)
    with one.transaction():
        guard.check(one, central.one)
        row = entry(central.one, START)
        one.run(f"INSERT INTO journal VALUES ({', '.join('?' * len(row))})", row)
        taking.take(second_line, central.one, new_id(), Items(seats=(central.seat(1, 5),)))
    assert central.holder(central.seat(1, 5)) == (1, 1, None)


def test_rule_17_freeing_and_a_late_report_do_not_lock_each_other_out(central: Central) -> None:
    """Both want the pool of the ended epoch and row 0 of the session: row 0 first."""
    session = central.session("G1")
    taking.take(central.of(central.one), central.one, new_id(), Items(places=((session, 4),)))
    fencing.fence(central.store, 1, operator="3001", reason="gone")
    (database,) = central.store.first("SELECT current_database()") or ("",)
    ways = [[session, ended_pool(1, 1), 0, 1]]
    with (
        closing(servers.as_owner(str(database))) as late,
        closing(servers.as_owner(str(database))) as free,
        ThreadPoolExecutor(2) as both,
    ):
        with central.store.transaction():
            zero = "SELECT 1 FROM pool WHERE session_id = ? AND holder = 0 FOR UPDATE"
            central.store.first(zero, (session,))
            told = both.submit(late.first, "SELECT * FROM move_places(?::bigint[])", (ways,))
            until_they_wait(central, 1)
            freed = both.submit(
                free.first, "SELECT free_places(1, 1, ?, '3001', '3002', 'gone')", (session,)
            )
            until_they_wait(central, 2)
        assert told.result(20) == (None, None)
        assert freed.result(20) == (3,)


def test_rule_17_freeing_goes_through_the_sessions_as_a_push_does(central: Central) -> None:
    """A push that returns in two sessions has the first one's pool: the second is still to be had.

    Freed are a seat of the later one and places of the earlier one.
    """
    early, late = 0, central.session("O2")
    with central.store.transaction():
        copied = "business_day, kind, name_zh, name_en, gates_open, starts_at, price_plan, plan_id"
        copied += ", capacity, real_name, policy"
        central.store.run(
            f"INSERT INTO session (id, code, {copied}) SELECT ?, 'G0', {copied} "
            "FROM session WHERE code = 'G1'",
            (early,),
        )
        central.store.run(
            "INSERT INTO pool (session_id, holder, places) VALUES (?, 0, 6)", (early,)
        )
    wanted = Items(seats=(central.seat(1, 5),), places=((early, 2),))
    taking.take(central.of(central.one), central.one, new_id(), wanted)
    fencing.fence(central.store, 1, operator="3001", reason="gone")
    (database,) = central.store.first("SELECT current_database()") or ("",)
    zero = "SELECT 1 FROM pool WHERE session_id = ? AND holder = 0 FOR UPDATE"
    with (
        closing(servers.as_owner(str(database))) as boss,
        ThreadPoolExecutor(1) as supervisor,
    ):
        with central.store.transaction():
            assert central.store.first(zero, (early,))
            freed = supervisor.submit(free_all, boss)
            until_they_wait(central, 1)
            assert central.store.first(f"{zero} SKIP LOCKED", (late,)), "it has nothing of that"
        assert (freed.result(20).seats, freed.result(20).places) == (1, 2)


def test_rule_17_freeing_comes_to_the_pools_last(central: Central) -> None:
    """As everybody does: a push that met a document of the lost window goes on to the pools."""
    session = central.session("G1")
    wanted = Items(places=((session, 2),), claims=((session, "doc"),))
    taking.take(central.of(central.one), central.one, new_id(), wanted)
    fencing.fence(central.store, 1, operator="3001", reason="gone")
    (database,) = central.store.first("SELECT current_database()") or ("",)
    with (
        closing(servers.as_owner(str(database))) as boss,
        ThreadPoolExecutor(1) as supervisor,
    ):
        with central.store.transaction():
            central.store.first("SELECT 1 FROM claim WHERE document_hash = 'doc' FOR UPDATE")
            freed = supervisor.submit(free_all, boss)
            until_they_wait(central, 1)
            zero = "SELECT 1 FROM pool WHERE session_id = ? AND holder = 0 FOR UPDATE SKIP LOCKED"
            assert central.store.first(zero, (session,)), "it has nothing of the pools yet"
        assert (freed.result(20).places, freed.result(20).claims) == (2, 1)


def free_all(store: PostgresStore) -> freeing.Freed:
    return freeing.free(store, 1, 1, operator="3001", reason="gone", approver="3002")
