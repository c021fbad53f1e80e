"""What windows read from central: orders others changed, the catalogue, operators and cases."""

from __future__ import annotations

from typing import Any

from boxoffice.central.items import Cursor, FeedPage, Items, Move
from boxoffice.records import whole_order
from boxoffice.records.catalogue import CATALOGUE, Access, SessionCourt
from boxoffice.records.custody import Allotment, WindowName
from boxoffice.records.fields import Table
from boxoffice.records.people import Case, OperatorRecord, Pin
from boxoffice.records.store import Store

PEOPLE: tuple[type[Table], ...] = (OperatorRecord, Pin, WindowName, Allotment, Case)

GROUPS: dict[str, tuple[type[Table], ...]] = {
    "catalogue_version": CATALOGUE,
    "people_version": PEOPLE,
}
"""Tables that travel whole when the number under this key in `meta` has grown."""

TAKEN_BACK: frozenset[type[Table]] = frozenset({SessionCourt, Access, Allotment, Pin})
"""Those of which a correction may take rows away."""


def pull(store: Store, cursor: Cursor, limit: int) -> FeedPage:
    """What stands on the feed after `cursor`, at most `limit` lines; orders as they are now.

    A transaction that began before others and commits after them stands before them: the cursor
    moves only past lines before which nothing can come any more (rule 13).
    """
    lines = store.all(
        f"SELECT xid, id, order_id, request_id, {store.settled_before} FROM feed "
        "WHERE (xid, id) > (?, ?) ORDER BY xid, id LIMIT ?",
        (*cursor, limit),
    )
    if not lines:
        return FeedPage(cursor=cursor)
    past = [(int(line[0]), int(line[1])) for line in lines if line[0] < line[4]]
    reached = past[-1] if past else cursor
    last = (lines[-1][0], lines[-1][1])
    orders = list(
        whole_order.load_all(
            store,
            "WHERE id IN (SELECT order_id FROM feed WHERE (xid, id) > (?, ?) "
            "AND (xid, id) <= (?, ?))",
            (*cursor, *last),
        )
    )
    moves = _moves(store, cursor, last)
    return FeedPage(reached, orders, moves, more=len(lines) == limit and reached == last)


def _moves(store: Store, cursor: Cursor, last: Cursor) -> list[Move]:
    return [
        Move(int(window), kind == "take", seats)
        for window, kind, text in store.all(
            "SELECT a.window_id, a.kind, a.items FROM feed f JOIN answer a "
            "ON a.request_id = f.request_id WHERE (f.xid, f.id) > (?, ?) "
            "AND (f.xid, f.id) <= (?, ?) ORDER BY f.xid, f.id",
            (*cursor, *last),
        )
        if (seats := Items.read(text).seats)
    ]


def held_seats(store: Store) -> list[tuple[int, int, int]]:
    """(session, seat, window) of every seat some window holds, for one that begins to follow."""
    return [
        (int(row[0]), int(row[1]), int(row[2]))
        for row in store.all(
            "SELECT session_id, seat_id, holder FROM custody_seat WHERE holder IS NOT NULL"
        )
    ]


def group_version(store: Store, key: str) -> int:
    """How often a group of tables changed."""
    found = store.first("SELECT value FROM meta WHERE key = ?", (key,))
    return int(found[0]) if found else 0


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
