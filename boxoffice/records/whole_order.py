"""An order whole: its rows, their digest, and storing them on the other side.

The order is what is pushed, pulled and journalled; one writer changes it, so nothing is merged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

from boxoffice.domain.statuses import LineStatus
from boxoffice.records.fields import Table
from boxoffice.records.invoices import Invoice
from boxoffice.records.journal import canonical
from boxoffice.records.sales import HandOver, Order, OrderLine, Payback, Refund, Ticket
from boxoffice.records.store import Statement, Store
from boxoffice.records.takings import Payment

OrderRows = dict[str, list[list[Any]]]
"""Stored values by table, in column order, each table sorted by id."""

PARTS: tuple[tuple[type[Table], str], ...] = (
    (Order, "id"),
    (OrderLine, "order_id"),
    (Ticket, "order_id"),
    (Payment, "order_id"),
    (HandOver, "order_id"),
    (Refund, "order_id"),
    (Payback, "order_id"),
    (Invoice, "order_id"),
)
INSERT_ONLY = (Payment, HandOver, Refund)
FIXED: dict[type[Table], frozenset[str]] = {
    Order: frozenset(
        ("id", "pickup_code", "channel", "created_at", "window_id", "epoch", "currency")
    ),
    OrderLine: frozenset(
        (
            *("id", "order_id", "position", "session_id", "category", "ticket_type"),
            *("price_fen", "price_id", "policy", "replaces", "exchange_fee_fen"),
        )
    ),
    Ticket: frozenset(("id", "order_id", "line_id", "session_id", "seat_id")),
    Payback: frozenset(
        (
            *("id", "order_id", "payment_id", "act_id", "kind", "tender", "number"),
            *("amount_fen", "currency", "created_at", "window_id", "epoch", "shift_id"),
            *("operator_id", "approver_id", "replaces", "payee"),
        )
    ),
    Invoice: frozenset(
        (
            *("id", "order_id", "kind", "original_id", "currency", "title_sealed", "tax_sealed"),
            *("mail_sealed", "phone_sealed", "created_at", "window_id", "epoch", "operator_id"),
        )
    ),
}
"""Columns that stay as they were written first; central grants no change of them (rule 25)."""


@cache
def columns(table: type[Table]) -> tuple[str, ...]:
    """Stored column names in table order."""
    return tuple(field.column_name for field in table._meta.sorted_fields)


_FIXED = {
    table: frozenset(columns(table).index(name) for name in names) for table, names in FIXED.items()
}


def column(table: type[Table], name: str) -> int:
    """Place of a column in a row of `OrderRows`."""
    return columns(table).index(name)


def name_of(table: type[Table]) -> str:
    """The table's name in the database."""
    return str(table._meta.table_name)


@cache
def _select(table: type[Table]) -> str:
    listed = ", ".join(f'"{name}"' for name in columns(table))
    return f'SELECT {listed} FROM "{name_of(table)}"'


_LOAD = [(name_of(t), f"{_select(t)} WHERE {key} = ? ORDER BY id") for t, key in PARTS]


def load(store: Store, order_id: str) -> OrderRows:
    """The rows of one order; no rows at all where it is unknown."""
    found: OrderRows = {}
    for name, sql in _LOAD:
        known = not found or found["orders"]
        found[name] = [list(row) for row in store.all(sql, (order_id,))] if known else []
    return found


_ID = itemgetter(0)


def load_all(store: Store, where: str = "", params: Sequence[Any] = ()) -> Iterator[OrderRows]:
    """Every order whose id fits `where` (SQL over a column `id`), in order of id."""
    inside = f"WHERE {{key}} IN (SELECT id FROM orders {where})" if where else ""
    yield from _load(store, inside, params)


def load_range(store: Store, after: str, last: str) -> Iterator[OrderRows]:
    """Every order whose id lies after one and not after another, in order of id."""
    yield from _load(store, "WHERE {key} > ? AND {key} <= ?", (after, last))


def _load(store: Store, where: str, params: Sequence[Any]) -> Iterator[OrderRows]:
    """Orders and their rows, both in order of id; `{key}` in `where` is the order's id."""
    answers = store.answers(
        [(f"{_select(table)} {where.format(key=key)}", params) for table, key in PARTS]
    )
    parts: list[dict[str, list[list[Any]]]] = []
    for table, key in PARTS:
        found: dict[str, list[list[Any]]] = {}
        place = column(table, key)
        for row in answers.pop(0):
            found.setdefault(row[place], []).append(list(row))
        for listed in found.values():
            listed.sort(key=_ID)  # a few each; the database would sort the whole table
        parts.append(found)
    names = [name_of(table) for table, _ in PARTS]
    for order_id in sorted(parts[0]):
        yield {name: found.get(order_id, []) for name, found in zip(names, parts, strict=True)}


@dataclass(frozen=True, slots=True)
class Marks:
    """A list as SQL, and its parameters."""

    sql: str
    params: tuple[str, ...]


def marks(ids: Sequence[str]) -> Marks:
    """For `IN (...)`. Of few lengths, so that a server knows the statement again."""
    room = 1
    while room < len(ids):
        room *= 2
    filled = (*ids, *[ids[-1] if ids else ""] * (room - len(ids)))
    return Marks(", ".join("?" * room), filled)


def load_some(store: Store, ids: Sequence[str]) -> dict[str, OrderRows]:
    """The rows of several orders by id; unknown ones are left out."""
    found = {}
    for start in range(0, len(ids), _AT_ONCE):
        listed = marks(ids[start : start + _AT_ONCE])
        # By the key of each table: a server that does not know yet how large these are would read
        # all of them to join them.
        for rows in _load(store, f"WHERE {{key}} IN ({listed.sql})", listed.params):
            found[head(rows, "id")] = rows
    return found


_AT_ONCE = 512


def digest(rows: OrderRows) -> str:
    """SHA-256 over every stored value of the order.

    What a table got later and is null, and a later table without rows, is left out: an order that
    was journalled before has the digest it had.
    """
    return hashlib.sha256(canonical(_as_journalled(rows)).encode()).hexdigest()


_BEGAN = {name_of(table): count for table, count in ((OrderLine, 17), (Payment, 13), (Refund, 23))}
"""With how many columns a table began that has more of them now."""
_LATER = frozenset((name_of(Payback), name_of(Invoice)))


def _as_journalled(rows: OrderRows) -> OrderRows:
    shown = {name: listed for name, listed in rows.items() if listed or name not in _LATER}
    for name, count in _BEGAN.items():
        if rows[name]:
            shown[name] = [_without_nulls(row, count) for row in rows[name]]
    return shown


def _without_nulls(row: list[Any], count: int) -> list[Any]:
    """A row without the nulls at its end that come after its first columns."""
    end = len(row)
    while end > count and row[end - 1] is None:
        end -= 1
    return row[:end]


def _upsert(table: type[Table]) -> str:
    names = columns(table)
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    insert = f'INSERT INTO "{name_of(table)}" ({listed}) VALUES ({marks}) ON CONFLICT (id)'
    if table in INSERT_ONLY:
        return f"{insert} DO NOTHING"
    # A row whose other columns differ all the same does not fit its digest, and is refused for it.
    changes = ", ".join(
        f'"{name}" = excluded."{name}"' for name in names if name not in FIXED[table]
    )
    return f"{insert} DO UPDATE SET {changes}"


_STORE = [(table, name_of(table), _upsert(table)) for table, _ in PARTS]
_INSERT = [
    (
        name_of(table),
        f'INSERT INTO "{name_of(table)}" VALUES ({", ".join("?" * len(columns(table)))})',
    )
    for table, _ in PARTS
]


def store_rows(store: Store, rows: OrderRows, before: OrderRows | None = None) -> None:
    """Put an order here as it is there. Insert-only rows that stand here stay as they are.

    Only what differs is written: every index of a column that is named costs a page. `before` is
    how the order stands here, where that was read already.
    """
    order_id = head(rows, "id")
    store_many(store, [rows], {order_id: load(store, order_id) if before is None else before})


def store_many(store: Store, orders: Sequence[OrderRows], before: Mapping[str, OrderRows]) -> None:
    """Put several orders here as they are there; `before` is how each stands here, by id.

    One that stands here as a basket becomes what it was told as, with its pickup code: nothing of
    a basket was ever told, so nothing of it is fixed.
    """
    baskets = {
        order_id
        for order_id, known in before.items()
        if known["orders"] and not head(known, "version")
    }
    changes: list[Statement] = []
    fresh: list[tuple[str, list[list[Any]]]] = []
    for table, name, insert in _STORE:
        new: list[list[Any]] = []
        for rows in orders:
            order_id = head(rows, "id")
            known = {row[0]: row for row in before[order_id][name]}
            fixed = frozenset() if order_id in baskets else _FIXED.get(table, frozenset())
            listed = rows.get(name, [])
            new += [row for row in listed if row[0] not in known]
            if table not in INSERT_ONLY:
                changes += [
                    _change(table, places, row)
                    for row in listed
                    if row[0] in known and (places := _differing(fixed, known[row[0]], row))
                ]
        fresh.append((insert, new))
    # A ticket that died makes room for the one that took its place.
    if changes:
        store.batch(changes)
    for insert, new in fresh:
        if new:
            store.many(insert, new)


def _differing(fixed: frozenset[int], old: Sequence[Any], new: Sequence[Any]) -> tuple[int, ...]:
    return tuple(n for n, value in enumerate(new) if value != old[n] and n not in fixed)


def _change(table: type[Table], places: tuple[int, ...], row: Sequence[Any]) -> Statement:
    return _update(table, places), [*(row[place] for place in places), row[0]]


@cache
def _update(table: type[Table], places: tuple[int, ...]) -> str:
    names = columns(table)
    changes = ", ".join(f'"{names[place]}" = ?' for place in places)
    return f'UPDATE "{name_of(table)}" SET {changes} WHERE id = ?'


def insert_many(store: Store, orders: Sequence[OrderRows]) -> None:
    """Store orders that are known to be new here, in bulk."""
    parts = [(sql, [r for rows in orders for r in rows.get(name, ())]) for name, sql in _INSERT]
    store.many_each([(sql, values) for sql, values in parts if values])


def head(rows: OrderRows, name: str) -> Any:
    """One column of the order row itself."""
    return rows["orders"][0][_HEAD[name]]


_HEAD = {name: place for place, name in enumerate(columns(Order))}
_TICKET = {name: place for place, name in enumerate(columns(Ticket))}
_LINE = {name: place for place, name in enumerate(columns(OrderLine))}

Place = tuple[int, int | None]
"""A session, and a seat where its places are numbered."""


def live_places(rows: OrderRows) -> list[Place]:
    """The place of every live ticket."""
    session, seat, live = _TICKET["session_id"], _TICKET["seat_id"], _TICKET["live"]
    return [(row[session], row[seat]) for row in rows["ticket"] if row[live]]


def reserved_places(rows: OrderRows) -> list[Place]:
    """The place of every line that is reserved and not paid for."""
    session, seat, status = _LINE["session_id"], _LINE["seat_id"], _LINE["status"]
    return [
        (row[session], row[seat])
        for row in rows["order_line"]
        if row[status] == LineStatus.RESERVED
    ]


def documents(rows: OrderRows) -> list[tuple[int, str]]:
    """(session, keyed hash) of every sold line that carries a document."""
    session, hashed, status = _LINE["session_id"], _LINE["document_hash"], _LINE["status"]
    return [
        (row[session], row[hashed])
        for row in rows["order_line"]
        if row[hashed] and row[status] == LineStatus.SOLD
    ]
