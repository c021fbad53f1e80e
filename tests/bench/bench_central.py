"""Central on a server: takes, pushes and pulls against the same rows without any of our rules."""

from __future__ import annotations

import multiprocessing
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import pairwise
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import psycopg

from boxoffice.central import guard, pushing, taking
from boxoffice.central.items import Items, Page
from boxoffice.domain.ids import new_id
from boxoffice.services.keeper import Keeper
from boxoffice.services.sharing import following, sync
from tests.bench.central_venue import (
    BEGINNING,
    FIRST_SEAT,
    SEATS,
    WRITTEN,
    Head,
    Venue,
    page,
    pair,
    rows_of,
    venue,
)
from tests.faults.acts import rows
from tests.homes import AtWork, at_work
from tests.lines import until
from tests.windows import home_at

CLIENTS = (1, 4, 16)
SECONDS, TURNS = 1.5, 2
"""How long each side takes, and how often in turn."""
PAGES, A_PAGE = 8, 100
CHANGES = 1000
TAKES_SESSION, PUSH_SESSION = 1000, 2000
HINTS = 40
HOMES = (17, 18, 19)
"""Windows with a home: none that took anything past it, or it would count as an old copy."""


def figures() -> Iterator[dict[str, object]]:
    """Takes a second; ms of a pushed order, of a pull, and from a commit to another map."""
    with venue() as place:
        place.add_windows(max(HOMES))
        sessions = [TAKES_SESSION + clients for clients in CLIENTS]
        place.add_sessions(*sessions, PUSH_SESSION)
        make_bare(place, sessions)
        for clients in CLIENTS:
            yield _takes(place, clients)
        with tempfile.TemporaryDirectory() as folder:
            with at_work(home_at(Path(folder) / "pull", place.bare_url, HOMES[0])) as work:
                following.pull(work.office)
                yield from _push_and_pull(place, work, Path(folder))
            yield _hints(place, Path(folder))


# --- takes


def make_bare(place: Venue, sessions: list[int]) -> None:
    with closing(place.owner()) as store, store.transaction():
        store.run(
            "CREATE TABLE public.bare_seat (session_id bigint, seat_id bigint, holder bigint, "
            "PRIMARY KEY (session_id, seat_id))"
        )
        store.run(
            "CREATE TABLE public.bare_log (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
            "holder bigint, seat_id bigint)"
        )
        for session in sessions:
            store.run(
                "INSERT INTO public.bare_seat SELECT ?, ? + n, NULL FROM generate_series(1, ?) n",
                (session, FIRST_SEAT, SEATS),
            )
        for name in WRITTEN:
            store.run(f"CREATE TABLE public.bare_{name} (LIKE {name} INCLUDING INDEXES)")


def _takes(place: Venue, clients: int) -> dict[str, object]:
    ours, bare = [], []
    for turn in range(TURNS):
        bare.append(at_once(bare_takes, place, clients, turn))
        ours.append(at_once(our_takes, place, clients, turn))
    return {
        "name": f"take_two_seats_{clients}_clients",
        "value": round(statistics.mean(ours)),
        "unit": "per s, durable",
        "baseline": "conditional UPDATE of two rows and a line of a log in one transaction",
        "baseline_value": round(statistics.mean(bare)),
    }


Client = Callable[[Venue, int, Iterator[tuple[int, int, int]], Callable[[], object]], int]


def at_once(client: Client, place: Venue, clients: int, turn: int) -> float:
    """Takes a second of so many processes that begin at the same moment."""
    context = multiprocessing.get_context("fork")
    start, done = context.Barrier(clients), context.Queue()
    works = [
        context.Process(target=_run, args=(client, place, n, clients, turn, start, done))
        for n in range(1, clients + 1)
    ]
    for work in works:
        work.start()
    found = [done.get(timeout=60) for _ in works]
    for work in works:
        work.join()
    return float(sum(count / seconds for count, seconds in found))


def _run(
    client: Client, place: Venue, n: int, clients: int, turn: int, start: Barrier, done: Any
) -> None:
    began = [0.0]

    def go() -> None:
        start.wait()
        began[0] = time.perf_counter()

    def places() -> Iterator[tuple[int, int, int]]:
        half = SEATS // 2 // TURNS
        for k in range(turn * half + n - 1, turn * half + half, clients):
            if time.perf_counter() - began[0] > SECONDS:
                return
            yield (TAKES_SESSION + clients, *pair(k))

    count = client(place, n, places(), go)
    done.put((count, time.perf_counter() - began[0]))


def our_takes(
    place: Venue, n: int, places: Iterator[tuple[int, int, int]], go: Callable[[], object]
) -> int:
    count = 0
    with closing(place.window(n)) as store:
        who = guard.hello(store, n, 1).credentials
        go()
        for session, *seats in places:
            items = Items(seats=tuple((session, seat) for seat in seats))
            taking.take(store, who, new_id(), items)
            count += 1
    return count


def bare_takes(
    place: Venue, n: int, places: Iterator[tuple[int, int, int]], go: Callable[[], object]
) -> int:
    count = 0
    with psycopg.connect(place.server.url, autocommit=True) as line:
        line.prepare_threshold = 2
        go()
        for session, *seats in places:
            with line.transaction():
                for seat in seats:
                    touched = line.execute(
                        "UPDATE bare_seat SET holder = %s WHERE session_id = %s AND seat_id = %s "
                        "AND holder IS NULL",
                        (n, session, seat),
                    )
                    if touched.rowcount != 1:
                        raise RuntimeError("a bare seat was gone")
                line.execute(
                    "INSERT INTO bare_log (holder, seat_id) VALUES (%s, %s)", (n, seats[0])
                )
            count += 1
    return count


# --- pushes and pulls


def _push_and_pull(place: Venue, work: AtWork, folder: Path) -> Iterator[dict[str, object]]:
    """Window 1 pushes; a home pulls."""
    ours, bare, pages, head = [], [], [], BEGINNING
    with closing(place.window(1)) as store, psycopg.connect(place.server.url) as line:
        who = guard.hello(store, 1, 1).credentials
        for n in range(PAGES + 2):
            numbers = range(n * A_PAGE, (n + 1) * A_PAGE)
            made, seconds, head = push_page(store, who, head, numbers)
            ours.append(1000 * seconds / A_PAGE)
            began = time.perf_counter()
            push_bare(line, made)
            bare.append(1000 * (time.perf_counter() - began) / A_PAGE)
            pages.append(made)
    yield {
        "name": "push_per_order",
        "value": round(statistics.median(ours[2:]), 3),
        "unit": f"ms, {A_PAGE} orders of two seats a page",
        "baseline": "the same rows with the same indexes inserted by psycopg in one transaction",
        "baseline_value": round(statistics.median(bare[2:]), 3),
    }
    began = time.perf_counter()
    came = following.pull(work.office)
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    _pull_bare(place, folder / "bare.db", pages)
    between = time.perf_counter() - began
    yield {
        "name": "pull_per_1000_changes",
        "value": round(1000 * seconds * CHANGES / came, 1),
        "unit": "ms, into the encrypted file of a window, with its search index",
        "baseline": "the same rows read by one SELECT a table, stored by bare sqlite3",
        "baseline_value": round(1000 * between * CHANGES / came, 1),
    }


def push_page(
    store: Any, who: Any, head: Head, numbers: range, session: int = PUSH_SESSION
) -> tuple[Page, float, Head]:
    """Take pairs of seats and report them sold: the page, the seconds of the push, the new head."""
    for n in numbers:
        items = Items(seats=tuple((session, seat) for seat in pair(n)))
        taking.take(store, who, new_id(), items)
    made, head = page(who, head, session, numbers)
    began = time.perf_counter()
    ack = pushing.push(store, who, made)
    seconds = time.perf_counter() - began
    if ack.reviewed or ack.number != head[0]:
        raise RuntimeError("a page of the benchmark was refused")
    return made, seconds, head


def push_bare(line: psycopg.Connection[Any], made: Page) -> None:
    with line.transaction(), line.cursor() as cursor:
        for name, values in rows_of(made).items():
            marks = ", ".join(["%s"] * WRITTEN[name])
            cursor.executemany(f"INSERT INTO public.bare_{name} VALUES ({marks})", values)


def _pull_bare(place: Venue, path: Path, pages: list[Page]) -> None:
    """Orders with their parts, as a window gets them."""
    with psycopg.connect(place.server.url) as line, closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = wal")
        file.execute("PRAGMA synchronous = full")
        for name, found in read_bare(line, pages).items():
            listed = ", ".join(f"c{n}" for n in range(WRITTEN[name]))
            file.execute(f"CREATE TABLE {name} (c0 TEXT PRIMARY KEY{listed[2:]}) WITHOUT ROWID")
            marks = ", ".join("?" * WRITTEN[name])
            file.executemany(f"INSERT INTO {name} VALUES ({marks})", found)
        file.commit()


def read_bare(line: psycopg.Connection[Any], pages: list[Page]) -> dict[str, list[Any]]:
    """The rows of the orders of these pages, one SELECT a table."""
    ids = [str(order.rows["orders"][0][0]) for made in pages for order in made.orders]
    return {
        name: line.execute(
            f"SELECT * FROM public.bare_{name} "
            f"WHERE {'id' if name == 'orders' else 'order_id'} = ANY (%s)",
            (ids,),
        ).fetchall()
        for name in ("orders", "order_line", "ticket", "payment")
    }


# --- from a commit to another window's map


def _hints(place: Venue, folder: Path) -> dict[str, object]:
    """Two windows with their keepers; the one takes a seat, the other's map knows."""
    with ExitStack() as ending:
        works = []
        for number in HOMES[1:]:
            home = home_at(folder / str(number), place.bare_url, number)
            works.append(ending.enter_context(at_work(home, threaded=True)))
            keeper = Keeper(works[-1].office)
            ending.callback(keeper.close)
            keeper.start()
        one, two = works
        for work in works:
            until(work, lambda work=work: work.office.link.greeted)
            sync.pull(work.office)
        ours = []
        for n in range(HINTS):
            seat = pair(SEATS // 2 - 1 - n)[0]
            items = Items(seats=((PUSH_SESSION, seat),))
            one.office.link.call(lambda s, who, i=items: taking.take(s, who, new_id(), i))
            began = time.perf_counter()
            asked = "SELECT 1 FROM elsewhere_seat WHERE session_id = ? AND seat_id = ?"
            until(two, lambda seat=seat, asked=asked: rows(two, asked, PUSH_SESSION, seat))
            ours.append(1000 * (time.perf_counter() - began))
    return {
        "name": "commit_to_map_p50",
        "value": round(statistics.median(ours), 1),
        "unit": f"ms (95 of 100 within {sorted(ours)[int(HINTS * 0.95)]:.0f}; aim 150)",
        "baseline": "a bare NOTIFY until another connection has it",
        "baseline_value": round(_bare_hint(place), 2),
    }


def _bare_hint(place: Venue) -> float:
    """Milliseconds."""
    with (
        psycopg.connect(place.server.url, autocommit=True) as ear,
        psycopg.connect(place.server.url, autocommit=True) as mouth,
    ):
        ear.execute("LISTEN bench")
        moments = [time.perf_counter()]
        for _ in range(HINTS):
            mouth.execute("NOTIFY bench")
            next(ear.notifies())
            moments.append(time.perf_counter())
    return 1000 * statistics.median(b - a for a, b in pairwise(moments))
