"""Exchanges at a central on a server: its rights let them happen, and one window at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice.errors import HeldElsewhere
from boxoffice.records.store import Row
from boxoffice.services.sharing import sync
from tests.homes import AtWork
from tests.services.exchange_acts import begin, cash, exchange, give_up, live, to_seats
from tests.services.return_acts import sell_at
from tests.windows import two_windows


def central(work: AtWork, sql: str) -> list[Row]:
    return work.office.link.call(lambda store, _: store.all(sql))


def agreed(*works: AtWork) -> None:
    for work in works:
        sync.push(work.office)
        sync.pull(work.office)
    assert central(works[0], "SELECT reason FROM review") == []


def test_begun_at_one_window_and_again_at_the_other(tmp_path: Path) -> None:
    with two_windows(tmp_path) as (one, two):
        order = sell_at(one, "O2", (3, 5), (3, 6))
        agreed(one, two)
        begin(one, order, to_seats(one, order, (1, 5)))
        agreed(one, two)
        # It stays where it was begun until it is over.
        with pytest.raises(HeldElsewhere):
            begin(two, order, to_seats(two, order, (1, 6)))
        cash(one, order)
        agreed(one, two)
        assert live(two, order) == [("O2", 1, 5), ("O2", 3, 6)]
        exchange(two, order, to_seats(two, order, (3, 8)))
        agreed(two, one)
        begin(two, order, to_seats(two, order, (3, 9)))
        give_up(two, order)
        exchange(one, order, to_seats(one, order, (3, 7)))
        agreed(one, two)
        assert live(two, order) == live(one, order)
        assert central(one, "SELECT status, count(*) FROM ticket GROUP BY 1 ORDER BY 1") == central(
            two, "SELECT status, count(*) FROM ticket GROUP BY 1 ORDER BY 1"
        )
        held = "SELECT count(*) FROM custody_seat WHERE holder IS NOT NULL"
        assert central(one, held) == [(0,)]
