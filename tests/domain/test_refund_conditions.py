"""Steps counted from the purchase, for a buyer who comes again, for complimentary tickets."""

from __future__ import annotations

from datetime import timedelta

import pytest

from boxoffice.domain.refunding import Again, Circumstances, Standing, Tier, standing, tier_at
from tests.domain.policy_tiers import at, tier

START = at("2025-10-01T12:30:00")
BOUGHT = at("2025-09-01T10:00:00.700000")


def after(position: int, hours: int, points: int | None, **more: object) -> Tier:
    return tier(position, None, points, until_minutes_after_purchase=60 * hours, **more)


COOLING_OFF = [after(1, 24, 0), tier(2, 72, 2000), tier(3, 24, 5000), tier(4, None, None)]


def points(found: Tier | None) -> int | None:
    return found.fee_basis_points if found and found.refundable else None


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        ("2025-09-02T10:00:00.999999", 0),
        ("2025-09-02T10:00:01", 2000),
        ("2025-09-28T12:30:00", 2000),
        ("2025-09-28T12:30:01", 5000),
        ("2025-09-30T12:30:00", 5000),
        ("2025-09-30T12:30:01", None),
    ],
)
def test_a_day_to_think_it_over_comes_first_as_the_file_has_it(now: str, kept: int | None) -> None:
    assert points(tier_at(COOLING_OFF, START, at(now), BOUGHT)) == kept


def test_an_exclusive_end_counted_from_the_purchase_is_kept_to_the_second() -> None:
    steps = [after(1, 1, 0, inclusive=False)]
    for second, kept in (("10:59:59.9", 0), ("11:00:00", None), ("11:00:00.9", None)):
        assert points(tier_at(steps, START, at(f"2025-09-01T{second}"), BOUGHT)) == kept


def test_counted_from_the_purchase_it_never_reaches_into_the_session() -> None:
    bought = START - timedelta(minutes=10)
    steps = [after(1, 24, 0)]
    assert steps[0].ends(START, bought) == START
    assert points(tier_at(steps, START, START, bought)) == 0
    assert tier_at(steps, START, START + timedelta(seconds=1), bought) is None


def test_of_two_ends_of_one_step_the_first_counts() -> None:
    step = tier(1, 48, 0, until_minutes_after_purchase=24 * 60)
    early, late = START - timedelta(days=10), START - timedelta(days=2, hours=1)
    assert step.ends(START, early) == early + timedelta(days=1)
    assert step.ends(START, late) == START - timedelta(days=2)


def test_steps_all_counted_from_the_purchase_come_in_any_order() -> None:
    mixed = [after(1, 72, 5000), after(2, 24, 1000)]
    for hours, kept in ((24, 1000), (25, 5000), (72, 5000), (73, None)):
        now = BOUGHT.replace(microsecond=0) + timedelta(hours=hours)
        assert points(tier_at(mixed, START, now, BOUGHT)) == kept


def test_minutes_besides_the_hours() -> None:
    step = tier(1, 1, 0, until_minutes_before_start=30)
    assert step.ends(START) == START - timedelta(minutes=90)


def test_the_step_without_an_end_is_last_wherever_it_stands() -> None:
    steps = [tier(1, None, None), tier(2, 24, 5000), tier(3, 72, 2000)]
    for hours, kept in ((72, 2000), (24, 5000), (23, None)):
        assert points(tier_at(steps, START, START - timedelta(hours=hours))) == kept


def test_without_a_time_of_purchase_nothing_is_guessed() -> None:
    with pytest.raises(ValueError, match="bought"):
        tier_at(COOLING_OFF, START, at("2025-09-02T10:00:00"))


def stands(steps: list[Tier], **about: object) -> Standing:
    circumstances = Circumstances(bought_at=BOUGHT, **about)  # type: ignore[arg-type]
    return standing(steps, START, START - timedelta(hours=100), circumstances)


def test_once_per_buyer() -> None:
    once = tier(1, 72, 0, again=Again.REFUSED)
    assert stands([once]) == Standing(once)
    assert stands([once], refunds_before=1) == Standing(once, "again")
    first, later = tier(1, 72, 0, again=Again.NEXT), tier(2, 72, 2000)
    assert stands([first, later]) == Standing(first)
    assert stands([first, later], refunds_before=2) == Standing(later)
    assert stands([first], refunds_before=1) == Standing(None, "again")
    refused = tier(2, 72, None)
    assert stands([first, refused], refunds_before=1) == Standing(refused, "tier")


def test_complimentary_tickets_bring_nothing_unless_the_policy_says_so() -> None:
    usual = tier(1, 72, 0)
    assert stands([usual], complimentary=True) == Standing(usual, "complimentary")
    kind = tier(1, 72, 0, complimentary_excluded=False)
    assert stands([kind], complimentary=True) == Standing(kind)
    assert stands([tier(1, 200, 0)], complimentary=True) == Standing(None, "over")
