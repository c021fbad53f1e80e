"""Payments that paid for the same tickets together, and what went back of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.domain.statuses import PaybackStatus
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment of a checkout; amounts in fen."""

    id: str
    tender: str
    amount_fen: int
    tendered_fen: int
    change_fen: int
    at: datetime
    reference: str


@dataclass(frozen=True, slots=True)
class WentBack:
    """Money of a payment that went back, or is on its way (fen)."""

    tender: str
    amount_fen: int
    arrived: bool


def together(store: Store, payment_id: str) -> list[Paid]:
    """A payment and the others of its checkout, in the order they came."""
    return [
        Paid(row[0], row[1], row[2], row[3], row[4], clock.from_text(row[5]), row[6] or "")
        for row in store.all(
            "SELECT p.id, p.tender, p.amount_fen, p.tendered_fen, p.change_fen, p.paid_at, "
            "p.reference FROM payment p JOIN payment q ON q.id = ? WHERE p.id = q.id "
            "OR (p.checkout_id = q.checkout_id AND p.order_id = q.order_id) "
            "ORDER BY p.paid_at, p.id",
            (payment_id,),
        )
    ]


def back(store: Store, payments: Sequence[Paid]) -> list[WentBack]:
    """What went back of these, by paybacks that were not given up, in the order they began."""
    found = []
    for paid in payments:
        for tender, amount, status in store.all(
            "SELECT tender, amount_fen, status FROM payback WHERE payment_id = ? "
            "AND status NOT IN ('closed', 'dead') ORDER BY created_at, id",
            (paid.id,),
        ):
            found.append(WentBack(str(tender), int(amount), status == PaybackStatus.ARRIVED))
    return found
