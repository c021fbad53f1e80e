"""Files of acquirers and channels, read as their mapping says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from boxoffice.bank.bill import (
    BOTH,
    Bill,
    Check,
    Kind,
    Lines,
    TheirRow,
    Trouble,
    days_of,
)
from boxoffice.bank.cells import NO_TIME, MaybeWhen, Unreadable, bare, number
from boxoffice.bank.headed import Header, Record, find_header, told
from boxoffice.bank.mapping import PartyMapping, word
from boxoffice.sentences.phrases import phrase


@dataclass(slots=True)
class _Reading:
    """What was gathered so far."""

    rows: list[TheirRow] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    plain: dict[str, int] = field(default_factory=dict)
    """Sums of the columns as written."""
    turned: dict[str, int] = field(default_factory=dict)
    """The same, what went back taken off."""
    passed_over: int = 0


def recognise(lines: Lines, mapping: PartyMapping, file: str) -> Header | None:
    """The header of a file of that party; None where this is none. Raises BadFile."""
    names = {column: (name,) for column, name in mapping.headings.items()}
    return find_header(lines, names, [(column,) for column in names], file)


def read(lines: Lines, header: Header, mapping: PartyMapping, file: str, digest: str) -> Bill:
    """What the file says. Lines that are not understood stand in its troubles."""
    reading = _Reading()
    wrong = told(lines, lines.rows[header.index][0])
    for line, cells in lines.rows[header.index + 1 :]:
        if line in wrong:
            reading.troubles += wrong[line]
        elif _is_total(cells, mapping):
            reading.checks += _checks(Record(line, cells, header), mapping, reading)
        elif any(cells) and not bare(next(filter(None, cells))).startswith("#"):
            record = Record(line, cells, header)
            row = _row(record, mapping, reading) if record.fits() else None
            reading.troubles += record.troubles
            if row is not None and not record.troubles:
                reading.rows.append(row)
    rows = reading.rows if mapping.one_per_line else _put_together(reading.rows)
    return Bill(
        mapping.party,
        mapping.tender,
        BOTH,
        file,
        digest,
        tuple(rows),
        tuple(reading.checks),
        tuple(reading.troubles),
        days_of(rows),
        passed_over=reading.passed_over,
        totals_missing=bool(mapping.total_words) and not reading.checks,
        last_line=lines.rows[-1][0],
    )


def _is_total(cells: Sequence[str], mapping: PartyMapping) -> bool:
    first = word(bare(next(filter(None, cells), "")))
    return any(first.startswith(total) for total in mapping.total_words)


def _row(record: Record, mapping: PartyMapping, reading: _Reading) -> TheirRow | None:
    said = record.text("kind")
    state = record.need("state", str, "") if mapping.done_words else ""
    unfinished = state and word(state) not in mapping.done_words
    if unfinished or (said and word(said) in mapping.skip_words):
        reading.passed_over += 1
        return None
    amount = record.read("amount", mapping.amount, 0)
    back = record.read("amount_back", mapping.amount, 0)
    fee, net = record.read("fee", mapping.amount, 0), record.read("net", mapping.amount, 0)
    day, at = _when(record, mapping)
    kind = _kind(record, mapping, amount, back)
    for column, value in (("amount", amount), ("amount_back", back), ("fee", fee), ("net", net)):
        turned = -abs(value) if kind is Kind.REFUND else value
        reading.plain[column] = reading.plain.get(column, 0) + value
        reading.turned[column] = reading.turned.get(column, 0) + turned
    if day is None or kind is None:
        return None
    fen = abs(back) if mapping.sign == "columns" and kind is Kind.REFUND else abs(amount)
    if fen == 0 or (kind is Kind.CHARGE and amount < 0):
        record.complain("amount", record.text("amount"), phrase("amount_above_zero"))
    row = TheirRow(
        record.line,
        kind,
        record.read("number", number, ""),
        record.read("reference", number, ""),
        fen,
        day,
        at,
        charge_reference=record.read("original", number, "") if kind is Kind.REFUND else "",
        fee_fen=_fee(record, kind, fen, fee, net),
        terminal=record.text("terminal"),
        said=said,
    )
    if not row.number and not row.reference:
        record.complain("reference", "", phrase("some_value"))
    return row


def _kind(record: Record, mapping: PartyMapping, amount: int, back: int) -> Kind | None:
    """Which way the money went; a type that is named outweighs a sign."""
    said = word(record.text("kind"))
    if said in mapping.charge_words:
        return Kind.CHARGE
    if said in mapping.refund_words:
        return Kind.REFUND
    if mapping.sign == "type" or (mapping.charge_words and said):
        known = ", ".join(sorted(mapping.charge_words | mapping.refund_words))
        record.complain("kind", record.text("kind"), phrase("one_of", names=known))
        return None
    if mapping.sign == "columns":
        if bool(amount) == bool(back):
            record.complain("amount", record.text("amount"), phrase("one_amount"))
            return None
        return Kind.REFUND if back else Kind.CHARGE
    return Kind.REFUND if amount < 0 else Kind.CHARGE


def _fee(record: Record, kind: Kind, fen: int, fee: int, net: int) -> int:
    """What the party keeps. Without a net amount, a refund is taken to give its fee back."""
    if not record.text("net"):
        return abs(fee) if kind is Kind.CHARGE else -abs(fee)
    kept = fen - abs(net) if kind is Kind.CHARGE else abs(net) - fen
    if record.text("fee") and abs(kept) != abs(fee):
        record.complain("net", record.text("net"), phrase("net_fits"))
    return kept


def _when(record: Record, mapping: PartyMapping) -> MaybeWhen:
    day, time = record.text("date"), record.text("time")
    if time.isdecimal() and len(time) < 6:
        time = time.zfill(6)  # a spreadsheet took the zeros in front
    if not day:
        record.complain("date", "", phrase("some_value"))
        return NO_TIME
    try:
        return mapping.when(f"{day} {time}".strip())
    except Unreadable as unreadable:
        record.complain("date", f"{day} {time}".strip(), unreadable.expected)
        return NO_TIME


def _checks(record: Record, mapping: PartyMapping, reading: _Reading) -> Iterable[Check]:
    """Each amount in the line of totals beside the sum of its column so far.

    Files differ in whether a total without signs takes off what went back: either is right.
    """
    for column in ("amount", "amount_back", "fee", "net"):
        if record.text(column):
            stated = record.read(column, mapping.amount, 0)
            name = record.header.headings[record.header.places[column]]
            plain, turned = reading.plain.get(column, 0), reading.turned.get(column, 0)
            yield Check(name, stated, turned if stated == turned else plain, line=record.line)
    reading.troubles += record.troubles


def _put_together(rows: Sequence[TheirRow]) -> list[TheirRow]:
    """Lines of one number and kind as one, as where a channel writes a line for each ticket."""
    found: dict[tuple[Kind, str], TheirRow] = {}
    for row in rows:
        key = (row.kind, row.number or row.reference)
        known = found.get(key)
        found[key] = row if known is None else _sum(known, row)
    return list(found.values())


def _sum(one: TheirRow, other: TheirRow) -> TheirRow:
    earlier = min((one, other), key=lambda row: (row.day, row.line))
    return replace(
        earlier,
        line=min(one.line, other.line),
        fen=one.fen + other.fen,
        fee_fen=one.fee_fen + other.fee_fen,
        borne_fen=one.borne_fen + other.borne_fen,
        lines=one.lines + other.lines,
    )
