"""A rain run killed five times at random pays each ticket exactly once."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from boxoffice.domain.rain import Outcome
from boxoffice.services.sharing import sync
from tests.faults.acts import proof, rows
from tests.faults.dying_rain import go_on
from tests.homes import AtWork, at_work, small_home
from tests.rain_crowd import CODE, YUAN, bring
from tests.services.rain_acts import begin, decide, in_charge

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs SIGKILL")

TICKETS, BATCH, KILLS = 240, 10, 5
STEPS_TO_A_KILL = (300, 1600)
"""A batch takes about 900, the whole run 8,500."""


def paid(work: AtWork) -> tuple[int, int, int]:
    """(tickets paid, tickets paid more than once, fen)."""
    found = rows(work, "SELECT count(*), sum(amount_fen) FROM refund")[0]
    twice = rows(work, "SELECT ticket_id FROM refund GROUP BY ticket_id HAVING count(*) > 1")
    return int(found[0]), len(twice), int(found[1] or 0)


def test_killed_five_times(tmp_path: Path) -> None:
    chance = random.Random(5)
    home = small_home(tmp_path)
    with at_work(home) as work:
        bring(work, tmp_path, TICKETS)
        boss = in_charge(work)
        decide(boss, CODE, Outcome.FULL)
        begin(boss, CODE)
    for _ in range(KILLS):
        assert go_on(home.path, BATCH, chance.randrange(*STEPS_TO_A_KILL)) < 0
    with at_work(home) as work:
        assert 0 < paid(work)[0] < TICKETS, "killed in the middle of it"
    assert go_on(home.path, BATCH) == 0
    with at_work(home) as work:
        assert paid(work) == (TICKETS, 0, TICKETS * YUAN * 100)
        assert rows(work, "SELECT count(*), sum(tickets) FROM rain_run_order") == [(96, TICKETS)]
        assert rows(work, "SELECT status FROM rain_run") == [("done",)]
        sync.push(work.office)
        assert proof(home).broken == ()
