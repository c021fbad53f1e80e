"""The terminal on good days, and the rules that keep a sale from being taken twice or lost."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread

import pytest

from boxoffice import clock
from boxoffice.payments import iso8583_private as private
from boxoffice.payments.protocol import Outcome, RefundOutcome, Why
from boxoffice.rehearsal.gateways.card_host_days import How, Step, declined
from tests.payments.card_desk import FEN, ask, back, paid, terminal


def test_a_sale_brings_what_receipt_void_and_file_need(host):
    before = clock.now()
    answer = terminal(host).charge(ask())
    assert (answer.outcome, answer.why, answer.paid_fen) == (Outcome.PAID, Why.NONE, FEN)
    assert answer.reference == "000000000001"
    assert answer.facts == {
        "batch": "000001",
        "trace": "000002",
        "date": clock.venue(answer.at).strftime("%m%d"),
        "authorisation": "000001",
        "terminal": "T0000001",
        "merchant": "898100000000001",
    }
    assert abs((answer.at - before).total_seconds()) < 60
    assert host.books.taken_fen("W7-000001") == FEN


def test_another_process_asks_about_the_same_sale_by_its_number_alone(host):
    first = paid(terminal(host))
    again = terminal(host).query("W7-000001")
    assert (again.outcome, again.paid_fen) == (Outcome.PAID, FEN)
    assert (again.reference, again.facts, again.at) == (first.reference, first.facts, first.at)


def test_a_number_that_was_sent_before_is_never_charged_again(host):
    card = terminal(host)
    paid(card)
    again = card.charge(ask())
    assert (again.outcome, again.paid_fen) == (Outcome.PAID, FEN)
    assert len(host.books.entries) == 1


def test_a_number_that_was_used_for_another_amount_says_so(host):
    card = terminal(host)
    paid(card)
    again = card.charge(ask(fen=100))
    assert (again.outcome, again.why, again.paid_fen) == (Outcome.PAID, Why.OTHER_AMOUNT, FEN)


def test_two_numbers_with_one_trace_the_second_is_refused_and_takes_nothing(host):
    card = terminal(host)
    paid(card, "A-000042")
    second = card.charge(ask("B-000042", 500))
    assert (second.outcome, second.why, second.again) == (
        Outcome.DECLINED,
        Why.NUMBER_USED,
        False,
    )
    assert host.books.taken_fen("B-000042") == 0
    assert card.reverse("A-000042").outcome is Outcome.CLOSED


def test_undoing_a_number_never_undoes_another_with_its_trace(host):
    card = terminal(host)
    paid(card, "A-000042")
    assert card.reverse("B-000042").outcome is Outcome.ABSENT
    assert host.books.taken_fen("A-000042") == FEN


def test_a_sale_that_arrives_after_its_reversal_is_dead(host):
    card = terminal(host)
    assert card.reverse("W7-000001").outcome is Outcome.ABSENT
    late = card.charge(ask())
    assert late.outcome is Outcome.CLOSED
    assert host.books.taken_fen("W7-000001") == 0
    assert card.reverse("W7-000001").outcome is Outcome.CLOSED


def test_a_reversal_is_safe_to_repeat(host):
    card = terminal(host)
    paid(card)
    assert [card.reverse("W7-000001").outcome for _ in range(2)] == [Outcome.CLOSED] * 2
    assert host.books.taken_fen("W7-000001") == 0
    assert card.query("W7-000001").outcome is Outcome.CLOSED


def test_a_sale_of_a_closed_batch_cannot_be_reversed_and_stays_paid(host):
    card = terminal(host)
    paid(card)
    assert card.close_batch("000001", []).batch == "000001"
    answer = card.reverse("W7-000001")
    assert (answer.outcome, answer.why, answer.paid_fen) == (Outcome.PAID, Why.TOO_LATE, FEN)


def test_a_busy_customer_is_waited_for_by_asking(host):
    card = terminal(host)
    host.plan.on(Step.CHARGE, How.WAITING)
    assert card.charge(ask()).outcome is Outcome.WAITING
    assert card.query("W7-000001").outcome is Outcome.WAITING
    host.customer_pays("W7-000001")
    assert card.query("W7-000001").paid_fen == FEN


def test_a_customer_who_leaves_is_a_declined_sale(host):
    card = terminal(host)
    host.plan.on(Step.CHARGE, How.WAITING)
    card.charge(ask())
    host.customer_leaves("W7-000001")
    answer = card.query("W7-000001")
    assert (answer.outcome, answer.why) == (Outcome.DECLINED, Why.CUSTOMER)


def test_a_waiting_terminal_lets_go(host):
    card = terminal(host)
    host.plan.on(Step.CHARGE, How.WAITING)
    card.charge(ask())
    assert card.abort("W7-000001").outcome is Outcome.CLOSED
    assert card.query("W7-000001").outcome is Outcome.DECLINED


def test_letting_go_too_late_tells_how_it_stands(host):
    card = terminal(host)
    paid(card)
    assert card.abort("W7-000001").outcome is Outcome.PAID
    assert card.abort("W7-000002").outcome is Outcome.ABSENT


def test_asking_from_another_thread_while_a_sale_waits(host):
    card, answers = terminal(host), []
    host.plan.on(Step.CHARGE, How.SLOW)
    thread = Thread(target=lambda: answers.append(card.charge(ask())))
    thread.start()
    assert host.slow.wait(30)
    assert card.last().number == "W7-000001"
    host.released.set()
    thread.join()
    assert [a.outcome for a in answers] == [Outcome.PAID]


def test_the_last_transaction_names_its_number_and_kind(host):
    card = terminal(host)
    assert (card.last().number, card.last().answer.outcome) == ("", Outcome.ABSENT)
    first = paid(card)
    assert card.last().number == "W7-000001"
    assert card.last().answer.facts["kind"] == "sale"
    card.refund(back(first, fen=100))
    found = card.last()
    assert (found.number, found.answer.facts["kind"]) == ("R7-000901", "refund")


def test_refunds_in_parts_never_exceed_the_payment(host):
    card = terminal(host)
    first = paid(card)
    assert card.refund(back(first, "R-000001", 60_000)).outcome is RefundOutcome.ARRIVED
    more = card.refund(back(first, "R-000002", 60_000))
    assert (more.outcome, more.why) == (RefundOutcome.REFUSED, Why.TOO_MUCH)
    rest = card.refund(back(first, "R-000003", 38_000))
    assert (rest.outcome, rest.refunded_fen) == (RefundOutcome.ARRIVED, 38_000)
    assert host.books.taken_fen("W7-000001") == 0


def test_a_refund_is_safe_to_repeat_with_its_number(host):
    card = terminal(host)
    first = paid(card)
    answers = [card.refund(back(first, fen=1_000)) for _ in range(3)]
    assert {a.outcome for a in answers} == {RefundOutcome.ARRIVED}
    assert host.books.taken_fen("W7-000001") == FEN - 1_000
    assert host.came.count(Step.REFUND) == 1


def test_a_refund_number_used_for_another_amount_decides_nothing(host):
    card = terminal(host)
    first = paid(card)
    card.refund(back(first, fen=1_000))
    other = card.refund(back(first, fen=2_000))
    assert (other.outcome, other.why, other.refunded_fen, other.again) == (
        RefundOutcome.UNKNOWN,
        Why.OTHER_AMOUNT,
        1_000,
        False,
    )
    assert host.books.taken_fen("W7-000001") == FEN - 1_000


def test_a_refund_whose_trace_is_taken_wants_a_new_number(host):
    card = terminal(host)
    first = paid(card)
    card.refund(back(first, "R-000005", 100))
    answer = card.refund(back(first, "Q-000005", 100))
    assert (answer.outcome, answer.why, answer.again) == (
        RefundOutcome.REFUSED,
        Why.NUMBER_USED,
        False,
    )
    assert host.books.taken_fen("W7-000001") == FEN - 100


def test_a_refund_that_takes_days_is_accepted_and_then_arrives(host):
    card = terminal(host)
    first = paid(card)
    host.plan.on(Step.REFUND, How.WAITING)
    assert card.refund(back(first)).outcome is RefundOutcome.ACCEPTED
    assert card.refund_state(back(first)).outcome is RefundOutcome.ACCEPTED
    host.customer_pays("R7-000901")
    assert card.refund_state(back(first)).outcome is RefundOutcome.ARRIVED


def test_a_refund_waits_for_the_merchants_takings_under_the_same_number(host):
    card = terminal(host)
    first = paid(card)
    host.books.merchant_fen = 10
    short = card.refund(back(first))
    assert (short.outcome, short.why, short.again) == (
        RefundOutcome.REFUSED,
        Why.MERCHANT_BALANCE,
        True,
    )
    host.books.merchant_fen = FEN
    assert card.refund(back(first)).outcome is RefundOutcome.ARRIVED


def test_a_card_that_is_gone_stays_a_dead_way(host):
    card = terminal(host)
    first = paid(card)
    host.plan.on(Step.REFUND, declined("41"))
    assert card.refund(back(first)).outcome is RefundOutcome.DEAD
    assert card.refund(back(first)).outcome is RefundOutcome.DEAD
    assert host.came.count(Step.REFUND) == 1


def test_a_refund_of_a_payment_the_host_does_not_know_is_refused(host):
    card = terminal(host)
    first = paid(card)
    wrong = replace(back(first), reference="9")
    assert card.refund(wrong).outcome is RefundOutcome.REFUSED
    assert host.books.taken_fen("W7-000001") == FEN


def test_a_void_undoes_the_whole_payment_of_the_open_batch(host):
    card = terminal(host)
    first = paid(card)
    assert [card.void(back(first)).outcome for _ in range(2)] == [RefundOutcome.ARRIVED] * 2
    assert card.refund_state(back(first)).refunded_fen == FEN
    assert card.query("W7-000001").outcome is Outcome.CLOSED
    assert host.books.taken_fen("W7-000001") == 0
    assert host.came.count(Step.VOID) == 1


def test_a_void_of_a_part_is_not_even_sent(host):
    card = terminal(host)
    answer = card.void(back(paid(card), fen=100))
    assert (answer.outcome, answer.why) == (RefundOutcome.REFUSED, Why.OTHER_AMOUNT)
    assert Step.VOID not in host.came


def test_a_void_in_a_later_batch_is_not_even_sent(host):
    card = terminal(host)
    first = paid(card)
    card.close_batch("000001", [])
    answer = card.void(back(first))
    assert (answer.outcome, answer.why) == (RefundOutcome.REFUSED, Why.TOO_LATE)
    assert Step.VOID not in host.came
    assert card.refund(back(first)).outcome is RefundOutcome.ARRIVED


def test_a_host_that_wants_a_sign_on_gets_one(host):
    card = terminal(host)
    paid(card)
    host.plan.on(Step.QUERY, declined("77"))
    assert card.query("W7-000001").outcome is Outcome.PAID
    host.plan.on(Step.CHARGE, declined("77"))
    refused = card.charge(ask("W7-000002"))
    assert (refused.outcome, refused.why) == (Outcome.DECLINED, Why.BUSY)
    assert host.books.taken_fen("W7-000002") == 0
    before = host.came.count(Step.SIGN_ON)
    paid(card, "W7-000003")
    assert host.came.count(Step.SIGN_ON) == before + 1


def test_an_echo_says_whether_everything_is_set_up(host):
    assert terminal(host).reach() is Why.NONE
    host.plan.on(Step.ECHO, declined("03"))
    assert terminal(host).reach() is Why.NOT_SET_UP


@pytest.mark.parametrize("number", ["", "a" * 33, "a b", "金", "x\n"])
def test_a_number_that_no_message_can_carry_is_a_mistake_of_ours(host, number):
    with pytest.raises(ValueError, match="number"):
        terminal(host).charge(ask(number))


@pytest.mark.parametrize("fen", [0, -1, 10**12, True, 1.0])
def test_an_amount_that_is_none_is_a_mistake_of_ours(host, fen):
    with pytest.raises(ValueError, match="amount"):
        terminal(host).charge(ask(fen=fen))


def test_a_trace_belongs_to_its_number():
    assert private.trace("W7-20261103-000123") == private.trace("W7-20261103-9000123")
    assert private.trace("abc") == private.trace("abc") != private.trace("abd")
    counted = [f"W7-{n:06d}" for n in range(1, 2_000)]
    sales = {private.trace(number) for number in counted}
    backs = {private.trace(number, private.Sort.REFUND) for number in counted}
    assert len(sales | backs) == 2 * len(counted)


def test_a_trace_is_six_digits_above_zero():
    for number in ("X-000000", "X-499999", "X-999999", "abc"):
        for sort in private.Sort:
            assert 1 <= int(private.trace(number, sort)) <= private.TRACES
