"""A bill of 50,000 rows taken in and held against the records, in a file and on a server.

The way a window goes: the file opened and read, the ledger asked of central, matched, exceptions
opened as cases, the sums kept. Beside it: the same file read from the disk, split and hashed.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from boxoffice import clock
from boxoffice.commands import without_collector
from boxoffice.domain.gateway_numbers import known_as
from boxoffice.domain.ids import new_id
from boxoffice.records.store import Store
from boxoffice.services.money import bills, books
from boxoffice.services.money.bills import BillReport
from tests import servers
from tests.bank.bill_files import charge, refund, wechat
from tests.homes import AtWork, at_work, small_home
from tests.windows import window_home

CHARGES, REFUNDS = 48_000, 2_000
ROWS = CHARGES + REFUNDS
ONE_IN = 500
"""How often a charge is wrong, in turn: not here, not there, another amount."""
FEN = 68_000
START = datetime(2025, 9, 26, 16, 1, tzinfo=UTC)
"""One minute into the venue's day of the small catalogue."""


def figures() -> Iterator[dict[str, object]]:
    """On each kind of central, for the first time and once more."""
    with tempfile.TemporaryDirectory() as folder:
        with at_work(small_home(Path(folder) / "file")) as work:
            work.office.link.lane.call(lambda store: _fill(store, work.office.venue))
            yield from _taken_in(work, Path(folder), "file")
        database = servers.fresh_database()
        with at_work(window_home(Path(folder) / "server", database, 1)) as work:
            with closing(servers.as_owner(database)) as owner:
                _fill(owner, work.office.venue)
            yield from _taken_in(work, Path(folder), "server")


def _taken_in(work: AtWork, folder: Path, kind: str) -> Iterator[dict[str, object]]:
    path = folder / f"{kind}.csv"
    path.write_text(_bill(work.office.venue), encoding="utf-8")
    bare = _bare(path)
    first, seconds = _measured(work, path)
    assert first.exceptions == 3 * CHARGES // ONE_IN
    assert first.theirs_rows == ROWS - CHARGES // ONE_IN
    again, once_more = _measured(work, path)
    assert (again.known, again.new_cases) == (True, 0)
    for name, value in (("taken_in", seconds), ("taken_in_again", once_more)):
        yield {
            "name": f"bill_of_50000_{name}_{kind}",
            "value": round(value, 3),
            "unit": "s",
            "baseline": "the same file read, hashed and split by csv, nothing looked up",
            "baseline_value": round(bare, 3),
        }


def _measured(work: AtWork, path: Path) -> tuple[BillReport, float]:
    here, mappings = books.of_window(work.office), bills.mappings_of(work.office.home)
    gc.collect()
    with without_collector():
        began = time.perf_counter()
        (bill,) = bills.read(path, mappings)
        report = bills.keep(here, bill)
        return report, time.perf_counter() - began


def _bare(path: Path) -> float:
    began = time.perf_counter()
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    rows = sum(1 for _ in csv.reader(io.StringIO(data.decode("utf-8"))))
    ended = time.perf_counter()
    assert digest
    assert rows > ROWS - CHARGES // ONE_IN
    return ended - began


def _number(at: int, kind: str = "") -> str:
    return f"1-1-{kind}aaaaa{at:06d}"


def _at(at: int) -> datetime:
    return START + timedelta(seconds=at)


def _bill(venue: str) -> str:
    """As the company has it: one in 500 is missing, and one in 500 has another amount."""
    lines, paid_fen = [], 0
    for at in range(CHARGES):
        if at % ONE_IN != 1:
            paid = FEN - 100 if at % ONE_IN == 2 else FEN
            paid_fen += paid
            said = f"{_at(at) + timedelta(hours=8):%Y-%m-%d %H:%M:%S}"
            lines.append(charge(known_as(venue, _number(at)), _yuan(paid), at=said, fee="4.08"))
    fees = 408 * len(lines)
    for at in range(REFUNDS):
        said = f"{_at(CHARGES + at) + timedelta(hours=8):%Y-%m-%d %H:%M:%S}"
        whose, number = known_as(venue, _number(_refunded(at))), known_as(venue, _number(at, "r"))
        lines.append(refund(whose, number, _yuan(FEN), at=said))
    back = REFUNDS * FEN
    sums = (_yuan(paid_fen), _yuan(back), "0.00", _yuan(fees), _yuan(paid_fen), _yuan(back))
    return wechat(*lines, totals=[str(len(lines)), *sums], end="\n")


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _refunded(at: int) -> int:
    """A charge that is right on both sides."""
    return at * 20 + 5


def _fill(store: Store, venue: str) -> None:
    """Orders with their payments, and refunds of some, past all rules but those of the tables."""
    orders, payments, paybacks = [], [], []
    paid: dict[int, tuple[str, str]] = {}
    for at in range(CHARGES):
        if at % ONE_IN == 0:
            continue
        order, payment, stamp = new_id(), new_id(), clock.to_text(_at(at))
        paid[at] = order, payment
        orders.append((order, f"B{at:06d}", stamp, stamp, FEN))
        facts = f'{{"number":"{known_as(venue, _number(at))}"}}'
        payments.append((payment, order, FEN, FEN, stamp, f"42{at}", facts))
    for at in range(REFUNDS):
        order, payment = paid[_refunded(at)]
        stamp = clock.to_text(_at(CHARGES + at))
        paybacks.append((new_id(), order, payment, new_id(), _number(at, "r"), FEN, stamp, stamp))
    with store.transaction():
        store.many(_ORDER, orders)
        store.many(_PAYMENT, payments)
        store.many(_PAYBACK, paybacks)


_ORDER = (
    "INSERT INTO orders (id, version, number, channel, status, created_at, sold_at, business_day, "
    "window_id, epoch, total_fen, currency, buyer, phone_sealed, phone_hash, phone_end_hash, "
    "label, seats_open) "
    "VALUES (?, 1, ?, 'window', 'paid', ?, ?, '2025-09-27', 1, 1, ?, 'CNY', '', '', '', '', '', 0)"
)
_PAYMENT = (
    "INSERT INTO payment (id, order_id, tender, amount_fen, tendered_fen, change_fen, currency, "
    "paid_at, business_day, window_id, epoch, reference, facts) "
    "VALUES (?, ?, 'wechat', ?, ?, 0, 'CNY', ?, '2025-09-27', 1, 1, ?, ?)"
)
_PAYBACK = (
    "INSERT INTO payback (id, order_id, payment_id, act_id, kind, tender, number, amount_fen, "
    "currency, status, created_at, ended_at, window_id, epoch, reference, why) "
    "VALUES (?, ?, ?, ?, 'refund', 'wechat', ?, ?, 'CNY', 'arrived', ?, ?, 1, 1, '', '')"
)
