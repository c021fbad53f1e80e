"""What a window gives back and is not its own at central stops nothing else (rules 3 and 4)."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from boxoffice.central import pools
from boxoffice.central.guard import RECOVERING
from boxoffice.records.custody import CENTRAL_POOL
from boxoffice.records.store import Store
from boxoffice.services.sales import holds
from boxoffice.services.sharing import custody, sync
from boxoffice.settings import Home
from tests import servers
from tests.faults.acts import DEAF, faulty, rows, take
from tests.homes import AtWork, at_work
from tests.windows import window_home

HOLDER = "SELECT holder FROM custody_seat WHERE session_id = ? AND seat_id = ?"


@dataclass
class Given:
    """Window 1 gave back two baskets off line; central has not heard of it."""

    home: Home
    database: str

    def lose(self, work: AtWork, kind: str) -> None:
        """Central has it that the first of them is not this window's."""
        with closing(servers.as_owner(self.database)) as central, central.transaction():
            if kind == "places":
                pools.move(central, {(work.session("G1"), 1, CENTRAL_POOL): 2})
                return
            central.run(
                "UPDATE custody_seat SET holder = NULL, epoch = NULL "
                "WHERE session_id = ? AND seat_id = ?",
                (work.session("O2"), work.seat(1, 5)),
            )

    def central(self) -> Store:
        return servers.as_owner(self.database)


@pytest.fixture
def given(tmp_path: Path) -> Given:
    database = servers.fresh_database()
    return Given(window_home(tmp_path / "1", database, 1), database)


def give_two(work: AtWork, kind: str) -> None:
    if kind == "places":
        session = work.session("G1")
        first = holds.take_places(
            office=work.office, desk=work.desk, session_id=session, count=2, basket=None
        )
    else:
        first = take(work, (1, 5))
    second = take(work, (1, 6))
    off = faulty(work, *[DEAF] * 99)
    for basket in (first, second):
        holds.abandon(office=off.office, desk=off.desk, basket=basket)


@pytest.mark.parametrize("kind", ["seats", "places"])
def test_the_rest_is_told_and_the_next_start_goes_on(given: Given, kind: str) -> None:
    with at_work(given.home) as work:
        give_two(work, kind)
        given.lose(work, kind)
        custody.settle(work.office)
        assert rows(work, "SELECT status FROM request WHERE status IN ('asked', 'giving')") == []
        with closing(given.central()) as central:
            assert central.first(HOLDER, (work.session("O2"), work.seat(1, 6))) == (None,)
    with at_work(given.home) as work:
        sync.push(work.office)
        take(work, (1, 6))


def test_of_one_give_what_is_ours_comes_back(given: Given) -> None:
    with at_work(given.home) as work:
        basket = take(work, (1, 5), (1, 6))
        off = faulty(work, *[DEAF] * 99)
        holds.abandon(office=off.office, desk=off.desk, basket=basket)
        given.lose(work, "seats")
        custody.settle(work.office)
        with closing(given.central()) as central:
            assert central.first(HOLDER, (work.session("O2"), work.seat(1, 6))) == (None,)


def test_central_is_not_taken_for_one_that_lost_something(given: Given) -> None:
    """What it refused it has not booked: nobody counts on its answer."""
    with at_work(given.home) as work:
        give_two(work, "seats")
        given.lose(work, "seats")
        custody.settle(work.office)
    with at_work(given.home) as work, closing(given.central()) as central:
        work.office.link.greet()
        assert central.all("SELECT 1 FROM meta WHERE key = ?", (RECOVERING,)) == []
