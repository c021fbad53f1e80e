"""Closing a batch: totals compared, every line sent up where they differ, then closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from boxoffice.payments import iso8583_codes as codes
from boxoffice.payments import iso8583_private as private
from boxoffice.payments.card_terminal import (
    BatchAnswer,
    BatchLine,
    BatchOutcome,
    BatchSums,
    LineKind,
)
from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.iso8583_line import NoAnswer
from boxoffice.payments.iso8583_private import Net, Sort, Totals
from boxoffice.payments.iso8583_talk import Talk
from boxoffice.payments.protocol import Why

AGREED, DIFFERENT = "1", "2"
"""Last digit of field 48 in an answer."""
SORTS = {LineKind.SALE: Sort.SALE, LineKind.VOID: Sort.VOID, LineKind.REFUND: Sort.REFUND}


def sums(lines: Sequence[BatchLine]) -> BatchSums:
    """What the lines of our ledger add up to."""
    taken = [line.amount_fen for line in lines if line.kind is LineKind.SALE]
    back = [line.amount_fen for line in lines if line.kind is not LineKind.SALE]
    return BatchSums(len(taken), sum(taken), len(back), sum(back))


def close_batch(talk: Talk, batch: str, lines: Sequence[BatchLine]) -> BatchAnswer:
    """Close that batch; a batch that is closed already answers as it did then."""
    ours = sums(lines)
    totals = Totals(ours.sales_fen, ours.sales, ours.backs_fen, ours.backs).text()
    sort = private.sort_field(Sort.ADMIN, batch, Net.CLOSE)
    try:
        answer = talk.ask(talk.message("0500", sort, {48: totals}))
        found, wants_lines = _read(batch, ours, answer)
        if wants_lines:
            found = _send_up(talk, found, lines)
    except NoAnswer as none:
        return BatchAnswer(BatchOutcome.UNKNOWN, batch, ours, why=none.why, said=none.said)
    if found.outcome is not BatchOutcome.OPEN:
        talk.sign_on_next_time()
    return found


def _read(batch: str, ours: BatchSums, answer: Message) -> tuple[BatchAnswer, bool]:
    """What the host said, and whether it wants every line. Raises NoAnswer."""
    code = answer.get(39)
    if code not in codes.APPROVED:
        why = codes.trouble(code)
        return BatchAnswer(BatchOutcome.OPEN, batch, ours, why=why, said=code), False
    read = Totals.read(answer.get(48))
    if read is None or read[1] not in (AGREED, DIFFERENT):
        raise NoAnswer(Why.NOT_READABLE, sent=True, said=code)
    theirs = BatchSums(read[0].sales, read[0].sales_fen, read[0].backs, read[0].back_fen)
    # A host that says "agreed" to other sums than ours has not read ours, or read others then.
    if read[1] == AGREED and theirs == ours:
        return BatchAnswer(BatchOutcome.AGREED, batch, ours, theirs, said=code), False
    different = BatchAnswer(
        BatchOutcome.DIFFERENT, batch, ours, theirs, Why.OTHER_AMOUNT, said=code + read[1]
    )
    return different, read[1] == DIFFERENT


def _send_up(talk: Talk, found: BatchAnswer, lines: Sequence[BatchLine]) -> BatchAnswer:
    """Every line, then the end of them, which closes the batch. Raises NoAnswer."""
    for line in lines:
        _one(talk, found.batch, line)
    sort = private.sort_field(Sort.ADMIN, found.batch, Net.UPLOAD_END)
    totals = Totals(found.ours.sales_fen, found.ours.sales, found.ours.backs_fen, found.ours.backs)
    _take_on(talk, talk.message("0320", sort, {48: totals.text()}))
    return replace(found, sent_up=len(lines))


def _one(talk: Talk, batch: str, line: BatchLine) -> None:
    fields = {4: private.fen_field(line.amount_fen), 62: private.checked(line.number)}
    if line.reference:
        fields[37] = line.reference.ljust(12)
    sort = private.sort_field(SORTS[line.kind], batch, Net.CLOSE)
    trace = private.trace(line.number, SORTS[line.kind])
    _take_on(talk, talk.message("0320", sort, fields, trace=trace))


def _take_on(talk: Talk, question: Message) -> None:
    """A line the host takes, or had before it closed that batch. Raises NoAnswer for another."""
    code = talk.ask(question).get(39)
    if code not in codes.APPROVED | codes.TOO_LATE:
        raise NoAnswer(codes.trouble(code), sent=True, said=code)
