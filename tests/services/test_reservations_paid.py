"""Reservations paid for, whole or in part, with the documents a session asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boxoffice.errors import (
    DocumentsMissing,
    DocumentUsed,
    NotEnoughCash,
    ReservationOver,
    WrongStatus,
)
from boxoffice.services.sales import checkout, releases, reservations
from tests.faults.acts import broken, name_all, rows, sell, take
from tests.homes import CAPACITY, AtWork, resident_id
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

# --- paying --------------------------------------------------------------------------------------


def test_paid_whole_like_any_sale(work: AtWork) -> None:
    made = reserve(work, (1, 5), (1, 6))
    at(WAIT)
    sale = pay(work, made.order_id, tendered=2 * PRICE + 500)
    assert (sale.number, sale.total_fen, sale.change_fen) == (made.number, 2 * PRICE, 500)
    assert statuses(work, made.order_id) == ("paid", ["sold", "sold"])
    assert all(line.handed_over_at is not None for line in view(work, made.order_id).lines)
    assert pools(work) == {"free": CAPACITY - 2, "sold": 2}
    all_well(work)


def test_some_seats_are_paid_and_the_rest_is_let_go_when_its_time_is_over(work: AtWork) -> None:
    made = reserve(work, (1, 5), (1, 6), (1, 7))
    first = lines_of(work, made.order_id)[0]
    sale = pay(work, made.order_id, first)
    assert sale.total_fen == PRICE
    assert statuses(work, made.order_id) == ("reserved", ["sold", "reserved", "reserved"])
    assert pools(work) == {"free": CAPACITY - 3, "sold": 1, "reserved": 2}
    all_well(work)
    at(WAIT + 1)
    assert releases.release_expired(work.office) == [made.order_id]
    assert statuses(work, made.order_id) == ("paid", ["sold", "released", "released"])
    assert view(work, made.order_id).total_fen == PRICE
    assert pools(work) == {"free": CAPACITY - 1, "sold": 1}
    sell(work, (1, 6), (1, 7))
    all_well(work)


def test_paid_in_two_parts(work: AtWork) -> None:
    made = reserve(work, (1, 5), (1, 6))
    first, second = lines_of(work, made.order_id)
    pay(work, made.order_id, first)
    at(10)
    pay(work, made.order_id, second)
    assert statuses(work, made.order_id) == ("paid", ["sold", "sold"])
    paid = rows(work, "SELECT count(*) FROM payment WHERE order_id = ?", made.order_id)
    assert paid == [(2,)]
    with pytest.raises(WrongStatus):
        pay(work, made.order_id)
    all_well(work)


def test_after_the_deadline_it_is_refused_to_the_second(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    at(WAIT + 1 / 60)
    with pytest.raises(ReservationOver) as refused:
        pay(work, made.order_id)
    assert refused.value.fields == {"order": made.number, "deadline": made.deadline}
    assert statuses(work, made.order_id) == ("reserved", ["reserved"])
    assert releases.release_expired(work.office) == [made.order_id]
    all_well(work)


def test_too_little_cash_leaves_it_waiting(work: AtWork) -> None:
    made = reserve(work, (1, 5))
    with pytest.raises(NotEnoughCash):
        pay(work, made.order_id, tendered=100)
    reservations.put_back(office=work.office, order_id=made.order_id)
    assert statuses(work, made.order_id) == ("reserved", ["reserved"])
    all_well(work)


# --- documents -----------------------------------------------------------------------------------


def real_name(work: AtWork) -> tuple[AtWork, reservations.Reservation]:
    """A reservation of today's session, which asks for documents."""
    settings = replace(work.office.settings, reservation_ends_before_start_minutes=0)
    late = AtWork(replace(work.office, settings=settings), work.desk)
    basket = take(late, (1, 5), (1, 6), at="O1")
    made = reservations.reserve(
        office=late.office, desk=late.desk, basket=basket, name="张伟", minutes=20
    )
    return late, made


def bind(work: AtWork, order: str, line: str, serial: int) -> None:
    reservations.name_attendee(
        office=work.office,
        desk=work.desk,
        order_id=order,
        line_id=line,
        name="试",
        document_type="resident_id",
        document=resident_id(serial),
    )


def test_documents_are_given_before_paying(work: AtWork) -> None:
    work, made = real_name(work)
    first, second = lines_of(work, made.order_id)
    with pytest.raises(DocumentsMissing):
        pay(work, made.order_id)
    bind(work, made.order_id, first, 901)
    assert broken(work) == ()
    pay(work, made.order_id, first)
    bind(work, made.order_id, second, 902)
    pay(work, made.order_id)
    assert statuses(work, made.order_id) == ("paid", ["sold", "sold"])
    all_well(work)


def test_a_document_with_a_ticket_is_refused(work: AtWork) -> None:
    basket = take(work, (2, 5), at="O1")
    name_all(work, basket, first=901)
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=PRICE)
    work, made = real_name(work)
    with pytest.raises(DocumentUsed):
        bind(work, made.order_id, lines_of(work, made.order_id)[0], 901)
    reservations.put_back(office=work.office, order_id=made.order_id)
    all_well(work)


def test_a_released_reservation_keeps_no_document_from_others(work: AtWork) -> None:
    work, made = real_name(work)
    bind(work, made.order_id, lines_of(work, made.order_id)[0], 901)
    let_go(work, made.order_id)
    basket = take(work, (1, 5), at="O1")
    name_all(work, basket, first=901)
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=PRICE)
    all_well(work)


def test_one_document_is_not_given_to_two_tickets_of_one_reservation(work: AtWork) -> None:
    """They may be paid for together, and then central would see the document once."""
    work, made = real_name(work)
    first, second = lines_of(work, made.order_id)
    bind(work, made.order_id, first, 901)
    with pytest.raises(DocumentUsed):
        bind(work, made.order_id, second, 901)
    bind(work, made.order_id, first, 902)
    bind(work, made.order_id, second, 901)
    pay(work, made.order_id)
    all_well(work)


def test_whoever_pays_first_keeps_the_document(work: AtWork) -> None:
    """Two reservations may name the same person; central has the last word."""
    work, made = real_name(work)
    first, second = lines_of(work, made.order_id)
    bind(work, made.order_id, first, 901)
    bind(work, made.order_id, second, 902)
    reservations.put_back(office=work.office, order_id=made.order_id)
    basket = take(work, (2, 5), at="O1")
    name_all(work, basket, first=901)
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=PRICE)
    with pytest.raises(DocumentUsed):
        pay(work, made.order_id)
    pay(work, made.order_id, second)
    let_go(work, made.order_id)
    assert statuses(work, made.order_id) == ("paid", ["released", "sold"])
    all_well(work)
