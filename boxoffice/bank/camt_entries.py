"""Reads one entry of a statement: its single transactions, charges and reasons of a return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from boxoffice.bank.node import Node
from boxoffice.bank.statements import Booking, Entry
from boxoffice.domain.money import format_yuan


@dataclass(frozen=True, slots=True)
class _Line:
    """What all transactions of an entry share."""

    fen: int
    currency: str
    credit: bool
    status: str
    booked_on: date | None
    value_on: date | None
    code: str
    reversal: bool
    bank_reference: str


def read_entry(node: Node, unsaid: str) -> Entry:
    """Read an Ntry; `unsaid` is the status of one that names none.

    Raises BadFile where its amount or its direction cannot be read truly.
    """
    fen, currency = node.need("Amt").money()
    line = _Line(
        fen=fen,
        currency=currency,
        credit=node.credit(),
        status=node.code("Sts") or unsaid,
        booked_on=node.day("BookgDt"),
        value_on=node.day("ValDt"),
        code=_code(node),
        reversal=node.text("RvslInd") in ("true", "1"),
        bank_reference=node.text("AcctSvcrRef"),
    )
    return Entry(
        fen=fen,
        currency=currency,
        credit=line.credit,
        status=line.status,
        booked_on=line.booked_on,
        reference=node.text("NtryRef"),
        bookings=_bookings(node, line),
        line=node.line,
    )


def _bookings(node: Node, line: _Line) -> tuple[Booking, ...]:
    parts = [part for details in node.all("NtryDtls") for part in details.all("TxDtls")]
    _count(node, len(parts))
    if not parts:
        return (_booking(node, node, line, line.fen, line.credit),)
    amounts = [_amount(part, line, alone=len(parts) == 1) for part in parts]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(parts):
        node.warn("bank_parts_without_amount")
        return (_booking(node, node, line, line.fen, line.credit),)
    bookings = tuple(
        _booking(node, part, line, fen, part.credit(fallback=line.credit))
        for part, fen in zip(parts, known, strict=True)
    )
    _sum(node, line, bookings)
    return bookings


def _amount(part: Node, line: _Line, alone: bool) -> int | None:
    """Hundredths of a transaction in the currency of its entry; the entry's own where it is the
    only one, None where the bank does not tell."""
    if alone:
        return line.fen
    for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt"), ("AmtDtls", "InstdAmt", "Amt")):
        found = part.find(*path)
        if found is not None:
            fen, currency = found.money()
            if currency == line.currency:
                return fen
    return None


def _booking(entry: Node, part: Node, line: _Line, fen: int, credit: bool) -> Booking:
    refs = part.find("Refs") or part
    batch = entry.find("NtryDtls", "Btch")
    back = part.find("RtrInf")
    return Booking(
        fen=fen,
        currency=line.currency,
        credit=credit,
        status=line.status,
        booked_on=line.booked_on,
        value_on=line.value_on,
        end_to_end=refs.text("EndToEndId"),
        instruction=refs.text("InstrId"),
        batch=refs.text("PmtInfId") or (batch.text("PmtInfId") if batch else ""),
        bank_reference=refs.text("AcctSvcrRef") or line.bank_reference,
        code=_code(part) or line.code,
        reversal=line.reversal,
        return_reason=back.code("Rsn") if back else "",
        charges_fen=_charges(part, line.currency),
        line=part.line,
        return_said=" ".join(_said(back)) if back else "",
        remittance=tuple(_remittance(entry, part)),
        party=_party(part, credit),
    )


def _code(node: Node) -> str:
    kind = node.find("BkTxCd")
    if kind is None:
        return ""
    domain = kind.find("Domn")
    if domain is None:
        return kind.text("Prtry", "Cd")
    codes = (domain.text("Cd"), domain.text("Fmly", "Cd"), domain.text("Fmly", "SubFmlyCd"))
    return "-".join(code for code in codes if code)


def _said(back: Node) -> Iterator[str]:
    for line in back.all("AddtlInf"):
        if line.text():
            yield line.text()


def _remittance(entry: Node, part: Node) -> Iterator[str]:
    """Every text in which our number may stand, the most telling first."""
    texts = [node.text() for node in _below(part, "RmtInf", "Ustrd")]
    # Banks cut a long text into lines wherever it falls.
    yield from dict.fromkeys(("".join(texts), *texts))
    for structured in _below(part, "RmtInf", "Strd"):
        yield structured.text("CdtrRefInf", "Ref")
        for document in structured.all("RfrdDocInf"):
            yield document.text("Nb")
        for more in structured.all("AddtlRmtInf"):
            yield more.text()
    yield part.text("AddtlTxInf")
    yield entry.text("AddtlNtryInf")
    yield entry.text("NtryRef")


def _below(node: Node, *path: str) -> list[Node]:
    found = [node]
    for name in path:
        found = [below for here in found for below in here.all(name)]
    return found


def _party(part: Node, credit: bool) -> str:
    """Who is on the other side; newer versions have the name one level deeper."""
    parties = part.find("RltdPties")
    other = parties.find("Dbtr" if credit else "Cdtr") if parties else None
    return (other.text("Nm") or other.text("Pty", "Nm")) if other else ""


def _charges(node: Node, currency: str) -> int:
    """What the bank kept: the records of newer versions, or the plain amounts of the first."""
    kept = 0
    for charges in node.all("Chrgs"):
        for record in charges.all("Rcrd") or [charges]:
            amount = record.find("Amt")
            if amount is None:
                continue
            fen, said = amount.money()
            if said == currency:
                kept += -fen if record.credit(fallback=False) else fen
    return kept


def _count(node: Node, count: int) -> None:
    batches = _below(node, "NtryDtls", "Btch")
    said = [batch.text("NbOfTxs") for batch in batches]
    if count and said and all(n.isdecimal() for n in said) and sum(map(int, said)) != count:
        node.warn("bank_batch_count", said=sum(map(int, said)), count=count)


def _sum(node: Node, line: _Line, bookings: tuple[Booking, ...]) -> None:
    """Warn where the transactions, with or without the charges, are not what the entry is."""
    entry = line.fen if line.credit else -line.fen
    parts = sum(booking.fen if booking.credit else -booking.fen for booking in bookings)
    charges = sum(booking.charges_fen for booking in bookings) + _charges(node, line.currency)
    if entry not in (parts, parts - charges):
        node.warn("bank_batch_sum", amount=format_yuan(entry), parts=format_yuan(parts))
