"""Closing a shift of 2,000 sales: the fold, the Z report and its PDF, against the bare sums."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from boxoffice.domain.accounts import DRAWER, SALES
from boxoffice.domain.money import Money
from boxoffice.queries import reports
from boxoffice.records.unit_of_work import Author, Post, Unit
from boxoffice.services.till import closing, report_papers
from tests.homes import AtWork, at_work, small_home

SALES_A_SHIFT = 2_000
ROUNDS = 5
PRICE = Money(68_000)


def figures() -> Iterator[dict[str, object]]:
    """The X of a full shift, then its close with the PDF."""
    with tempfile.TemporaryDirectory() as folder, at_work(small_home(Path(folder))) as work:
        work.office.unit(lambda unit: _sell(unit, work))
        shift_id = str(work.desk.shift_id)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            work.office.read(lambda store: reports.shift_report(store, shift_id))
            between = time.perf_counter()
            work.office.read(
                lambda store: store.all(
                    "SELECT account, sum(amount_fen) FROM posting WHERE shift_id = ? GROUP BY 1",
                    (shift_id,),
                )
            )
            ours.append(1000 * (between - started))
            theirs.append(1000 * (time.perf_counter() - between))
        bare = statistics.median(theirs)
        yield _figure("x_of_2000_sales", statistics.median(ours), bare)
        report_papers.report_paper(work.office, _x(work, shift_id))  # fonts are read once
        started = time.perf_counter()
        report = closing.close_shift(office=work.office, desk=work.desk, counts={10_000: 5})
        report_papers.report_paper(work.office, report)
        yield _figure("z_of_2000_sales", 1000 * (time.perf_counter() - started), bare)


def _x(work: AtWork, shift_id: str) -> reports.ShiftReport:
    return work.office.read(lambda store: reports.shift_report(store, shift_id))


def _sell(unit: Unit, work: AtWork) -> None:
    """Entries and postings as sales leave them; what else a sale writes a report does not read."""
    author = Author(work.desk.operator.id, work.desk.shift_id)
    for _ in range(SALES_A_SHIFT):
        unit.record(
            "sale",
            author=author,
            facts={"tickets": 2, "tendered_fen": 140_000, "change_fen": 4_000},
            postings=[Post(DRAWER, PRICE * 2), Post(SALES, -PRICE * 2)],
        )


def _figure(name: str, value: float, baseline: float) -> dict[str, object]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "ms",
        "baseline": "one bare sum of the shift's postings by account, in the same file",
        "baseline_value": round(baseline, 3),
    }
