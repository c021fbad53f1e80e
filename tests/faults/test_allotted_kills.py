"""Killed while it brings its allotment in line with the plan: no seat is lost or leaked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from boxoffice.central.allotting import Plan
from boxoffice.services.sharing import allotments
from boxoffice.settings import Home
from tests.faults.acts import rows, there
from tests.faults.allotted_acts import BASKETS, KEEP
from tests.faults.test_kills import EVERY, all_of
from tests.homes import AtWork, at_work, small_home
from tests.services.allotted import ahead, places_ahead, seats_of, wish

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

SPARSE = EVERY * 3 if EVERY > 1 else 1


@pytest.fixture
def pattern(tmp_path: Path) -> Home:
    """Two pairs and four places are planned, and not taken yet."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        wish(work, seats_of(2))
        wish(work, Plan("1", "G1", places=4))
    return home


def agrees(work: AtWork) -> None:
    """What it has is what central says it has; and it goes on."""
    held = rows(work, "SELECT count(*) FROM held_seat")[0][0]
    central = "SELECT count(*) FROM custody_seat WHERE holder = 1"
    assert there(work, central) == [(len(ahead(work)) + held,)]
    allotments.keep(work.office)
    allotments.keep(work.office)
    wanted = there(work, "SELECT 2 * sum(pairs), sum(places) FROM allotment")
    assert [(len(ahead(work)), places_ahead(work))] == wanted
    assert there(work, central) == [(len(ahead(work)) + held,)]


def test_taking_and_giving_killed_at_every_step(pattern: Home, tmp_path: Path) -> None:
    assert all_of(KEEP, pattern.path, tmp_path / "killed", agrees, SPARSE) == {}


def test_baskets_of_it_killed_at_every_step(pattern: Home, tmp_path: Path) -> None:
    assert all_of(BASKETS, pattern.path, tmp_path / "killed", agrees, SPARSE) == {}
