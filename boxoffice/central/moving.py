"""Central records from one database to another: from the file beside a window to a server."""

from __future__ import annotations

from collections.abc import Callable

from boxoffice.central.pulling import PEOPLE
from boxoffice.records.catalogue import CATALOGUE
from boxoffice.records.custody import (
    Answer,
    Claim,
    CustodyOrder,
    CustodySeat,
    FreedOrder,
    Meta,
    Pool,
    PoolTransfer,
    ReturningPlaces,
    Review,
    Window,
    WindowEpoch,
    Wish,
)
from boxoffice.records.fields import Table
from boxoffice.records.journal import JournalEntry
from boxoffice.records.people import Assignment
from boxoffice.records.settling import BankBatch, BankFile, BankTransfer, Reconciliation
from boxoffice.records.store import Store
from boxoffice.records.takings import Attempt, DayStatement, Posting, Shift, ZReport
from boxoffice.records.whole_order import PARTS, columns, name_of

TABLES: tuple[type[Table], ...] = (
    *CATALOGUE,
    *PEOPLE,
    *(Assignment, Window, WindowEpoch),
    # Postings of a shift that is closed by now: shifts come after them.
    *(JournalEntry, Posting, Shift, ZReport, DayStatement, Attempt),
    *(table for table, _ in PARTS),
    *(CustodySeat, CustodyOrder, Claim, Pool, PoolTransfer, ReturningPlaces),
    *(Answer, Review, Wish, FreedOrder),
    *(Reconciliation, BankBatch, BankTransfer, BankFile),
)
"""In the order in which one needs another. Feed and heads of chains follow by themselves."""


def copy(source: Store, target: Store) -> dict[str, int]:
    """Copy all records into a central that has none yet; answers the rows by table."""
    with target.transaction():
        return copy_rows(source, target)


def copy_rows(
    source: Store, target: Store, tell: Callable[[str], object] = lambda _: None
) -> dict[str, int]:
    """`copy` inside a transaction of the target; `tell` hears the name of each table."""
    counts = {}
    for table in TABLES:
        tell(name_of(table))
        names = columns(table)
        listed = ", ".join(f'"{name}"' for name in names)
        keys = ", ".join(str(n + 1) for n in range(min(3, len(names))))
        rows = source.all(f'SELECT {listed} FROM "{name_of(table)}" ORDER BY {keys}')
        marks = ", ".join("?" * len(names))
        target.many(f'INSERT INTO "{name_of(table)}" ({listed}) VALUES ({marks})', rows)
        counts[name_of(table)] = len(rows)
    # Which version the tables are of, and whose records they are, the target knows itself.
    facts = source.all("SELECT key, value FROM meta WHERE key NOT IN ('version', 'root')")
    target.many(
        f'INSERT INTO "{name_of(Meta)}" (key, value) VALUES (?, ?) '
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        facts,
    )
    return counts
