"""A window that was off line for hours reports on return while it sells; one begins late.

BOXOFFICE_FULL_BENCH=1: 2,000 orders (four hours of one window), and 200,000 orders at central.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import psycopg

from boxoffice import bootstrap
from boxoffice.central.items import Credentials
from boxoffice.services.keeper import Keeper
from boxoffice.services.sales import checkout, holds
from boxoffice.services.sharing import following, sync
from boxoffice.settings import Home
from tests import venues
from tests.bench.bench_central import make_bare, push_bare
from tests.bench.central_venue import BEGINNING, FIRST_SEAT, Venue, page, venue
from tests.homes import AtWork, at_work
from tests.lines import until
from tests.many_orders import make_orders
from tests.windows import home_at

FULL = bool(os.environ.get("BOXOFFICE_FULL_BENCH"))
ORDERS = 2_000 if FULL else 200
AT_CENTRAL = 200_000 if FULL else 5_000
SESSION, BARE_SESSION = 950, 951
A_PAGE = 100
QUIET = 20


def figures() -> Iterator[dict[str, object]]:
    """Seconds of the report, what a sale takes meanwhile, and how soon a new window sells."""
    with venue() as place, tempfile.TemporaryDirectory() as folder:
        place.add_sessions(SESSION, BARE_SESSION)
        _give_a_price(place)
        home = home_at(Path(folder) / "one", place.bare_url, 1)
        with at_work(home, threaded=True) as work:
            behind = Keeper(work.office)
            behind.start()
            try:
                yield from _return(place, work)
            finally:
                behind.close()
    yield from _begin_late()


def _give_a_price(place: Venue) -> None:
    with closing(place.owner()) as store, store.transaction():
        store.run(
            "UPDATE session SET price_plan = (SELECT price_plan FROM session WHERE code = 'O2') "
            "WHERE id IN (?, ?)",
            (SESSION, BARE_SESSION),
        )


# --- off line for hours, and back


def _return(place: Venue, work: AtWork) -> Iterator[dict[str, object]]:
    office = work.office
    until(work, lambda: office.link.greeted and _knows(work), 60)
    seats = count(FIRST_SEAT + 1)
    baskets = [_take(work, seats) for _ in range(ORDERS)]
    quiet = [_seconds(lambda: _pay(work, _take(work, seats))) for _ in range(QUIET)]
    until(work, lambda: _unsent(work) == 0, 600)
    with _away(place):
        until(work, lambda: office.link.lost is not None, 60)
        for basket in baskets:
            _pay(work, basket)
        last = office.read(sync.acknowledged) + _unsent(work)
    began = time.perf_counter()
    until(work, lambda: office.link.lost is None, 60)
    back = time.perf_counter()
    busy = []
    while office.read(sync.acknowledged) < last:
        busy.append(_seconds(lambda: _pay(work, _take(work, seats))))
    done = time.perf_counter()
    yield {
        "name": f"report_{ORDERS}_orders_on_return",
        "value": round(done - back, 2),
        "unit": f"s while selling; the line was back after {back - began:.1f} (aim 15 of 2,000)",
        "baseline": "the bare rows of as many orders inserted by psycopg, 100 a transaction",
        "baseline_value": round(_bare_report(place), 2),
    }
    yield {
        "name": "sale_while_reporting",
        "value": round(1000 * statistics.median(busy), 1),
        "unit": f"ms, two seats taken and paid; the slowest of {len(busy)} {1000 * max(busy):.0f}",
        "baseline": "the same with nothing to report",
        "baseline_value": round(1000 * statistics.median(quiet), 1),
    }


def _knows(work: AtWork) -> bool:
    found = work.office.read(lambda s: s.first("SELECT 1 FROM session WHERE id = ?", (SESSION,)))
    return found is not None


def _take(work: AtWork, seats: Iterator[int]) -> str:
    return holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=SESSION,
        seat_ids=[next(seats), next(seats)],
        basket=None,
    )


def _pay(work: AtWork, basket: str) -> None:
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=1_000_000)


def _unsent(work: AtWork) -> int:
    return work.office.read(lambda s: sync.unsent(s, work.desk.window, work.desk.epoch))


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


@contextmanager
def _away(place: Venue) -> Iterator[None]:
    """Nobody reaches the records: lines break, and new ones are refused."""
    address = psycopg.conninfo.make_conninfo(place.server.url, dbname="postgres")
    with psycopg.connect(address, autocommit=True) as line:
        name = psycopg.conninfo.conninfo_to_dict(place.server.url)["dbname"]
        line.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")  # type: ignore[arg-type]
        line.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        try:
            yield
        finally:
            line.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")  # type: ignore[arg-type]


def _bare_report(place: Venue) -> float:
    make_bare(place, [BARE_SESSION])
    head, spent = BEGINNING, 0.0
    with psycopg.connect(place.server.url) as line:
        for n in range(ORDERS // A_PAGE):
            numbers = range(n * A_PAGE, (n + 1) * A_PAGE)
            made, head = page(Credentials(2, 1, 1), head, BARE_SESSION, numbers)
            spent += _seconds(lambda made=made: push_bare(line, made))  # type: ignore[misc]
    return spent


# --- a window that begins late


def _begin_late() -> Iterator[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder, venues.venue(Path(folder)) as place:
        with place.opened_whatever() as store:
            session = store.first("SELECT id FROM session WHERE code = 'G1'")
            assert session is not None
            make_orders(store, int(session[0]), AT_CENTRAL)
            store.execute("VACUUM ANALYZE")
        home, file = Home(Path(folder) / "late"), place.file("late")
        began = time.perf_counter()
        bootstrap.enrol_window(home, file, lambda *_: None)
        with at_work(home, threaded=True) as work:
            basket = holds.take_seats(
                office=work.office,
                desk=work.desk,
                session_id=work.session("O2"),
                seat_ids=[work.seat(1, 5)],
                basket=None,
            )
            _pay(work, basket)
            sold = time.perf_counter() - began
            behind = Keeper(work.office)
            behind.start()
            try:
                until(work, lambda: not work.office.read(following.unfinished), 1_200)
            finally:
                behind.close()
            whole = time.perf_counter() - began
        bare = _seconds(lambda: _read_all(place))
    for name, value, aim in (("sells", sold, 30), ("is_complete", whole, 180)):
        yield {
            "name": f"new_window_at_{AT_CENTRAL // 1000}k_orders_{name}",
            "value": round(value, 2),
            "unit": f"s from its enrolment file (aim {aim} at 200,000)",
            "baseline": "all orders and what belongs to them read by one SELECT a table",
            "baseline_value": round(bare, 2),
        }


def _read_all(place: venues.Venue) -> None:
    with place.opened_whatever() as store:
        for table in ("orders", "order_line", "ticket", "payment", "hand_over", "journal"):
            store.all(f"SELECT * FROM {table}")
