"""What the window's own file says of itself."""

from __future__ import annotations

from boxoffice.records.store import Store


def records_version(store: Store) -> int:
    """Version of the tables in the window's file, as in docs/records.md."""
    found = store.first("PRAGMA user_version")
    return int(found[0]) if found else 0
