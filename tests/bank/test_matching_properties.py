"""Whatever the rows: each lands in one bucket, the sums add up, their order changes nothing."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from boxoffice.bank.bill import BOTH, Kind, Period, TheirRow
from boxoffice.bank.matching import reconcile
from boxoffice.bank.outcome import Bucket, OurRow

START = datetime(2025, 9, 30, 12, tzinfo=UTC)
DAY = Period(date(2025, 10, 1), date(2025, 10, 1))

kinds = st.sampled_from(Kind)
numbers = st.sampled_from(["", "A", "B", "C", "D"])
references = st.sampled_from(["", "X", "Y", "Z"])
periods = st.sampled_from([None, DAY])
amounts = st.integers(0, 3)
moments = st.integers(0, 48 * 4).map(lambda quarters: START + timedelta(minutes=15 * quarters))


@st.composite
def our_rows(draw: st.DrawFn) -> list[OurRow]:
    return draw(
        st.lists(
            st.builds(
                OurRow,
                *(numbers, kinds, amounts.map(lambda fen: fen + 1), moments, references, numbers),
                pending=st.booleans(),
            ),
            max_size=8,
        )
    )


@st.composite
def their_rows(draw: st.DrawFn) -> list[TheirRow]:
    made = []
    for line in range(draw(st.integers(0, 8))):
        at = draw(moments)
        day = (at + timedelta(hours=8)).date()
        cells = [draw(each) for each in (kinds, numbers, references, amounts)]
        known_at = at if draw(st.booleans()) else None
        fee = draw(st.integers(-2, 2))
        made.append(TheirRow(line, *cells, day, known_at, charge=draw(numbers), fee_fen=fee))
    return made


@given(our_rows(), their_rows(), periods)
def test_every_row_of_both_sides_is_in_exactly_one_bucket(
    ours: list[OurRow], theirs: list[TheirRow], period: Period | None
):
    result = reconcile(ours, theirs, period=period)
    assert Counter(each.ours for each in result.found if each.ours) == Counter(ours)
    assert Counter(each.theirs for each in result.found if each.theirs) == Counter(theirs)
    assert all(each.ours or each.theirs for each in result.found)


@given(
    our_rows(), their_rows(), st.sampled_from([None, DAY]), st.sampled_from([BOTH, {Kind.CHARGE}])
)
def test_the_difference_is_explained_to_the_fen(ours, theirs, period, covers):
    theirs = [row for row in theirs if row.kind in covers]
    result = reconcile(ours, theirs, period=period, covers=covers)
    assert result.difference_fen == result.theirs.net_fen - result.ours.net_fen
    assert result.difference_fen == sum(each.fen for each in result.explained)
    assert sum(each.count for each in result.explained) == len(result.found)
    assert result.theirs.net_fen == sum(row.signed_fen for row in theirs)
    assert result.fees_fen == sum(row.fee_fen for row in theirs)
    of = result.period
    due = [row for row in ours if row.kind in covers and (of is None or day(row.at) in of)]
    assert result.ours.net_fen == sum(row.signed_fen for row in due)


def day(at: datetime) -> date:
    return (at + timedelta(hours=8)).date()


@given(our_rows(), their_rows(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    ours: list[OurRow], theirs: list[TheirRow], shuffling: random.Random
):
    before = reconcile(ours, theirs, period=DAY)
    mixed_here, mixed_there = list(ours), list(theirs)
    shuffling.shuffle(mixed_here)
    shuffling.shuffle(mixed_there)
    assert reconcile(mixed_here, mixed_there, period=DAY) == before


@given(our_rows(), their_rows())
def test_a_pair_shares_a_number_and_its_kind(ours: list[OurRow], theirs: list[TheirRow]):
    for each in reconcile(ours, theirs).found:
        if each.ours and each.theirs:
            one, other = each.ours, each.theirs
            assert one.kind is other.kind
            shared = {one.number, one.reference, one.charge} - {""}
            assert shared & {other.number, other.reference, other.charge}
            assert (each.bucket is Bucket.OTHER_AMOUNT) == (one.fen != other.fen)


@given(our_rows(), their_rows())
def test_what_agrees_without_another_day_has_no_difference(ours, theirs):
    result = reconcile(ours, theirs, period=DAY)
    moved_on = any(each.bucket is Bucket.OTHER_DAY for each in result.found)
    if result.agrees and not moved_on:
        assert result.difference_fen == 0
