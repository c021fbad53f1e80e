"""Orders paid in part: finished, undone, or listed for a supervisor; never let go by a clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from boxoffice import clock
from boxoffice.services.sales import checkout, part_paid, releases, reservations, undoing
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from tests.faults.acts import proof, rows, take, there
from tests.gateways import Hours
from tests.homes import AtWork, at_work


@pytest.fixture
def work(home: Home, time: Hours) -> Iterator[AtWork]:
    with at_work(home) as found:
        clock.use(lambda: time.at)
        yield found


def test_one_left_paid_in_part_is_a_case(home: Home, work: AtWork, time: Hours) -> None:
    """A reservation, paid in part, whose time is over meanwhile."""
    basket = take(work, (1, 5), (1, 6))
    reservations.reserve(office=work.office, desk=work.desk, basket=basket, name="试", minutes=30)
    reservations.take_up(office=work.office, desk=work.desk, order_id=basket)
    checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=20_000, amount_fen=20_000
    )
    sync.push(work.office)
    assert part_paid.list_left(work.office) == []
    time.at += timedelta(hours=2)
    assert releases.release_expired(work.office) == []
    assert part_paid.list_left(work.office) == [basket]
    sync.pull(work.office)
    assert part_paid.list_left(work.office) == []
    assert there(work, "SELECT kind, key FROM cases WHERE kind = 'part_paid'") == [
        ("part_paid", basket)
    ]
    # Undone it waits for its money again, and its time is over.
    undoing.undo(office=work.office, desk=work.desk, order_id=basket)
    sync.push(work.office)
    assert releases.release_expired(work.office) == [basket]
    assert rows(work, "SELECT status FROM orders WHERE id = ?", basket) == [("released",)]
    sync.push(work.office)
    sync.pull(work.office)
    assert rows(work, "SELECT status FROM cases WHERE kind = 'part_paid'") == [("settled",)]
    assert proof(home).broken == ()


def test_paid_in_part_and_finished_by_another_start(home: Home, time: Hours) -> None:
    """What a crash leaves paid in part is found as it was, and can be finished."""
    with at_work(home) as work:
        basket = take(work, (1, 5))
        first = checkout.pay_cash(
            office=work.office, desk=work.desk, basket=basket, tendered_fen=500, amount_fen=500
        )
    with at_work(home) as again:
        sale = reservations.pay_cash(
            office=again.office, desk=again.desk, order_id=basket, tendered_fen=first.left_fen
        )
        assert sale.finished
        sync.push(again.office)
        assert proof(home).broken == ()
