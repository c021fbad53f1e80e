"""A window that gets a new epoch, killed with SIGKILL at every step of it, goes on whole.

It reports what it did in the old one, keeps its records and lets go of what it held. A few steps
here; all of them with BOXOFFICE_EVERY_STEP=1.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.central import fencing, freeing
from boxoffice.services.setup import windows
from boxoffice.settings import Home
from boxoffice.verify.proof import prove
from tests import venues
from tests.faults.acts import DEAF, faulty, pay, rows, take
from tests.faults.epoch_acts import enrol_in_child
from tests.venues import Venue

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

EVERY = bool(os.environ.get("BOXOFFICE_EVERY_STEP"))
A_FEW = 6
"""Steps that are tried otherwise, spread over all."""
SHARES = 24 if EVERY else 1
"""Each at a venue of its own: each time a seat is sold, and a little court has 38."""
BY = {"operator": "9001", "reason": "another computer"}
SEATS = [(row, number) for row in range(1, 5) for number in range(1, 9)]


def leave_unsent(venue: Venue, home: Home, seat: tuple[int, int]) -> str:
    """A seat sold off line, another in a basket; the epoch ends. Answers the order."""
    with venue.at_work(home) as work:
        epoch = work.office.chain.epoch
        take(work, (3, 10))
        order = pay(faulty(work, *[DEAF] * 99), take(work, seat)).order_id
    with venue.opened() as central:
        assert fencing.fence(central.store, 1, **BY) == epoch
        windows.replace_window(central, window="1", out=venue.folder / f"epoch{epoch}.json")
    return order


def goes_on(venue: Venue, home: Home, file: Path) -> None:
    """As whoever starts it again does."""
    if bootstrap.enrolling(home):
        bootstrap.enrol_window(home, None, lambda *_: None)
    else:
        bootstrap.enrol_window(home, file, lambda *_: None)
    assert not bootstrap.enrolling(home)


def is_whole(venue: Venue, home: Home, order: str, ended: int) -> None:
    with venue.opened() as central:
        assert central.store.first("SELECT status FROM orders WHERE id = ?", (order,)) == ("paid",)
        assert central.store.all("SELECT reason FROM review") == []
        # It has told all: nobody else has to answer for what it held.
        assert freeing.free(central.store, 1, ended, **BY).seats == 1
    with venue.at_work(home) as work:
        assert work.office.chain.epoch == ended + 1
        assert rows(work, "SELECT status FROM orders WHERE id = ?", order) == [("paid",)]
        assert rows(work, "SELECT 1 FROM held_seat UNION SELECT 1 FROM held_order") == []
    with bootstrap.open_sides(home, central=bootstrap.address_at(venue.home)) as sides:
        assert prove(sides).broken == ()


def epochs(folder: Path, steps: list[int]) -> Iterator[int | None]:
    """One window through one epoch after another, each begun with a kill at the next step.

    Answers how many steps there were, where it lived.
    """
    with venues.venue(folder) as venue:
        home = venue.window("East")
        for ended, (step, seat) in enumerate(zip(steps, SEATS, strict=False), start=1):
            order = leave_unsent(venue, home, seat)
            file = venue.folder / f"epoch{ended}.json"
            taken = enrol_in_child(home, file, step)
            if taken is None:
                goes_on(venue, home, file)
            is_whole(venue, home, order, ended)
            yield taken


@pytest.fixture(scope="module")
def count(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many steps a new epoch takes."""
    (taken,) = epochs(tmp_path_factory.mktemp("alive"), [-1])
    assert taken is not None
    assert taken > 50
    print(f"new epoch: {taken} steps")
    return taken


@pytest.mark.parametrize("share", range(SHARES))
def test_a_new_epoch_killed_at_every_step(tmp_path: Path, count: int, share: int) -> None:
    few = [n * count // A_FEW + 3 for n in range(A_FEW)]
    wanted = list(range(count))[share::SHARES] if EVERY else few
    taken = epochs(tmp_path, wanted)
    lived = [step for step, all_of_it in zip(wanted, taken, strict=True) if all_of_it]
    # Later epochs take a step more or less than the first.
    assert not [step for step in lived if step < count - 10], lived
