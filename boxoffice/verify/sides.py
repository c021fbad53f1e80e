"""What the rules look at: both files of records, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from boxoffice.records import whole_order
from boxoffice.records.journal import JournalEntry
from boxoffice.records.store import Row, Store
from boxoffice.records.whole_order import columns

ENTRY = {name: place for place, name in enumerate(columns(JournalEntry))}
"""Place of each column in a journal row."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule, the record that breaks it, and how."""

    rule: str
    record: str
    detail: str


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """An order as its rows stand: version and digest recomputed from them."""

    number: str
    version: int
    digest: str


@dataclass
class Side:
    """One file of records; what several rules need is read once."""

    name: str
    store: Store

    @cached_property
    def journal(self) -> list[Row]:
        """All entries, in table columns, chain by chain."""
        listed = ", ".join(f'"{name}"' for name in columns(JournalEntry))
        return self.store.all(f"SELECT {listed} FROM journal ORDER BY window_id, epoch, number")

    @cached_property
    def heads(self) -> dict[tuple[int, int], tuple[int, str]]:
        """(number, hash) by (window, epoch)."""
        return {
            (row[0], row[1]): (row[2], row[3])
            for row in self.store.all("SELECT window_id, epoch, number, hash FROM chain_head")
        }

    @cached_property
    def orders(self) -> dict[str, OrderSeen]:
        """Every order that is no basket, by id."""
        seen = {}
        for rows in whole_order.load_all(self.store, "WHERE version > 0"):
            seen[whole_order.head(rows, "id")] = OrderSeen(
                number=whole_order.head(rows, "number") or "",
                version=whole_order.head(rows, "version"),
                digest=whole_order.digest(rows),
            )
        return seen

    @cached_property
    def last_entries(self) -> dict[str, Row]:
        """The journal entry of the highest version of each order."""
        order, version = ENTRY["order_id"], ENTRY["order_version"]
        last: dict[str, Row] = {}
        for entry in self.journal:
            order_id = entry[order]
            if order_id is None or entry[version] is None:
                continue
            if order_id not in last or last[order_id][version] < entry[version]:
                last[order_id] = entry
        return last

    def count(self, sql: str) -> int:
        """One number."""
        found = self.store.first(sql)
        return int(found[0] or 0) if found else 0


@dataclass
class Sides:
    """A window's file and central's, and what is kept outside them."""

    window: Side
    central: Side
    window_number: int
    epoch: int
    head_file: Path
    checked: dict[str, int] = field(default_factory=dict)

    @cached_property
    def pushed(self) -> int:
        """The window's last journal number that central confirmed."""
        found = self.window.store.first("SELECT value FROM meta WHERE key = 'pushed_number'")
        return int(found[0]) if found else 0

    @cached_property
    def unsent_orders(self) -> set[str]:
        """Orders this window holds: their changes may not be at central yet."""
        return {str(row[0]) for row in self.window.store.all("SELECT order_id FROM held_order")}


def entry_name(entry: Row) -> str:
    """How a journal entry is named: window/epoch/number."""
    return f"journal {entry[0]}/{entry[1]}/{entry[2]}"
