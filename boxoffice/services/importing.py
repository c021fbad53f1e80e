"""What the parts of an import share: counts, refusals, and adding rows that may stand already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boxoffice.exchange import LineError
from boxoffice.records.fields import Table
from boxoffice.records.store import Store

if TYPE_CHECKING:
    from boxoffice.services.presale import OrderException


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were new, how many stood already, and which orders stayed out."""

    added: int
    unchanged: int
    exceptions: tuple[OrderException, ...] = ()


class FileRefused(Exception):
    """A file does not fit what is here: nothing of it is kept, each line says why."""

    def __init__(self, errors: Sequence[LineError]) -> None:
        super().__init__(f"{len(errors)} lines")
        self.errors = tuple(errors)


def add_rows(
    store: Store,
    table: type[Table],
    key: Sequence[str],
    rows: Sequence[tuple[int, Mapping[str, Any]]],
) -> tuple[Counts, list[Mapping[str, Any]]]:
    """Insert rows (with their file lines) whose key is new; answers them too.

    A row that stands with the same values is unchanged. Raises FileRefused where one stands with
    other values: what was sold under it must not change under the customer.
    """
    known = _known(store, table, key)
    fresh: list[Mapping[str, Any]] = []
    errors, unchanged = [], 0
    for line, row in rows:
        found = known.get(tuple(row[name] for name in key))
        if found is None:
            fresh.append(row)
            continue
        changed = [name for name in row if _stored(table, name, row[name]) != found[name]]
        if not changed:
            unchanged += 1
        for name in changed:
            errors.append(LineError(line, name, str(row[name]), f"as imported: {found[name]}"))
    if errors:
        raise FileRefused(errors)
    store.insert(table, fresh)
    return Counts(len(fresh), unchanged), fresh


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
