"""The table of refund policies: a tier a line, its fee said in whatever columns the file has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from boxoffice.domain.fees import Base
from boxoffice.domain.play import MINUTE
from boxoffice.domain.refunding import Again, Per
from boxoffice.exchange import columns as c
from boxoffice.exchange import fee_cells as f
from boxoffice.exchange import time_cells as t
from boxoffice.exchange.columns import Column
from boxoffice.exchange.fee_cells import FeeCell
from boxoffice.exchange.rows import FileKind, RefundTierRow
from boxoffice.exchange.tabular import Complaint, Table
from boxoffice.sentences.phrases import phrase

_FEE_CELLS = ("fee_percent", "refund_percent", "fee_yuan", "handling_percent")
_SPEAKS_OF = ("rate", "fixed_fen", "handling_rate")


def _refund(line: int, v: Mapping[str, Any]) -> RefundTierRow:
    cells: list[FeeCell] = [v[name] for name in _FEE_CELLS]
    said = {name: _said(cells, name) or 0 for name in _SPEAKS_OF}
    before: int | None = v["until_hours_before_start"]
    return RefundTierRow(
        line=line,
        policy=v["policy"],
        valid_from=v["valid_from"],
        until_hours_before_start=None if before is None else before // MINUTE,
        until_at=v["until_at"],
        inclusive=v["inclusive"],
        refundable=all(cell.refundable for cell in cells),
        fee_basis_points=said["rate"],
        fee_fen=said["fixed_fen"],
        per=v["per"],
        whole_order_only=v["whole_order_only"],
        note_zh=v["note_zh"],
        note_en=v["note_en"],
        resale_after_minutes=v["resale_after_minutes"] or 0,
        until_minutes_before_start=0 if before is None else before % MINUTE,
        until_minutes_after_purchase=v["until_hours_after_purchase"],
        fee_base=_said(cells, "rate_base") or v["fee_base"],
        handling_basis_points=said["handling_rate"],
        handling_base=_said(cells, "handling_base") or v["handling_base"],
        least_fee_fen=v["least_fee_yuan"] or 0,
        most_fee_fen=v["most_fee_yuan"],
        again=v["once_per_buyer"],
        complimentary_excluded=v["complimentary_excluded"],
    )


def _said(cells: Sequence[FeeCell], name: str) -> Any:
    """What the first cell that speaks of it says."""
    return next((v for cell in cells if (v := getattr(cell, name)) not in (None, "")), None)


def _check_refund(v: Mapping[str, Any], cells: Mapping[str, str]) -> Iterator[Complaint]:
    fees: list[FeeCell] = [v[name] for name in _FEE_CELLS]
    if not any(cells[name] for name in (*_FEE_CELLS, "least_fee_yuan")):
        yield "fee_percent", phrase("some_fee")
    refundable = all(fee.refundable for fee in fees)
    # An amount beside "none" is let pass: files fill one in on every line.
    contrary = [n for n, fee in zip(_FEE_CELLS, fees, strict=True) if fee.asks_a_share]
    contrary += [name for name in ("least_fee_yuan", "most_fee_yuan") if cells[name]]
    if not refundable and contrary:
        yield contrary[-1], phrase("nothing_beside_none")
    for name in _SPEAKS_OF:
        speaking = [
            n for n, fee in zip(_FEE_CELLS, fees, strict=True) if _said([fee], name) is not None
        ]
        if len(speaking) > 1:
            yield speaking[1], phrase("said_twice", column=speaking[0])
    for base in ("fee_base", "handling_base"):
        said = _said(fees, base.replace("fee", "rate"))
        if said and cells[base] and said != v[base]:
            yield base, phrase("said_twice", column="fee_percent")
    if v["fee_base"] == Base.LEFT or _said(fees, "rate_base") == Base.LEFT:
        yield "fee_base", phrase("one_of", names=f"{Base.PAID}, {Base.FACE}")
    if v["most_fee_yuan"] is not None and v["most_fee_yuan"] < (v["least_fee_yuan"] or 0):
        yield "most_fee_yuan", phrase("not_below", column="least_fee_yuan")
    yield from _check_end(cells, refundable)


def _check_end(cells: Mapping[str, str], refundable: bool) -> Iterator[Complaint]:
    if cells["until_hours_before_start"] and cells["until_at"]:
        yield "until_at", phrase("one_deadline")
    ends = ("until_hours_before_start", "until_at", "until_hours_after_purchase")
    if refundable and not any(cells[name] for name in ends):
        yield "until_at", phrase("some_deadline")


REFUND_POLICY = Table(
    FileKind.REFUND_POLICY,
    (
        Column("policy", c.filled),
        Column("valid_from", t.day),
        Column("until_hours_before_start", t.before_start, needed=False),
        Column("until_hours_after_purchase", t.after_purchase, needed=False),
        Column("until_at", t.deadline, needed=False),
        Column("inclusive", c.flag("inclusive")),
        Column("fee_percent", f.fee_percent, needed=False),
        Column("refund_percent", f.refund_percent, needed=False),
        Column("fee_yuan", f.fee_yuan, needed=False),
        Column("fee_base", c.one_of("fee_base", *Base), needed=False),
        Column("handling_percent", f.handling_percent, needed=False),
        Column("handling_base", c.one_of("handling_base", *Base), needed=False),
        Column("least_fee_yuan", f.amount, needed=False),
        Column("most_fee_yuan", f.amount, needed=False),
        Column("per", c.one_of("per", *Per), needed=False, absent=Per.TICKET.value),
        Column("whole_order_only", c.flag("whole_order_only"), needed=False, absent="no"),
        Column("once_per_buyer", c.one_of("once_per_buyer", *Again), needed=False),
        Column("complimentary_excluded", f.yes_unless_said, needed=False),
        Column("note_zh", c.note, needed=False),
        Column("note_en", c.note, needed=False),
        Column("resale_after_minutes", c.optional_whole, needed=False),
    ),
    _refund,
    key=(
        *("policy", "valid_from", "until_hours_before_start", "until_minutes_before_start"),
        *("until_at", "until_minutes_after_purchase", "again"),
    ),
    check=_check_refund,
    some=(
        ("fee_percent", "refund_percent", "fee_yuan", "handling_percent", "least_fee_yuan"),
        ("until_at", "until_hours_before_start", "until_hours_after_purchase"),
    ),
)
