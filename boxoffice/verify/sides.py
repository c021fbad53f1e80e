"""What the rules look at: central records and the files of windows, each read once."""

from __future__ import annotations

import marshal
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from boxoffice.records import whole_order
from boxoffice.records.journal import JournalEntry
from boxoffice.records.store import Row, Store
from boxoffice.records.whole_order import OrderRows, columns

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
    """Records of one party; what several rules need is read once."""

    name: str
    store: Store
    digests: dict[bytes, str] = field(default_factory=dict, repr=False)
    """By a fingerprint of the rows, which is quicker: all sides have most orders alike."""

    @property
    def unindexed(self) -> str:
        """SQL after a table: its index is not asked, which a damaged file may lack."""
        return "" if self.store.shared else "NOT INDEXED"

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
        # All of them: to leave baskets out while reading costs more than to read them.
        for rows in whole_order.load_all(self.store):
            if not whole_order.head(rows, "version"):
                continue
            seen[whole_order.head(rows, "id")] = OrderSeen(
                number=whole_order.head(rows, "number") or "",
                version=whole_order.head(rows, "version"),
                digest=self._digest(rows),
            )
        return seen

    def _digest(self, rows: OrderRows) -> str:
        # Format 2: later ones write equal values differently where they are the same object.
        seen = blake2b(marshal.dumps(rows, 2), digest_size=32).digest()
        if seen not in self.digests:
            self.digests[seen] = whole_order.digest(rows)
        return self.digests[seen]

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

    def fact(self, key: str) -> str:
        """A single fact about these records; nothing where it is not known."""
        found = self.store.first("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0]) if found else ""


@dataclass
class WindowSide(Side):
    """The file of one window, and what is kept outside it."""

    number: int = 1
    epoch: int = 1
    head_file: Path | None = None

    @cached_property
    def pushed(self) -> int:
        """The window's last journal number that central confirmed."""
        return int(self.fact("pushed_number") or 0)

    @cached_property
    def unsent_orders(self) -> set[str]:
        """Orders this window holds: their changes may not be at central yet."""
        return {str(row[0]) for row in self.store.all("SELECT order_id FROM held_order")}

    @cached_property
    def cursor(self) -> tuple[int, int]:
        """Up to where the window read central's feed."""
        xid, _, line = self.fact("feed_cursor").rpartition(":")
        return int(xid or 0), int(line or 0)


@dataclass
class Sides:
    """Central's records, and those of any number of its windows."""

    central: Side
    windows: tuple[WindowSide, ...] = ()
    checked: dict[str, int] = field(default_factory=dict)
    accepted: list[Finding] = field(default_factory=list)
    """Risks that two persons took."""

    def __post_init__(self) -> None:
        for window in self.windows:
            window.digests = self.central.digests

    @property
    def all(self) -> tuple[Side, ...]:
        """Windows, then central."""
        return (*self.windows, self.central)

    @cached_property
    def reviews(self) -> dict[str, set[tuple[int, int, int]]]:
        """By order: the entries (window, epoch, number) whose effect central could not apply.

        They wait for a supervisor, or were settled by one.
        """
        found: dict[str, set[tuple[int, int, int]]] = {}
        for order_id, *entry in self.central.store.all(
            "SELECT order_id, window_id, epoch, number FROM review"
        ):
            found.setdefault(order_id, set()).add((entry[0], entry[1], entry[2]))
        return found

    def has_read_all(self, window: WindowSide) -> bool:
        """Whether nothing stands on central's feed that the window has not read."""
        found = self.central.store.first(
            "SELECT 1 FROM feed WHERE (xid, id) > (?, ?) LIMIT 1", window.cursor
        )
        return found is None

    def not_read_yet(self, window: WindowSide) -> set[str]:
        """Orders that changed at central since the window last read its feed."""
        return {
            str(row[0])
            for row in self.central.store.all(
                "SELECT DISTINCT order_id FROM feed WHERE (xid, id) > (?, ?) "
                "AND order_id IS NOT NULL",
                window.cursor,
            )
        }


def entry_name(entry: Row) -> str:
    """How a journal entry is named: window/epoch/number."""
    return f"journal {entry[0]}/{entry[1]}/{entry[2]}"
