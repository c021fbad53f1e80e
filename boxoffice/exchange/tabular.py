"""What a kind of table is: its columns, the row a line becomes, and what has to fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from boxoffice.exchange.columns import Column
from boxoffice.exchange.rows import FileKind, LineError

Make = Callable[[int, Mapping[str, Any]], Any]
Complaint = tuple[str, str]
Check = Callable[[Mapping[str, Any], Mapping[str, str]], Iterator[Complaint]]
"""What does not fit together in a line, as (column, expected), from values and cells as written."""
Across = Callable[[Sequence[Any]], Iterator[LineError]]
"""What does not fit together in rows of several lines."""


def _no_check(values: Mapping[str, Any], cells: Mapping[str, str]) -> Iterator[Complaint]:
    return iter(())


def _none_across(rows: Sequence[Any]) -> Iterator[LineError]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table. `key` columns never repeat together; `tolerant` ones mark their order."""

    kind: FileKind
    columns: tuple[Column, ...]
    make: Make
    key: tuple[str, ...] = ()
    tolerant: frozenset[str] = frozenset()
    check: Check = _no_check
    some: tuple[tuple[str, ...], ...] = ()
    """Of each of these at least one column stands in a file of this kind."""
    across: Across = _none_across

    @property
    def needed(self) -> list[str]:
        """Names of the columns without which a file is not of this kind."""
        return [column.name for column in self.columns if column.needed]

    def lacking(self, standing: Callable[[str], bool]) -> list[str]:
        """The columns a file of this kind would have to have besides those that stand."""
        groups = [group[0] for group in self.some if not any(map(standing, group))]
        return [name for name in self.needed if not standing(name)] + groups
