"""How a ticket was bought in the first place: when, and with whose money.

A ticket that was exchanged for another is not bought anew: what counts from the purchase counts
from that of the first, and money keeps the tender it came by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.domain.accounts import COMPLIMENTARY, EXCHANGE
from boxoffice.domain.refunding import ReturnKind
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Purchase:
    """How one line of an order was bought; times UTC."""

    bought_at: datetime | None
    """When the ticket was paid for that it, or what it replaces, began as; None: not paid."""
    complimentary: bool
    """Whether nothing was paid for it but what was given away."""


def purchases(store: Store, order_id: str) -> dict[str, Purchase]:
    """How the lines of an order were bought, by line."""
    rows = {
        str(row[0]): row
        for row in store.all(
            "SELECT l.id, l.replaces, y.paid_at, y.id, coalesce(y.checkout_id, y.id) "
            "FROM order_line l LEFT JOIN payment y ON y.id = l.payment_id WHERE l.order_id = ?",
            (order_id,),
        )
    }
    free = {checkout: _given_away(store, checkout) for *_, checkout in rows.values() if checkout}
    found = {}
    for line_id, row in rows.items():
        first = row
        while first[1] is not None:
            first = rows[str(first[1])]
        bought_at = None if first[2] is None else clock.from_text(first[2])
        found[line_id] = Purchase(bought_at, free.get(row[4], False))
    return found


def _given_away(store: Store, checkout: str) -> bool:
    paid = store.all(
        "SELECT id, tender FROM payment WHERE checkout_id = ? OR (id = ? AND checkout_id IS NULL)",
        (checkout, checkout),
    )
    return {source(store, row[0])[1] for row in paid} == {COMPLIMENTARY}


def source(store: Store, payment_id: str) -> tuple[str, str]:
    """(payment, tender) that money came by first, before tickets were exchanged for others.

    Raises LookupError for a payment nobody knows.
    """
    while True:
        row = store.first("SELECT tender, reference FROM payment WHERE id = ?", (payment_id,))
        if row is None:
            raise LookupError(f"no payment {payment_id}")
        if row[0] != EXCHANGE or not row[1]:
            return payment_id, str(row[0])
        # A payment by exchange names the payback that its money came from.
        before = store.first("SELECT payment_id FROM payback WHERE id = ?", (row[1],))
        if before is None:
            raise LookupError(f"no payback {row[1]}")
        payment_id = str(before[0])


def refunds_before(store: Store, order_id: str) -> int:
    """How often the buyer of an order came back with tickets before, as far as it is known here.

    A buyer is known by the phone of an order; without one an order is a buyer of its own. Tickets
    that went back together are once; what was voided, exchanged or rained off is none.
    """
    found = store.first(
        "SELECT count(*) FROM (SELECT DISTINCT order_id, at FROM refund WHERE kind = ? AND "
        "order_id IN (SELECT o.id FROM orders o JOIN orders b ON b.id = ? AND (o.id = b.id "
        "OR (o.phone_hash = b.phone_hash AND o.phone_hash <> '')))) AS times",
        (ReturnKind.REFUND.value, order_id),
    )
    return int(found[0]) if found else 0
