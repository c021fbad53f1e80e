"""Real tier tables (DOMAIN.md), to the second and the fen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain.money import Money, total
from boxoffice.domain.refunding import Per, Tier, tier_at, worth
from tests.domain.policy_tiers import at, tier

HEFEI = [
    tier(1, "2024-03-15T23:59:59", 2000),
    tier(2, "2024-03-29T23:59:59", 5000),
    tier(3, "2024-04-05T23:59:59", 8000),
]
SHANGHAI = [
    tier(1, "2023-11-11T12:00:00", 1000, inclusive=False),
    tier(2, "2023-11-18T12:00:00", 2000, inclusive=False),
    tier(3, "2023-11-24T12:00:00", 3000, inclusive=False),
]
LATER = at("2024-06-01T12:00:00")


@pytest.mark.parametrize(
    ("tiers", "now", "points"),
    [
        (HEFEI, "2024-03-15T23:59:59", 2000),
        (HEFEI, "2024-03-15T23:59:59.999999", 2000),
        (HEFEI, "2024-03-16T00:00:00", 5000),
        (HEFEI, "2024-03-29T23:59:59", 5000),
        (HEFEI, "2024-03-30T00:00:00", 8000),
        (HEFEI, "2024-04-05T23:59:59", 8000),
        (HEFEI, "2024-04-06T00:00:00", None),
        (SHANGHAI, "2023-11-11T11:59:59", 1000),
        (SHANGHAI, "2023-11-11T12:00:00", 2000),
        (SHANGHAI, "2023-11-18T11:59:59.5", 2000),
        (SHANGHAI, "2023-11-18T12:00:00", 3000),
        (SHANGHAI, "2023-11-24T12:00:00", None),
    ],
)
def test_the_step_in_force(tiers: list[Tier], now: str, points: int | None) -> None:
    found = tier_at(tiers, LATER, at(now))
    assert (found.fee_basis_points if found else None) == points


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_steps_in_any_order_of_the_file(order: tuple[int, ...]) -> None:
    for tiers in (HEFEI, SHANGHAI):
        mixed = [replace(tiers[place], position=n) for n, place in enumerate(order, start=1)]
        for step in tiers:
            assert step.until_at is not None
            for seconds in (-1, 0, 1):
                now = step.until_at + timedelta(seconds=seconds)
                found, wanted = tier_at(mixed, LATER, now), tier_at(tiers, LATER, now)
                points = [None if t is None else t.fee_basis_points for t in (found, wanted)]
                assert points[0] == points[1]


def test_of_two_ends_at_one_moment_the_exclusive_one_comes_first() -> None:
    noon = "2024-03-15T12:00:00"
    steps = [tier(1, noon, 5000), tier(2, noon, 1000, inclusive=False)]
    for second, points in (("11:59:59", 1000), ("12:00:00", 5000), ("12:00:01", None)):
        found = tier_at(steps, LATER, at(f"2024-03-15T{second}"))
        assert (found.fee_basis_points if found else None) == points


def test_moments_and_hours_together_follow_the_file() -> None:
    steps = [tier(1, "2024-03-15T12:00:00", 2000), tier(2, 24, 8000)]
    start = at("2024-03-15T18:00:00")
    for now, points in (
        ("2024-03-14T19:00:00", 2000),
        ("2024-03-15T12:00:00", 2000),
        ("2024-03-15T12:00:01", None),
    ):
        found = tier_at(steps, start, at(now))
        assert (found.fee_basis_points if found else None) == points


def test_hours_before_the_start() -> None:
    start = at("2025-10-01T12:30:00")
    steps = [tier(1, 168, 2000), tier(2, 72, 5000), tier(3, 24, 8000), tier(4, 0, None)]
    for hours, points in ((169, 2000), (168, 2000), (72, 5000), (24, 8000)):
        found = tier_at(steps, start, start - timedelta(hours=hours))
        assert found is not None
        assert found.fee_basis_points == points
    last = tier_at(steps, start, start - timedelta(hours=23))
    assert last is not None
    assert not last.refundable
    assert tier_at(steps, start, start + timedelta(seconds=1)) is None


def test_the_fee_to_the_fen() -> None:
    (half,) = worth(tier(1, None, 5000), [Money(68_000)])
    assert (half.fee.fen, half.amount.fen) == (34_000, 34_000)
    (odd,) = worth(tier(1, None, 2060), [Money(333)])
    assert (odd.fee.fen, odd.amount.fen) == (69, 264)
    (whole,) = worth(tier(1, None, 10_000, fee_fen=500), [Money(300)])
    assert whole.amount.fen == 0, "never above the price"


@given(
    st.lists(st.integers(0, 500_000), min_size=1, max_size=8),
    st.integers(0, 10_000),
    st.integers(0, 5_000),
    st.sampled_from(list(Per)),
)
def test_fee_and_amount_make_the_price(
    prices: list[int], points: int, fee_fen: int, per: Per
) -> None:
    found = worth(tier(1, None, points, fee_fen=fee_fen, per=per), [Money(p) for p in prices])
    for price, part in zip(prices, found, strict=True):
        assert part.fee.fen >= 0
        assert part.amount.fen >= 0
        assert part.fee.fen + part.amount.fen == price
    if per is Per.ORDER:
        whole = sum(prices)
        expected = min((whole * points + 5_000) // 10_000 + fee_fen, whole)
        assert total(part.fee for part in found).fen == (expected if whole else 0)
