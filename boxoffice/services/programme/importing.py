"""What the parts of an import share: counts, refusals, and rows that may stand already."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from boxoffice import clock
from boxoffice.domain.money import format_yuan
from boxoffice.exchange import LineError
from boxoffice.records.fields import Table
from boxoffice.records.store import Store
from boxoffice.sentences.phrases import Phrase, phrase


@dataclass(frozen=True, slots=True)
class OrderException:
    """Why an order stayed out: its first troublesome line, the value and what was expected."""

    order_number: str
    line: int
    reason: str
    """seat_sold, seat_unknown, session_unknown, price_unknown, document_twice, order_differs,
    capacity, status or a column that could not be read"""
    value: str
    """Documents masked."""
    expected: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were new, changed or stood already, and what stayed as it was."""

    added: int
    unchanged: int
    exceptions: tuple[OrderException, ...] = ()
    changed: int = 0
    not_changed: tuple[LineError, ...] = ()
    """Lines that ask for what may not change, and why; their rows stay as they are."""


@dataclass(slots=True)
class Merged:
    """What became of rows that were laid over those that stand."""

    fresh: list[Mapping[str, Any]] = field(default_factory=list)
    changed: list[Mapping[str, Any]] = field(default_factory=list)
    unchanged: int = 0
    not_changed: list[LineError] = field(default_factory=list)

    def counts(self) -> Counts:
        """In numbers."""
        return Counts(
            added=len(self.fresh),
            unchanged=self.unchanged,
            changed=len(self.changed),
            not_changed=tuple(self.not_changed),
        )


class FileRefused(Exception):
    """A file does not fit what is here: nothing of it is kept, each line says why."""

    def __init__(self, errors: Sequence[LineError]) -> None:
        super().__init__(f"{len(errors)} lines")
        self.errors = tuple(errors)


Row = Mapping[str, Any]
Fixed = Mapping[str, Phrase]
"""Columns of one row that may not change, each with why."""


def merge_rows(
    store: Store,
    table: type[Table],
    key: Sequence[str],
    rows: Sequence[tuple[int, Row]],
    *,
    may_change: Collection[str] = (),
    fixed: Mapping[int, Fixed] | None = None,
    why: Phrase | None = None,
) -> Merged:
    """Insert rows (with their file lines) whose key is new, and correct those that stand.

    Only columns of `may_change` are corrected, save what `fixed` names for a line; a row that asks
    for more stays whole as it is, since half a correction helps nobody. `why` says it for the rest.
    """
    known = _known(store, table, key)
    merged = Merged()
    for line, row in rows:
        found = known.get(tuple(row[name] for name in key))
        if found is None:
            merged.fresh.append(row)
            continue
        changed = [name for name in row if _stored(table, name, row[name]) != found[name]]
        if not changed:
            merged.unchanged += 1
            continue
        standing = (fixed or {}).get(line, {})
        refused = [
            _not_changed(line, name, row[name], found[name], standing.get(name) or why)
            for name in changed
            if name in standing or name not in may_change
        ]
        merged.not_changed += refused
        if not refused:
            _correct(store, table, key, row, changed)
            merged.changed.append(row)
    store.insert(table, merged.fresh)
    return merged


_AS_WRITTEN = {
    "amount_fen": "price_yuan",
    "fee_fen": "fee_yuan",
    "fee_basis_points": "fee_percent",
    "refundable": "fee_percent",
    "least_fee_fen": "least_fee_yuan",
    "most_fee_fen": "most_fee_yuan",
    "until_minutes_after_purchase": "until_hours_after_purchase",
    "until_minutes_before_start": "until_hours_before_start",
    "handling_basis_points": "handling_percent",
    "business_day": "date",
    "plan_name": "seat_plan",
    "plan": "courts",
    "capacity": "unnumbered_capacity",
}
"""Columns of our tables that files call otherwise."""
_YES_NO = frozenset({"real_name", "roof", "inclusive", "whole_order_only", "refundable"})


def _not_changed(line: int, name: str, asked: Any, stands: Any, why: Phrase | None) -> LineError:
    """What a line asked for and does not get, in the column and the way files write it."""
    was = _written(name, stands)
    expected = phrase("as_imported", value=was)
    if why is not None:
        expected = phrase("as_imported_why", value=was, reason=why)
    return LineError(line, _AS_WRITTEN.get(name, name), _written(name, asked), expected)


def _written(name: str, value: Any) -> str:
    """A stored value as a file would have it."""
    if value is None:
        return ""
    if name in _YES_NO:
        return "yes" if value else "no"
    if name.endswith("_fen"):
        return format_yuan(value).replace(",", "")
    if name == "fee_basis_points":
        return f"{value // 100}.{value % 100:02d}".removesuffix(".00")
    if name in ("starts_at", "gates_open", "until_at"):
        moment = value if isinstance(value, datetime) else clock.from_text(value)
        return clock.venue(moment).isoformat(timespec="minutes")
    return str(value)


def _correct(
    store: Store, table: type[Table], key: Sequence[str], row: Row, changed: Sequence[str]
) -> None:
    fields = table._meta.fields
    settings = ", ".join(f'"{fields[name].column_name}" = ?' for name in changed)
    where = " AND ".join(f'"{fields[name].column_name}" = ?' for name in key)
    values = [_stored(table, name, row[name]) for name in (*changed, *key)]
    touched = store.run(f'UPDATE "{table._meta.table_name}" SET {settings} WHERE {where}', values)
    if touched != 1:
        raise RuntimeError("a row that was there a moment ago is not there")


def _known(
    store: Store, table: type[Table], key: Sequence[str]
) -> dict[tuple[Any, ...], dict[str, Any]]:
    meta = table._meta
    names = [fld.name for fld in meta.sorted_fields]
    listed = ", ".join(f'"{fld.column_name}"' for fld in meta.sorted_fields)
    known = {}
    for values in store.all(f'SELECT {listed} FROM "{meta.table_name}"'):
        row = dict(zip(names, values, strict=True))
        known[tuple(row[name] for name in key)] = row
    return known


def _stored(table: type[Table], name: str, value: Any) -> Any:
    return table._meta.fields[name].db_value(value)


def merge_numbered(
    store: Store,
    table: type[Table],
    key: Sequence[str],
    rows: Sequence[tuple[int, Row]],
    *,
    may_change: Collection[str] = (),
    fixed: Mapping[int, Fixed] | None = None,
    why: Phrase | None = None,
) -> Merged:
    """`merge_rows` for tables whose identities central hands out; what stands keeps its own."""
    meta = table._meta
    listed = ", ".join(f'"{meta.fields[name].column_name}"' for name in key)
    known = {
        tuple(row[1:]): row[0] for row in store.all(f'SELECT id, {listed} FROM "{meta.table_name}"')
    }
    following = next_id(store, str(meta.table_name))
    numbered = []
    for line, row in rows:
        standing = known.get(tuple(row[name] for name in key))
        numbered.append((line, {"id": following if standing is None else standing, **row}))
        following += standing is None
    return merge_rows(store, table, key, numbered, may_change=may_change, fixed=fixed, why=why)


def next_id(store: Store, table: str) -> int:
    """The identity that the next row of a table gets."""
    found = store.first(f'SELECT max(id) FROM "{table}"')
    return int(found[0] or 0) + 1 if found else 1


def names(store: Store, sql: str) -> set[str]:
    """The first column of a query."""
    return {str(row[0]) for row in store.all(sql)}


def one_of(known: set[str]) -> Phrase:
    """What an error says was expected of a name that stands for something imported."""
    if not known:
        return phrase("nothing_imported")
    return phrase("one_of", names=", ".join(sorted(known)))


def refuse(errors: Any) -> None:
    """Raise FileRefused where there is any error."""
    listed = list(errors)
    if listed:
        raise FileRefused(listed)
