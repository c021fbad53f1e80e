"""From an empty basket to tickets in the visitor's hand, and every refusal on the way."""

from __future__ import annotations

from contextlib import suppress

import pytest

from boxoffice.desk import Desk, Operator, Role
from boxoffice.errors import (
    BadDocument,
    BasketEmpty,
    CapacityReached,
    DocumentsMissing,
    DocumentUsed,
    NoShift,
    NotAllowed,
    NotEnoughCash,
    NotEnoughPlaces,
    NotEnoughTogether,
    SeatTaken,
    WrongStatus,
)
from boxoffice.queries import catalogue, orders
from boxoffice.services.printing import tickets
from boxoffice.services.sales import checkout, holds
from boxoffice.services.sales import orders as baskets
from boxoffice.services.sharing import sync
from boxoffice.services.staff import shifts
from tests.homes import CAPACITY, AtWork, resident_id


def seats(work: AtWork, *places: tuple[int, int], basket: str | None = None, at: str = "O1") -> str:
    return holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session(at),
        seat_ids=[work.seat(*place) for place in places],
        basket=basket,
    )


def view(work: AtWork, basket: str) -> orders.OrderView:
    return work.office.read(lambda store: orders.order(store, work.office.seal, basket))


def name_all(work: AtWork, basket: str, first: int = 500) -> None:
    for n, line in enumerate(view(work, basket).lines):
        bind(work, basket, line.id, resident_id(first + n))


def bind(work: AtWork, basket: str, line_id: str, number: str, kind: str = "resident_id") -> None:
    baskets.set_attendee(
        office=work.office,
        desk=work.desk,
        basket=basket,
        line_id=line_id,
        name="试",
        document_type=kind,
        document=number,
    )


def pay(work: AtWork, basket: str, tendered: int) -> checkout.Sale:
    return checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=tendered
    )


def test_two_seats_for_cash(work: AtWork) -> None:
    basket = seats(work, (1, 5), (1, 6))
    name_all(work, basket)
    sale = pay(work, basket, 200_000)
    assert (sale.total_fen, sale.change_fen) == (136_000, 64_000)
    printed = tickets.print_jobs(office=work.office, desk=work.desk, job_ids=sale.print_jobs)
    assert (printed.printed, printed.doubtful) == (3, 0)
    assert len(list(work.office.home.prints.glob("*.pdf"))) == 2
    sold = view(work, basket)
    assert sold.status == "paid"
    assert all(line.handed_over_at is not None for line in sold.lines)
    found = shifts.figures(office=work.office, desk=work.desk)
    assert found is not None
    assert found.drawer_fen == 50_000 + 136_000, "change is no takings"


def test_central_has_the_sale_and_the_window_holds_nothing(work: AtWork) -> None:
    basket = seats(work, (2, 1))
    name_all(work, basket)
    pay(work, basket, 68_000)
    held = work.office.read(
        lambda store: [
            store.all(f"SELECT * FROM {table}")
            for table in ("held_seat", "held_claim", "held_places", "held_order")
        ]
    )
    assert held == [[], [], [], []]
    there = work.office.link.lane.call(
        lambda store: store.all(
            "SELECT holder, order_id FROM custody_seat WHERE session_id = ? AND seat_id = ?",
            (work.session("O1"), work.seat(2, 1)),
        )
    )
    assert there == [(None, basket)]
    unsent = work.office.read(lambda store: sync.unsent(store, 1, 1))
    assert unsent == 0


def test_a_sold_seat_is_refused_and_named(work: AtWork) -> None:
    with pytest.raises(SeatTaken) as refused:
        seats(work, (1, 3), (1, 1))
    assert refused.value.fields["number"] == "1"
    gone = work.office.read(lambda store: catalogue.seats_gone(store, work.session("O1")))
    assert work.seat(1, 3) not in gone.held, "all or none"


def test_a_seat_in_another_basket_is_refused(work: AtWork) -> None:
    seats(work, (1, 5))
    with pytest.raises(SeatTaken):
        seats(work, (1, 5))


def test_a_seat_taken_out_of_a_basket_is_free_again(work: AtWork) -> None:
    basket = seats(work, (1, 5), (1, 6))
    line = view(work, basket).lines[0]
    holds.drop_lines(office=work.office, desk=work.desk, basket=basket, line_ids=[line.id])
    assert [x.number for x in view(work, basket).lines] == ["6"]
    assert view(work, basket).total_fen == 68_000
    seats(work, (1, 5))


def test_an_abandoned_basket_gives_everything_back(work: AtWork) -> None:
    basket = seats(work, (1, 5), (1, 6))
    name_all(work, basket)
    holds.abandon(office=work.office, desk=work.desk, basket=basket)
    again = seats(work, (1, 5), (1, 6))
    name_all(work, again)
    pay(work, again, 136_000)


def test_one_document_one_ticket_per_session(work: AtWork) -> None:
    basket = seats(work, (1, 5), (1, 6))
    first, second = view(work, basket).lines
    bind(work, basket, first.id, resident_id(900))
    with pytest.raises(DocumentUsed):
        bind(work, basket, second.id, resident_id(900))
    with pytest.raises(DocumentUsed) as sold_before:
        bind(work, basket, second.id, resident_id(1))
    assert sold_before.value.fields["order"] == "TT0001"
    bind(work, basket, first.id, resident_id(901))
    bind(work, basket, second.id, resident_id(900))
    other_day = seats(work, (1, 5), at="O2")
    bind(work, other_day, view(work, other_day).lines[0].id, resident_id(900))


def test_a_malformed_document_is_refused(work: AtWork) -> None:
    basket = seats(work, (1, 5))
    line = view(work, basket).lines[0]
    number = resident_id(900)
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    with pytest.raises(BadDocument) as refused:
        bind(work, basket, line.id, wrong)
    assert refused.value.fields["expected"] == "check_digit"


def test_what_keeps_a_basket_from_being_paid(work: AtWork) -> None:
    basket = seats(work, (1, 5))
    with pytest.raises(DocumentsMissing):
        pay(work, basket, 68_000)
    name_all(work, basket)
    with pytest.raises(NotEnoughCash):
        pay(work, basket, 67_999)
    line = view(work, basket).lines[0]
    holds.drop_lines(office=work.office, desk=work.desk, basket=basket, line_ids=[line.id])
    with pytest.raises(BasketEmpty):
        pay(work, basket, 0)
    attempts = work.office.read(lambda store: store.all("SELECT * FROM attempt"))
    assert attempts == [], "a refused payment leaves no attempt"


def test_a_basket_is_paid_once(work: AtWork) -> None:
    basket = seats(work, (1, 5), at="O2")
    pay(work, basket, 68_000)
    with pytest.raises(BasketEmpty):
        pay(work, basket, 68_000)


def test_capacity_ends_sales_before_the_last_seat(work: AtWork) -> None:
    left = CAPACITY - 3
    free = [
        (row, n)
        for row in range(1, 5)
        for n in range(1, 11)
        if (row, n) not in ((1, 1), (1, 2), (4, 1))
    ]
    seats(work, *free[:left])
    with pytest.raises(CapacityReached) as refused:
        seats(work, free[left])
    assert refused.value.fields["capacity"] == CAPACITY


def test_places_by_count(work: AtWork) -> None:
    basket = holds.take_places(
        office=work.office, desk=work.desk, session_id=work.session("G1"), count=3, basket=None
    )
    with pytest.raises(NotEnoughPlaces) as refused:
        holds.take_places(
            office=work.office, desk=work.desk, session_id=work.session("G1"), count=4, basket=None
        )
    assert refused.value.fields["left"] == 3
    lines = view(work, basket).lines
    holds.drop_lines(office=work.office, desk=work.desk, basket=basket, line_ids=[lines[0].id])
    name_all(work, basket)
    assert pay(work, basket, 10_000).total_fen == 10_000


def test_several_sessions_and_ticket_types_in_one_basket(work: AtWork) -> None:
    basket = seats(work, (1, 5))
    seats(work, (4, 9), basket=basket)
    holds.take_places(
        office=work.office, desk=work.desk, session_id=work.session("G1"), count=1, basket=basket
    )
    lines = view(work, basket).lines
    assert [line.ticket_type for line in lines] == ["adult", "companion", "adult"]
    baskets.set_ticket_type(
        office=work.office,
        desk=work.desk,
        basket=basket,
        line_id=lines[0].id,
        ticket_type="concession",
    )
    assert view(work, basket).total_fen == 34_000 + 0 + 5_000


def test_the_best_seats_together(work: AtWork) -> None:
    basket = holds.take_best(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O1"),
        category="B",
        count=4,
        basket=None,
    )
    lines = view(work, basket).lines
    numbers = [int(line.number) for line in lines]
    assert len({line.row for line in lines}) == 1
    assert numbers == list(range(numbers[0], numbers[0] + 4))
    with pytest.raises(NotEnoughTogether) as refused:
        holds.take_best(
            office=work.office,
            desk=work.desk,
            session_id=work.session("O1"),
            category="A",
            count=11,
            basket=None,
        )
    assert refused.value.fields["longest"] == 10


def test_parked_and_recalled(work: AtWork) -> None:
    basket = seats(work, (1, 5), at="O2")
    holds.park(office=work.office, desk=work.desk, basket=basket, label="红帽")
    assert [row.label for row in work.office.read(orders.parked)] == ["红帽"]
    with pytest.raises(WrongStatus):
        pay(work, basket, 68_000)
    holds.recall(office=work.office, desk=work.desk, basket=basket)
    pay(work, basket, 68_000)


def test_the_line_breaks_and_comes_back(work: AtWork) -> None:
    """Central's file is gone for a while: nothing new is taken, what is held can be sold."""
    basket = seats(work, (1, 5), at="O2")
    home = work.office.home
    work.office.link.lane.drop()
    away = home.central_file.rename(home.central_file.with_suffix(".away"))
    sale = pay(work, basket, 68_000)
    assert sale.total_fen == 68_000
    assert work.office.read(lambda store: sync.unsent(store, 1, 1)) == 1
    away.rename(home.central_file)
    sync.push(work.office)
    assert work.office.read(lambda store: sync.unsent(store, 1, 1)) == 0


def test_rights_are_checked_in_the_services(work: AtWork) -> None:
    pickup = Desk(1, 1, Operator("x", "2001", "取", Role.PICKUP), work.desk.shift_id)
    with pytest.raises(NotAllowed):
        holds.take_seats(
            office=work.office,
            desk=pickup,
            session_id=work.session("O1"),
            seat_ids=[work.seat(1, 5)],
            basket=None,
        )
    no_shift = Desk(1, 1, work.desk.operator)
    with pytest.raises(NoShift):
        holds.take_seats(
            office=work.office,
            desk=no_shift,
            session_id=work.session("O1"),
            seat_ids=[work.seat(1, 5)],
            basket=None,
        )


def test_failed_gives_do_not_hide_what_is_held(work: AtWork) -> None:
    basket = seats(work, (1, 5))
    with suppress(SeatTaken):
        seats(work, (1, 6), (1, 1), basket=basket)
    assert [line.number for line in view(work, basket).lines] == ["5"]
