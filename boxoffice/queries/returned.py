"""What came back of an order: its refunds and voids, as papers and history tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.domain.statuses import LineStatus, RefundStatus
from boxoffice.queries.sold_lines import SoldLine, sold_lines
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Returned:
    """A ticket that came back, as the papers and the history tell it; amounts in fen."""

    id: str
    line: SoldLine
    kind: str
    price_fen: int
    fee_fen: int
    amount_fen: int
    tender: str
    status: str
    reason: str
    clause_zh: str
    clause_en: str
    at: datetime
    window: int
    operator: str
    approver: str
    """Operator numbers; "" where nobody had to approve."""


_RETURNED = """
SELECT r.id, r.line_id, r.kind, r.price_fen, r.fee_fen, r.amount_fen, r.tender, r.status, r.reason,
  coalesce(k.note_zh, ''), coalesce(k.note_en, ''), r.at, r.window_id, coalesce(o.number, ''),
  coalesce(a.number, '')
FROM refund r
LEFT JOIN refund_tier k
  ON k.policy = r.policy AND k.valid_from = r.valid_from AND k.position = r.tier
LEFT JOIN operator o ON o.id = r.operator_id LEFT JOIN operator a ON a.id = r.approver_id
WHERE r.order_id = ? ORDER BY r.at, r.id
"""


def returned(store: Store, order_id: str) -> list[Returned]:
    """What came back of an order so far, oldest first."""
    lines = {line.id: line for line in sold_lines(store, order_id)}
    found = []
    for row in store.all(_RETURNED, (order_id,)):
        values = list(row)
        values[1], values[11] = lines[row[1]], clock.from_text(row[11])
        found.append(Returned(*values))
    return found


def exchanged_for(store: Store, order_id: str, together: Sequence[Returned]) -> list[SoldLine]:
    """What took the place of tickets that came back, as it was sold; none but for an exchange."""
    old = {row.line.id for row in together}
    new = {
        str(line)
        for line, replaced, status in store.all(
            "SELECT id, replaces, status FROM order_line "
            "WHERE order_id = ? AND replaces IS NOT NULL",
            (order_id,),
        )
        if replaced in old and status != LineStatus.RELEASED
    }
    return [line for line in sold_lines(store, order_id) if line.id in new]


def ways_back(store: Store, order_id: str, together: Sequence[Returned]) -> dict[str, int]:
    """By which tenders the money of one act goes back, as it was meant at first (fen)."""
    found: dict[str, int] = {}
    for row in together:
        if row.status != RefundStatus.PAYBACKS:
            found[row.tender] = found.get(row.tender, 0) + row.amount_fen
    for tender, amount in store.all(
        "SELECT tender, amount_fen FROM payback WHERE replaces IS NULL AND act_id IN "
        "(SELECT act_id FROM refund WHERE order_id = ? AND at = ?)",
        (order_id, clock.to_text(together[0].at)),
    ):
        found[tender] = found.get(tender, 0) + amount
    return found


def taken_without_approval(store: Store, order_id: str) -> int:
    """Fen that already went back of an order without a second person."""
    found = store.first(
        "SELECT coalesce(sum(amount_fen), 0) FROM refund "
        "WHERE order_id = ? AND kind = 'refund' AND approver_id IS NULL",
        (order_id,),
    )
    return int(found[0]) if found else 0
