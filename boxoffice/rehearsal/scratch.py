"""Schemas of rehearsals at a server: named so that nobody else's is met, and cleared away."""

from __future__ import annotations

import secrets

from boxoffice.central import founding
from boxoffice.records.postgres import PostgresStore

PREFIX = "rehearsal_"


def schema_name() -> str:
    """A name nobody else has."""
    return PREFIX + secrets.token_hex(6)


def claim(store: PostgresStore, schema: str) -> None:
    """Let others see that this rehearsal is running, for as long as the connection stands."""
    store.all("SELECT pg_advisory_lock(hashtextextended(?, 0))", (schema,))


def clear_stale(store: PostgresStore) -> list[str]:
    """Remove what killed rehearsals left at this server; answers their schemas."""
    names = store.all(
        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rehearsal\\_%' "
        "AND pg_get_userbyid(nspowner) = current_user"
    )
    gone = []
    for (name,) in names:
        if store.first("SELECT pg_try_advisory_lock(hashtextextended(?, 0))", (name,)) == (True,):
            remove(store, name)
            store.all("SELECT pg_advisory_unlock(hashtextextended(?, 0))", (name,))
            gone.append(str(name))
    return gone


def remove(store: PostgresStore, schema: str) -> None:
    """Delete a rehearsal's schema, its roles and whatever they still have open."""
    store.all(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE usename IN (SELECT rolname FROM pg_roles WHERE rolname ~ ?)",
        (f"^{schema}_w[0-9]+$",),
    )
    founding.remove(store, schema)
