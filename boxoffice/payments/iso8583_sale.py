"""A sale on the terminal: started, asked about, undone, let go of; as answers of a gateway."""

from __future__ import annotations

from dataclasses import replace

from boxoffice.payments import card_terminal as card
from boxoffice.payments import iso8583_codes as codes
from boxoffice.payments import iso8583_private as private
from boxoffice.payments.card_settings import CURRENCIES
from boxoffice.payments.card_terminal import Last, LineKind
from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.iso8583_line import NoAnswer
from boxoffice.payments.iso8583_private import Net, Original, Sort, State
from boxoffice.payments.iso8583_talk import Standing, Talk, read_standing
from boxoffice.payments.protocol import Answer, Ask, Outcome, Why

SALE_PROCESSING = "000000"
"""Field 3: goods and services."""
AT_THE_COUNTER = "00"
"""Field 25: the ordinary condition, card and holder present."""
UNANSWERED = "98"
"""Field 39 of a reversal: because no answer came."""

KINDS = {Sort.SALE: LineKind.SALE, Sort.VOID: LineKind.VOID, Sort.REFUND: LineKind.REFUND}


def charge(talk: Talk, ask: Ask) -> Answer:
    """Send the sale, once; what was certainly not sent was certainly not charged."""
    currency = CURRENCIES.get(ask.currency)
    if currency is None:
        return Answer(Outcome.DECLINED, Why.NOT_SET_UP, said=ask.currency, again=False)
    try:
        fields = {
            3: SALE_PROCESSING,
            4: private.fen_field(ask.amount_fen),
            25: AT_THE_COUNTER,
            49: currency,
            62: private.checked(ask.number),
        }
        sort = private.sort_field(Sort.SALE, talk.batch())
        answer = talk.send(talk.message("0200", sort, fields, trace=private.trace(ask.number)))
    except NoAnswer as none:
        outcome = Outcome.UNKNOWN if none.sent else Outcome.DECLINED
        return Answer(outcome, none.why, said=none.said)
    return _charged(talk, ask, answer)


def _charged(talk: Talk, ask: Ask, answer: Message) -> Answer:
    code = answer.get(39)
    outcome, why = codes.charged(code)
    if code == codes.DUPLICATE:
        return _of_duplicate(talk, ask)
    if outcome is not Outcome.PAID:
        return Answer(outcome, why, said=code)
    paid = _paid(read_standing(answer, State.APPROVED, code))
    if paid.paid_fen is not None and paid.paid_fen != ask.amount_fen:
        return replace(paid, why=Why.OTHER_AMOUNT)
    return paid


def _of_duplicate(talk: Talk, ask: Ask) -> Answer:
    """The host has that trace or number. Does it know our number? Then it is how that stands."""
    found = query(talk, ask.number)
    if found.outcome is Outcome.ABSENT:  # another sale has the trace, and ours was refused
        return Answer(Outcome.DECLINED, Why.NUMBER_USED, said=codes.DUPLICATE, again=False)
    if found.outcome is Outcome.UNKNOWN:
        return Answer(Outcome.UNKNOWN, Why.NUMBER_USED, said=codes.DUPLICATE)
    if found.paid_fen is not None and found.paid_fen != ask.amount_fen:
        return replace(found, why=Why.OTHER_AMOUNT)
    return found


def query(talk: Talk, number: str) -> Answer:
    """How a sale stands at the host."""
    try:
        found = talk.standing(number)
    except NoAnswer as none:
        return Answer(Outcome.UNKNOWN, none.why, said=none.said)
    return _as_answer(found)


def _as_answer(found: Standing | None) -> Answer:
    if found is None:
        return Answer(Outcome.ABSENT, said=codes.NOT_FOUND)
    said = f"{found.state}{found.code}"
    if found.state is State.APPROVED:
        return _paid(found)
    if found.state is State.WORKING:
        return Answer(Outcome.WAITING, said=said)
    if found.state is State.DECLINED:
        outcome, why = codes.charged(found.code)
        return Answer(
            Outcome.DECLINED, why if outcome is Outcome.DECLINED else Why.OTHER, said=said
        )
    return Answer(Outcome.CLOSED, said=said, again=False)


def _paid(found: Standing) -> Answer:
    """Approved; an approval that lacks what a refund needs is asked about instead."""
    if found.fen is None or not found.reference:
        return Answer(Outcome.UNKNOWN, Why.NOT_READABLE, said=found.code)
    return Answer(
        Outcome.PAID,
        reference=found.reference,
        paid_fen=found.fen,
        at=found.at,
        said=found.code,
        again=False,
        facts={
            card.BATCH: found.original.batch,
            card.TRACE: found.original.trace,
            card.DATE: found.original.date,
            card.AUTHORISATION: found.authorisation,
        },
    )


def reverse(talk: Talk, number: str) -> Answer:
    """Undo a sale of the open batch whose answer never came, or close one that waits.

    Asks first how it stands: a reversal names trace and batch as the host booked them, so that it
    can never hit another sale that happens to have our trace.
    """
    before = query(talk, number)
    if before.outcome in (Outcome.DECLINED, Outcome.CLOSED):
        return Answer(Outcome.CLOSED, before.why, said=before.said, again=False)
    if before.outcome is Outcome.UNKNOWN:
        return before
    original = original_of(before.facts)
    fields = {3: SALE_PROCESSING, 39: UNANSWERED, 61: original.text, 62: number}
    if before.paid_fen is not None:
        fields |= {4: private.fen_field(before.paid_fen), 37: before.reference.ljust(12)}
    trace = before.facts.get(card.TRACE) or private.trace(number)
    sort = private.sort_field(Sort.SALE, private.NO_BATCH)
    try:
        code = talk.ask(talk.message("0400", sort, fields, trace=trace)).get(39)
    except NoAnswer as none:
        return Answer(Outcome.UNKNOWN, none.why, said=none.said)
    if code in codes.APPROVED:
        return Answer(Outcome.CLOSED, said=code, again=False)
    if code == codes.NOT_FOUND:
        return Answer(Outcome.ABSENT, said=code)
    if code in codes.TOO_LATE:
        after = query(talk, number)
        return replace(after, why=Why.TOO_LATE) if after.outcome is Outcome.PAID else after
    return Answer(Outcome.UNKNOWN, codes.trouble(code), said=code)


def original_of(facts: dict[str, str]) -> Original:
    """Field 61 from the facts of a payment."""
    return Original(
        facts.get(card.BATCH, private.NO_BATCH),
        facts.get(card.TRACE, "000000"),
        facts.get(card.DATE, "0000"),
    )


def abort(talk: Talk, number: str) -> Answer:
    """Let the terminal stop waiting for the card of that sale."""
    sort = private.sort_field(Sort.ADMIN, private.NO_BATCH, Net.STOP)
    try:
        code = talk.ask(talk.message("0800", sort, {62: private.checked(number)})).get(39)
    except NoAnswer as none:
        return Answer(Outcome.UNKNOWN, none.why, said=none.said)
    if code in codes.APPROVED:
        return Answer(Outcome.CLOSED, said=code, again=False)
    return query(talk, number)


def last(talk: Talk) -> Last:
    """The terminal's last transaction, whatever it was."""
    try:
        found = talk.standing()
    except NoAnswer as none:
        return Last("", Answer(Outcome.UNKNOWN, none.why, said=none.said))
    answer = _as_answer(found)
    if found is None:
        return Last("", answer)
    kinds = {str(sort): str(kind) for sort, kind in KINDS.items()}
    answer.facts[card.KIND] = kinds.get(found.sort, "")
    return Last(found.number, answer)
