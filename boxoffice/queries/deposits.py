"""Money taken for an order that is not paid in full: of which checkout, by which tenders."""

from __future__ import annotations

import json
from dataclasses import dataclass

from boxoffice.records.store import Store

LINES = "lines"
"""In the facts of a payment: the lines it is for, where not all of the order's are."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """One payment of an unfinished checkout, less what went back of it already (fen)."""

    payment_id: str
    tender: str
    left_fen: int


@dataclass(frozen=True, slots=True)
class Deposits:
    """What is here of a checkout that is not finished."""

    checkout_id: str
    line_ids: tuple[str, ...]
    """What it pays for; empty for all that waits."""
    parts: tuple[Deposit, ...]

    @property
    def fen(self) -> int:
        """All of it."""
        return sum(part.left_fen for part in self.parts)


def deposits(store: Store, order_id: str) -> Deposits | None:
    """The unfinished checkout of an order; None where nothing of one is here."""
    rows = store.all(
        "SELECT p.checkout_id, p.id, p.tender, p.facts, p.amount_fen - (SELECT coalesce("
        "sum(b.amount_fen), 0) FROM payback b WHERE b.payment_id = p.id "
        "AND b.status NOT IN ('closed', 'dead')) AS remaining FROM payment p "
        "WHERE p.order_id = ? AND p.checkout_id IS NOT NULL AND NOT EXISTS (SELECT 1 "
        "FROM order_line l JOIN payment q ON q.id = l.payment_id "
        "WHERE l.order_id = p.order_id AND q.checkout_id = p.checkout_id) "
        "ORDER BY p.paid_at, p.id",
        (order_id,),
    )
    left = [row for row in rows if row[4] > 0]
    if not left:
        return None
    facts = json.loads(left[0][3] or "{}")
    return Deposits(
        checkout_id=str(left[0][0]),
        line_ids=tuple(facts.get(LINES, ())),
        parts=tuple(Deposit(str(row[1]), str(row[2]), int(row[4])) for row in left),
    )
