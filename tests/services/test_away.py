"""Off line, what is not held here is refused by name: an order, seats together."""

from __future__ import annotations

import pytest

from boxoffice.errors import CentralRecovering, NotEnoughTogether, OrderAway, TogetherAway
from boxoffice.services.sales import holds, reservations
from boxoffice.services.sharing import away, sync
from tests.faults.acts import central_away, hand_over, rows, sell, take, tickets_of
from tests.homes import AtWork
from tests.services.allotted import allot, seats_of
from tests.services.return_acts import refund


def test_an_order_that_went_back_is_neither_handed_over_nor_refunded(work: AtWork) -> None:
    before = rows(work, "SELECT order_id, id FROM ticket ORDER BY order_id, id")
    presold = str(before[0][0])
    tickets = [str(ticket) for order, ticket in before if order == presold]
    order, _ = tickets_of(work, sell(work, (1, 5), (1, 6)).number)
    sync.push(work.office)
    with central_away(work.office.home):
        work.office.link.lane.drop()
        with pytest.raises(OrderAway) as refused:
            hand_over(work, presold, tickets)
        assert refused.value.fields["order"] == "TT0001"
        with pytest.raises(OrderAway):
            refund(work, order)
    hand_over(work, presold, tickets)


def test_a_reservation_that_went_back_is_not_taken_up(work: AtWork) -> None:
    basket = take(work, (1, 5))
    made = reservations.reserve(
        office=work.office, desk=work.desk, basket=basket, name="试", phone=""
    )
    sync.push(work.office)
    with central_away(work.office.home):
        work.office.link.lane.drop()
        with pytest.raises(OrderAway) as refused:
            reservations.take_up(office=work.office, desk=work.desk, order_id=made.order_id)
        assert refused.value.fields["order"] == made.number
        assert made.order_id not in work.office.underway.on_screen


def best(work: AtWork, count: int) -> str:
    return holds.take_best(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O2"),
        category="A",
        count=count,
        basket=None,
    )


def test_seats_together_are_those_held_here(work: AtWork) -> None:
    allot(work, seats_of(pairs=1))
    with central_away(work.office.home):
        work.office.link.lane.drop()
        with pytest.raises(TogetherAway) as refused:
            best(work, 3)
        found = refused.value.fields
        assert (found["count"], found["category"], found["longest"]) == (3, "A", 2)
    work.office.link.greet()
    with pytest.raises(NotEnoughTogether):
        best(work, 30)


def test_a_central_that_waits_for_others_says_so_itself(work: AtWork) -> None:
    waits = CentralRecovering(windows="2")
    few = NotEnoughTogether(count=2, category="A", longest=0)
    assert away.together(waits, few) is waits
    assert away.order(work.office, waits, "any") is waits
