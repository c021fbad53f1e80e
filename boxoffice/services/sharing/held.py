"""What this window holds: rows of its own file that follow a grant and what is given back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boxoffice.central.items import Items
from boxoffice.errors import NotEnoughPlaces, SeatTaken
from boxoffice.records import whole_order
from boxoffice.records.custody import (
    AllottedPlaces,
    AllottedSeat,
    HeldClaim,
    HeldOrder,
    HeldPlaces,
    HeldSeat,
)
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


def hold(
    store: Store, request_id: str, order_id: str, items: Items, *, allotted: bool = False
) -> None:
    """Keep seats, places and documents for an order or basket; `allotted`: had ahead of time."""
    store.insert(
        HeldSeat,
        [
            {
                "session_id": s,
                "seat_id": seat,
                "order_id": order_id,
                "request_id": request_id,
                "allotted": int(allotted),
            }
            for s, seat in items.seats
        ],
    )
    store.insert(
        HeldPlaces,
        [
            {
                "order_id": order_id,
                "session_id": s,
                "places": count,
                "allotted": count if allotted else 0,
            }
            for s, count in items.places
        ],
        conflict="ON CONFLICT (order_id, session_id) "
        "DO UPDATE SET places = places + excluded.places, allotted = allotted + excluded.allotted",
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


def let_go(store: Store, order_id: str, items: Items) -> tuple[Items, bool]:
    """Let go of what the order holds of it: (what central gets back, whether it held anything).

    What came from the allotment goes back to it. Another basket may hold the rest by now.
    """
    seats, near = _let_seats_go(store, order_id, items)
    claims = [
        (session, hashed)
        for session, hashed in items.claims
        if store.run(
            "DELETE FROM held_claim WHERE session_id = ? AND document_hash = ? AND order_id = ?",
            (session, hashed, order_id),
        )
    ]
    places, near_places = [], []
    for session, count in items.places:
        left, back = _let_places_go(store, order_id, session, count)
        places += [(session, left)] if left else []
        near_places += [(session, back)] if back else []
    orders, expired = (
        tuple(o for o in listed if store.run("DELETE FROM held_order WHERE order_id = ?", (o,)))
        for listed in (items.orders, items.expired)
    )
    kept = Items(seats=tuple(near), places=tuple(near_places))
    have_ahead(store, kept)
    left_over = Items(tuple(seats), tuple(places), tuple(claims), orders, expired)
    return left_over, bool(kept or left_over)


def _let_seats_go(
    store: Store, order_id: str, items: Items
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Seats for central, and those that came from the allotment."""
    going: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for session, seat in items.seats:
        key = (session, seat, order_id)
        found = store.first(
            "SELECT allotted FROM held_seat WHERE session_id = ? AND seat_id = ? AND order_id = ?",
            key,
        )
        if found is not None:
            store.run(
                "DELETE FROM held_seat WHERE session_id = ? AND seat_id = ? AND order_id = ?", key
            )
            going[found[0]].append((session, seat))
    return going


def _let_places_go(store: Store, order_id: str, session: int, count: int) -> tuple[int, int]:
    """Places for central, and those that came from the allotment, which go first."""
    key = (order_id, session)
    held = store.first(
        "SELECT places, allotted FROM held_places WHERE order_id = ? AND session_id = ?", key
    )
    if held is None:
        return 0, 0
    going = min(count, held[0])
    back = min(going, held[1])
    if held[0] == going:
        store.run("DELETE FROM held_places WHERE order_id = ? AND session_id = ?", key)
    else:
        store.run(
            "UPDATE held_places SET places = places - ?, allotted = allotted - ? "
            "WHERE order_id = ? AND session_id = ?",
            (going, back, *key),
        )
    return going - back, back


def have_ahead(store: Store, items: Items) -> None:
    """Keep seats and places for no basket yet: they are this window's, on line or off."""
    store.insert(
        AllottedSeat,
        [{"session_id": session, "seat_id": seat, "party": 0} for session, seat in items.seats],
    )
    store.insert(
        AllottedPlaces,
        [{"session_id": session, "places": count} for session, count in items.places],
        conflict="ON CONFLICT (session_id) DO UPDATE SET places = places + excluded.places",
    )
    store.many(
        "UPDATE held_order SET allotted = 1 WHERE order_id = ?", [(o,) for o in items.orders]
    )


def group(store: Store, session: int, groups: Iterable[Sequence[int]]) -> None:
    """Note which seats had ahead of time belong together."""
    store.many(
        "UPDATE allotted_seat SET party = ? WHERE session_id = ? AND seat_id = ?",
        [(seats[0], session, seat) for seats in groups for seat in seats],
    )


def parted(store: Store, items: Items) -> tuple[Items, Items]:
    """What of it this window has ahead of time, and what has to be asked of central."""
    near = tuple(
        place
        for place in items.seats
        if store.first("SELECT 1 FROM allotted_seat WHERE session_id = ? AND seat_id = ?", place)
    )
    far = tuple(place for place in items.seats if place not in near)
    own, rest = [], []
    for session, count in items.places:
        found = store.first("SELECT places FROM allotted_places WHERE session_id = ?", (session,))
        here = min(count, found[0]) if found else 0
        own += [(session, here)] if here else []
        rest += [(session, count - here)] if count > here else []
    missing = Items(far, tuple(rest), items.claims, items.orders, items.expired)
    return Items(seats=near, places=tuple(own)), missing


def draw(store: Store, request_id: str, order_id: str, items: Items) -> None:
    """Seats and places from the allotment go to an order or basket.

    Raises SeatTaken or NotEnoughPlaces where another basket got there first.
    """
    if leave(store, items) != items:
        if items.places:
            raise NotEnoughPlaces(count=sum(count for _, count in items.places), left=0)
        zone, row, number = store.first(
            "SELECT zone, row, number FROM seat WHERE id = ?", (items.seats[0][1],)
        ) or ("", "", "")
        raise SeatTaken(zone=zone, row=row, number=number)
    hold(store, request_id, order_id, items, allotted=True)


def leave(store: Store, items: Items) -> Items:
    """Have no longer ahead of time; answers what of it was so. Orders only as they came."""
    seats = tuple(
        place
        for place in items.seats
        if store.run("DELETE FROM allotted_seat WHERE session_id = ? AND seat_id = ?", place)
    )
    places = []
    for session, count in items.places:
        found = store.first("SELECT places FROM allotted_places WHERE session_id = ?", (session,))
        here = min(count, found[0]) if found else 0
        if here:
            store.run(
                "UPDATE allotted_places SET places = places - ? WHERE session_id = ?",
                (here, session),
            )
            places.append((session, here))
    orders = [
        order
        for order in items.orders
        if untouched(store, order)
        and store.run("DELETE FROM held_order WHERE order_id = ?", (order,))
    ]
    return Items(seats=seats, places=tuple(places), orders=tuple(orders))


def untouched(store: Store, order_id: str | None = None) -> list[tuple[str, bool]]:
    """Orders (all, or that one) taken from central that are as they were and not being paid.

    Answers with each whether this window has it ahead of time.
    """
    of_one = "" if order_id is None else "AND h.order_id = ?"
    return [
        (str(row[0]), bool(row[1]))
        for row in store.all(
            "SELECT h.order_id, h.allotted FROM held_order h JOIN orders o ON o.id = h.order_id "
            "LEFT JOIN reporting r ON r.order_id = h.order_id "
            "LEFT JOIN attempt a ON a.order_id = h.order_id AND a.ended_at IS NULL "
            "WHERE h.request_id IS NOT NULL AND o.version = h.base_version "
            # An exchange stays where it was begun until it is done or given up.
            "AND o.status <> 'exchanging' "
            "AND r.order_id IS NULL AND a.id IS NULL AND NOT EXISTS (SELECT 1 FROM payback b "
            "WHERE b.order_id = h.order_id AND b.status IN ('created', 'sent', 'unknown') "
            f"AND b.ended_at IS NULL AND b.tender <> 'bank:transfer') {of_one}",
            () if order_id is None else (order_id,),
        )
    ]
