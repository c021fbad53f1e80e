"""Sixteen windows want the same seats at the same moment (rules 1, 2 and 11)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from random import Random
from threading import Barrier
from time import perf_counter

import pytest

from boxoffice.central import founding, guard, stock, taking
from boxoffice.central.enrolling import enrol
from boxoffice.central.items import Credentials, Items
from boxoffice.domain.ids import new_id
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import SeatHeld, SeatTaken
from boxoffice.records.postgres import ANSWER_SECONDS, PostgresStore
from tests import servers

WINDOWS = 16
SEATS = 13_520 if os.environ.get("BOXOFFICE_FULL_RUSH") else 1_600
"""Of the rushed session; the full rush is one of the largest court."""
SESSION = 900
PAIRS = 6
GIVES = 0.15
"""How often a window gives a group back instead of taking another."""
SPARED = 0.1
"""Of the seats: while fewer are left nobody gives any back."""


@dataclass
class Rusher:
    """One window with a connection of its own, and what it was granted."""

    store: PostgresStore
    who: Credentials
    held: list[tuple[int, ...]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    """How often it was too late, by who was faster."""
    answers: int = 0
    slowest: float = 0.0

    def take(self, seats: Sequence[int]) -> bool:
        """Ask for a group; False where somebody has one of it."""
        began = perf_counter()
        items = Items(seats=tuple((SESSION, seat) for seat in seats))
        try:
            taking.take(self.store, self.who, new_id(), items)
        except SeatHeld as held:
            self.refused[str(held.fields["window"])] += 1
            return False
        except SeatTaken:
            # Whoever had it gave it back before it could be said who that is.
            self.refused[""] += 1
            return False
        finally:
            self.slowest = max(self.slowest, perf_counter() - began)
        self.answers += 1
        self.held.append(tuple(seats))
        return True

    def give(self, group: int) -> None:
        seats = self.held.pop(group)
        items = Items(seats=tuple((SESSION, seat) for seat in seats))
        taking.give(self.store, self.who, new_id(), items)
        self.answers += 1


@dataclass
class Rush:
    owner: PostgresStore
    rushers: list[Rusher]

    def all_at_once(self, act: Callable[[Rusher], object]) -> float:
        """Everybody begins at the same moment; answers the seconds until the last was done."""
        start = Barrier(len(self.rushers) + 1)

        def run(rusher: Rusher) -> None:
            start.wait()
            act(rusher)

        with ThreadPoolExecutor(len(self.rushers)) as crowd:
            done = [crowd.submit(run, rusher) for rusher in self.rushers]
            start.wait()
            began = perf_counter()
            for each in done:
                each.result()
        return perf_counter() - began


@pytest.fixture
def rush() -> Iterator[Rush]:
    """A session with nothing but free seats, and sixteen windows that have greeted central."""
    database = servers.fresh_database()
    with ExitStack() as ending:
        owner = ending.enter_context(closing(servers.as_owner(database)))
        with owner.transaction():
            owner.run("INSERT INTO plan VALUES (900, 'rush', 1, 1, '')")
            owner.run(
                "INSERT INTO seat SELECT 100000 + n, 900, 'R' || n, 'z', '1', n::text, 'A', n, 0, "
                "1, n FROM generate_series(1, ?) n",
                (SEATS,),
            )
            owner.run(
                "INSERT INTO session VALUES (?, 'R', '2025-09-27', 'day', '', '', '', '', 'p', "
                "900, ?, 0, '')",
                (SESSION, SEATS),
            )
            stock.open_session(owner, SESSION, 900, SEATS)
            for window in range(3, WINDOWS + 1):
                enrol(owner, window, f"window {window}", CertifiedKey(window, 1, b"", b""))
                founding.let_in(owner, servers.SCHEMA, window, servers.PASSWORD)
        rushers = []
        for window in range(1, WINDOWS + 1):
            store = ending.enter_context(closing(servers.as_window(database, window)))
            rushers.append(Rusher(store, guard.hello(store, window, 1).credentials))
        yield Rush(owner, rushers)


def test_of_sixteen_windows_one_gets_the_last_pair(rush: Rush) -> None:
    """All others hear at once that it is gone, and to whom."""
    names = dict(rush.owner.all("SELECT id, name FROM ticket_window"))
    for first in range(100_001, 100_001 + 2 * PAIRS, 2):
        pair = (first, first + 1)
        for rusher in rush.rushers:
            rusher.held.clear()
            rusher.refused.clear()
        # Half of them name it the other way round: central sorts, or they would wait in a ring.
        rush.all_at_once(
            lambda rusher, pair=pair: rusher.take(pair[:: 1 if rusher.who.window % 2 else -1])
        )
        (winner,) = [rusher for rusher in rush.rushers if rusher.held]
        name = str(names[winner.who.window])
        assert all(r.refused == {name: 1} for r in rush.rushers if r is not winner)
        holders = rush.owner.all(
            "SELECT DISTINCT holder FROM custody_seat WHERE session_id = ? AND seat_id IN (?, ?)",
            (SESSION, *pair),
        )
        assert holders == [(winner.who.window,)]
    assert max(rusher.slowest for rusher in rush.rushers) < ANSWER_SECONDS


def test_a_rush_for_a_whole_court_leaves_no_seat_and_sells_none_twice(rush: Rush) -> None:
    """Twos, threes and fours at random, and some given back, until nothing is left."""
    seconds = rush.all_at_once(until_nothing_is_left)
    slowest = max(rusher.slowest for rusher in rush.rushers)
    refused = sum(sum(rusher.refused.values()) for rusher in rush.rushers)
    granted = sum(rusher.answers for rusher in rush.rushers)
    print(f"{SEATS} seats in {seconds:.1f} s: {granted=} {refused=} {slowest=:.3f}")  # -rP shows it
    held = [seat for rusher in rush.rushers for group in rusher.held for seat in group]
    assert len(held) == len(set(held)) == SEATS, "none twice, none lost"
    there = rush.owner.all(
        "SELECT holder, seat_id FROM custody_seat WHERE session_id = ? AND order_id IS NULL",
        (SESSION,),
    )
    assert set(there) == {(r.who.window, seat) for r in rush.rushers for g in r.held for seat in g}
    _pools_add_up(rush)
    # None stuck: every answer is booked once and told on the feed, and nobody waits for a lock.
    booked = rush.owner.all("SELECT window_id, count(*) FROM answer GROUP BY 1")
    assert dict(booked) == {r.who.window: r.answers for r in rush.rushers}
    told = rush.owner.first(
        "SELECT count(*), count(DISTINCT request_id) FROM feed WHERE request_id IS NOT NULL"
    )
    assert told == (sum(r.answers for r in rush.rushers),) * 2
    assert not rush.owner.all(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state <> 'idle'"
    )


def until_nothing_is_left(rusher: Rusher) -> None:
    """As sixteen clerks in a hurry: each from a map that is never quite of this moment."""
    chance = Random(rusher.who.window)
    free = _free(rusher)
    while free:
        if rusher.held and len(free) > SPARED * SEATS and chance.random() < GIVES:
            rusher.give(chance.randrange(len(rusher.held)))
        start = chance.randrange(len(free))
        group = free[start : start + chance.choice((2, 2, 3, 4))]
        wanted = chance.sample(group, len(group))  # in no order: central sorts them
        rusher.take(wanted)
        gone = set(group)
        free = [seat for seat in free if seat not in gone]
        if not free or chance.random() < 0.05:
            free = _free(rusher)


def _free(rusher: Rusher) -> list[int]:
    return [
        int(row[0])
        for row in rusher.store.all(
            "SELECT seat_id FROM custody_seat WHERE session_id = ? AND holder IS NULL "
            "AND order_id IS NULL ORDER BY seat_id",
            (SESSION,),
        )
    ]


def _pools_add_up(rush: Rush) -> None:
    pools = dict(
        rush.owner.all(
            "SELECT holder, places FROM pool WHERE session_id = ? AND places > 0", (SESSION,)
        )
    )
    held = {r.who.window: sum(map(len, r.held)) for r in rush.rushers}
    assert pools == {window: count for window, count in held.items() if count}
    moved: Counter[int] = Counter()
    for giver, taker, places in rush.owner.all(
        "SELECT giver, taker, places FROM pool_transfer WHERE session_id = ?", (SESSION,)
    ):
        moved[taker] += places
        moved[giver or 0] -= places if giver is not None else 0
    assert {holder: count for holder, count in moved.items() if count} == pools
