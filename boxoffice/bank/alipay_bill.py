"""The business bill of Alipay (业务明细): comment lines above and below, totals in the latter.

Refunds are negative in some files and positive in others: the type decides and the amount is taken
without its sign (DOMAIN.md, bills of the day).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from boxoffice import clock
from boxoffice.bank.bill import (
    BOTH,
    Bill,
    Check,
    Kind,
    Lines,
    Period,
    TheirRow,
    Trouble,
    days_of,
)
from boxoffice.bank.cells import NO_TIME, Unreadable, bare, fen, moment, number, shown, yuan
from boxoffice.bank.headed import Header, Names, Record, find_header, told
from boxoffice.sentences.phrases import phrase

PARTY = "alipay"

COLUMNS: Names = {
    "reference": ("支付宝交易号", "交易号"),
    "number": ("商户订单号",),
    "type": ("业务类型",),
    "made_at": ("创建时间",),
    "at": ("完成时间",),
    "asked": ("订单金额",),
    "received": ("商家实收",),
    "refund_number": ("退款批次号/请求号", "退款批次号", "退款请求号"),
    "fee": ("服务费",),
}
NEEDED = (("reference",), ("number",), ("type",), ("asked",), ("at", "made_at"))
TYPES = {"交易": Kind.CHARGE, "退款": Kind.REFUND, "撤销": Kind.REFUND}

_TOTAL = re.compile(r"#?\s*(交易|退款)合计:\s*(\d+)\s*笔")
_RECEIVED = re.compile(r"商家实收(?:退款)?共\s*(-?[\d,]+(?:\.\d+)?)\s*元")
_ACCOUNT = re.compile(r"账号:\s*\[?(\d{10,32})(?!\d)")
_FROM = re.compile(r"起始日期:\s*\[?([^\],]+?)\]?\s*(?:终止|$)")
_TO = re.compile(r"终止日期:\s*\[?([^\],]+?)\]?\s*$")


@dataclass(slots=True)
class _Comments:
    """What the lines around the table say."""

    accounts: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None
    stated: dict[Kind, tuple[int, int, int | None]] = field(default_factory=dict)
    """For each kind: the line, how many, and fen."""
    troubles: list[Trouble] = field(default_factory=list)


def recognise(lines: Lines, file: str) -> Header | None:
    """The header of a business bill; None where this is none. Raises BadFile."""
    return find_header(lines, COLUMNS, NEEDED, file)


def read(lines: Lines, header: Header, file: str, digest: str) -> Bill:
    """What the bill says. Lines that are not understood stand in its troubles."""
    rows: list[TheirRow] = []
    troubles: list[Trouble] = []
    comments = _Comments()
    counted = dict.fromkeys(Kind, 0)
    received = dict.fromkeys(Kind, 0)
    wrong = told(lines, lines.rows[header.index][0])
    for line, cells in lines.rows[: header.index]:
        _note(line, cells, comments)
    for line, cells in lines.rows[header.index + 1 :]:
        if line in wrong:
            troubles += wrong[line]
        elif _is_comment(cells):
            _note(line, cells, comments)
        elif any(cells):
            record = Record(line, cells, header)
            kind = _kind(record) if record.fits() else None
            if kind is not None:
                counted[kind] += 1
                row, got = _row(record, kind)
                received[kind] += got
                if not record.troubles and row is not None:
                    rows.append(row)
            troubles += record.troubles
    period = None
    if comments.first and comments.last and comments.first <= comments.last:
        period = Period(comments.first, comments.last)
    return Bill(
        PARTY,
        PARTY,
        BOTH,
        file,
        digest,
        tuple(rows),
        tuple(_checks(comments, counted, received)),
        tuple(troubles + comments.troubles),
        period or days_of(rows),
        frozenset(comments.accounts),
        # A kind without a line that has no total either: some programs leave it out.
        totals_missing=not comments.stated
        or any(counted[kind] and kind not in comments.stated for kind in Kind),
        last_line=lines.rows[-1][0],
    )


def _is_comment(cells: Sequence[str]) -> bool:
    first = next((cell for cell in cells if cell), "")
    return first.startswith("#")


def _kind(record: Record) -> Kind | None:
    said = record.text("type")
    if said not in TYPES:
        record.complain("type", said, phrase("one_of", names=", ".join(TYPES)))
    return TYPES.get(said)


def _row(record: Record, kind: Kind) -> tuple[TheirRow | None, int]:
    """The row of a line, and what the merchant got or gave, in fen without a sign."""
    written = record.need("asked", yuan, 0)
    asked = abs(written)
    got = abs(record.read("received", yuan, asked))
    fee = abs(record.read("fee", yuan, 0))
    day, at = record.need("at" if record.text("at") else "made_at", moment, NO_TIME)
    charge = record.need("number", number, "")
    reference = record.need("reference", number, "")
    refund = record.read("refund_number", number, "") if kind is Kind.REFUND else ""
    if asked == 0 or (kind is Kind.CHARGE and written < 0):
        record.complain("asked", record.text("asked"), phrase("amount_above_zero"))
    if day is None:
        return None, got
    row = TheirRow(
        record.line,
        kind,
        charge if kind is Kind.CHARGE else refund,
        "" if kind is Kind.REFUND else reference,
        asked,
        day,
        at,
        charge=charge if kind is Kind.REFUND else "",
        # Every refund of a trade repeats the number of the trade and has none of its own.
        charge_reference=reference if kind is Kind.REFUND else "",
        fee_fen=fee if kind is Kind.CHARGE else -fee,
        borne_fen=asked - got,
        said=record.text("type"),
    )
    return row, got


def _note(line: int, cells: Iterable[str], comments: _Comments) -> None:
    """Take from a comment the account, the days and the totals it names."""
    text = unicodedata.normalize("NFKC", ",".join(cells)).rstrip(", ")
    account = _ACCOUNT.search(text)
    if account:
        comments.accounts.add(account[1])
    begins, ends = _FROM.search(text), _TO.search(text)
    if begins and ends:
        comments.first, comments.last = _day(begins[1]), _day(ends[1], end=True)
    total = _TOTAL.search(text)
    if total:
        kind = Kind.CHARGE if total[1] == "交易" else Kind.REFUND
        got = _RECEIVED.search(text)
        try:
            received = abs(yuan(got[1])) if got else None
            comments.stated[kind] = (line, fen(total[2]), received)
        except Unreadable as unreadable:
            trouble = Trouble(line, f"{total[1]}合计", shown(text), unreadable.expected)
            comments.troubles.append(trouble)


def _day(text: str, *, end: bool = False) -> date | None:
    """A day of the comment; an end at midnight is the end of the day before."""
    try:
        day, at = moment(bare(text))
    except Unreadable:
        return None
    at_midnight = at is not None and clock.venue(at).time() == time()
    return day - timedelta(days=1) if end and at_midnight else day


def _checks(
    comments: _Comments, counted: dict[Kind, int], received: dict[Kind, int]
) -> Iterable[Check]:
    names = {Kind.CHARGE: ("交易合计", "商家实收"), Kind.REFUND: ("退款合计", "商家实收退款")}
    for kind, (line, count, got) in comments.stated.items():
        of_count, of_fen = names[kind]
        yield Check(of_count, count, counted[kind], is_count=True, line=line)
        if got is not None:
            yield Check(of_fen, got, received[kind], line=line)
