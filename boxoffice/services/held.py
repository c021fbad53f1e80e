"""What this window holds: rows of its own file that follow a grant and what is given back."""

from __future__ import annotations

from collections.abc import Sequence

from boxoffice.central.items import Items
from boxoffice.records import whole_order
from boxoffice.records.custody import HeldClaim, HeldOrder, HeldPlaces, HeldSeat
from boxoffice.records.store import Store


def holds_order(store: Store, order_id: str) -> bool:
    """Whether this window may change an order: held, and not reported without an answer yet."""
    found = store.first(
        "SELECT 1 FROM held_order h LEFT JOIN reporting r "
        "ON r.order_id = h.order_id AND r.request_id IS h.request_id "
        "WHERE h.order_id = ? AND r.order_id IS NULL",
        (order_id,),
    )
    return found is not None


def under_report(store: Store, order_id: str) -> bool:
    """Whether central was told of an order and its answer is not here yet."""
    return store.first("SELECT 1 FROM reporting WHERE order_id = ?", (order_id,)) is not None


def hold(store: Store, request_id: str, order_id: str, items: Items) -> None:
    """Keep seats, places and documents for an order or basket."""
    store.insert(
        HeldSeat,
        [
            {"session_id": s, "seat_id": seat, "order_id": order_id, "request_id": request_id}
            for s, seat in items.seats
        ],
    )
    store.insert(
        HeldPlaces,
        [{"order_id": order_id, "session_id": s, "places": count} for s, count in items.places],
        conflict="ON CONFLICT (order_id, session_id) "
        "DO UPDATE SET places = places + excluded.places",
    )
    store.insert(
        HeldClaim,
        [
            {"session_id": s, "document_hash": h, "order_id": order_id, "request_id": request_id}
            for s, h in items.claims
        ],
    )


def hold_orders(store: Store, request_id: str, orders: Sequence[whole_order.OrderRows]) -> None:
    """The rows as they stand at central, and the version it knows (rule 6)."""
    for rows in orders:
        whole_order.store_rows(store, rows)
        held = {
            "order_id": whole_order.head(rows, "id"),
            "base_version": whole_order.head(rows, "version"),
            "request_id": request_id,
        }
        store.insert(
            HeldOrder,
            [held],
            conflict="ON CONFLICT (order_id) DO UPDATE "
            "SET base_version = excluded.base_version, request_id = excluded.request_id",
        )


def let_go(store: Store, order_id: str, items: Items) -> Items:
    """Let go; answers what of it the order held. Another basket may hold the rest by now."""
    seats = [
        (session, seat)
        for session, seat in items.seats
        if store.run(
            "DELETE FROM held_seat WHERE session_id = ? AND seat_id = ? AND order_id = ?",
            (session, seat, order_id),
        )
    ]
    claims = [
        (session, hashed)
        for session, hashed in items.claims
        if store.run(
            "DELETE FROM held_claim WHERE session_id = ? AND document_hash = ? AND order_id = ?",
            (session, hashed, order_id),
        )
    ]
    places = [
        (session, left)
        for session, count in items.places
        if (left := _let_places_go(store, order_id, session, count))
    ]
    orders, expired = (
        tuple(o for o in listed if store.run("DELETE FROM held_order WHERE order_id = ?", (o,)))
        for listed in (items.orders, items.expired)
    )
    return Items(tuple(seats), tuple(places), tuple(claims), orders, expired)


def _let_places_go(store: Store, order_id: str, session: int, count: int) -> int:
    key = (order_id, session)
    held = store.first("SELECT places FROM held_places WHERE order_id = ? AND session_id = ?", key)
    if held is None:
        return 0
    if held[0] <= count:
        store.run("DELETE FROM held_places WHERE order_id = ? AND session_id = ?", key)
        return int(held[0])
    store.run(
        "UPDATE held_places SET places = places - ? WHERE order_id = ? AND session_id = ?",
        (count, *key),
    )
    return count
