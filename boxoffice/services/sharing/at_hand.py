"""What this window may change now: open baskets, and orders it holds that nobody is paying."""

from __future__ import annotations

from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import WrongStatus
from boxoffice.records.custody import HeldOrder
from boxoffice.records.store import Store
from boxoffice.services.sharing import held

MONEY_UNDER_WAY = (
    "EXISTS (SELECT 1 FROM attempt a WHERE a.order_id = o.id AND a.ended_at IS NULL) "
    "OR EXISTS (SELECT 1 FROM payback b WHERE b.order_id = o.id AND b.ended_at IS NULL "
    "AND b.status IN ('created', 'sent', 'unknown') AND b.tender <> 'bank:transfer')"
)
"""SQL: whether somebody was asked about money of order `o` and has not answered (rule 8)."""


def require_at_hand(store: Store, order_id: str) -> OrderStatus:
    """That an order may be changed here now: an open basket, or an order this window holds.

    Raises WrongStatus otherwise, or while a payment or refund of it is under way (rule 8).
    """
    found = store.first(
        f"SELECT o.status, o.version, {MONEY_UNDER_WAY} FROM orders o WHERE o.id = ?", (order_id,)
    )
    status, version, under_way = found or ("", 0, False)
    at_hand = held.holds_order(store, order_id) if version else status == OrderStatus.OPEN
    if not at_hand or under_way:
        wanted = "paying" if under_way else OrderStatus.OPEN.value
        raise WrongStatus(record="order", status=status, wanted=wanted)
    return OrderStatus(status)


def refuse_under_payment(store: Store, order_id: str) -> None:
    """Whether the money comes is open: what it is for stays where it is (rule 8)."""
    if store.first(f"SELECT 1 FROM orders o WHERE o.id = ? AND ({MONEY_UNDER_WAY})", (order_id,)):
        raise WrongStatus(record="order", status="paying", wanted=OrderStatus.OPEN.value)


def keep_sold(store: Store, order_id: str, *, documents: bool = True) -> None:
    """What a basket held now belongs to its order, which this window holds until the push.

    Without its `documents` where it is not paid in full: those are given back.
    """
    # What an order that central knows was given besides is the order's with the next push.
    new = not store.first(
        "SELECT 1 FROM held_order WHERE order_id = ? AND base_version > 0", (order_id,)
    )
    places = ("held_seat", "held_places") if new else ()
    for table in (*places, *(["held_claim"] if documents else [])):
        store.run(f"DELETE FROM {table} WHERE order_id = ?", (order_id,))
    store.insert(
        HeldOrder,
        [{"order_id": order_id, "base_version": 0, "request_id": None}],
        conflict="ON CONFLICT (order_id) DO NOTHING",
    )
