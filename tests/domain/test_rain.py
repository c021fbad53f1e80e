"""Rain rules over the play ledger: held, half, full or exchange, to the second and the fen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain.money import Money
from boxoffice.domain.play import CourtPlay, CourtState, Match
from boxoffice.domain.rain import (
    Clocked,
    Decision,
    Need,
    Outcome,
    Over,
    RainRule,
    Remedy,
    Threshold,
    Value,
    decide,
    exchange_value,
    money_back,
    rule_for,
)
from tests.domain.court_days import RAIN_DAY, day, event, match, played

START = day("12:30")
WUHAN = RainRule(
    policy="wuhan",
    valid_from="2019-09-01",
    held=Threshold(matches=1, minutes=30),
    remedy=Remedy.REFUND_OR_EXCHANGE,
)
"""Wuhan 2019 (DOMAIN.md): one match completed, or more than 30 minutes, counts as held."""
STEPPED = replace(
    WUHAN, held=Threshold(minutes=90, inclusive=True), half=Threshold(minutes=60, inclusive=True)
)
"""Full below an hour of play, half below an hour and a half."""


def court(
    seconds: int = 0,
    matches: int = 0,
    name: str = "Elm",
    start: datetime | None = START,
    elapsed: int | None = None,
) -> CourtPlay:
    return CourtPlay(
        name,
        CourtState.ENDED,
        start,
        None,
        seconds,
        seconds if elapsed is None else elapsed,
        tuple(Match(f"M{n}", START, START, 0, True) for n in range(matches)),
    )


def answers(rule: RainRule, *courts: CourtPlay) -> str:
    return decide(rule, START, courts).outcome.value


@pytest.mark.parametrize(
    ("seconds", "matches", "outcome", "why"),
    [
        (0, 0, "full", ("short",)),
        (30 * 60, 0, "full", ("short",)),
        (30 * 60 + 1, 0, "held", ("minutes",)),
        (0, 1, "held", ("matches",)),
        (31 * 60, 2, "held", ("matches", "minutes")),
    ],
)
def test_wuhan(seconds: int, matches: int, outcome: str, why: tuple[str, ...]) -> None:
    found = decide(WUHAN, START, [court(seconds, matches)])
    assert (found.outcome.value, found.why) == (outcome, why)


def test_wuhan_over_a_ledger() -> None:
    assert answers(WUHAN, played(*RAIN_DAY)) == "held"
    shorter = [*RAIN_DAY, event(6, "suspend", "14:10", replaces="e4")]
    assert answers(WUHAN, played(*shorter)) == "full"
    assert answers(WUHAN, played(*shorter, match(1, "12:30", "14:10", 29))) == "held"
    assert answers(WUHAN, CourtPlay("Elm")) == "full"


@pytest.mark.parametrize(
    ("minutes", "outcome"), [(59, "full"), (60, "half"), (89, "half"), (90, "held")]
)
def test_half_and_inclusive_minutes(minutes: int, outcome: str) -> None:
    assert answers(STEPPED, court(minutes * 60)) == outcome


def test_both_may_be_needed() -> None:
    both = replace(WUHAN, held=Threshold(1, 30, need=Need.ALL))
    assert answers(both, court(3600)) == "full"
    assert answers(both, court(0, 1)) == "full"
    assert answers(both, court(3600, 1)) == "held"


@pytest.mark.parametrize(
    ("over", "outcome"),
    [(Over.AVERAGE, "full"), (Over.BEST, "held"), (Over.EVERY, "full"), (Over.TOTAL, "held")],
)
def test_courts_together(over: Over, outcome: str) -> None:
    rule = replace(WUHAN, held=Threshold(minutes=30), over=over)
    # Exactly thirty minutes on average: not more than thirty.
    assert answers(rule, court(90 * 60), court(0, name="Oak"), court(0, name="Ash")) == outcome


def test_the_average_is_exact_and_counts_courts_without_play() -> None:
    rule = replace(WUHAN, held=Threshold(minutes=30))
    courts = [court(45 * 60), court(45 * 60, name="Oak"), court(1, name="Ash")]
    assert answers(rule, *courts) == "held"
    assert answers(rule, *courts[:2], CourtPlay("Ash")) == "full"
    two = replace(WUHAN, held=Threshold(matches=1))
    assert answers(two, court(matches=2), court(name="Oak")) == "held"
    assert answers(two, court(matches=2), court(name="Oak"), court(name="Ash")) == "full"


def test_which_minutes_count() -> None:
    waited = court(600, elapsed=4 * 3600)
    assert answers(WUHAN, waited) == "full"
    assert answers(replace(WUHAN, clocked=Clocked.ELAPSED), waited) == "held"


@pytest.mark.parametrize(
    ("limit", "begun", "outcome"),
    [
        ({"latest_start_minutes": 120}, "14:30", "held"),
        ({"latest_start_minutes": 120}, "14:30:01", "full"),
        ({"latest_start_at": time(17)}, "17:00", "held"),
        ({"latest_start_at": time(17)}, "17:00:01", "full"),
        ({"latest_start_at": time(17), "latest_start_minutes": 60}, "13:31", "full"),
    ],
)
def test_the_latest_start(limit: dict[str, Any], begun: str, outcome: str) -> None:
    rule = replace(WUHAN, **limit)
    late = court(7200, 1, start=day(begun))
    assert answers(rule, late) == outcome
    if outcome == "full":
        assert decide(rule, START, [late]).why == ("late",)
        # The first court that began counts.
        assert answers(rule, replace(late, court="Oak"), court(7200, 1)) == "held"


def test_a_latest_start_alone_and_after_midnight() -> None:
    rule = replace(WUHAN, held=Threshold(), latest_start_at=time(0, 30))
    night = day("19:00")
    assert rule.start_limit(night) == day("00:30") + timedelta(days=1)
    for begun, outcome in ((day("23:59"), "held"), (day("00:31") + timedelta(days=1), "full")):
        assert decide(rule, night, [court(start=begun)]).outcome.value == outcome
    assert decide(rule, night, [CourtPlay("Elm")]).outcome is Outcome.FULL
    assert decide(rule, night, [court(start=day("23:59"))]).why == ("start",)


def money(decision: Decision, paid: int, face: int) -> tuple[int, int]:
    values = (Money(paid), Money(face))
    return money_back(decision, *values).fen, exchange_value(decision, *values).fen


def test_what_a_ticket_brings() -> None:
    none, half, held = (decide(STEPPED, START, [court(minutes * 60)]) for minutes in (0, 60, 90))
    assert money(none, 28_000, 28_000) == (28_000, 28_000)
    assert money(half, 28_001, 28_001) == (14_001, 0)
    assert money(held, 28_000, 28_000) == (0, 0)
    # Bought for less than it says: exchanged at face value, but no more money than was paid.
    assert money(none, 20_000, 28_000) == (20_000, 28_000)
    assert money(none, 30_000, 28_000) == (28_000, 28_000)
    paid = replace(STEPPED, value=Value.PAID, half_share=3000)
    assert money(decide(paid, START, [court()]), 30_000, 28_000) == (30_000, 30_000)
    assert money(decide(paid, START, [court(3600)]), 30_000, 28_000) == (9_000, 0)


def test_exchange_or_money() -> None:
    only = decide(replace(WUHAN, remedy=Remedy.EXCHANGE), START, [court()])
    assert (only.outcome, *money(only, 100, 100)) == (Outcome.EXCHANGE, 0, 100)
    cash = decide(replace(WUHAN, remedy=Remedy.REFUND), START, [court()])
    assert (cash.outcome, *money(cash, 100, 100)) == (Outcome.FULL, 100, 0)
    assert answers(replace(WUHAN, remedy=Remedy.EXCHANGE), court(matches=1)) == "held"


def test_the_answer_says_what_may_still_change() -> None:
    going_on = decide(WUHAN, START, [played(*RAIN_DAY[:2]), CourtPlay("Oak")])
    assert (going_on.open_courts, going_on.unrecorded) == (("Elm",), False)
    assert decide(WUHAN, START, [CourtPlay("Oak")]).unrecorded
    assert decide(WUHAN, START, [played(*RAIN_DAY)]).open_courts == ()


def test_the_numbers_can_be_kept() -> None:
    rule = replace(WUHAN, latest_start_minutes=60)
    facts = json.loads(json.dumps(decide(rule, START, [court(100), CourtPlay("Oak")]).facts()))
    assert (facts["outcome"], facts["why"]) == ("full", ["short"])
    assert (facts["seconds"], facts["matches"]) == ("50", "0")
    assert facts["start_limit"] == "2025-09-27T13:30:00+08:00"
    assert [c["played_seconds"] for c in facts["courts"]] == [100, 0]
    assert facts["held"] == {"matches": 1, "minutes": 30, "inclusive": False, "need": "any"}


def test_a_session_has_courts() -> None:
    with pytest.raises(ValueError, match="court"):
        decide(WUHAN, START, [])


def test_the_row_that_says_most_about_the_ticket() -> None:
    def named(note: str, **more: str) -> RainRule:
        return replace(WUHAN, note_en=note, valid_from=more.pop("valid_from", "2025-08-01"), **more)

    rules = [
        named("old", valid_from="2025-01-01", ticket_type="concession"),
        named("any"),
        named("level", category="A"),
        named("type", ticket_type="adult"),
        named("both", ticket_type="adult", category="A"),
        named("next", valid_from="2025-10-01"),
    ]

    def found(sold: str, kind: str, level: str) -> str | None:
        rule = rule_for(reversed(rules), sold, kind, level)
        return rule and rule.note_en

    assert found("2025-09-01", "adult", "A") == "both"
    assert found("2025-09-01", "adult", "B") == "type"
    assert found("2025-09-01", "concession", "A") == "level"
    assert found("2025-09-01", "concession", "B") == "any"
    assert found("2025-07-31", "concession", "B") == "old"
    assert found("2025-07-31", "adult", "B") is None
    assert found("2025-10-01", "adult", "A") == "next"
    assert found("2024-12-31", "adult", "A") is None


COURTS = st.lists(st.builds(court, st.integers(0, 8000), st.integers(0, 3)), min_size=1, max_size=5)
RULES = st.builds(
    RainRule,
    policy=st.just("p"),
    valid_from=st.just("2025-01-01"),
    held=st.builds(
        Threshold,
        st.none() | st.integers(1, 3),
        st.integers(61, 120),
        st.booleans(),
        st.sampled_from(Need),
    ),
    half=st.builds(Threshold, st.none(), st.integers(0, 60), st.booleans()),
    half_share=st.integers(0, 10_000),
    remedy=st.sampled_from([Remedy.REFUND, Remedy.REFUND_OR_EXCHANGE]),
    over=st.sampled_from(Over),
    value=st.sampled_from(Value),
)


@given(RULES, COURTS, st.integers(0, 9999), st.integers(0, 9999), st.data())
def test_more_play_never_brings_more_money_and_none_more_than_was_paid(
    rule: RainRule, courts: list[CourtPlay], paid: int, face: int, data: st.DataObject
) -> None:
    before = money_back(decide(rule, START, courts), Money(paid), Money(face))
    assert Money(0) <= before <= Money(paid)
    place = data.draw(st.integers(0, len(courts) - 1))
    longer = replace(courts[place], played_seconds=courts[place].played_seconds + 900)
    after = [*courts[:place], longer, *courts[place + 1 :]]
    assert money_back(decide(rule, START, after), Money(paid), Money(face)) <= before
    assert decide(rule, START, courts[::-1]).outcome is decide(rule, START, courts).outcome
