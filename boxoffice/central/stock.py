"""What central puts on sale: custody rows and pools of a session, and orders from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from boxoffice.central import pools
from boxoffice.errors import StockMoved
from boxoffice.records import whole_order
from boxoffice.records.custody import CENTRAL_POOL, SOLD_POOL, WITHDRAWN_POOL
from boxoffice.records.store import Store
from boxoffice.records.whole_order import OrderRows


def open_session(store: Store, session: int, plan: int | None, capacity: int) -> None:
    """Make the custody rows of every seat of a session, and its pool of `capacity` places."""
    if plan is not None:
        store.run(
            "INSERT INTO custody_seat (session_id, seat_id) SELECT ?, id FROM seat "
            "WHERE plan_id = ? ORDER BY id",
            (session, plan),
        )
    if capacity:
        pools.move(store, {(session, None, CENTRAL_POOL): capacity})


def resize_session(store: Store, session: int, by: int) -> None:
    """Make `by` more places of a session, or withdraw so many of those nobody took.

    Raises NotEnoughPlaces or CapacityReached where fewer are left.
    """
    if by > 0:
        pools.move(store, {(session, None, CENTRAL_POOL): by})
    elif by < 0:
        pools.move(store, {(session, CENTRAL_POOL, WITHDRAWN_POOL): -by})


def replan_session(store: Store, session: int, plan: int | None) -> None:
    """Give a session of which nothing was ever sold the seats of another plan."""
    store.run("DELETE FROM custody_seat WHERE session_id = ?", (session,))
    open_session(store, session, plan, 0)


def admit_orders(store: Store, orders: Sequence[OrderRows]) -> None:
    """Store orders that were sold elsewhere, with their seats, documents and places.

    The caller has checked that seats and documents are free; the tables check again. Raises
    StockMoved where a window was faster since the caller looked.
    """
    whole_order.insert_many(store, orders)
    seats, claims, custody = [], [], []
    drawn: Counter[int] = Counter()
    for rows in orders:
        order_id = whole_order.head(rows, "id")
        custody.append((order_id,))
        for session, seat in whole_order.live_places(rows):
            drawn[session] += 1
            if seat is not None:
                seats.append((order_id, session, seat))
        claims += [(session, hashed, order_id) for session, hashed in whole_order.documents(rows)]
    store.many("INSERT INTO custody_order (order_id) VALUES (?)", custody)
    # In the order in which windows lock them, too.
    seats.sort(key=lambda found: found[1:])
    store.many(
        "UPDATE custody_seat SET order_id = ? WHERE session_id = ? AND seat_id = ? "
        "AND holder IS NULL AND order_id IS NULL",
        seats,
    )
    if store.shared:
        ids = [order_id for (order_id,) in custody]
        found = store.first("SELECT count(*) FROM custody_seat WHERE order_id = ANY (?)", (ids,))
        if found != (len(seats),):
            raise StockMoved()
    store.many("INSERT INTO claim (session_id, document_hash, order_id) VALUES (?, ?, ?)", claims)
    pools.move(store, {(s, CENTRAL_POOL, SOLD_POOL): count for s, count in drawn.items()})
