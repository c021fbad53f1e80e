"""A bill held against the ledger: each bucket, its next step, and what it explains."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from boxoffice.bank.bill import Kind, Period, TheirRow
from boxoffice.bank.matching import reconcile
from boxoffice.bank.outcome import Bucket, Found, Note, OurRow, Step

NOON = datetime(2025, 10, 1, 4, tzinfo=UTC)
"""Noon of the venue on the day of the bill."""
DAY = Period(date(2025, 10, 1), date(2025, 10, 1))


def ours(number: str, fen: int, at: datetime = NOON, **other: object) -> OurRow:
    return OurRow(number, other.pop("kind", Kind.CHARGE), fen, at, **other)


def theirs(number: str, fen: int, at: datetime = NOON, **other: object) -> TheirRow:
    kind = other.pop("kind", Kind.CHARGE)
    reference = other.pop("reference", "")
    day = (at + timedelta(hours=8)).date()
    return TheirRow(other.pop("line", 1), kind, number, reference, fen, day, at, **other)


def only(*, here: list[OurRow], there: list[TheirRow], bucket: Bucket) -> Found:
    """The one row or pair of that bucket; the difference is explained."""
    result = reconcile(here, there, period=DAY)
    assert sum(each.fen for each in result.explained) == result.difference_fen
    (found,) = (each for each in result.found if each.bucket is bucket)
    return found


def test_a_day_that_agrees():
    refund = {"kind": Kind.REFUND, "charge": "A"}
    result = reconcile(
        [ours("A", 100), ours("R", 40, **refund)],
        [theirs("R", 40, fee_fen=-1, borne_fen=4, **refund), theirs("A", 100, fee_fen=2)],
        period=DAY,
    )
    assert result.agrees
    assert (result.ours, result.theirs) == (result.theirs, result.ours)
    assert (result.ours.net_fen, result.difference_fen, result.fees_fen) == (60, 0, 1)
    assert result.paid_out_fen == 60 + 4 - 1
    assert [each.bucket for each in result.found] == [Bucket.MATCHED] * 2


def test_charged_without_a_sale_is_to_be_given_back():
    found = only(here=[], there=[theirs("A", 100)], bucket=Bucket.MISSING_HERE)
    assert (found.step, found.difference_fen) == (Step.GIVE_BACK, 100)


def test_refunded_without_us_is_to_be_booked():
    there = [theirs("R", 100, kind=Kind.REFUND)]
    found = only(here=[], there=there, bucket=Bucket.MISSING_HERE)
    assert (found.step, found.difference_fen) == (Step.BOOK_REFUND, -100)


def test_what_the_bill_lacks_is_asked_about():
    found = only(here=[ours("A", 100)], there=[], bucket=Bucket.MISSING_THERE)
    assert (found.step, found.difference_fen) == (Step.ASK_PARTY, -100)
    lost = only(here=[ours("R", 7, kind=Kind.REFUND)], there=[], bucket=Bucket.MISSING_THERE)
    assert (lost.step, lost.difference_fen) == (Step.SEND_AGAIN, 7)


def test_a_refund_on_its_way_is_waited_for():
    pending = ours("R", 100, kind=Kind.REFUND, pending=True)
    assert only(here=[pending], there=[], bucket=Bucket.MISSING_THERE).step is Step.WAIT


def test_just_before_midnight_the_next_bill_may_have_it():
    late = datetime(2025, 10, 1, 15, 59, 58, tzinfo=UTC)
    assert only(here=[ours("A", 1, late)], there=[], bucket=Bucket.MISSING_THERE).step is (
        Step.NEXT_BILL
    )


def test_just_over_midnight_is_matched_with_a_note():
    late = datetime(2025, 9, 30, 15, 59, 58, tzinfo=UTC)
    before = ours("A", 100, late)
    there = [theirs("A", 100, late + timedelta(seconds=5))]
    found = only(here=[before], there=there, bucket=Bucket.OTHER_DAY)
    assert set(found.notes) == {Note.NEAR_MIDNIGHT, Note.LATER_THERE}
    # Ours belongs to the day before: its sum is not in this day's.
    assert found.difference_fen == 100
    assert not found.is_exception


def test_a_bill_with_a_row_of_none_of_its_days():
    before = NOON - timedelta(days=2)
    found = only(
        here=[ours("A", 5, before)], there=[theirs("A", 5, before)], bucket=Bucket.OTHER_DAY
    )
    assert (found.notes, found.difference_fen) == ((Note.NOT_ITS_DAY,), 5)


def test_rows_from_around_the_day_are_no_exception():
    before = ours("A", 100, NOON - timedelta(days=1))
    result = reconcile([before], [], period=DAY)
    assert result.agrees
    assert [each.bucket for each in result.found] == [Bucket.NOT_OF_DAY]
    assert result.ours.charges == 0


def test_a_bill_of_charges_says_nothing_of_refunds():
    rows = [ours("A", 100), ours("R", 50, kind=Kind.REFUND)]
    result = reconcile(rows, [theirs("A", 100)], period=DAY, covers={Kind.CHARGE})
    assert result.agrees
    assert result.ours.refunds == 0


def test_another_amount():
    found = only(here=[ours("A", 100)], there=[theirs("A", 90)], bucket=Bucket.OTHER_AMOUNT)
    assert (found.step, found.difference_fen) == (Step.CORRECT_AMOUNT, -10)


def test_a_refund_that_was_given_up_there():
    refund = {"kind": Kind.REFUND}
    found = only(
        here=[ours("R", 100, **refund)],
        there=[theirs("R", 0, **refund)],
        bucket=Bucket.OTHER_AMOUNT,
    )
    assert (found.step, found.notes, found.difference_fen) == (
        *(Step.PAY_ANOTHER_WAY, (Note.NOT_DONE_THERE,), 100),
    )
    assert reconcile([], [theirs("R", 0, **refund)], period=DAY).agrees


def test_charged_twice_and_a_line_twice():
    there = [theirs("A", 100, reference="1", line=2), theirs("A", 100, reference="2", line=3)]
    found = only(here=[ours("A", 100)], there=there, bucket=Bucket.TWICE_THERE)
    assert (found.step, found.difference_fen) == (Step.GIVE_BACK, 100)
    there = [theirs("A", 100, reference="1", line=2), theirs("A", 100, reference="1", line=9)]
    assert only(here=[ours("A", 100)], there=there, bucket=Bucket.TWICE_THERE).step is (
        Step.LOAD_ONCE
    )


def test_of_two_with_our_number_the_one_of_our_amount_is_ours():
    there = [theirs("A", 1, line=2), theirs("A", 100, line=3)]
    found = only(here=[ours("A", 100)], there=there, bucket=Bucket.MATCHED)
    assert found.theirs == there[1]


def test_one_number_twice_in_the_ledger():
    rows = [ours("A", 100, key="1"), ours("A", 100, key="2")]
    found = only(here=rows, there=[theirs("A", 100)], bucket=Bucket.TWICE_HERE)
    assert found.step is Step.LOOK_AT_LEDGER


def test_paired_by_their_number():
    found = only(
        here=[ours("A", 100, reference="X1")],
        there=[theirs("", 100, reference="X1")],
        bucket=Bucket.MATCHED,
    )
    assert found.notes == (Note.BY_REFERENCE,)
    found = only(
        here=[ours("A", 100, reference="X1")],
        there=[theirs("B", 100, reference="X1")],
        bucket=Bucket.MATCHED,
    )
    assert found.notes == (Note.OTHER_NUMBER,)


def test_a_reversal_is_paired_by_its_charge():
    back = {"kind": Kind.REFUND, "charge": "A"}
    found = only(
        here=[ours("A-r", 100, **back)], there=[theirs("", 100, **back)], bucket=Bucket.MATCHED
    )
    assert found.notes == (Note.BY_CHARGE,)


def test_two_refunds_of_a_charge_are_two():
    back = {"kind": Kind.REFUND, "charge": "A"}
    result = reconcile([ours("R1", 40, **back)], [theirs("R2", 40, **back)], period=DAY)
    assert {each.bucket for each in result.found} == {Bucket.MISSING_HERE, Bucket.MISSING_THERE}


def test_a_number_typed_wrongly_is_likely_the_other_half():
    here = [ours("", 100, reference="527401000132"), ours("B", 100, NOON + timedelta(hours=3))]
    there = [theirs("", 100, NOON + timedelta(minutes=2), reference="527401000123")]
    result = reconcile(here, there, period=DAY)
    halves = {each.bucket: each for each in result.exceptions if each.perhaps}
    assert {bucket: each.perhaps for bucket, each in halves.items()} == {
        Bucket.MISSING_THERE: "527401000123",
        Bucket.MISSING_HERE: "527401000132",
    }
    assert {each.step for each in halves.values()} == {Step.LOOK_AT_SLIP}


def test_where_two_might_be_the_half_neither_is_named():
    here = [ours("A", 100), ours("B", 100)]
    result = reconcile(here, [theirs("C", 100)], period=DAY)
    assert [each.perhaps for each in result.exceptions] == ["", "", ""]


def test_without_a_period_the_days_are_those_of_the_bill():
    result = reconcile([ours("A", 1), ours("B", 1, NOON - timedelta(days=3))], [theirs("A", 1)])
    assert result.agrees
    assert result.period == DAY
