"""What a policy asks about a ticket besides the time: who bought it, how, when, and what else."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice.domain.accounts import COMPLIMENTARY
from boxoffice.errors import NoRefund
from boxoffice.services.sales import at_counter, checkout
from boxoffice.services.sales import orders as baskets
from tests.faults.acts import broken, name_all, take
from tests.homes import AtWork
from tests.services.exchange_acts import exchange, to_seats
from tests.services.return_acts import (
    at,
    be,
    lines,
    policy,
    quote,
    refund,
    sell_at,
    session,
    supervisor,
    void,
)

MORE = ",until_hours_after_purchase,complimentary_excluded,once_per_buyer"


@pytest.fixture
def open_(work: AtWork, tmp_path: Path) -> AtWork:
    """Sessions on 1 October under made-up policies; it is three weeks before."""
    policy(
        work,
        tmp_path,
        # Free within a day of the purchase, half until three days before, then nothing.
        "think,2025-08-01,,,yes,0,,ticket,no,一日内免,free for a day,24,yes,no",
        "think,2025-08-01,72,,yes,50,,ticket,no,三日前50%,half until 3 days before,,yes,no",
        "think,2025-08-01,0,,yes,none,,ticket,no,其后不退,then none,,yes,no",
        "guests,2025-08-01,24,,yes,20,,ticket,no,赠票可退,gifts too,,no,no",
        "once,2025-08-01,24,,yes,20,,ticket,no,每人一次,once a buyer,,yes,yes",
        "dearer,2025-08-01,168,,yes,0,,ticket,no,首次免,first free,,yes,next",
        "dearer,2025-08-01,24,,yes,30,,ticket,no,再退30%,again 30 %,,yes,no",
        "all,2025-08-01,24,,yes,10,,order,yes,整单退,whole order only,,yes,no",
        extra=MORE,
    )
    for number, rules in enumerate(("think", "guests", "once", "dearer", "all"), 1):
        session(work, tmp_path, f"Y{number}", "2025-10-01T12:30", rules)
    be("2025-09-10T10:00")
    return work


def why(work: AtWork, order: str, *wanted: str) -> str:
    with pytest.raises(NoRefund) as refused:
        quote(work, order, wanted)
    return str(refused.value.fields["why"])


def fee(work: AtWork, order: str, *wanted: str) -> int:
    return quote(work, order, wanted).quote.fee_fen


def given_away(work: AtWork, code: str, *places: tuple[int, int], cash: int = 0) -> str:
    """Complimentary, but for what is paid in cash."""
    basket = take(work, *places, at=code)
    name_all(work, basket, first=900)
    if cash:
        checkout.pay_cash(
            office=work.office, desk=work.desk, basket=basket, tendered_fen=cash, amount_fen=cash
        )
    at_counter.give_away(
        office=work.office,
        desk=work.desk,
        basket=basket,
        reason="嘉宾",
        approval=supervisor(work, COMPLIMENTARY),
    )
    return basket


# --- from the purchase, also after an exchange


def test_a_day_to_think_it_over_counts_from_the_purchase(open_: AtWork) -> None:
    order = sell_at(open_, "Y1", (1, 5))
    be("2025-09-11T10:00")
    assert fee(open_, order) == 0
    be("2025-09-11T10:00:01")
    assert fee(open_, order) == 34_000


def test_an_exchange_begins_no_new_day_to_think_it_over(open_: AtWork) -> None:
    order = sell_at(open_, "Y1", (1, 5))
    be("2025-09-12T10:00")
    exchange(open_, order, to_seats(open_, order, (1, 8), at="Y1"))
    be("2025-09-13T09:00")
    (_, second) = lines(open_, order)
    assert fee(open_, order, second) == 34_000
    exchange(open_, order, to_seats(open_, order, (2, 8), at="Y1"))
    (*_, third) = lines(open_, order)
    assert fee(open_, order, third) == 34_000
    (part,) = quote(open_, order, [third]).quote.lines
    assert part.ends == at("2025-09-28T12:30")
    refund(open_, order, [third])
    assert broken(open_) == ()


# --- complimentary


def test_what_was_given_away_brings_nothing_back(open_: AtWork) -> None:
    order = given_away(open_, "Y3", (1, 5), (1, 6))
    assert why(open_, order) == "complimentary"


def test_unless_the_policy_says_so(open_: AtWork) -> None:
    order = given_away(open_, "Y2", (1, 5))
    back = refund(open_, order)
    assert (back.cash_fen, back.requests) == (0, (("complimentary", 54_400),))
    assert broken(open_) == ()


def test_what_a_customer_paid_towards_it_comes_back(open_: AtWork) -> None:
    order = given_away(open_, "Y3", (1, 5), cash=10_000)
    back = refund(open_, order)
    assert back.cash_fen == 8_000
    assert broken(open_) == ()


def test_given_away_and_exchanged_it_is_complimentary_still(open_: AtWork) -> None:
    order = given_away(open_, "Y2", (1, 5))
    exchange(open_, order, to_seats(open_, order, (1, 8), at="Y3"))
    (_, second) = lines(open_, order)
    assert why(open_, order, second) == "complimentary"


# --- once per buyer


def bought(work: AtWork, code: str, place: tuple[int, int], phone: str) -> str:
    basket = take(work, place, at=code)
    name_all(work, basket, first=sum(place) + 700)
    baskets.set_buyer(office=work.office, desk=work.desk, basket=basket, name="", phone=phone)
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=100_000)
    return basket


def test_a_buyer_is_known_by_the_phone(open_: AtWork) -> None:
    first, second = (bought(open_, "Y3", (1, at), "19900000001") for at in (5, 6))
    other = bought(open_, "Y3", (1, 7), "19900000002")
    assert fee(open_, second) == 13_600
    refund(open_, first)
    assert why(open_, second) == "again"
    assert fee(open_, other) == 13_600


def test_one_order_ticket_by_ticket_is_again(open_: AtWork) -> None:
    order = sell_at(open_, "Y4", (1, 5), (1, 6), (1, 7))
    first, second, third = lines(open_, order)
    assert fee(open_, order, first, second) == 0
    refund(open_, order, [first, second])
    assert fee(open_, order, third) == 20_400
    assert quote(open_, order, [third]).quote.lines[0].tier.note_en == "again 30 %"


def test_strangers_without_a_phone_are_different_buyers(open_: AtWork) -> None:
    first, second = sell_at(open_, "Y3", (1, 5)), sell_at(open_, "Y3", (1, 6))
    refund(open_, first)
    assert fee(open_, second) == 13_600


def test_a_void_is_no_refund(open_: AtWork) -> None:
    order = sell_at(open_, "Y3", (1, 5), (1, 6))
    first, second = lines(open_, order)
    void(open_, order, [first])
    assert fee(open_, order, second) == 13_600


# --- the whole order


def test_all_of_it_or_nothing(open_: AtWork) -> None:
    order = sell_at(open_, "Y5", (1, 5), (1, 6))
    first, second = lines(open_, order)
    assert why(open_, order, first) == "whole_order"
    exchange(open_, order, to_seats(open_, order, (1, 8), at="Y5"))
    (_, _, third) = lines(open_, order)
    assert why(open_, order, second) == "whole_order"
    assert fee(open_, order, second, third) == 13_600


# --- tables that were in force (DOMAIN.md)

HEFEI = (
    "hefei,2024-03-01,,2024-03-15T23:59:59+08:00,yes,20,,ticket,no,一,20 %",
    "hefei,2024-03-01,,2024-03-29T23:59:59+08:00,yes,50,,ticket,no,二,50 %",
    "hefei,2024-03-01,,2024-04-05T23:59:59+08:00,yes,80,,ticket,no,三,80 %",
)
SHANGHAI = (
    "shanghai,2023-11-01,,2023-11-11T12:00:00+08:00,no,10,,order,no,一,10 %",
    "shanghai,2023-11-01,,2023-11-18T12:00:00+08:00,yes,20,,order,no,二,20 %",
    "shanghai,2023-11-01,,2023-11-24T12:00:00+08:00,yes,30,,order,no,三,30 %",
)


@pytest.mark.parametrize(
    ("rules", "bought_at", "starts", "now", "kept"),
    [
        ("hefei", "2024-03-10T10:00", "2024-04-07T12:30", "2024-03-15T23:59:59", 13_600),
        ("hefei", "2024-03-10T10:00", "2024-04-07T12:30", "2024-03-16T00:00:00", 34_000),
        ("hefei", "2024-03-10T10:00", "2024-04-07T12:30", "2024-04-05T23:59:59", 54_400),
        ("hefei", "2024-03-10T10:00", "2024-04-07T12:30", "2024-04-06T00:00:00", "over"),
        ("shanghai", "2023-11-05T10:00", "2023-11-26T12:30", "2023-11-11T11:59:59", 6_800),
        ("shanghai", "2023-11-05T10:00", "2023-11-26T12:30", "2023-11-11T12:00:00", 13_600),
        ("shanghai", "2023-11-05T10:00", "2023-11-26T12:30", "2023-11-18T12:00:00", 13_600),
        ("shanghai", "2023-11-05T10:00", "2023-11-26T12:30", "2023-11-18T12:00:01", 20_400),
        ("shanghai", "2023-11-05T10:00", "2023-11-26T12:30", "2023-11-24T12:00:01", "over"),
    ],
)
def test_tables_of_real_tournaments(
    work: AtWork, tmp_path: Path, rules: str, bought_at: str, starts: str, now: str, kept: object
) -> None:
    policy(work, tmp_path, *HEFEI, *SHANGHAI)
    session(work, tmp_path, "T1", starts, rules)
    be(bought_at)
    order = sell_at(work, "T1", (1, 5))
    be(now)
    if isinstance(kept, str):
        assert why(work, order) == kept
        return
    assert fee(work, order) == kept
    # Exchanged for a seat beside it, the same clause holds.
    exchange(work, order, to_seats(work, order, (1, 8), at="T1"))
    (_, second) = lines(work, order)
    assert fee(work, order, second) == kept
