"""What a policy brings: to the second and the fen, in the version something was sold under."""

from __future__ import annotations

import pytest

from boxoffice.errors import (
    NoRefund,
)
from boxoffice.queries.refunds import offers
from tests.faults.acts import (
    broken,
    name_all,
    pay,
    rows,
    take,
)
from tests.homes import AtWork
from tests.services.return_acts import (
    account,
    at,
    be,
    drawer,
    lines,
    policy,
    quote,
    refund,
    sell_at,
    session,
    view,
)


def why(work: AtWork, order: str, *wanted: str) -> str:
    with pytest.raises(NoRefund) as refused:
        quote(work, order, wanted)
    return str(refused.value.fields["why"])


def test_half_of_a_ticket_for_the_first_of_october(open_: AtWork) -> None:
    be("2025-09-27T09:40")
    order = sell_at(open_, "X1", (1, 5), (1, 6))
    first, second = lines(open_, order)
    seen = quote(open_, order, [first])
    (part,) = seen.quote.lines
    assert (part.line.price_fen, part.fee_fen, part.amount_fen) == (68_000, 34_000, 34_000)
    assert (part.tier.note_zh, part.tier.note_en) == ("三日前50%", "50 % until 3 days before")
    assert part.tier.valid_from == "2025-08-01"
    assert (seen.quote.cash_fen, seen.quote.requests, seen.approval) == (34_000, (), ())
    assert seen.drawer_fen == 50_000 + 136_000
    done = refund(open_, order, [first])
    assert (done.tickets, done.cash_fen, done.fee_fen, done.whole) == (1, 34_000, 34_000, False)
    now = view(open_, order)
    assert [line.status for line in now.lines] == ["returned", "sold"]
    assert (now.status, now.total_fen) == ("paid", 136_000)
    assert drawer(open_) == 50_000 + 136_000 - 34_000
    assert account(open_, "revenue:refund fees") == -34_000
    assert why(open_, order, first) == "returned"
    rest = refund(open_, order, [second])
    assert rest.whole
    assert view(open_, order).status == "returned"
    assert broken(open_) == ()


def test_revenue_is_reversed_in_full_and_the_fee_earned(open_: AtWork) -> None:
    be("2025-09-27T09:40")
    before = account(open_, "revenue:tickets")
    order = sell_at(open_, "X1", (1, 5))
    refund(open_, order)
    assert account(open_, "revenue:tickets") == before
    postings = rows(
        open_,
        "SELECT p.account, p.amount_fen FROM posting p JOIN journal j ON j.number = p.number "
        "AND j.window_id = p.window_id WHERE j.act = 'refund' ORDER BY p.line",
    )
    assert postings == [
        ("revenue:tickets", 68_000),
        ("cash:drawer", -34_000),
        ("revenue:refund fees", -34_000),
    ]


@pytest.mark.parametrize(
    ("now", "fee"),
    [
        ("2025-09-24T12:30:00", 13_600),
        ("2025-09-24T12:30:00.999999", 13_600),
        ("2025-09-24T12:30:01", 34_000),
        ("2025-09-28T12:30:00", 34_000),
        ("2025-09-28T12:30:01", 54_400),
        ("2025-09-30T12:30:00", 54_400),
        ("2025-09-30T12:30:01", "tier"),
        ("2025-10-01T12:30:00", "tier"),
        ("2025-10-01T12:30:01", "over"),
    ],
)
def test_steps_end_to_the_second(open_: AtWork, now: str, fee: object) -> None:
    order = sell_at(open_, "X1", (1, 5))
    be(now)
    if isinstance(fee, str):
        assert why(open_, order) == fee
    else:
        assert quote(open_, order).quote.fee_fen == fee


@pytest.mark.parametrize(
    ("now", "fee"),
    [
        ("2025-09-20T11:59:59", 19_776),
        ("2025-09-20T12:00:00", 48_000),
        ("2025-09-28T23:59:59", 48_000),
        ("2025-09-29T00:00:00", "tier"),
    ],
)
def test_a_final_goes_back_whole(open_: AtWork, now: str, fee: object) -> None:
    order = sell_at(open_, "F1", (1, 5), (3, 5))
    be(now)
    if isinstance(fee, str):
        assert why(open_, order) == fee
        return
    first, second = lines(open_, order)
    assert why(open_, order, first) == "whole_order"
    found = open_.office.read(lambda s: offers(s, order, at(now)))
    assert found.whole_with({first}) == {first, second}
    parts = quote(open_, order).quote.lines
    assert sum(part.fee_fen for part in parts) == fee
    if fee == 19_776:
        assert [part.fee_fen for part in parts] == [14_008, 5_768]
    done = refund(open_, order)
    assert (done.cash_fen, done.whole) == (96_000 - int(str(fee)), True)
    assert broken(open_) == ()


def test_a_fee_per_order_is_taken_once_and_split(work: AtWork, tmp_path) -> None:
    policy(work, tmp_path, "flat,2025-08-01,0,,yes,,10.01,order,no,每单10.01元,10.01 an order")
    session(work, tmp_path, "Y1", "2025-10-02T12:30", "flat")
    order = sell_at(work, "Y1", (1, 1), (1, 2), (3, 1))
    parts = quote(work, order).quote.lines
    assert sum(part.fee_fen for part in parts) == 1_001
    assert quote(work, order, lines(work, order)[:1]).quote.fee_fen == 1_001
    refund(work, order)
    assert account(work, "revenue:refund fees") == -1_001
    assert broken(work) == ()


def test_a_fee_per_order_is_not_taken_again_for_the_next_ticket(work: AtWork, tmp_path) -> None:
    policy(work, tmp_path, "flat,2025-08-01,0,,yes,10,5,order,no,每单5元,5 an order and 10 %")
    session(work, tmp_path, "Y1", "2025-10-02T12:30", "flat")
    order = sell_at(work, "Y1", (1, 1), (1, 2))
    first, second = lines(work, order)
    price = quote(work, order, [first]).quote.price_fen
    assert quote(work, order, [first]).quote.fee_fen == price // 10 + 500
    refund(work, order, [first])
    assert quote(work, order, [second]).quote.fee_fen == price // 10
    refund(work, order, [second])
    assert account(work, "revenue:refund fees") == -(2 * (price // 10) + 500)
    assert broken(work) == ()


def test_a_later_version_is_for_later_sales(open_: AtWork, tmp_path) -> None:
    early = sell_at(open_, "X1", (1, 5))
    policy(open_, tmp_path, "open,2025-09-15,0,,yes,5,,ticket,no,新规5%,5 % now")
    be("2025-09-15T03:59")
    night = sell_at(open_, "X1", (1, 6))
    be("2025-09-15T04:00")
    late = sell_at(open_, "X1", (1, 7))
    be("2025-09-16T10:00")
    found = [quote(open_, order).quote.lines[0] for order in (early, night, late)]
    assert [(part.tier.valid_from, part.fee_fen) for part in found] == [
        ("2025-08-01", 13_600),
        ("2025-08-01", 13_600),  # before four in the morning it is still the day before
        ("2025-09-15", 3_400),
    ]


def test_sold_before_the_first_version_nothing_says_what_it_brings(work, tmp_path) -> None:
    policy(work, tmp_path, "late,2025-10-01,0,,yes,5,,ticket,no,说明,note")
    session(work, tmp_path, "Z1", "2025-10-03T12:30", "late")
    assert why(work, sell_at(work, "Z1", (1, 5))) == "policy"


def test_what_is_not_paid_for_brings_nothing(work: AtWork) -> None:
    basket = take(work, (1, 5))
    assert why(work, basket) == "reserved"


def test_another_session_of_the_order_has_its_own_step(open_: AtWork) -> None:
    be("2025-09-27T09:40")
    basket = take(open_, (1, 5), at="X1")
    take(open_, (1, 6), basket=basket, at="O2")
    name_all(open_, basket)
    pay(open_, basket)
    parts = quote(open_, basket).quote.lines
    assert [part.fee_fen for part in parts] == [34_000, 13_600]
    refund(open_, basket)
    assert broken(open_) == ()
