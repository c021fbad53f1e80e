"""Reads pain.002, a bank's answer to orders, versions 03 and newer.

Field names are those of the ISO 20022 message definition CustomerPaymentStatusReport.
"""

from __future__ import annotations

from dataclasses import replace

from boxoffice.bank.answers import (
    STATES,
    AnswerFile,
    BatchAnswer,
    Reason,
    TransferAnswer,
    TransferState,
)
from boxoffice.bank.message import Kind, Message, open_message
from boxoffice.bank.node import Node
from boxoffice.bank.transfer_reasons import Next, next_step
from boxoffice.sentences.phrases import Phrase, phrase


def read_answers(file: str, raw: bytes) -> AnswerFile:
    """Read an answer, named `file` in errors.

    Raises BadFile where it is none, is broken, or does not say which file of ours it answers.
    What is only odd stands in the warnings of the answer.
    """
    return answers_in(open_message(file, raw, {Kind.ANSWERS}))


def answers_in(message: Message) -> AnswerFile:
    """As `read_answers`, from a message that is open."""
    warnings = list(message.warnings)
    body = Node(message.body, message.file, warnings)
    group = body.need("OrgnlGrpInfAndSts")
    original = group.need("OrgnlMsgId").text()
    parts = body.all("OrgnlPmtInfAndSts")
    answers = [_answer(node, part) for part in parts for node in part.all("TxInfAndSts")]
    # Some banks answer single transfers without a batch around them.
    answers += [_answer(node, group) for node in body.all("TxInfAndSts")]
    read = AnswerFile(
        version=message.version,
        message=body.text("GrpHdr", "MsgId"),
        made_at=body.moment("GrpHdr", "CreDtTm"),
        original=original,
        status=group.text("GrpSts"),
        state=_state(group, "GrpSts"),
        reasons=_reasons(group),
        batches=tuple(_batch(part) for part in parts),
        answers=tuple(answer for answer in answers if answer),
        warnings=(),
    )
    return _with_doubts(read, warnings)


def _batch(part: Node) -> BatchAnswer:
    return BatchAnswer(
        batch=part.text("OrgnlPmtInfId"),
        status=part.text("PmtInfSts"),
        state=_state(part, "PmtInfSts"),
        reasons=_reasons(part),
    )


def _answer(node: Node, part: Node) -> TransferAnswer | None:
    number = node.text("OrgnlEndToEndId") or node.text("OrgnlInstrId")
    if not number:
        node.warn("bank_no_number")
        return None
    state = _state(node, "TxSts")
    if state is None:
        return None  # reasons or charges alone; its batch says what became of it
    amount = node.find("OrgnlTxRef", "Amt", "InstdAmt") or node.find("OrgnlTxRef", "IntrBkSttlmAmt")
    fen, currency = amount.money() if amount else (None, "")
    return TransferAnswer(
        number=number,
        status=node.text("TxSts"),
        state=state,
        reasons=_reasons(node),
        batch=part.text("OrgnlPmtInfId"),
        bank_reference=node.text("AcctSvcrRef"),
        fen=fen,
        currency=currency,
        line=node.line,
    )


def _state(node: Node, name: str) -> TransferState | None:
    """What a status means; one that is not known is open, with a warning. None where it is not
    there."""
    status = node.text(name)
    if not status:
        return None
    if status not in STATES:
        node.warn("bank_unknown_status", status=status[:20])
    return STATES.get(status, TransferState.OPEN)


def _reasons(node: Node) -> tuple[Reason, ...]:
    reasons = []
    for info in node.all("StsRsnInf"):
        said = " ".join(line.text() for line in info.all("AddtlInf") if line.text())
        code = info.code("Rsn")
        if code or said:
            reasons.append(Reason(code, said))
    return tuple(reasons)


def _with_doubts(read: AnswerFile, warnings: list[Phrase]) -> AnswerFile:
    """The same with a warning for each transfer whose refusal cannot be relied on."""
    for answer in {answer.number: answer for answer in read.answers}.values():
        state, reasons = read.state_of(answer.number, answer.batch)
        if state is not TransferState.OPEN or answer.state is TransferState.OPEN:
            continue
        double = any(next_step(reason.code) is Next.NEVER_AGAIN for reason in reasons)
        token = "bank_double" if double else "bank_contradiction"
        warnings.append(phrase(token, number=answer.number))
    if any(next_step(reason.code) is Next.NEVER_AGAIN for reason in read.reasons):
        warnings.append(phrase("bank_double", number=read.original))
    return replace(read, warnings=tuple(warnings))
