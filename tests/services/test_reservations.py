"""Reservations: made without money, found, extended, let go, over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from boxoffice import bootstrap, clock
from boxoffice.errors import (
    BasketEmpty,
    ReasonMissing,
    ReservationNeedsName,
    ReservationOver,
    SeatTaken,
    TooLateToReserve,
    WrongStatus,
)
from boxoffice.queries import catalogue, finding
from boxoffice.queries import reservations as lists
from boxoffice.services.printing import tickets
from boxoffice.services.sales import holds, releases, reservations
from boxoffice.services.sales import orders as baskets
from boxoffice.services.staff import shifts
from tests.faults.acts import rows, sell, take, there
from tests.homes import CAPACITY, NOON, AtWork
from tests.services.reserving import (
    PRICE,
    WAIT,
    all_well,
    at,
    let_go,
    lines_of,
    pay,
    pools,
    reserve,
    statuses,
    view,
)


def extend(work: AtWork, order: str, minutes: float, reason: str = "顾客在路上") -> object:
    return reservations.extend(
        office=work.office,
        desk=work.desk,
        order_id=order,
        until=NOON + timedelta(minutes=minutes),
        reason=reason,
    )


def find(work: AtWork, text: str) -> list[finding.OrderHit]:
    return work.office.read(lambda store: finding.find(store, work.office.seal, text))


# --- making one ----------------------------------------------------------------------------------


def test_reserved_seats_are_kept_for_a_name_without_money(work: AtWork) -> None:
    made = reserve(work, (1, 5), (1, 6), phone="199 0000 0009")
    assert made.deadline == NOON + timedelta(minutes=WAIT)
    assert statuses(work, made.order_id) == ("reserved", ["reserved", "reserved"])
    assert rows(work, "SELECT * FROM payment WHERE window_id = 1") == []
    assert pools(work) == {"free": CAPACITY - 2, "reserved": 2}
    with pytest.raises(SeatTaken):
        take(work, (1, 5))
    gone = work.office.read(lambda store: catalogue.seats_gone(store, work.session("O2")))
    assert {work.seat(1, 5), work.seat(1, 6)} <= gone.sold
    found = shifts.figures(office=work.office, desk=work.desk)
    assert found is not None
    assert found.drawer_fen == 50_000
    all_well(work)


def test_the_settings_say_how_long_it_waits(work: AtWork) -> None:
    made = reservations.reserve(
        office=work.office, desk=work.desk, basket=take(work, (1, 5)), phone="19900000009"
    )
    assert made.deadline == NOON + timedelta(minutes=120)


def test_it_ends_before_its_first_session_starts(work: AtWork) -> None:
    starts = NOON + timedelta(days=1, minutes=30)
    made = reserve(work, (1, 5), minutes=60 * 24 * 3)
    assert made.deadline == starts - timedelta(minutes=30)


def test_too_late_to_wait(work: AtWork) -> None:
    basket = take(work, (1, 5), at="O1")
    at(1)
    with pytest.raises(TooLateToReserve) as refused:
        reservations.reserve(office=work.office, desk=work.desk, basket=basket, name="张伟")
    assert refused.value.fields["latest"] == NOON
    assert rows(work, "SELECT status FROM orders WHERE id = ?", basket) == [("open",)]


def test_somebody_has_to_ask_for_it_later(work: AtWork) -> None:
    with pytest.raises(ReservationNeedsName):
        reserve(work, (1, 5), name="  ", phone=" - ")
    basket = take(work, (1, 6))
    about = {"office": work.office, "desk": work.desk, "basket": basket}
    baskets.set_buyer(**about, name="李雷", phone="")
    made = reservations.reserve(**about)
    assert view(work, made.order_id).buyer == "李*"


def test_an_empty_basket_is_no_reservation(work: AtWork) -> None:
    basket = take(work, (1, 5))
    line = lines_of(work, basket)[0]
    holds.drop_lines(office=work.office, desk=work.desk, basket=basket, line_ids=[line])
    with pytest.raises(BasketEmpty):
        reservations.reserve(office=work.office, desk=work.desk, basket=basket, name="张伟")


def test_what_is_sold_or_reserved_is_not_reserved_again(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    sold = sell(work, (1, 6))
    for order in (made.order_id, sold.order_id):
        with pytest.raises(WrongStatus):
            reservations.reserve(office=work.office, desk=work.desk, basket=order, name="张伟")
    all_well(work)


def test_a_slip_is_printed(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    printed = tickets.print_jobs(office=work.office, desk=work.desk, job_ids=made.print_jobs)
    assert (printed.printed, printed.doubtful) == (1, 0)
    assert len(list(work.office.home.prints.glob("*reservation*.pdf"))) == 1


# --- finding it ----------------------------------------------------------------------------------


def test_found_by_code_number_phone_and_name(work: AtWork) -> None:
    made = reserve(work, (1, 5), phone="199-0000-0009")
    code = f"{made.code[:4].lower()} {made.code[4:].lower()}"
    for text in (made.code, code, made.number, "19900000009", "张伟"):
        hits = find(work, text)
        assert [(hit.id, hit.status) for hit in hits] == [(made.order_id, "reserved")], text
    assert hits[0].deadline == made.deadline


def test_found_though_its_first_seat_was_taken_out_of_the_basket(work: AtWork) -> None:
    basket = take(work, (1, 5), (1, 6))
    line = lines_of(work, basket)[0]
    holds.drop_lines(office=work.office, desk=work.desk, basket=basket, line_ids=[line])
    made = reservations.reserve(office=work.office, desk=work.desk, basket=basket, name="张伟")
    assert [hit.id for hit in find(work, made.code)] == [made.order_id]


def test_the_list_of_what_waits(work: AtWork) -> None:
    late = reserve(work, (1, 5), minutes=90)
    soon = reserve(work, (1, 6), (1, 7), minutes=30)
    pay(work, soon.order_id, lines_of(work, soon.order_id)[0])
    listed = work.office.read(lambda store: lists.waiting(store, work.office.seal))
    assert [(row.id, row.tickets, row.due_fen) for row in listed] == [
        (soon.order_id, 1, PRICE),
        (late.order_id, 1, PRICE),
    ]
    assert listed[0].name == "张*"


# --- in hand, extended, let go -------------------------------------------------------------------


def test_in_hand_and_put_back_without_change(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    reservations.take_up(office=work.office, desk=work.desk, order_id=made.order_id)
    reservations.take_up(office=work.office, desk=work.desk, order_id=made.order_id)
    held = "SELECT holder FROM custody_order WHERE order_id = ?"
    assert there(work, held, made.order_id) == [(1,)]
    at(WAIT + 5)
    assert releases.release_expired(work.office) == [], "who is being served is not thrown out"
    pay(work, made.order_id)
    assert there(work, held, made.order_id) == [(None,)]
    reservations.put_back(office=work.office, order_id=made.order_id)
    all_well(work)


def test_extended_with_a_reason(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    assert extend(work, made.order_id, 200) == NOON + timedelta(minutes=200)
    at(199)
    assert releases.release_expired(work.office) == []
    pay(work, made.order_id)
    all_well(work)


def test_not_extended_without_reason_backwards_or_beyond_the_start(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    with pytest.raises(ReasonMissing):
        extend(work, made.order_id, 200, reason="  ")
    with pytest.raises(TooLateToReserve):
        extend(work, made.order_id, WAIT - 1)
    latest = NOON + timedelta(days=1)
    assert extend(work, made.order_id, 60 * 24 * 9) == latest
    with pytest.raises(TooLateToReserve):
        extend(work, made.order_id, 60 * 24 * 9)
    all_well(work)


def test_over_is_over_even_for_extending(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    at(WAIT + 1)
    with pytest.raises(ReservationOver):
        extend(work, made.order_id, 200)
    all_well(work)


def test_let_go_on_demand_and_on_sale_again(work: AtWork) -> None:
    made = reserve(work, (1, 5), (1, 6))
    assert let_go(work, made.order_id, lines_of(work, made.order_id)[1]) == 1
    assert statuses(work, made.order_id) == ("reserved", ["reserved", "released"])
    sell(work, (1, 6))
    assert let_go(work, made.order_id) == 1
    assert statuses(work, made.order_id) == ("released", ["released", "released"])
    assert view(work, made.order_id).total_fen == 0
    sell(work, (1, 5))
    assert pools(work) == {"free": CAPACITY - 2, "sold": 2}
    with pytest.raises(WrongStatus):
        let_go(work, made.order_id)
    all_well(work)


def test_only_what_waits_can_be_let_go(work: AtWork) -> None:
    made = reserve(work, (1, 5), (1, 6))
    first = lines_of(work, made.order_id)[0]
    pay(work, made.order_id, first)
    with pytest.raises(WrongStatus):
        let_go(work, made.order_id, first)
    with pytest.raises(ReasonMissing):
        let_go(work, made.order_id, reason="")
    all_well(work)


def test_places_of_a_pass_are_reserved_too(work: AtWork) -> None:
    settings = replace(work.office.settings, reservation_ends_before_start_minutes=0)
    office = replace(work.office, settings=settings)
    early = NOON - timedelta(hours=2)
    clock.use(lambda: early)
    basket = holds.take_places(
        office=office, desk=work.desk, session_id=work.session("G1"), count=4, basket=None
    )
    made = reservations.reserve(office=office, desk=work.desk, basket=basket, phone="19900000009")
    assert made.deadline == NOON - timedelta(hours=1)
    assert pools(work, "G1") == {"free": 2, "reserved": 4}
    at(0)
    assert releases.release_expired(work.office) == [made.order_id]
    assert pools(work, "G1") == {"free": 6}
    all_well(work)


# --- over ----------------------------------------------------------------------------------------


def test_at_start_what_is_over_is_let_go(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    at(WAIT + 1)
    bootstrap.recover(work.office)
    assert statuses(work, made.order_id) == ("released", ["released"])
    assert rows(
        work, "SELECT operator_id, act FROM journal WHERE order_id = ? ORDER BY number",
        made.order_id,
    )[-1] == (None, "expire")  # fmt: skip
    all_well(work)


def test_one_that_is_paid_for_is_not_swept(work: AtWork) -> None:
    """Rule 8: an unfinished attempt keeps everything where it is."""
    made = reserve(work, (1, 5))
    reservations.take_up(office=work.office, desk=work.desk, order_id=made.order_id)
    work.office.write(
        lambda store: store.run(
            "INSERT INTO attempt (id, number, order_id, tender, amount_fen, currency, "
            "status, created_at, "
            "ended_at) VALUES ('a1', '1-1-9', ?, 'cash', 68000, 'CNY', 'sent', ?, NULL)",
            (made.order_id, clock.to_text(NOON)),
        )
    )
    at(WAIT + 1)
    assert releases.release_expired(work.office) == []
    reservations.put_back(office=work.office, order_id=made.order_id)
    assert there(work, "SELECT holder FROM custody_order WHERE order_id = ?", made.order_id) == [
        (1,)
    ]
