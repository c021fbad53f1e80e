"""Several threads at one reservation: one of them has it, and the records hold."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from boxoffice.errors import Refused
from boxoffice.services.sales import releases, reservations
from boxoffice.services.sharing import sync
from tests.faults.acts import broken
from tests.homes import CAPACITY, NOON, AtWork, at_work, small_home
from tests.services.reserving import WAIT, all_well, at, let_go, pay, pools, reserve, statuses

ROUNDS = 6


def everybody(work: AtWork, order: str) -> list[Callable[[], object]]:
    """What happens to a reservation at the same moment."""
    until = NOON + timedelta(minutes=3 * WAIT)
    office, desk = work.office, work.desk
    return [
        lambda: pay(work, order),
        lambda: releases.release_expired(office),
        lambda: let_go(work, order),
        lambda: reservations.extend(
            office=office, desk=desk, order_id=order, until=until, reason="堵车"
        ),
        lambda: sync.push(office),
        lambda: reservations.take_up(office=office, desk=desk, order_id=order),
        lambda: reservations.put_back(office=office, order_id=order),
        lambda: pay(work, order),
    ]


def test_pay_let_go_extend_and_sweep_at_once(tmp_path: Path) -> None:
    with at_work(small_home(tmp_path), threaded=True) as work, ThreadPoolExecutor(8) as threads:
        sold = 0
        for round_ in range(ROUNDS):
            at(0)
            order = reserve(work, (1, 1 + round_)).order_id
            sync.push(work.office)
            at(WAIT + 1 if round_ % 2 else 1)
            running = [threads.submit(act) for act in everybody(work, order)]
            for act in running:
                with suppress(Refused):
                    act.result()
            reservations.put_back(office=work.office, order_id=order)
            sync.push(work.office)
            at(4 * WAIT)
            releases.release_expired(work.office)
            sync.push(work.office)
            assert broken(work) == ()
            status, lines = statuses(work, order)
            assert (status, lines) in [("paid", ["sold"]), ("released", ["released"])]
            sold += lines.count("sold")
        wanted = {"free": CAPACITY - sold, "sold": sold}
        assert pools(work) == {name: places for name, places in wanted.items() if places}
        all_well(work)
