"""Fees of every kind to the fen: fixed, mixed, of another base, bounded, per ticket or order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain.fees import Base, FeeRule, Taken, reckon
from boxoffice.domain.money import Money, total
from boxoffice.domain.refunding import Per, worth
from tests.domain.policy_tiers import tier

AMOUNTS = st.integers(0, 500_000)
RULES = st.builds(
    FeeRule,
    rate=st.integers(0, 10_000),
    rate_base=st.sampled_from([Base.PAID, Base.FACE]),
    fixed_fen=st.integers(0, 5_000),
    handling_rate=st.integers(0, 10_000),
    handling_base=st.sampled_from(list(Base)),
    least_fen=st.integers(0, 2_000),
    most_fen=st.none() | st.integers(2_000, 20_000),
)


@pytest.mark.parametrize(
    ("rule", "paid", "face", "fee"),
    [
        (FeeRule(rate=2000, fixed_fen=60), 68_000, 68_000, 13_660),
        (FeeRule(rate=2000, handling_rate=60), 68_000, 68_000, 14_008),
        # 20 % of the price on the ticket and 0.6 % of what was paid for it
        (FeeRule(rate=2000, rate_base=Base.FACE, handling_rate=60), 50_000, 68_000, 13_900),
        # 0.6 % of what is left when 20 % are gone
        (FeeRule(rate=2000, handling_rate=60, handling_base=Base.LEFT), 68_000, 68_000, 13_926),
        # each part rounded by itself: 66.6 and 1.998
        (FeeRule(rate=2000, handling_rate=60), 333, 333, 69),
        (FeeRule(rate=2000, least_fen=500), 1_000, 1_000, 500),
        (FeeRule(rate=2000, least_fen=500), 300, 300, 300),
        (FeeRule(rate=2000, most_fen=10_000), 68_000, 68_000, 10_000),
        (FeeRule(fixed_fen=500), 0, 0, 0),
    ],
)
def test_fees_to_the_fen(rule: FeeRule, paid: int, face: int, fee: int) -> None:
    assert reckon(rule, paid, face).fen == fee


@given(RULES, AMOUNTS, AMOUNTS)
def test_a_fee_is_never_below_nothing_nor_above_what_was_paid(
    rule: FeeRule, paid: int, face: int
) -> None:
    fee = reckon(rule, paid, face)
    assert 0 <= fee.fen <= paid
    assert fee.fen >= min(rule.least_fen, paid)
    assert rule.most_fen is None or fee.fen <= rule.most_fen


@given(RULES, st.lists(AMOUNTS, min_size=1, max_size=8))
def test_an_order_returned_bit_by_bit_is_charged_once(rule: FeeRule, prices: list[int]) -> None:
    taken = Taken()
    for price in prices:
        fee = reckon(rule, price, price, taken)
        taken = Taken(taken.times + 1, taken.fee_fen + fee.fen)
    assert rule.most_fen is None or taken.fee_fen <= rule.most_fen
    assert taken.fee_fen <= sum(prices)
    whole = reckon(rule, sum(prices), sum(prices)).fen
    # Each part of each ticket may have been rounded by half a fen; where a ticket cost less than
    # what was due for it, or a bound was met on the way, less was taken and never made up for.
    if rule.least_fen == 0:
        assert taken.fee_fen <= whole + len(prices)


def test_the_fixed_part_is_taken_once_and_the_rate_of_every_ticket() -> None:
    step = tier(1, 72, 2000, fee_fen=500, per=Per.ORDER)
    (first,) = worth(step, [Money(28_000)])
    (second,) = worth(step, [Money(14_000)], before=Taken(1, first.fee.fen))
    assert (first.fee.fen, second.fee.fen) == (6_100, 2_800)
    both = worth(step, [Money(28_000), Money(14_000)])
    assert total(part.fee for part in both).fen == 8_900


def test_bounds_are_those_of_the_order() -> None:
    step = tier(1, 72, 2000, least_fee_fen=1_000, most_fee_fen=6_000, per=Per.ORDER)
    assert [w.fee.fen for w in worth(step, [Money(1_000), Money(1_000)])] == [500, 500]
    assert total(w.fee for w in worth(step, [Money(28_000), Money(14_000)])).fen == 6_000
    (more,) = worth(step, [Money(14_000)], before=Taken(1, 5_600))
    assert more.fee.fen == 400
    per_ticket = tier(1, 72, 2000, least_fee_fen=1_000)
    assert [w.fee.fen for w in worth(per_ticket, [Money(1_000), Money(1_000)])] == [1_000, 1_000]


@given(
    RULES,
    st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=8),
    st.sampled_from(list(Per)),
)
def test_fee_and_amount_make_the_price_whatever_the_fee(
    rule: FeeRule, tickets: list[tuple[int, int]], per: Per
) -> None:
    step = tier(
        1,
        72,
        rule.rate,
        fee_base=rule.rate_base,
        fee_fen=rule.fixed_fen,
        handling_basis_points=rule.handling_rate,
        handling_base=rule.handling_base,
        least_fee_fen=rule.least_fen,
        most_fee_fen=rule.most_fen,
        per=per,
    )
    assert step.fee == rule
    prices, faces = ([Money(t[n]) for t in tickets] for n in (0, 1))
    found = worth(step, prices, faces)
    for price, part in zip(prices, found, strict=True):
        assert Money(0) <= part.fee <= price
        assert part.fee + part.amount == price
    if per is Per.ORDER:
        paid = total(prices).fen
        assert total(part.fee for part in found).fen == reckon(rule, paid, total(faces).fen).fen
