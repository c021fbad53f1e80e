"""Every bad day at every step over real TCP: what the terminal answers, what was truly taken."""

from __future__ import annotations

import pytest

from boxoffice.payments.card_terminal import BatchLine, BatchOutcome, LineKind
from boxoffice.payments.iso8583_host import AcquirerTerminal
from boxoffice.payments.protocol import Outcome, RefundOutcome, Why
from boxoffice.rehearsal.gateways.card_host import CardHost
from boxoffice.rehearsal.gateways.card_host_days import How, Step, declined
from tests.payments.card_desk import FEN, ask, back, hasty, impatient, paid, settings, terminal

NUMBER, REFUND = "W7-000001", "R7-000901"
ENDLESS = (How.SILENT, How.LOST, How.OTHERS)
"""Days on which only the terminal's own patience ends a step."""


def on_the_day(host: CardHost, day: object) -> AcquirerTerminal:
    return impatient(host) if day in ENDLESS else terminal(host)


U, D, P, C, W = (
    Outcome.UNKNOWN,
    Outcome.DECLINED,
    Outcome.PAID,
    Outcome.CLOSED,
    Outcome.WAITING,
)
ABSENT = Outcome.ABSENT

CHARGES = [
    # day, what charge answers, why; what query then answers; fen taken before anything is undone
    (How.SILENT, U, Why.SILENT, ABSENT, 0),
    (How.LOST, U, Why.SILENT, P, FEN),
    (How.OTHERS, U, Why.SILENT, P, FEN),
    (How.HUNG_UP, U, Why.SILENT, ABSENT, 0),
    (How.HALF, U, Why.SILENT, P, FEN),
    (How.WRONG_MAC, U, Why.BAD_SIGNATURE, P, FEN),
    (How.GARBAGE, U, Why.NOT_READABLE, P, FEN),
    (How.WEB_PAGE, U, Why.NOT_READABLE, ABSENT, 0),
    (How.MERGED, P, Why.NONE, P, FEN),
    (How.SPLIT, P, Why.NONE, P, FEN),
    (How.CARD_DATA, P, Why.NONE, P, FEN),
    (How.WAITING, W, Why.NONE, W, 0),
    (How.PART, P, Why.OTHER_AMOUNT, P, FEN // 2),
    (declined("T0"), D, Why.TERMINAL_BUSY, ABSENT, 0),
    (declined("94"), D, Why.NUMBER_USED, ABSENT, 0),
    (declined("A0"), D, Why.NOT_SET_UP, ABSENT, 0),
    (declined("96"), U, Why.BUSY, ABSENT, 0),
    (declined("98"), U, Why.BUSY, ABSENT, 0),
    (declined("Q7"), U, Why.OTHER, D, 0),
    (declined("03"), D, Why.NOT_SET_UP, D, 0),
    (declined("05"), D, Why.CARD, D, 0),
    (declined("13"), D, Why.OTHER_AMOUNT, D, 0),
    (declined("17"), D, Why.CUSTOMER, D, 0),
    (declined("51"), D, Why.BALANCE, D, 0),
    (declined("54"), D, Why.CARD, D, 0),
    (declined("55"), D, Why.CARD, D, 0),
]


@pytest.mark.parametrize(("day", "outcome", "why", "then", "taken"), CHARGES, ids=str)
def test_charge(host, day, outcome, why, then, taken):
    card = on_the_day(host, day)
    host.plan.on(Step.CHARGE, day)
    answer = card.charge(ask())
    assert (answer.outcome, answer.why) == (outcome, why)
    later = terminal(host)
    assert later.query(NUMBER).outcome is then
    assert host.books.taken_fen(NUMBER) == taken
    # Whatever it was: undone, nothing stays taken, and a repeat of the undoing is harmless.
    undone = [later.reverse(NUMBER).outcome for _ in range(2)][-1]
    assert undone is C
    assert host.books.taken_fen(NUMBER) == 0
    assert host.came.count(Step.CHARGE) == 1


NO_ANSWERS = [
    (How.SILENT, Why.SILENT),
    (How.OTHERS, Why.SILENT),
    (How.HUNG_UP, Why.SILENT),
    (How.HALF, Why.SILENT),
    (How.WRONG_MAC, Why.BAD_SIGNATURE),
    (How.GARBAGE, Why.NOT_READABLE),
    (How.WEB_PAGE, Why.NOT_READABLE),
    (declined("96"), Why.BUSY),
    (declined("A0"), Why.NOT_SET_UP),
]


@pytest.mark.parametrize(("day", "why"), NO_ANSWERS, ids=str)
def test_query_never_believes_what_is_no_answer(host, day, why):
    card = on_the_day(host, day)
    paid(terminal(host))
    host.plan.on(Step.QUERY, day)
    answer = card.query(NUMBER)
    assert (answer.outcome, answer.why, answer.again) == (U, why, True)
    assert card.query(NUMBER).outcome is P


@pytest.mark.parametrize("day", [How.MERGED, How.SPLIT, How.CARD_DATA], ids=str)
def test_query_reads_through_packets_cut_and_joined(host, day):
    card = terminal(host)
    paid(card)
    host.plan.on(Step.QUERY, day)
    assert card.query(NUMBER).outcome is P


REVERSALS = [
    (How.SILENT, U, Why.SILENT, FEN),
    (How.LOST, U, Why.SILENT, 0),
    (How.HUNG_UP, U, Why.SILENT, FEN),
    (How.HALF, U, Why.SILENT, 0),
    (How.WRONG_MAC, U, Why.BAD_SIGNATURE, 0),
    (How.GARBAGE, U, Why.NOT_READABLE, 0),
    (How.WEB_PAGE, U, Why.NOT_READABLE, FEN),
    (How.MERGED, C, Why.NONE, 0),
    (How.SPLIT, C, Why.NONE, 0),
    (declined("96"), U, Why.BUSY, FEN),
    (declined("A0"), U, Why.NOT_SET_UP, FEN),
    (declined("21"), P, Why.TOO_LATE, FEN),
    (declined("25"), ABSENT, Why.NONE, FEN),
]


@pytest.mark.parametrize(("day", "outcome", "why", "taken"), REVERSALS, ids=str)
def test_reverse(host, day, outcome, why, taken):
    card = on_the_day(host, day)
    paid(terminal(host))
    host.plan.on(Step.REVERSE, day)
    answer = card.reverse(NUMBER)
    assert (answer.outcome, answer.why) == (outcome, why)
    assert host.books.taken_fen(NUMBER) == taken
    assert card.reverse(NUMBER).outcome is C
    assert host.books.taken_fen(NUMBER) == 0


@pytest.mark.parametrize(("day", "why"), [(How.HUNG_UP, Why.SILENT), *NO_ANSWERS[4:]], ids=str)
def test_reverse_sends_nothing_while_it_cannot_learn_how_the_sale_stands(host, day, why):
    card = terminal(host)
    paid(card)
    host.plan.on(Step.QUERY, day)
    answer = card.reverse(NUMBER)
    assert (answer.outcome, answer.why) == (U, why)
    assert Step.REVERSE not in host.came


def test_paid_between_the_last_query_and_the_reversal_is_given_back(host):
    card = terminal(host)
    host.plan.on(Step.CHARGE, How.WAITING)
    card.charge(ask())
    assert card.query(NUMBER).outcome is W
    host.customer_pays(NUMBER)
    assert card.reverse(NUMBER).outcome is C
    assert host.books.taken_fen(NUMBER) == 0


R = RefundOutcome
BACKS = [
    # day, answer, why; what the state then is; fen the customer still has paid
    (How.SILENT, R.UNKNOWN, Why.SILENT, R.ABSENT, FEN),
    (How.LOST, R.UNKNOWN, Why.SILENT, R.ARRIVED, 0),
    (How.HUNG_UP, R.UNKNOWN, Why.SILENT, R.ABSENT, FEN),
    (How.HALF, R.UNKNOWN, Why.SILENT, R.ARRIVED, 0),
    (How.WRONG_MAC, R.UNKNOWN, Why.BAD_SIGNATURE, R.ARRIVED, 0),
    (How.GARBAGE, R.UNKNOWN, Why.NOT_READABLE, R.ARRIVED, 0),
    (How.WEB_PAGE, R.UNKNOWN, Why.NOT_READABLE, R.ABSENT, FEN),
    (How.MERGED, R.ARRIVED, Why.NONE, R.ARRIVED, 0),
    (How.SPLIT, R.ARRIVED, Why.NONE, R.ARRIVED, 0),
    (How.CARD_DATA, R.ARRIVED, Why.NONE, R.ARRIVED, 0),
    (declined("T0"), R.REFUSED, Why.TERMINAL_BUSY, R.ABSENT, FEN),
    (declined("94"), R.REFUSED, Why.NUMBER_USED, R.ABSENT, FEN),
    (declined("A0"), R.REFUSED, Why.NOT_SET_UP, R.ABSENT, FEN),
    (declined("96"), R.UNKNOWN, Why.BUSY, R.ABSENT, FEN),
    (declined("Q7"), R.UNKNOWN, Why.OTHER, R.UNKNOWN, FEN),
    (declined("51"), R.REFUSED, Why.MERCHANT_BALANCE, R.REFUSED, FEN),
    (declined("57"), R.REFUSED, Why.CARD, R.REFUSED, FEN),
    (declined("64"), R.REFUSED, Why.TOO_MUCH, R.REFUSED, FEN),
    (declined("14"), R.DEAD, Why.CARD, R.DEAD, FEN),
    (declined("41"), R.DEAD, Why.CARD, R.DEAD, FEN),
]


@pytest.mark.parametrize("step", [Step.REFUND, Step.VOID], ids=str)
@pytest.mark.parametrize(("day", "outcome", "why", "then", "left"), BACKS, ids=str)
def test_refund_and_void(host, step, day, outcome, why, then, left):
    card = on_the_day(host, day)
    asked = back(paid(terminal(host)))
    send = {Step.REFUND: AcquirerTerminal.refund, Step.VOID: AcquirerTerminal.void}[step]
    host.plan.on(step, day)
    answer = send(card, asked)
    assert (answer.outcome, answer.why) == (outcome, why)
    assert card.refund_state(asked).outcome is then
    assert host.books.taken_fen(NUMBER) == left
    # Sent again under its number it moves what has not moved yet, and nothing twice.
    last = send(card, asked)
    assert host.books.taken_fen(NUMBER) == (0 if last.outcome is R.ARRIVED else FEN)
    assert host.books.gone_back(host.books.entries[NUMBER]) <= FEN


@pytest.mark.parametrize(("day", "why"), NO_ANSWERS, ids=str)
def test_refund_state_never_believes_what_is_no_answer(host, day, why):
    card = on_the_day(host, day)
    asked = back(paid(terminal(host)))
    host.plan.on(Step.QUERY, day)
    answer = card.refund_state(asked)
    assert (answer.outcome, answer.why) == (R.UNKNOWN, why)


@pytest.mark.parametrize(("day", "why"), NO_ANSWERS[2:], ids=str)
def test_refund_sends_nothing_while_it_cannot_learn_whether_it_was_sent(host, day, why):
    card = terminal(host)
    asked = back(paid(card))
    host.plan.on(Step.QUERY, day)
    assert (card.refund(asked).outcome, host.came.count(Step.REFUND)) == (R.UNKNOWN, 0)


@pytest.mark.parametrize(("day", "why"), NO_ANSWERS, ids=str)
@pytest.mark.parametrize("step", [Step.LAST, Step.ABORT], ids=str)
def test_last_and_abort(host, step, day, why):
    card = on_the_day(host, day)
    host.plan.on(Step.CHARGE, How.WAITING)
    terminal(host).charge(ask())
    host.plan.on(step, day)
    if step is Step.LAST:
        answer = card.last().answer
        assert (answer.outcome, answer.why) == (U, why)
    else:
        answer = card.abort(NUMBER)
        # What the host answered with a code is asked about at once.
        assert answer.outcome is (W if day in (declined("96"), declined("A0")) else U)
    assert card.query(NUMBER).outcome in (W, D)


@pytest.mark.parametrize(("day", "why"), NO_ANSWERS, ids=str)
def test_a_sale_without_sign_on_was_never_sent(host, day, why):
    card = AcquirerTerminal(hasty(host) if day in ENDLESS else settings(host))
    host.plan.on(Step.SIGN_ON, day)
    answer = card.charge(ask())
    assert (answer.outcome, answer.why) == (D, why)
    assert (Step.CHARGE in host.came, host.books.taken_fen(NUMBER)) == (False, 0)


@pytest.mark.parametrize(("day", "why"), NO_ANSWERS, ids=str)
def test_close_batch(host, day, why):
    card = on_the_day(host, day)
    first = paid(terminal(host))
    lines = [BatchLine(LineKind.SALE, NUMBER, first.reference, FEN)]
    host.plan.on(Step.CLOSE, day)
    answer = card.close_batch("000001", lines)
    refused = day in (declined("96"), declined("A0"))
    wanted = BatchOutcome.OPEN if refused else BatchOutcome.UNKNOWN
    assert (answer.outcome, answer.why) == (wanted, why)
    again = card.close_batch("000001", lines)
    assert (again.outcome, again.ours, host.books.batch) == (
        BatchOutcome.AGREED,
        again.theirs,
        "000002",
    )


def test_no_host_at_all():
    host = CardHost()
    card = terminal(host)
    asked = back(paid(card))
    fresh = terminal(host)
    host.close()
    charge = fresh.charge(ask("W7-000002"))
    assert (charge.outcome, charge.why) == (D, Why.UNREACHABLE)
    signed_on = card.charge(ask("W7-000002"))
    assert (signed_on.outcome, signed_on.why) == (D, Why.UNREACHABLE)
    for answer in (card.query(NUMBER), card.reverse(NUMBER), card.abort(NUMBER)):
        assert (answer.outcome, answer.why) == (U, Why.UNREACHABLE)
    for moved in (card.refund(asked), card.void(asked), card.refund_state(asked)):
        assert (moved.outcome, moved.why) == (R.UNKNOWN, Why.UNREACHABLE)
    assert card.last().answer.why is Why.UNREACHABLE
    assert card.close_batch("000001", []).why is Why.UNREACHABLE
    assert (fresh.reach(), fresh.batch()) == (Why.UNREACHABLE, "")


def test_another_key_than_the_hosts_charges_nothing(host):
    other = {**host.table(), "mac_key": "00" * 16}
    card = AcquirerTerminal(type(settings(host)).from_table(other))
    answer = card.charge(ask())
    # The host refuses our MAC, and its own does not fit our key either.
    assert (answer.outcome, answer.why) == (D, Why.BAD_SIGNATURE)
    assert host.books.entries == {}


def test_a_terminal_the_host_does_not_know_is_said_to_be_set_up_wrong(host):
    card = AcquirerTerminal(type(settings(host)).from_table({**host.table(), "terminal": "X" * 8}))
    assert card.reach() is Why.NOT_SET_UP
    assert card.charge(ask()).why is Why.NOT_SET_UP
