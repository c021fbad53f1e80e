"""Take, push and pull as orders and windows grow. BOXOFFICE_FULL_BENCH=1 goes to a million orders.

What a window stores of a pull does not depend on central: only central's part is measured here.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import closing

from boxoffice.central import guard, pulling, taking
from boxoffice.central.items import Credentials, Items
from boxoffice.domain.ids import new_id
from boxoffice.records.postgres import PostgresStore
from tests.bench.bench_central import (
    A_PAGE,
    CHANGES,
    PUSH_SESSION,
    TAKES_SESSION,
    TURNS,
    at_once,
    our_takes,
    push_page,
)
from tests.bench.central_venue import BEGINNING, Venue, pair, venue
from tests.many_orders import make_orders

FULL = bool(os.environ.get("BOXOFFICE_FULL_BENCH"))
ORDERS = (10_000, 100_000, 1_000_000) if FULL else (1_000, 20_000)
WINDOWS = (1, 10, 100) if FULL else (1, 10)
PAGES, TAKES = 8, 200


def figures() -> Iterator[dict[str, object]]:
    """Each figure against the same with the fewest orders, or of one window."""
    least: dict[str, float] = {}
    for orders in ORDERS:
        with venue() as place:
            _fill(place, orders)
            for name, value, unit in (*_of_one(place), *_of_many(place)):
                yield {
                    "name": f"{name}_{orders // 1000}k_orders",
                    "value": round(value, 2),
                    "unit": unit,
                    "baseline": f"the same with {ORDERS[0]} orders at central",
                    "baseline_value": round(least.setdefault(name, value), 2),
                }


def _fill(place: Venue, orders: int) -> None:
    place.add_windows(max(WINDOWS))
    place.add_sessions(PUSH_SESSION, *(TAKES_SESSION + windows for windows in WINDOWS))
    with closing(place.owner()) as store:
        session = store.first("SELECT id FROM session WHERE code = 'G1'")
        assert session is not None
        make_orders(store, int(session[0]), orders)
    place.settle_down()


def _of_one(place: Venue) -> Iterator[tuple[str, float, str]]:
    """Medians of window 1, with nobody else at work."""
    with closing(place.window(1)) as store:
        who = guard.hello(store, 1, 1).credentials
        cursor, _ = pulling.start(store)
        yield "take", statistics.median(_take(store, who, n) for n in range(TAKES)), "ms"
        pushes, head = [], BEGINNING
        for n in range(PAGES):
            _, seconds, head = push_page(
                store, who, head, range(TAKES + n * A_PAGE, TAKES + (n + 1) * A_PAGE)
            )
            pushes.append(1000 * seconds / A_PAGE)
        yield "push_per_order", statistics.median(pushes[1:]), "ms"
        began = time.perf_counter()
        changes = 0
        while True:
            found = pulling.news(store, 1, cursor, CHANGES)
            pulling.read(store, found.lines, {x.order_id for x in found.lines if x.order_id})
            changes += len(found.lines)
            if not found.more:
                break
            cursor = found.cursor
        seconds = time.perf_counter() - began
        yield "pull_at_central", 1000 * seconds * CHANGES / changes, "ms per 1,000 changes"


def _take(store: PostgresStore, who: Credentials, n: int) -> float:
    items = Items(seats=tuple((PUSH_SESSION, seat) for seat in pair(n)))
    began = time.perf_counter()
    taking.take(store, who, new_id(), items)
    return 1000 * (time.perf_counter() - began)


def _of_many(place: Venue) -> Iterator[tuple[str, float, str]]:
    """As fast as so many windows can in the same session."""
    for windows in WINDOWS:
        rates = [at_once(our_takes, place, windows, turn) for turn in range(TURNS)]
        yield f"takes_by_{windows}_windows", statistics.mean(rates), "per s"
