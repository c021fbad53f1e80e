"""What windows read from central: orders others changed, the catalogue, operators and cases."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from boxoffice.central.guard import CENTRAL_EPOCH
from boxoffice.central.items import (
    SEATS_LEFT,
    SWAP,
    Cursor,
    FeedPage,
    Items,
    Line,
    News,
    SeatNow,
)
from boxoffice.records import whole_order
from boxoffice.records.catalogue import CATALOGUE, Access, SessionCourt
from boxoffice.records.custody import CENTRAL_POOL, Allotment, FreedSeat, WindowName
from boxoffice.records.fields import Table
from boxoffice.records.journal import CENTRAL_CHAIN, FIRST
from boxoffice.records.people import Case, OperatorRecord, Pin
from boxoffice.records.rain import PlayEntry, RainDecision
from boxoffice.records.store import Row, Store
from boxoffice.records.whole_order import OrderRows, Place

PEOPLE: tuple[type[Table], ...] = (
    *(OperatorRecord, Pin, WindowName, Allotment, Case, FreedSeat),
    *(PlayEntry, RainDecision),
)

GROUPS: dict[str, tuple[type[Table], ...]] = {
    "catalogue_version": CATALOGUE,
    "people_version": PEOPLE,
}
"""Tables that travel whole when the number under this key in `meta` has grown."""

TAKEN_BACK: frozenset[type[Table]] = frozenset({SessionCourt, Access, Allotment, Pin})
"""Those of which a correction may take rows away."""


def news(
    store: Store, window: int, cursor: Cursor, limit: int, ahead: Collection[int] = ()
) -> News:
    """At most `limit` lines of the feed after `cursor`, without those read `ahead` of it.

    A transaction that began before others and commits after them stands before them: the cursor
    moves only past lines before which nothing can come any more; what stands behind is read all
    the same, and remembered by the reader (rule 13).
    """
    found = store.all(
        "SELECT f.xid, f.id, f.order_id, f.request_id, coalesce(o.version, 0), "
        f"{store.settled_before} FROM feed f LEFT JOIN orders o ON o.id = f.order_id "
        "WHERE (f.xid, f.id) > (?, ?) ORDER BY f.xid, f.id LIMIT ?",
        (*cursor, limit + len(ahead)),
    )
    # Read after the lines: an order of a new session finds its session.
    facts = store.all(
        "SELECT key, value FROM meta WHERE key IN ('catalogue_version', 'people_version') "
        "UNION ALL SELECT CAST(number AS TEXT), hash FROM chain_head WHERE window_id = ? "
        "AND epoch = ? UNION ALL SELECT 'reviews', CAST(count(*) AS TEXT) FROM review "
        "WHERE window_id = ? AND settled_at IS NULL",
        (CENTRAL_CHAIN, CENTRAL_EPOCH, window),
    )
    named = {key: value for key, value in facts if not key.isdigit()}
    heads = [(int(number), hashed) for number, hashed in facts if number.isdigit()]
    settled = [(int(line[0]), int(line[1])) for line in found if line[0] < line[5]]
    return News(
        cursor=settled[-1] if settled else cursor,
        lines=[
            Line((int(line[0]), int(line[1])), line[2], line[3], int(line[4]))
            for line in found
            if line[1] not in ahead
        ],
        versions={key: int(named.get(key, 0)) for key in GROUPS},
        central_head=heads[0] if heads else (0, FIRST),
        reviews=int(named["reviews"]),
        ahead=frozenset(line[1] for line in found[len(settled) :]),
        more=len(found) == limit + len(ahead),
    )


def read(store: Store, window: int, lines: Sequence[Line], wanted: Collection[str]) -> FeedPage:
    """The wanted orders as the lines tell of them, and what the lines touched as it stands now.

    An order that changed since comes with a line of its own: by then what made room for it is
    here too. So does a seat: it is told as it stands at this moment, which is that of its last
    line or a later one; whoever has read all lines has the last word on every seat.
    """
    with store.one_moment():  # else a push in between would leave one half old, half new
        orders = whole_order.load_some(store, sorted(wanted))
    told = {line.order_id: line.version for line in lines if line.order_id is not None}
    orders = {o: r for o, r in orders.items() if whole_order.head(r, "version") == told.get(o)}
    places = _places_of_orders(store, told)
    places |= _places_of_requests(store, [line.request_id for line in lines if line.request_id])
    seats = {(session, seat) for session, seat in places if seat is not None}
    here = {order for order in told if order not in wanted} | orders.keys()
    touched = sorted({session for session, seat in places if seat is None})
    return FeedPage(
        orders=list(orders.values()),
        seats=[seat for seat, order in _standing(store, seats) if order is None or order in here],
        places=places_elsewhere(store, window, touched) if touched else {},
    )


AT_ONCE = 512


def _in_parts(store: Store, sql: str, ids: Iterable[str]) -> list[Row]:
    """The rows of a query that ends in `IN` a list."""
    found, listed = [], sorted(ids)
    for start in range(0, len(listed), AT_ONCE):
        marks = whole_order.marks(listed[start : start + AT_ONCE])
        found += store.all(f"{sql} ({marks.sql})", marks.params)
    return found


def _places_of_orders(store: Store, orders: Collection[str]) -> set[Place]:
    """Every place that orders have or had."""
    lines = "SELECT DISTINCT session_id, seat_id FROM order_line WHERE order_id IN"
    found: set[Place] = set(_in_parts(store, lines, orders))
    swaps = f"SELECT facts FROM journal WHERE act = '{SWAP}' AND order_id IN"
    for (facts,) in _in_parts(store, swaps, orders):
        # Older entries do not say which seats were left.
        found.update((session, seat) for session, seat in json.loads(facts).get(SEATS_LEFT, ()))
    return found


def _places_of_requests(store: Store, requests: Sequence[str]) -> set[Place]:
    """Every place that was taken or given with one of them."""
    found: set[Place] = set()
    for (text,) in _in_parts(store, "SELECT items FROM answer WHERE request_id IN", requests):
        items = Items.read(text)
        found.update(items.seats)
        found.update((session, None) for session, _ in items.places)
    return found


def _standing(store: Store, seats: Collection[tuple[int, int]]) -> list[tuple[SeatNow, str | None]]:
    """Seats as they stand now, and the orders to which they belong."""
    if not seats:
        return []
    if store.shared:
        listed, part = "json_array_elements(?::json) p(value)", "(p.value->>{n})::bigint"
    else:
        listed, part = "json_each(?) p", "p.value->>{n}"
    return [
        (SeatNow(*row[:-1]), row[-1])
        for row in store.all(
            "SELECT c.session_id, c.seat_id, coalesce(c.holder, 0), coalesce(c.epoch, 0), "
            f"c.order_id FROM {listed} JOIN custody_seat c "
            f"ON c.session_id = {part.format(n=0)} AND c.seat_id = {part.format(n=1)}",
            (json.dumps(sorted(seats)),),
        )
    ]


def held_seats(store: Store) -> list[SeatNow]:
    """All seats that windows hold."""
    return [
        SeatNow(*row)
        for row in store.all(
            "SELECT session_id, seat_id, holder, epoch FROM custody_seat WHERE holder IS NOT NULL"
        )
    ]


def places_elsewhere(store: Store, window: int, sessions: Sequence[int]) -> dict[int, int]:
    """How many places of these sessions windows hold, but for one window."""
    found = dict.fromkeys(sessions, 0)
    listed = ", ".join(str(int(session)) for session in sessions)
    found.update(
        store.all(
            "SELECT session_id, CAST(sum(places) AS INTEGER) FROM pool "
            f"WHERE session_id IN ({listed}) AND holder > ? AND holder <> ? GROUP BY 1",
            (CENTRAL_POOL, window),
        )
    )
    return found


# --- a window that begins


def start(store: Store) -> tuple[Cursor, int]:
    """A place in the feed with nothing unsettled before it, and how many orders there are."""
    found = store.first(
        f"SELECT xid, id FROM feed WHERE xid < {store.settled_before} "
        "ORDER BY xid DESC, id DESC LIMIT 1"
    )
    count = store.first("SELECT count(*) FROM orders")
    cursor = (int(found[0]), int(found[1])) if found else (0, 0)
    return cursor, int(count[0]) if count else 0


def taken_seats(store: Store) -> list[SeatNow]:
    """Every seat that is not free; window 0: it is some order's."""
    return [
        SeatNow(*row)
        for row in store.all(
            "SELECT session_id, seat_id, coalesce(holder, 0), coalesce(epoch, 0) "
            "FROM custody_seat WHERE holder IS NOT NULL OR order_id IS NOT NULL"
        )
    ]


def orders_after(store: Store, after: str, limit: int) -> list[OrderRows]:
    """The next orders by id, whole."""
    with store.one_moment():
        ids = store.all("SELECT id FROM orders WHERE id > ? ORDER BY id LIMIT ?", (after, limit))
        if not ids:
            return []
        return list(whole_order.load_range(store, after, str(ids[-1][0])))


def orders_now(store: Store, ids: Sequence[str]) -> list[OrderRows]:
    """These orders whole, as they stand at one moment."""
    with store.one_moment():
        return list(whole_order.load_some(store, ids).values())


def versions(store: Store) -> dict[str, int]:
    """How often each group of tables changed."""
    found: dict[str, str] = dict(
        store.all(
            "SELECT key, value FROM meta WHERE key IN ('catalogue_version', 'people_version')"
        )
    )
    return {key: int(found.get(key, 0)) for key in GROUPS}


def group(store: Store, key: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a group of tables, in column order, by table name."""
    rows = {}
    for table in GROUPS[key]:
        listed = ", ".join(f'"{name}"' for name in whole_order.columns(table))
        name = whole_order.name_of(table)
        rows[name] = store.all(f'SELECT {listed} FROM "{name}"')
    return rows


def raise_version(store: Store, key: str) -> None:
    """Tell windows that a group of tables changed."""
    store.run(
        "INSERT INTO meta (key, value) VALUES (?, '1') "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)",
        (key,),
    )
