"""A group's list bound to the tickets of a basket."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.exchange.people_list import read_text
from boxoffice.queries import orders as queries
from boxoffice.services.sales import checkout, groups, holds, orders
from boxoffice.verify.proof import prove
from tests.homes import AtWork, at_work, resident_id, small_home
from tests.services.limiting import DOCUMENT, rule, take

KNOWN = "110101189001010016"
"""Has a ticket for O1 from before."""


def basket_of(work: AtWork, *numbers: int, session: str = "O1", row: int = 3, into=None) -> str:
    return holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session(session),
        seat_ids=[work.seat(row, number) for number in numbers],
        basket=into,
    )


def people(*serials: int):
    return read_text("\n".join(f"试{serial} {resident_id(serial)}" for serial in serials))


def bind(work: AtWork, basket: str, listed):
    return groups.bind(office=work.office, desk=work.desk, basket=basket, listed=listed)


def view(work: AtWork, basket: str):
    return work.office.read(lambda store: queries.order(store, work.office.seal, basket))


def numbers(work: AtWork, basket: str) -> list[str]:
    rows = work.office.read(
        lambda store: store.all(
            "SELECT document_sealed FROM order_line WHERE order_id = ? ORDER BY position", (basket,)
        )
    )
    return [work.office.seal.open(row[0]) for row in rows]


def test_people_get_the_tickets_in_their_order(work: AtWork):
    basket = basket_of(work, 1, 2, 3)
    before = work.office.read(
        lambda store: groups.preview(store, work.office.seal, basket, people(11, 12, 13))
    )
    assert (before.tickets, before.free, before.over, before.errors) == (3, 0, 0, ())
    assert all("1890" not in row.document for row in before.rows)
    bind(work, basket, people(11, 12, 13))
    assert numbers(work, basket) == [resident_id(n) for n in (11, 12, 13)]
    assert view(work, basket).documents_wanted == 0


def test_each_gets_one_ticket_of_every_session(work: AtWork):
    basket = basket_of(work, 1, 2)
    basket_of(work, 1, 2, session="O2", into=basket)
    bind(work, basket, people(11, 12))
    assert numbers(work, basket) == [resident_id(n) for n in (11, 12, 11, 12)]


def test_more_or_fewer_people_than_tickets_is_told(work: AtWork):
    basket = basket_of(work, 1, 2)
    after = bind(work, basket, people(11))
    assert (after.free, after.over, [row.bound for row in after.rows]) == (1, 0, [True])
    after = bind(work, basket, people(11, 12, 13))
    assert (after.free, after.over) == (0, 1)
    assert numbers(work, basket) == [resident_id(11), resident_id(12)]


def test_binding_again_changes_nothing(work: AtWork):
    basket = basket_of(work, 1, 2)
    for _ in range(2):
        after = bind(work, basket, people(11, 12))
    assert (after.tickets, after.errors) == (0, ())
    assert numbers(work, basket) == [resident_id(11), resident_id(12)]


def test_who_has_a_ticket_already_is_told_by_line_and_left_out(work: AtWork):
    basket = basket_of(work, 1, 2)
    listed = read_text(f"甲 {KNOWN}\n乙 {resident_id(12)}\n丙 123456789012345678")
    after = bind(work, basket, listed)
    assert [(error.line, error.why) for error in after.errors] == [
        (1, "has_ticket"),
        (3, "birth_date"),
    ]
    assert after.errors[0].other == "TT0001"
    assert numbers(work, basket) == [resident_id(12), ""]


def test_a_group_is_sold_and_proved(tmp_path: Path):
    home = small_home(tmp_path)
    with at_work(home) as work:
        basket = basket_of(work, *range(1, 9))
        bind(work, basket, people(*range(11, 19)))
        sale = checkout.pay_cash(
            office=work.office, desk=work.desk, basket=basket, tendered_fen=8 * 28_000
        )
        assert len(view(work, sale.order_id).lines) == 8
    with bootstrap.open_sides(home) as sides:
        assert prove(sides).broken == ()


def test_a_person_named_by_hand_keeps_the_ticket(work: AtWork):
    basket = basket_of(work, 1, 2)
    line = view(work, basket).lines[0].id
    orders.set_attendee(
        office=work.office,
        desk=work.desk,
        basket=basket,
        line_id=line,
        name="试",
        document_type="resident_id",
        document=resident_id(30),
    )
    bind(work, basket, people(11, 12))
    assert numbers(work, basket) == [resident_id(30), resident_id(11)]


@pytest.mark.parametrize("serials", [(), (11, 12, 13)])
def test_an_empty_basket_takes_nobody(work: AtWork, serials):
    basket = basket_of(work, 1)
    line = view(work, basket).lines[0].id
    holds.drop_lines(office=work.office, desk=work.desk, basket=basket, line_ids=[line])
    after = bind(work, basket, people(*serials))
    assert (after.tickets, after.free) == (0, 0)


def both_sessions(work: AtWork, count: int = 2, more: int = 0) -> str:
    basket = basket_of(work, *range(1, 1 + count))
    return basket_of(work, *range(1, 1 + count + more), session="O2", into=basket)


def told(found: groups.Preview) -> list[tuple[int, str, str]]:
    return [(error.line, error.why, error.other) for error in found.errors]


def test_a_limit_over_several_sessions_is_told_before_anybody_is_bound(work: AtWork):
    """One ticket a document: with two sessions in the sale nobody may have both."""
    rule(work, f"{DOCUMENT},2025-09-01,,1")
    basket = both_sessions(work)
    before = work.office.read(
        lambda store: groups.preview(store, work.office.seal, basket, people(11, 12))
    )
    assert told(before) == [(1, "limit", "1"), (2, "limit", "1")]
    assert (before.tickets, before.free, [row.tickets for row in before.rows]) == (0, 4, [0, 0])
    after = bind(work, basket, people(11, 12))
    assert told(after) == told(before)
    assert numbers(work, basket) == [""] * 4


def test_who_has_tickets_from_before_reaches_the_limit_sooner(work: AtWork):
    rule(work, f"{DOCUMENT},2025-09-01,,2")
    first = take(work, (1, 9))
    bind(work, first, people(12))
    basket = basket_of(work, 1, 2)
    holds.take_places(
        office=work.office, desk=work.desk, session_id=work.session("G1"), count=2, basket=basket
    )
    after = bind(work, basket, people(12, 11, 13))
    assert told(after) == [(1, "limit", "2")]
    assert numbers(work, basket) == [resident_id(n) for n in (11, 13, 11, 13)]
    assert (after.free, after.over) == (0, 0)


def test_who_gets_one_of_two_sessions_is_counted_for_that_one(work: AtWork):
    rule(work, f"{DOCUMENT},2025-09-01,,1")
    basket = basket_of(work, 1)
    basket_of(work, 1, 2, session="O2", into=basket)
    line = view(work, basket).lines[0].id
    orders.set_attendee(
        office=work.office,
        desk=work.desk,
        basket=basket,
        line_id=line,
        name="试",
        document_type="resident_id",
        document=resident_id(30),
    )
    after = bind(work, basket, people(11, 30, 12))
    assert told(after) == [(2, "limit", "1")]
    assert numbers(work, basket) == [resident_id(n) for n in (30, 11, 12)]


def test_a_limit_of_each_session_lets_everybody_have_both(work: AtWork):
    rule(work, f"{DOCUMENT},2025-09-01,*,1")
    basket = both_sessions(work)
    assert told(bind(work, basket, people(11, 12))) == []
    assert numbers(work, basket) == [resident_id(n) for n in (11, 12, 11, 12)]
    assert told(bind(work, basket, people(11, 12))) == []
