"""Central on a server: its schema made or upgraded, and its login for each window."""

from __future__ import annotations

import re

from boxoffice.central import rights
from boxoffice.domain.ids import new_id
from boxoffice.errors import BadSetting
from boxoffice.records.migrations import server
from boxoffice.records.store import Store


def found(store: Store, schema: str) -> None:
    """Make the central records in a schema, or bring them up to date; safe to repeat.

    Raises CentralNewer for records of a newer program, BadSetting for an unusable name.
    """
    require_name(schema)
    with store.transaction():
        store.run(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        server.upgrade(store)
        for statement in rights.script(schema):
            store.run(statement)
        store.run(
            "INSERT INTO meta (key, value) VALUES ('incarnation', ?) ON CONFLICT (key) DO NOTHING",
            (new_id(),),
        )


def let_in(store: Store, schema: str, window: int, password: str) -> str:
    """Give a window its role, or a new password to the one it has; answers the role's name."""
    role = rights.window_role(schema, window)
    if not re.fullmatch(r"[\w-]{16,}", password):
        raise ValueError("a password that would want quoting")
    known = store.first("SELECT 1 FROM pg_roles WHERE rolname = ?", (role,))
    store.run(f"{'ALTER' if known else 'CREATE'} ROLE {role} LOGIN PASSWORD '{password}'")
    store.run(f"GRANT {rights.group_role(schema)} TO {role}")
    store.run(f"ALTER ROLE {role} SET idle_in_transaction_session_timeout = '10s'")
    store.run(f"ALTER ROLE {role} SET statement_timeout = '30s'")
    return role


def shut_out(store: Store, schema: str, window: int) -> None:
    """Let a window's role sign in no more."""
    store.run(f"ALTER ROLE {rights.window_role(schema, window)} NOLOGIN")


def remove(store: Store, schema: str) -> None:
    """Delete a schema with all its records and roles: for rehearsals."""
    require_name(schema)
    with store.transaction():
        roles = [
            str(row[0])
            for row in store.all(
                "SELECT rolname FROM pg_roles WHERE rolname IN (?, ?) OR rolname ~ ?",
                (
                    rights.group_role(schema),
                    rights.supervisor_role(schema),
                    f"^{schema}_w[0-9]+$",
                ),
            )
        ]
        store.run(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        for role in roles:
            store.run(f"DROP OWNED BY {role}")
            store.run(f"DROP ROLE {role}")


def require_name(schema: str) -> None:
    """Raises BadSetting for a schema name that would want quoting."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", schema):
        why = "small letters, digits and _, beginning with a letter"
        raise BadSetting(file="settings.toml", key="central_schema", why=why)
