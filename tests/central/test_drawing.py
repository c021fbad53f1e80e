"""How windows draw places of one session beside each other at a server (rule 11)."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import closing

import peewee
import pytest

from boxoffice import clock
from boxoffice.central import fencing, granting, pools, stock, taking
from boxoffice.central.items import Credentials, Items
from boxoffice.domain.ids import new_id
from boxoffice.errors import NotEnoughPlaces
from boxoffice.records.custody import CENTRAL_PLACES, CENTRAL_POOL, SLICE_POOL
from boxoffice.services.programme import schedule
from tests import servers
from tests.central.conftest import Central
from tests.homes import NOON

pytestmark = pytest.mark.parametrize("central", ["server"], indirect=True)
MANY = 1_000
"""Places of a session with slices worth the name."""
WINDOWS = 100


@pytest.fixture
def ground(central: Central) -> int:
    """An unnumbered session of many places."""
    session = central.session("G1")
    with central.store.transaction():
        had = central.pool("G1")[CENTRAL_POOL]
        central.store.run("UPDATE session SET capacity = ? WHERE id = ?", (MANY, session))
        stock.resize_session(central.store, session, MANY - had)
    return session


def take(central: Central, who: Credentials, session: int, places: int) -> None:
    taking.take(central.of(who), who, new_id(), Items(places=((session, places),)))


def left(central: Central, session: int) -> int:
    found = central.store.first(
        f"SELECT places FROM {CENTRAL_PLACES} o WHERE session_id = ?", (session,)
    )
    return int(found[0]) if found else 0


def slices(central: Central) -> dict[int, int]:
    return {holder: n for holder, n in central.pool("G1").items() if holder <= SLICE_POOL}


def adds_up(central: Central, session: int) -> None:
    """Every pool is what was moved into it, and together they are the capacity."""
    moved: Counter[int] = Counter()
    for giver, taker, places in central.store.all(
        "SELECT giver, taker, places FROM pool_transfer WHERE session_id = ?", (session,)
    ):
        moved[taker] += places
        if giver is not None:
            moved[giver] -= places
    assert {holder: n for holder, n in moved.items() if n} == central.pool("G1")
    assert sum(moved.values()) == MANY


def test_windows_that_draw_on_one_session_do_not_wait_for_each_other(
    central: Central, ground: int
) -> None:
    for who in (central.one, central.two):
        take(central, who, ground, 2)
    assert set(slices(central)) == {SLICE_POOL - 1, SLICE_POOL - 2}
    wanted = granting.statement(central.one, new_id(), Items(places=((ground, 3),)))
    with central.of(central.one).transaction():
        central.of(central.one).run(*wanted)
        # In clear of what window 1 has not committed; or the server would say that it waited.
        central.of(central.two).execute("SET lock_timeout = '1s'")
        take(central, central.two, ground, 3)
    assert central.pool("G1")[1] == central.pool("G1")[2] == 5
    adds_up(central, ground)


def test_the_last_place_is_found_in_whosever_slice_it_is(central: Central, ground: int) -> None:
    take(central, central.two, ground, 2)
    apart = sum(slices(central).values())
    assert apart
    take(central, central.one, ground, MANY - 2 - apart + 1)
    assert left(central, ground) == apart - 1
    with pytest.raises(NotEnoughPlaces) as refused:
        take(central, central.one, ground, apart)
    assert refused.value.fields == {"count": apart, "left": apart - 1}
    take(central, central.one, ground, apart - 1)
    assert central.pool("G1") == {1: MANY - 2, 2: 2}
    adds_up(central, ground)


def test_a_correction_withdraws_what_lies_in_slices_too(central: Central, ground: int) -> None:
    take(central, central.one, ground, 1)
    assert slices(central)
    with central.store.transaction():
        stock.resize_session(central.store, ground, -(MANY - 1))
    assert left(central, ground) == 0


def test_who_reads_what_central_has_reads_the_slices_too(central: Central, ground: int) -> None:
    take(central, central.one, ground, 4)
    assert slices(central)
    assert left(central, ground) == MANY - 4
    assert schedule._standing(central.store)["G1"].gone == 4
    with pytest.raises(NotEnoughPlaces) as refused, central.store.transaction():
        pools.refuse(central.store, ground, CENTRAL_POOL, MANY)
    assert refused.value.fields["left"] == MANY - 4


def test_few_places_are_not_laid_apart(central: Central) -> None:
    take(central, central.one, central.session("G1"), 1)
    assert central.pool("G1") == {0: 5, 1: 1}


def test_places_in_a_slice_come_back_by_no_other_way(central: Central, ground: int) -> None:
    """A window draws what it may have and nothing else."""
    take(central, central.one, ground, 1)
    before = central.pool("G1")
    asked = (
        f"SELECT draw_places({ground}, 0)",
        f"SELECT draw_places({ground}, -5)",
        f"SELECT draw_places({ground}, NULL)",
        f"SELECT gather_places({ground})",
        f"SELECT move_places(ARRAY[ARRAY[{ground}, {SLICE_POOL - 1}, 2, 1]])",
        f"SELECT move_places(ARRAY[ARRAY[{ground}, 0, {SLICE_POOL - 1}, 1]])",
        f"SELECT move_places(ARRAY[ARRAY[{ground}, 0, -1, 1]])",
    )
    for sql in asked:
        with pytest.raises(peewee.IntegrityError):
            central.of(central.two).execute(sql)
    found = central.of(central.two).first(f"SELECT draw_places({ground}, {MANY})")
    assert found == (False,)
    assert central.pool("G1") == before


def test_a_window_whose_epoch_has_ended_draws_nothing(central: Central, ground: int) -> None:
    fencing.fence(central.store, 2, operator="9001", reason="stolen")
    before = central.pool("G1")
    for sql in (
        f"SELECT draw_places({ground}, 1)",
        f"SELECT move_places(ARRAY[ARRAY[{ground}, 0, 2, 1]])",
    ):
        with pytest.raises(peewee.IntegrityError):
            central.of(central.two).execute(sql)
    assert central.pool("G1") == before


def test_what_comes_back_later_is_no_more_than_was_laid_there(central: Central) -> None:
    """A row that tells of places is none by itself; a trigger sees to that as well."""
    session = central.session("G1")
    with central.store.transaction():
        central.store.execute("ALTER TABLE returning_places DISABLE TRIGGER USER")
        central.store.run(
            "INSERT INTO returning_places (id, session_id, places, free_from) VALUES (?, ?, 5, ?)",
            (new_id(), session, clock.to_text(NOON)),
        )
    with pytest.raises(NotEnoughPlaces):
        take(central, central.one, session, 7)
    take(central, central.one, session, 6)


def test_who_somebody_is_costs_no_more_with_many_windows(central: Central) -> None:
    """Every policy and trigger asks it, several times in a take; so many lie on a page or two."""
    few = _seconds(central)
    with central.store.transaction():
        central.store.run(
            "INSERT INTO ticket_window (id, name, epoch, connection) "
            "SELECT n, n::text, 1, 0 FROM generate_series(100, ?) n",
            (100 + WINDOWS,),
        )
    central.store.execute("ANALYZE ticket_window")
    assert _seconds(central) < 8 * few


def _seconds(central: Central) -> float:
    """Of a thousand times, at best."""
    (database,) = central.store.first("SELECT current_database()") or ("",)
    with closing(servers.as_window(str(database), 1)) as store:
        found = []
        for _ in range(4):
            began = time.perf_counter()
            store.first("SELECT count(me()), count(my_epoch()) FROM generate_series(1, 1000)")
            found.append(time.perf_counter() - began)
        return min(found)
