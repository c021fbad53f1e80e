"""What a bank answers to our orders (pain.002): refused transfers are owed again, no other moves.

That a bank says it settled one is no booking: the statement says when money left.
"""

from __future__ import annotations

from boxoffice.bank.answers import AnswerFile, Reason, TransferState
from boxoffice.bank.transfer_reasons import next_step
from boxoffice.domain.statuses import PaybackStatus
from boxoffice.errors import BadFile, HeldElsewhere
from boxoffice.sentences.phrases import phrase
from boxoffice.services.money import transfer_rows
from boxoffice.services.money.cases import REFUSED
from boxoffice.services.money.intake import Intake
from boxoffice.services.money.transfer_rows import TransferRow


def follow(intake: Intake, read: AnswerFile) -> None:
    """Every transfer of the batch it answers. Raises BadFile where that is none of ours."""
    here = intake.here
    rows = here.read(lambda store: transfer_rows.transfers(store, batch=read.original))
    if not rows:
        why = phrase("bank_not_ours", number=read.original)
        raise BadFile(file=intake.report.name, why=why)
    said = {answer.number: answer for answer in read.answers}
    for row in rows.values():
        answer = said.get(row.number)
        if answer is not None and answer.fen not in (None, row.fen):
            intake.case(
                row.number,
                "other_amount",
                row.order_number,
                ours_fen=row.fen,
                theirs_fen=answer.fen,
            )
        state, reasons = read.state_of(row.number, row.batch)
        if state is not None:
            _follow(intake, row, state, reasons)
    for number in said.keys() - rows.keys():
        intake.case(number, "unknown_number")


def _follow(
    intake: Intake, row: TransferRow, state: TransferState, reasons: tuple[Reason, ...]
) -> None:
    codes = " ".join(dict.fromkeys(reason.code for reason in reasons if reason.code))
    if state is TransferState.REFUSED:
        _refused(intake, row, reasons, codes)
    elif row.status is PaybackStatus.DEAD and row.returned_on is None:
        # Refused before, and taken on now: whoever pays it another way may pay twice.
        intake.case(row.number, "taken_on_after_refusal", row.order_number, replaced=row.replaced)
    elif any(next_step(reason.code).value == "never_again" for reason in reasons):
        intake.case(row.number, "has_it_already", row.order_number, reasons=codes)
    if row.answer != TransferState.REFUSED or state is TransferState.REFUSED:
        intake.here.write(
            lambda store: transfer_rows.note_answer(store, row.number, state.value, codes)
        )


def _refused(intake: Intake, row: TransferRow, reasons: tuple[Reason, ...], codes: str) -> None:
    if row.status is PaybackStatus.DEAD:
        return
    if row.booked_on is not None:
        intake.case(row.number, "refused_after_booking", row.order_number, reasons=codes)
        return
    try:
        moved = intake.here.move(row.payback_id, row.order_id, PaybackStatus.DEAD, said=codes)
    except HeldElsewhere:
        intake.report.left.append(row.order_number)
        return
    intake.report.refused += moved
    steps = sorted({next_step(reason.code).value for reason in reasons})
    intake.case(row.number, REFUSED, row.order_number, reasons=codes, steps=steps, fen=row.fen)
