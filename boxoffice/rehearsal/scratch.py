"""Schemas of rehearsals at a server: named so that nobody else's is met, and cleared away."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import peewee
import psycopg

from boxoffice.central import founding
from boxoffice.records.postgres import PostgresStore

PREFIX = "rehearsal_"


def schema_name() -> str:
    """A name nobody else has."""
    return PREFIX + secrets.token_hex(6)


def claim(store: PostgresStore, schema: str) -> None:
    """Let others see that this rehearsal is running, for as long as the connection stands."""
    store.all("SELECT pg_advisory_lock(hashtextextended(?, 0))", (schema,))


def clear_stale(store: PostgresStore, warn: Callable[[str], object]) -> list[str]:
    """Remove what killed rehearsals left at this server; answers their schemas.

    What may not be removed stays, and `warn` hears a sentence about it: the next rehearsal has a
    schema of its own.
    """
    names = store.all(
        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rehearsal\\_%' "
        "AND pg_get_userbyid(nspowner) = current_user"
    )
    gone = []
    for (name,) in names:
        if store.first("SELECT pg_try_advisory_lock(hashtextextended(?, 0))", (name,)) == (True,):
            try:
                remove(store, name)
                gone.append(str(name))
            except (peewee.IntegrityError, psycopg.DatabaseError) as error:
                why = str(error).splitlines()[0]
                warn(f"What an earlier rehearsal left in schema {name} cannot be removed: {why}.")
            store.all("SELECT pg_advisory_unlock(hashtextextended(?, 0))", (name,))
    return gone


def remove(store: PostgresStore, schema: str) -> None:
    """Delete a rehearsal's schema, its roles and whatever they still have open."""
    windows = store.all(
        "SELECT substring(rolname FROM '[0-9]+$')::int FROM pg_roles WHERE rolname ~ ?",
        (f"^{schema}_w[0-9]+$",),
    )
    with store.transaction():
        for (window,) in windows:
            founding.hang_up(store, schema, window)
    founding.remove(store, schema)
