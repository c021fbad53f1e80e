"""One field finds an order by whatever the visitor has: code, number, phone, document or name."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.domain import ticket_code
from boxoffice.domain.masking import mask_name, mask_phone
from boxoffice.domain.recognise import ScanKind, recognise
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store

MOST = 50
"""Longest list a desk can read."""


@dataclass(frozen=True, slots=True)
class OrderHit:
    """An order that fits what was typed or scanned."""

    id: str
    number: str
    name: str
    """Masked."""
    phone: str
    """Masked."""
    tickets: int
    handed_over: int
    session_zh: str
    session_en: str
    business_day: str


_HIT = """
SELECT o.id, o.number, o.buyer, o.phone_sealed,
  (SELECT count(*) FROM ticket t WHERE t.order_id = o.id AND t.live = 1),
  (SELECT count(*) FROM hand_over h WHERE h.order_id = o.id),
  s.name_zh, s.name_en, s.business_day
FROM orders o
JOIN order_line l ON l.order_id = o.id AND l.position = 1 JOIN session s ON s.id = l.session_id
WHERE o.version > 0 AND o.id IN ({ids}) ORDER BY s.starts_at, o.number LIMIT {most}
"""


def find(store: Store, seal: Seal, text: str) -> list[OrderHit]:
    """Orders that fit; candidates are tried in the order of likelihood, the first that hits wins.

    Raises BadTicketCode for a ticket code that is damaged.
    """
    for scan in recognise(text):
        question = _question(scan.kind, scan.value, seal)
        if question is None:
            continue
        ids, params = question
        rows = store.all(_HIT.format(ids=ids, most=MOST), params)
        if rows:
            return [
                OrderHit(
                    id=row[0],
                    number=row[1] or "",
                    name=mask_name(row[2]),
                    phone=mask_phone(seal.open(row[3])),
                    tickets=row[4],
                    handed_over=row[5],
                    session_zh=row[6],
                    session_en=row[7],
                    business_day=row[8],
                )
                for row in rows
            ]
    return []


def _question(kind: ScanKind, value: str, seal: Seal) -> tuple[str, tuple[str, ...]] | None:
    """SQL that names order ids, and its parameters; None for what finds no order.

    Indexes of personal columns leave empty ones out; the condition <> '' lets them be used.
    """
    if kind is ScanKind.TICKET_CODE:
        claim, _, _ = ticket_code.parse(value)
        return "SELECT order_id FROM ticket WHERE id = ?", (claim.ticket.hex,)
    if kind in (ScanKind.PICKUP_CODE, ScanKind.ORDER_NUMBER):
        # Other sellers shape their codes as they like: a text is looked up as either.
        return (
            "SELECT id FROM orders WHERE pickup_code = ? "
            "UNION SELECT id FROM orders WHERE number = ?",
            (value, value),
        )
    if kind is ScanKind.PHONE:
        return "SELECT id FROM orders WHERE phone_hash = ? AND phone_hash <> ''", (
            seal.hash(value),
        )
    if kind is ScanKind.DOCUMENT:
        return "SELECT order_id FROM order_line WHERE document_hash = ? AND document_hash <> ''", (
            seal.hash(value),
        )
    if kind is ScanKind.NAME:
        return (
            "SELECT id FROM orders WHERE buyer = ? AND buyer <> '' "
            "UNION SELECT order_id FROM order_line WHERE attendee = ? AND attendee <> ''",
            (value, value),
        )
    return None
