"""What this window may change now: open baskets, and orders it holds that nobody is paying."""

from __future__ import annotations

from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import WrongStatus
from boxoffice.records.custody import HeldOrder
from boxoffice.records.store import Store
from boxoffice.services.sharing import held


def require_at_hand(store: Store, order_id: str) -> OrderStatus:
    """That an order may be changed here now: an open basket, or an order this window holds.

    Raises WrongStatus otherwise, or while a payment or refund of it is under way (rule 8).
    """
    found = store.first(
        "SELECT o.status, o.version, a.id FROM orders o "
        "LEFT JOIN attempt a ON a.order_id = o.id AND a.ended_at IS NULL WHERE o.id = ?",
        (order_id,),
    )
    status, version, attempt = found or ("", 0, None)
    at_hand = held.holds_order(store, order_id) if version else status == OrderStatus.OPEN
    if not at_hand or attempt is not None:
        wanted = "paying" if attempt is not None else OrderStatus.OPEN.value
        raise WrongStatus(record="order", status=status, wanted=wanted)
    return OrderStatus(status)


def refuse_under_payment(store: Store, order_id: str) -> None:
    """Whether the money comes is open: what it is for stays where it is (rule 8)."""
    if store.first("SELECT 1 FROM attempt WHERE order_id = ? AND ended_at IS NULL", (order_id,)):
        raise WrongStatus(record="order", status="paying", wanted=OrderStatus.OPEN.value)


def keep_sold(store: Store, order_id: str) -> None:
    """What a basket held now belongs to its order, which this window holds until the push."""
    for table in ("held_seat", "held_places", "held_claim"):
        store.run(f"DELETE FROM {table} WHERE order_id = ?", (order_id,))
    store.insert(
        HeldOrder,
        [{"order_id": order_id, "base_version": 0, "request_id": None}],
        conflict="ON CONFLICT (order_id) DO NOTHING",
    )
