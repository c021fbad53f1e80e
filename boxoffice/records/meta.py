"""Single facts that a file of records knows about itself, by name."""

from __future__ import annotations

from boxoffice.records.store import Store


def read_fact(store: Store, key: str, otherwise: str) -> str:
    """The fact under a name."""
    found = store.first("SELECT value FROM meta WHERE key = ?", (key,))
    return otherwise if found is None else str(found[0])


def write_fact(store: Store, key: str, value: str) -> None:
    """Remember a fact under a name."""
    store.run(
        "INSERT INTO meta (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
