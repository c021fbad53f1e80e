"""Reservations of so many of a level: nobody is told the seats, and they may be swapped."""

from __future__ import annotations

import pytest

from boxoffice.errors import SeatTaken, WrongStatus
from boxoffice.services.sales import checkout, holds, reservations, swaps
from tests.faults.acts import rows, sell
from tests.homes import CAPACITY, AtWork
from tests.services.reserving import (
    WAIT,
    all_well,
    lines_of,
    pay,
    pools,
    reserve,
    view,
)

# --- so many of a level --------------------------------------------------------------------------


def open_seats(work: AtWork, count: int = 2) -> reservations.Reservation:
    basket = holds.take_best(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O2"),
        category="B",
        count=count,
        basket=None,
    )
    return reservations.reserve(
        office=work.office, desk=work.desk, basket=basket, name="张伟", minutes=WAIT,
        seats_open=True,
    )  # fmt: skip


def seats_of(work: AtWork, order: str) -> list[int]:
    found = rows(work, "SELECT seat_id FROM order_line WHERE order_id = ? ORDER BY position", order)
    return [row[0] for row in found]


def test_nobody_is_told_the_seats_before_they_are_paid_for(work: AtWork) -> None:
    made = open_seats(work)
    shown = view(work, made.order_id)
    assert shown.seats_open
    assert {(x.seat_id, x.zone, x.row, x.number) for x in shown.lines} == {(None, "", "", "")}
    assert {x.category for x in shown.lines} == {"B"}
    pay(work, made.order_id, shown.lines[0].id)
    first, second = view(work, made.order_id).lines
    assert first.seat_id is not None
    assert first.number
    assert second.seat_id is None


def test_open_seats_are_swapped_and_the_old_ones_sold(work: AtWork) -> None:
    made = open_seats(work)
    before = seats_of(work, made.order_id)
    swaps.swap_for_others(
        office=work.office,
        desk=work.desk,
        order_id=made.order_id,
        line_ids=lines_of(work, made.order_id),
    )
    after = seats_of(work, made.order_id)
    assert not set(before) & set(after)
    all_well(work)
    basket = holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O2"),
        seat_ids=before,
        basket=None,
    )
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=1_000_000)
    with pytest.raises(SeatTaken):
        holds.take_seats(
            office=work.office,
            desk=work.desk,
            session_id=work.session("O2"),
            seat_ids=after[:1],
            basket=None,
        )
    pay(work, made.order_id)
    assert pools(work) == {"free": CAPACITY - 4, "sold": 4}
    all_well(work)


def test_a_taken_seat_leaves_the_swap_undone(work: AtWork) -> None:
    made = open_seats(work, 1)
    before = seats_of(work, made.order_id)
    sell(work, (3, 1))
    with pytest.raises(SeatTaken):
        swaps.swap_seats(
            office=work.office,
            desk=work.desk,
            order_id=made.order_id,
            seats={lines_of(work, made.order_id)[0]: work.seat(3, 1)},
        )
    assert seats_of(work, made.order_id) == before
    all_well(work)


def test_named_seats_are_never_swapped(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    with pytest.raises(WrongStatus):
        swaps.swap_seats(
            office=work.office,
            desk=work.desk,
            order_id=made.order_id,
            seats={lines_of(work, made.order_id)[0]: work.seat(1, 7)},
        )
