"""Take, push and pull as orders and windows grow. BOXOFFICE_FULL_BENCH=1 goes to a million orders.

Each figure stands against the bare rows in the same run, whose cost does not grow with orders:
where the ratio stays, ours does not grow either. What a window stores of a pull does not depend on
how much is at central: only its part is measured here.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import psycopg

from boxoffice.central import guard, pulling
from boxoffice.central.items import Cursor, Page
from boxoffice.records.postgres import PostgresStore
from tests.bench.bench_central import (
    A_PAGE,
    CHANGES,
    PUSH_SESSION,
    TAKES_SESSION,
    at_once,
    bare_takes,
    make_bare,
    our_takes,
    push_bare,
    push_page,
    read_bare,
)
from tests.bench.central_venue import BEGINNING, Venue, venue
from tests.many_orders import make_orders

FULL = bool(os.environ.get("BOXOFFICE_FULL_BENCH"))
ORDERS = (10_000, 100_000, 1_000_000) if FULL else (1_000, 20_000)
WINDOWS = (1, 10, 100) if FULL else (1, 10)
PAGES = 8


def figures() -> Iterator[dict[str, object]]:
    """All figures for one size of central after the other."""
    for orders in ORDERS:
        with venue() as place:
            _fill(place, orders)
            for name, unit, bare, ours, theirs in (*_reports(place), *_takes(place)):
                yield {
                    "name": f"{name}_with_{orders // 1000}k_orders",
                    "value": round(ours, 2),
                    "unit": unit,
                    "baseline": bare,
                    "baseline_value": round(theirs, 2),
                }


Figure = tuple[str, str, str, float, float]
"""Name, unit, what the baseline is, ours and the baseline's."""


def _fill(place: Venue, orders: int) -> None:
    place.add_windows(max(WINDOWS))
    sessions = [TAKES_SESSION + windows for windows in WINDOWS]
    place.add_sessions(PUSH_SESSION, *sessions)
    make_bare(place, sessions)
    with closing(place.owner()) as store:
        session = store.first("SELECT id FROM session WHERE code = 'G1'")
        assert session is not None
        make_orders(store, int(session[0]), orders)
    place.settle_down()


def _reports(place: Venue) -> Iterator[Figure]:
    """Window 1 pushes pages in turn with the bare rows; then they are read."""
    pushes, bare, pages, head = [], [], [], BEGINNING
    with closing(place.window(1)) as store, psycopg.connect(place.server.url) as line:
        who = guard.hello(store, 1, 1).credentials
        cursor, _ = pulling.start(store)
        for n in range(PAGES):
            made, seconds, head = push_page(
                store, who, head, range(n * A_PAGE, (n + 1) * A_PAGE), PUSH_SESSION
            )
            pushes.append(seconds)
            bare.append(_seconds(lambda made=made: push_bare(line, made)))
            pages.append(made)
        ours, theirs = (1000 * statistics.median(all_[2:]) / A_PAGE for all_ in (pushes, bare))
        yield "push_per_order", "ms", "bare rows of the same", ours, theirs
        part = CHANGES / (PAGES * A_PAGE)
        pulls = [(_seconds(lambda: _pull(store, cursor)), _bare_read(line, pages)) for _ in "123"]
        ours, theirs = (1000 * part * statistics.median(all_) for all_ in zip(*pulls, strict=True))
        yield "pull_at_central", "ms per 1,000 orders", "bare SELECTs of the same", ours, theirs


def _seconds(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _pull(store: PostgresStore, cursor: Cursor) -> None:
    """All that came since: each page of lines, and the orders on it."""
    more = True
    while more:
        found = pulling.news(store, 2, cursor, CHANGES)
        pulling.read(store, 2, found.lines, {x.order_id for x in found.lines if x.order_id})
        cursor, more = found.cursor, found.more


def _bare_read(line: psycopg.Connection[Any], pages: list[Page]) -> float:
    return _seconds(lambda: read_bare(line, pages))


def _takes(place: Venue) -> Iterator[Figure]:
    """So many windows as fast as they can, all in one session."""
    for windows in WINDOWS:
        theirs = at_once(bare_takes, place, windows, 0)
        ours = at_once(our_takes, place, windows, 0)
        yield f"takes_by_{windows}_windows", "per s", "bare updates by as many", ours, theirs
