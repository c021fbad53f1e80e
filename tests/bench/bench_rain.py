"""A rain run over 13,000 tickets, killed five times at random, against refunds order by order."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from boxoffice.domain.rain import Outcome
from boxoffice.services.aftersales import dry_run, rain_run, refunds
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from tests.faults.acts import proof, rows
from tests.faults.dying_rain import go_on
from tests.homes import AtWork, at_work, small_home
from tests.rain_crowd import CODE, YUAN, bring
from tests.services.rain_acts import begin, decide, in_charge

TICKETS, KILLS, BY_HAND = 13_000, 5, 60
STEPS_TO_A_KILL = (5_000, 70_000)
"""A batch takes about 4,000, the whole run 400,000."""


def figures() -> Iterator[dict[str, object]]:
    """The dry run in seconds; tickets per minute of the run, and of refunds one by one."""
    with tempfile.TemporaryDirectory() as folder:
        home = small_home(Path(folder))
        with at_work(home) as work:
            bring(work, Path(folder), TICKETS)
            by_hand = _by_hand(work)
            yield _dry(work)
        yield _run(home, by_hand)


def _by_hand(work: AtWork) -> float:
    """Tickets a minute that go back order by order, without anybody typing."""
    found = rows(
        work,
        "SELECT o.id FROM orders o JOIN payment y ON y.order_id = o.id "
        "WHERE o.number LIKE 'RR%' AND y.tender LIKE 'channel:%' ORDER BY o.number DESC LIMIT ?",
        BY_HAND,
    )
    started, tickets = time.perf_counter(), 0
    for (order,) in found:
        lines = [
            str(row[0]) for row in rows(work, "SELECT id FROM order_line WHERE order_id = ?", order)
        ]
        seen = refunds.quote(office=work.office, desk=work.desk, order_id=order, line_ids=lines)
        refunds.refund(
            office=work.office,
            desk=work.desk,
            order_id=order,
            line_ids=lines,
            quoted_fen=seen.quote.amount_fen,
            papers_back=True,
        )
        tickets += len(lines)
    return tickets * 60 / (time.perf_counter() - started)


def _dry(work: AtWork) -> dict[str, object]:
    boss = in_charge(work)
    decide(boss, CODE, Outcome.FULL)
    started = time.perf_counter()
    found = dry_run.dry_run(office=boss.office, desk=boss.desk, session_id=work.session(CODE))
    between = time.perf_counter()
    listed = rows(work, "SELECT id, order_id, session_id FROM ticket WHERE live = 1")
    ended = time.perf_counter()
    assert found.tickets <= len(listed)
    begin(boss, CODE)
    return {
        "name": "rain_dry_run_of_13000",
        "value": round(between - started, 3),
        "unit": "s",
        "baseline": "the same tickets read",
        "baseline_value": round(ended - between, 3),
    }


def _run(home: Home, by_hand: float) -> dict[str, object]:
    chance = random.Random(13_000)
    with at_work(home) as work:
        before = len(_live(work))
    for _ in range(KILLS):
        assert go_on(home.path, rain_run.BATCH, chance.randrange(*STEPS_TO_A_KILL)) < 0
    with at_work(home) as work:
        left = len(_live(work))
        assert 0 < left < before
    started = time.perf_counter()
    assert go_on(home.path, rain_run.BATCH) == 0
    took = time.perf_counter() - started
    with at_work(home) as work:
        _require_each_once(home, work)
    return {
        "name": "rain_run_of_13000_killed_five_times",
        "value": round(left * 60 / took),
        "unit": "tickets/min",
        "baseline": "refunds of whole orders one by one at a window, nobody typing",
        "baseline_value": round(by_hand),
    }


def _live(work: AtWork) -> list[object]:
    sql = "SELECT id FROM ticket WHERE live = 1 AND session_id = ?"
    return [row[0] for row in rows(work, sql, work.session(CODE))]


def _require_each_once(home: Home, work: AtWork) -> None:
    assert not _live(work)
    found = rows(work, "SELECT count(*), count(DISTINCT ticket_id) FROM refund")
    assert found == [(TICKETS, TICKETS)]
    price = rows(work, "SELECT sum(price_fen) FROM refund")
    assert price == [(TICKETS * YUAN * 100,)]
    sync.push(work.office)
    assert proof(home).broken == ()
