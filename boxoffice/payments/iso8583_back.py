"""Money back onto the card: void in the open batch, refund at any time, and what became of them."""

from __future__ import annotations

from boxoffice.payments import card_terminal as card
from boxoffice.payments import iso8583_codes as codes
from boxoffice.payments import iso8583_private as private
from boxoffice.payments.card_settings import CURRENCIES
from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.iso8583_line import NoAnswer
from boxoffice.payments.iso8583_private import Sort, State
from boxoffice.payments.iso8583_sale import AT_THE_COUNTER, original_of
from boxoffice.payments.iso8583_talk import Standing, Talk, read_standing
from boxoffice.payments.protocol import Back, BackAnswer, RefundOutcome, Why

BACK_PROCESSING = "200000"
"""Field 3: a void when the type is 0200, a refund when it is 0220."""


def refund(talk: Talk, back: Back) -> BackAnswer:
    """Send a refund, whole or in part, unless the host has one of that number already."""
    return _send(talk, back, "0220", Sort.REFUND)


def void(talk: Talk, back: Back) -> BackAnswer:
    """Undo a payment of the open batch, whole."""
    if back.amount_fen != back.charged_fen:
        return BackAnswer(RefundOutcome.REFUSED, Why.OTHER_AMOUNT, again=False)
    return _send(talk, back, "0200", Sort.VOID)


def refund_state(talk: Talk, back: Back) -> BackAnswer:
    """What became of a refund or a void."""
    try:
        found = talk.standing(back.number)
    except NoAnswer as none:
        return BackAnswer(RefundOutcome.UNKNOWN, none.why, said=none.said)
    if found is None:
        return BackAnswer(RefundOutcome.ABSENT, said=codes.NOT_FOUND)
    if found.state in (State.REVERSED, State.VOIDED):
        return BackAnswer(RefundOutcome.CLOSED, said=f"{found.state}{found.code}", again=False)
    return _answered(back, found)


def _send(talk: Talk, back: Back, kind: str, sort: Sort) -> BackAnswer:
    before = refund_state(talk, back)
    refused_for_now = before.outcome is RefundOutcome.REFUSED and before.again
    if before.outcome is not RefundOutcome.ABSENT and not refused_for_now:
        return before
    currency = CURRENCIES.get(back.currency)
    if currency is None:
        return BackAnswer(RefundOutcome.REFUSED, Why.NOT_SET_UP, said=back.currency, again=False)
    try:
        batch = talk.batch()
        if sort is Sort.VOID and back.facts.get(card.BATCH) != batch:
            return BackAnswer(RefundOutcome.REFUSED, Why.TOO_LATE, again=False)
        question = _question(talk, back, kind, private.sort_field(sort, batch), currency)
        answer = talk.send(question)
    except NoAnswer as none:
        outcome = RefundOutcome.UNKNOWN if none.sent else RefundOutcome.REFUSED
        return BackAnswer(outcome, none.why, said=none.said)
    code = answer.get(39)
    if code == codes.DUPLICATE:
        return _of_duplicate(talk, back)
    state = {"00": State.APPROVED, codes.IN_PROGRESS: State.WORKING}.get(code, State.DECLINED)
    return _answered(back, read_standing(answer, state, code))


def _question(talk: Talk, back: Back, kind: str, sort: str, currency: str) -> Message:
    fields = {
        3: BACK_PROCESSING,
        4: private.fen_field(back.amount_fen),
        25: AT_THE_COUNTER,
        37: back.reference.ljust(12),
        49: currency,
        61: original_of(back.facts).text,
        62: private.checked(back.number),
    }
    authorisation = back.facts.get(card.AUTHORISATION)
    if authorisation:
        fields[38] = authorisation.ljust(6)
    return talk.message(kind, sort, fields, trace=private.trace(back.number, Sort.REFUND))


def _of_duplicate(talk: Talk, back: Back) -> BackAnswer:
    """The host has that trace or number: what it knows of our number, or that a new one is due."""
    found = refund_state(talk, back)
    if found.outcome is RefundOutcome.ABSENT:  # another transaction has the trace
        return BackAnswer(RefundOutcome.REFUSED, Why.NUMBER_USED, said=codes.DUPLICATE, again=False)
    return found


def _answered(back: Back, found: Standing) -> BackAnswer:
    """What the host says of our number, if it speaks of our amount."""
    code = {State.APPROVED: "00", State.WORKING: codes.IN_PROGRESS}.get(found.state, found.code)
    outcome, why, again = codes.gone_back(code)
    moved = outcome in (RefundOutcome.ARRIVED, RefundOutcome.ACCEPTED)
    if moved and found.state is State.DECLINED:  # "declined: 00" says nothing
        return BackAnswer(RefundOutcome.UNKNOWN, Why.NOT_READABLE, said=f"D{code}")
    if moved and found.fen is None:
        return BackAnswer(RefundOutcome.UNKNOWN, Why.NOT_READABLE, said=found.code)
    if moved and found.fen != back.amount_fen:
        return BackAnswer(
            RefundOutcome.UNKNOWN,
            Why.OTHER_AMOUNT,
            found.reference,
            found.fen,
            said=found.code,
            again=False,
        )
    return BackAnswer(
        outcome,
        why,
        found.reference,
        found.fen if moved else None,
        found.at if moved else None,
        found.code,
        again,
    )
