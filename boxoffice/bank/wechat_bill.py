"""The trade bill of WeChat Pay: all trades, the successful ones or the refunds of a day.

Columns are found by their headings, for there are 18 to 29 of them by kind and age of the bill
(DOMAIN.md, bills of the day). The last two lines are its totals. A refund names what was asked for
and what was paid out of our money; the difference was the company's own coupon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
from boxoffice.bank.cells import (
    NO_TIME,
    MaybeWhen,
    Unreadable,
    bare,
    fen,
    heading,
    moment,
    number,
    shown,
    yuan,
)
from boxoffice.bank.headed import Header, Names, Record, find_header, told
from boxoffice.sentences.phrases import phrase

PARTY = "wechat"

COLUMNS: Names = {
    "at": ("交易时间",),
    "merchant": ("商户号",),
    "sub_merchant": ("特约商户号", "子商户号"),
    "reference": ("微信订单号", "微信支付订单号"),
    "number": ("商户订单号",),
    "state": ("交易状态",),
    "type": ("交易类型",),
    "currency": ("货币种类",),
    "settled": ("应结订单金额",),
    "asked": ("订单金额",),
    "old_total": ("总金额",),
    "refund_asked_at": ("退款申请时间",),
    "refund_done_at": ("退款成功时间",),
    "refund_reference": ("微信退款单号",),
    "refund_number": ("商户退款单号",),
    "refunded": ("退款金额",),
    "refund_asked": ("申请退款金额",),
    "refund_coupon": ("充值券退款金额", "代金券或立减优惠退款金额", "企业红包退款金额"),
    "refund_state": ("退款状态",),
    "fee": ("手续费",),
}
NEEDED = (
    ("at", "refund_asked_at", "refund_done_at"),
    ("reference",),
    ("number",),
    ("state",),
    ("settled", "asked", "old_total"),
)
TOTALS: Names = {
    "count": ("总交易单数",),
    "settled": ("应结订单总金额",),
    "old_total": ("总交易额",),
    "refunded": ("退款总金额", "总退款金额"),
    "refund_coupon": ("充值券退款总金额", "总代金券或立减优惠退款金额", "总企业红包退款金额"),
    "fee": ("手续费总金额",),
    "asked": ("订单总金额",),
    "refund_asked": ("申请退款总金额", "申请退款金额"),
}
"""Totals at the end, by the column that each is the sum of."""

CHARGED = frozenset({"SUCCESS"})
GIVEN_BACK = frozenset({"REFUND", "REVOKED"})
"""Turned into a refund; or reversed at the window, which refunds what was paid."""
NOTHING_MOVED = frozenset({"FAIL", "CLOSED", "CHANGE", "ABNORMAL"})
"""States of a refund that was given up: the customer has not got it."""


def recognise(lines: Lines, file: str) -> Header | None:
    """The header of a trade bill; None where this is none. Raises BadFile."""
    return find_header(lines, COLUMNS, NEEDED, file)


def read(lines: Lines, header: Header, file: str, digest: str) -> Bill:
    """What the bill says. Lines that are not understood stand in its troubles."""
    rows: list[TheirRow] = []
    troubles: list[Trouble] = []
    merchants: set[str] = set()
    # The sums as the rows write them, also of rows that are no use otherwise.
    counted = dict.fromkeys(TOTALS, 0)
    of_charges = 0
    checks: tuple[Check, ...] | None = None
    wrong = told(lines, lines.rows[header.index][0])
    below = iter(lines.rows[header.index + 1 :])
    for line, cells in below:
        if heading(cells[0] if cells else "") in map(heading, TOTALS["count"]):
            checks, wrong_totals = _checks(cells, below, counted, of_charges)
            troubles += [*wrong_totals, *_after(cells, below)]
            break
        if line in wrong:
            troubles += wrong[line]
        elif any(cells):
            counted["count"] += 1
            record = Record(line, cells, header)
            fits = record.fits()
            row = _row(record, counted) if fits else None
            if fits:
                merchants |= {record.read(one, number, "") for one in ("merchant", "sub_merchant")}
                if record.text("state").upper() in CHARGED:
                    of_charges += _plain(record.text("settled"))
            troubles += record.troubles
            if row is not None and not record.troubles:
                rows.append(row)
    return Bill(
        PARTY,
        PARTY,
        _covers(header),
        file,
        digest,
        tuple(rows),
        checks or (),
        tuple(troubles),
        days_of(rows),
        frozenset(merchants - {""}),
        totals_missing=checks is None,
        last_line=lines.rows[-1][0],
    )


def _covers(header: Header) -> frozenset[Kind]:
    if "refund_asked_at" in header.places or "refund_done_at" in header.places:
        return frozenset({Kind.REFUND})
    return BOTH if "refund_number" in header.places else frozenset({Kind.CHARGE})


def _plain(text: str) -> int:
    """The yuan of a cell whose trouble, if it has one, is told elsewhere."""
    try:
        return yuan(text) if text else 0
    except Unreadable:
        return 0


def _row(record: Record, counted: dict[str, int]) -> TheirRow | None:
    amounts = {
        column: record.read(column, yuan, 0)
        for column in (*TOTALS, "old_total")
        if column in record.header.places
    }
    for column, value in amounts.items():
        counted[column] += value
    if record.text("currency") not in ("", "CNY"):
        record.complain("currency", record.text("currency"), phrase("one_of", names="CNY"))
    state = record.text("state").upper()
    if state in CHARGED:
        return _charge(record, amounts)
    if state in GIVEN_BACK:
        return _refund(record, amounts, state)
    known = ", ".join(sorted(CHARGED | GIVEN_BACK))
    record.complain("state", state, phrase("one_of", names=known))
    return None


def _charge(record: Record, amounts: dict[str, int]) -> TheirRow | None:
    asked = amounts.get("asked") or amounts.get("old_total") or amounts.get("settled", 0)
    settled = amounts["settled"] if record.text("settled") else asked
    day, at = _when(record, "at")
    if day is None:
        return None
    if asked <= 0:
        record.complain("asked", record.text("asked"), phrase("amount_above_zero"))
        return None
    return TheirRow(
        record.line,
        Kind.CHARGE,
        record.need("number", number, ""),
        record.need("reference", number, ""),
        asked,
        day,
        at,
        fee_fen=abs(amounts.get("fee", 0)),
        borne_fen=asked - settled,
        said=_said(record, "type", "state"),
    )


def _refund(record: Record, amounts: dict[str, int], state: str) -> TheirRow | None:
    refunded = abs(amounts.get("refunded", 0))
    asked = abs(amounts.get("refund_asked", 0)) or refunded
    day, at = _when(record, "refund_asked_at", "at", "refund_done_at")
    charged = amounts.get("asked") or amounts.get("old_total") or amounts.get("settled")
    if day is None:
        return None
    if asked == 0 and (state == "REFUND" or charged):
        record.complain("refunded", record.text("refunded"), phrase("amount_above_zero"))
        return None
    moved = record.text("refund_state").upper() not in NOTHING_MOVED
    return TheirRow(
        record.line,
        Kind.REFUND,
        record.read("refund_number", number, ""),
        record.read("refund_reference", number, ""),
        asked if moved else 0,
        day,
        at,
        charge=record.read("number", number, ""),
        charge_reference=record.read("reference", number, ""),
        fee_fen=-abs(amounts.get("fee", 0)) if moved else 0,
        borne_fen=asked - refunded if moved else 0,
        said=_said(record, "type", "state", "refund_state"),
    )


def _when(record: Record, *columns: str) -> MaybeWhen:
    filled = next((column for column in columns if record.text(column)), columns[0])
    return record.need(filled, moment, NO_TIME)


def _said(record: Record, *columns: str) -> str:
    return " ".join(filter(None, map(record.text, columns)))


def _after(named: Sequence[str], below: Iterable[tuple[int, Sequence[str]]]) -> list[Trouble]:
    """What follows the totals, as where two bills were put into one file: its first line."""
    for line, cells in below:
        if any(cells):
            stands = next(bare(cell) for cell in cells if cell)
            return [Trouble(line, bare(named[0]), shown(stands), phrase("nothing_after"))]
    return []


def _checks(
    named: Sequence[str],
    below: Iterable[tuple[int, Sequence[str]]],
    counted: dict[str, int],
    of_charges: int,
) -> tuple[tuple[Check, ...] | None, list[Trouble]]:
    """Each total beside what the rows come to, None where the line of totals is gone; and what of
    that line is no total."""
    line, stated = next(((line, cells) for line, cells in below if any(cells)), (0, ()))
    if not line:
        return None, []
    column_of = {heading(name): column for column, names in TOTALS.items() for name in names}
    places = {column_of[heading(n)]: at for at, n in enumerate(named) if heading(n) in column_of}
    header = Header(0, len(named), places, tuple(map(bare, named)))
    record = Record(line, stated, header)
    checks = []
    for column, at in places.items() if record.fits() else ():
        is_count = column == "count"
        reader = fen if is_count else yuan
        if not record.text(column) and not is_count:
            continue
        says = record.need(column, reader, None)
        comes_to = counted[column]
        # Bills differ in whether a refund repeats in this column what it takes back.
        if column == "settled" and says == of_charges:
            comes_to = of_charges
        if says is not None:
            checks.append(Check(header.headings[at], says, comes_to, is_count, line))
    return tuple(checks), record.troubles
