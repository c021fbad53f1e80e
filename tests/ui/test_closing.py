"""The window is closed while somebody is charged: asked first, ended soon, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.lanes import Pool
from boxoffice.queries import payments
from boxoffice.services.sales import asking
from boxoffice.settings import Home
from tests.faults.acts import name_all, proof, rows, take
from tests.gateways import TIMING, Party, Trade, with_parties
from tests.homes import AtWork, at_work, small_home
from ui.window import LEAVE_WITHIN_S

PROJECT = Path(__file__).parents[2]
SLOW_MACHINE_S = 3.0
"""What the end of a process may take besides, where others use the same cores."""


def closed(home: Home, *more: str) -> tuple[list[str], float]:
    """What a window said until it was closed, and how long its process took to end then."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.closing_window", str(home.path), *more],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    ended = time.monotonic()
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    *said, at = done.stdout.splitlines()
    return said, ended - float(at.split()[1])


def test_with_nothing_under_way_it_closes_at_once(demo_home) -> None:
    said, took = closed(demo_home, "idle")
    assert said == []
    assert took < LEAVE_WITHIN_S + SLOW_MACHINE_S
    assert proof(demo_home).broken == ()


def test_a_process_ends_while_the_company_is_mute(demo_home) -> None:
    (asked,), took = closed(demo_home)
    assert "next start" in asked
    assert took < LEAVE_WITHIN_S + SLOW_MACHINE_S

    with bootstrap.open_office(demo_home) as office:
        bootstrap.recover(office)
        party = Party()
        work = with_parties(AtWork(office, None), party)  # type: ignore[arg-type]
        (attempt,) = office.read(lambda s: payments.open_money(s, 1, 1, ())).unknown
        ((number,),) = rows(work, "SELECT number FROM attempt")
        party.trades[f"v1_{number.replace('-', '_')}"] = Trade(attempt.amount_fen)
        paying = asking.look_again(office=work.office, attempt_id=attempt.id)
        assert paying.sale is not None
        assert paying.sale.finished
    assert proof(demo_home).broken == ()


def test_one_that_waits_for_a_password_is_parked_at_once(tmp_path: Path) -> None:
    with at_work(small_home(tmp_path)) as bare:
        party = Party(timing=TIMING, days=["waiting"])
        work = with_parties(bare, party)
        basket = take(work, (1, 5))
        name_all(work, basket)

        def leaves(talk: asking.Talk, seconds: float) -> None:
            assert seconds
            asking.leave(work.office)
            assert talk.wake.is_set()

        paying = asking.ask(
            office=work.office,
            desk=work.desk,
            basket=basket,
            tender="wechat",
            code="134567890123456789",
            pause=leaves,
        )
    assert paying.status is AttemptStatus.UNKNOWN
    assert [act for act, _ in party.asked] == ["charge"], "nothing is reversed behind the clerk"


def test_a_pool_says_whether_its_work_ended() -> None:
    pool, go_on = Pool("end", 1), threading.Event()
    running = pool.submit(go_on.wait)
    assert not pool.end_within(0.01)
    assert pool.offer(lambda: None) is None
    with pytest.raises(RuntimeError):
        pool.submit(lambda: None)
    go_on.set()
    assert running.result(timeout=10)
    assert pool.end_within(10)
    pool.close()
