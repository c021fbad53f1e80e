"""What windows read from central: orders others changed, the catalogue, operators and cases."""

from __future__ import annotations

from typing import Any

from boxoffice.central.items import FeedPage
from boxoffice.records import whole_order
from boxoffice.records.catalogue import CATALOGUE, Access, SessionCourt
from boxoffice.records.fields import Table
from boxoffice.records.people import Case, OperatorRecord
from boxoffice.records.store import Store

PEOPLE: tuple[type[Table], ...] = (OperatorRecord, Case)

GROUPS: dict[str, tuple[type[Table], ...]] = {
    "catalogue_version": CATALOGUE,
    "people_version": PEOPLE,
}
"""Tables that travel whole when the number under this key in `meta` has grown."""

TAKEN_BACK: frozenset[type[Table]] = frozenset({SessionCourt, Access})
"""Those of which a correction may take rows away."""


def pull(store: Store, cursor: int, limit: int) -> FeedPage:
    """Orders on the feed after `cursor`, each once and as it stands now, at most `limit` lines."""
    lines = store.all(
        "SELECT id, order_id FROM feed WHERE id > ? ORDER BY id LIMIT ?", (cursor, limit)
    )
    if not lines:
        return FeedPage(cursor=cursor)
    last = int(lines[-1][0])
    orders = list(
        whole_order.load_all(
            store,
            "WHERE id IN (SELECT order_id FROM feed WHERE id > ? AND id <= ?)",
            (cursor, last),
        )
    )
    return FeedPage(cursor=last, orders=orders, more=len(lines) == limit)


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
