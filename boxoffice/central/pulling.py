"""What windows read from central: orders others changed, the catalogue, operators and cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from boxoffice.central.guard import CENTRAL_EPOCH
from boxoffice.central.items import Cursor, FeedPage, Items, Line, Move, News
from boxoffice.records import whole_order
from boxoffice.records.catalogue import CATALOGUE, Access, SessionCourt
from boxoffice.records.custody import Allotment, FreedSeat, WindowName
from boxoffice.records.fields import Table
from boxoffice.records.journal import CENTRAL_CHAIN, FIRST
from boxoffice.records.people import Case, OperatorRecord, Pin
from boxoffice.records.sales import OrderLine
from boxoffice.records.store import Store
from boxoffice.records.whole_order import OrderRows

PEOPLE: tuple[type[Table], ...] = (OperatorRecord, Pin, WindowName, Allotment, Case, FreedSeat)

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


def read(store: Store, lines: Sequence[Line], wanted: Collection[str]) -> FeedPage:
    """The wanted orders as the lines tell of them, and the seats that moved, in their order.

    One that changed since comes with a line of its own: by then what made room for it is here too.
    """
    with store.one_moment():  # else a push in between would leave one half old, half new
        orders = whole_order.load_some(store, sorted(wanted))
    told = {line.order_id: line.version for line in lines if line.order_id is not None}
    orders = {o: r for o, r in orders.items() if whole_order.head(r, "version") == told.get(o)}
    asked = [line.request_id for line in lines if line.request_id is not None]
    places = _places_of(store, told) if asked else {}
    answers: dict[str, Move] = {}
    for start in range(0, len(asked), REQUESTS_AT_ONCE):
        listed = whole_order.marks(asked[start : start + REQUESTS_AT_ONCE])
        for request, window, epoch, kind, text in store.all(
            "SELECT request_id, window_id, epoch, kind, items FROM answer "
            f"WHERE request_id IN ({listed.sql})",
            listed.params,
        ):
            seats = Items.read(text).seats
            answers[request] = Move(int(window), kind == "take", seats, int(epoch))
    moves = []
    for line in lines:
        if line.request_id in answers:
            moves.append(answers[line.request_id])
        elif line.order_id in places:
            # Of known ones too: a line that told who held the seats may have come again.
            moves.append(Move(0, False, tuple(places[line.order_id])))
        elif line.order_id in orders:
            moves.append(Move(0, False, tuple(_seats(orders[line.order_id]))))
    return FeedPage(list(orders.values()), [move for move in moves if move.seats])


REQUESTS_AT_ONCE = 512


def _places_of(store: Store, orders: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Every seat that orders have or had."""
    found: dict[str, list[tuple[int, int]]] = {}
    ids = sorted(orders)
    for start in range(0, len(ids), REQUESTS_AT_ONCE):
        listed = whole_order.marks(ids[start : start + REQUESTS_AT_ONCE])
        for order, session, seat in store.all(
            "SELECT order_id, session_id, seat_id FROM order_line "
            f"WHERE seat_id IS NOT NULL AND order_id IN ({listed.sql})",
            listed.params,
        ):
            found.setdefault(order, []).append((session, seat))
    return found


def _seats(rows: OrderRows) -> Iterator[tuple[int, int]]:
    """Every seat an order has or had."""
    for row in rows["order_line"]:
        if row[_SEAT] is not None:
            yield row[_SESSION], row[_SEAT]


_SESSION, _SEAT = (whole_order.column(OrderLine, name) for name in ("session_id", "seat_id"))


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


def taken_seats(store: Store) -> list[tuple[int, int, int]]:
    """(session, seat, window) of every seat that is not free; window 0: it is some order's."""
    return store.all(
        "SELECT session_id, seat_id, coalesce(holder, 0) FROM custody_seat "
        "WHERE holder IS NOT NULL OR order_id IS NOT NULL"
    )


def orders_after(store: Store, after: str, limit: int) -> list[OrderRows]:
    """The next orders by id, whole."""
    with store.one_moment():
        ids = store.all("SELECT id FROM orders WHERE id > ? ORDER BY id LIMIT ?", (after, limit))
        if not ids:
            return []
        return list(whole_order.load_range(store, after, str(ids[-1][0])))


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
