"""Closing the batch: totals that agree, totals that do not, and silence at each message."""

from __future__ import annotations

import pytest

from boxoffice.payments.card_terminal import BatchLine, BatchOutcome, BatchSums, LineKind
from boxoffice.payments.protocol import Why
from boxoffice.rehearsal.gateways.card_host_days import How, Step, declined
from tests.payments.card_desk import ask, back, paid, terminal


def a_batch(card) -> list[BatchLine]:
    """Three sales, one voided, one refunded in part, one reversed, one declined."""
    first, second = paid(card, "W7-000001", 500), paid(card, "W7-000002", 700)
    paid(card, "W7-000003", 900)
    card.reverse("W7-000003")
    card.void(back(first, "R7-000001", 500, "W7-000001"))
    card.refund(back(second, "R7-000002", 300, "W7-000002"))
    return [
        BatchLine(LineKind.SALE, "W7-000001", first.reference, 500),
        BatchLine(LineKind.SALE, "W7-000002", second.reference, 700),
        BatchLine(LineKind.VOID, "R7-000001", "", 500, "W7-000001"),
        BatchLine(LineKind.REFUND, "R7-000002", "", 300, "W7-000002"),
    ]


SUMS = BatchSums(sales=2, sales_fen=1_200, backs=2, backs_fen=800)


def test_a_batch_that_agrees_is_closed_and_the_next_begins(host):
    card = terminal(host)
    lines = a_batch(card)
    host.plan.on(Step.CHARGE, declined("51"))
    card.charge(ask("W7-000009"))
    answer = card.close_batch("000001", lines)
    assert (answer.outcome, answer.ours, answer.theirs) == (BatchOutcome.AGREED, SUMS, SUMS)
    assert card.batch() == "000002"
    assert paid(card, "W7-000004").facts["batch"] == "000002"


def test_closing_again_answers_as_it_did_then(host):
    card = terminal(host)
    lines = a_batch(card)
    answers = [card.close_batch("000001", lines) for _ in range(2)]
    assert answers[0] == answers[1]
    assert host.books.batch == "000002"


def test_totals_that_differ_are_sent_up_line_by_line(host):
    card = terminal(host)
    lines = a_batch(card)[:-1]
    answer = card.close_batch("000001", lines)
    assert (answer.outcome, answer.why) == (BatchOutcome.DIFFERENT, Why.OTHER_AMOUNT)
    assert (answer.ours.backs_fen, answer.theirs.backs_fen, answer.sent_up) == (500, 800, 3)
    assert host.came.count(Step.UPLOAD) == 4
    assert host.books.batch == "000002"
    again = card.close_batch("000001", lines)
    assert (again.outcome, again.theirs) == (BatchOutcome.DIFFERENT, answer.theirs)


def test_a_sale_only_the_host_has_shows_in_both_sums(host):
    card = terminal(host)
    lines = a_batch(card)
    host.plan.on(Step.CLOSE, How.OTHER_TOTALS)
    answer = card.close_batch("000001", lines)
    assert answer.outcome is BatchOutcome.DIFFERENT
    assert (answer.ours, answer.theirs) == (SUMS, BatchSums(3, 1_300, 2, 800))


def test_a_host_that_agrees_to_other_sums_is_not_believed(host):
    card = terminal(host)
    lines = a_batch(card)
    card.close_batch("000001", lines)
    other = card.close_batch("000001", lines[:1])
    assert other.outcome is BatchOutcome.DIFFERENT


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (How.HUNG_UP, Why.SILENT),
        (How.HALF, Why.SILENT),
        (How.WRONG_MAC, Why.BAD_SIGNATURE),
        (How.GARBAGE, Why.NOT_READABLE),
        (declined("96"), Why.BUSY),
    ],
    ids=str,
)
@pytest.mark.parametrize("good", [0, 1, 3], ids=["first line", "second line", "the end"])
def test_a_line_that_breaks_while_sending_up_leaves_it_to_be_closed_again(host, day, why, good):
    card = terminal(host)
    lines = a_batch(card)[:-1]
    host.plan.on(Step.UPLOAD, How.MERGED, good)
    host.plan.on(Step.UPLOAD, day)
    answer = card.close_batch("000001", lines)
    assert (answer.outcome, answer.why) == (BatchOutcome.UNKNOWN, why)
    again = card.close_batch("000001", lines)
    assert (again.outcome, host.books.batch) == (BatchOutcome.DIFFERENT, "000002")


def test_a_batch_the_host_never_had_stays_as_it_is(host):
    card = terminal(host)
    answer = card.close_batch("000009", [])
    assert (answer.outcome, host.books.batch) == (BatchOutcome.OPEN, "000001")
