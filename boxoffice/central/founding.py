"""Central on a server: its schema made or upgraded, and its login for each window."""

from __future__ import annotations

import re

from boxoffice.central import rights
from boxoffice.domain import scram
from boxoffice.domain.ids import new_id
from boxoffice.errors import BadSchema, ForeignCentral
from boxoffice.records.migrations import server
from boxoffice.records.store import Store

ROOT = "root"
"""In `meta`: the public key of the central home these records belong to, in hexadecimal."""


def found(store: Store, schema: str, root: bytes = b"") -> None:
    """Make the central records in a schema, or bring them up to date; safe to repeat.

    With `root`, the public key of a central home, they belong to it from now on. Raises
    ForeignCentral for records of another one, CentralNewer for those of a newer program, BadSchema
    for an unusable name.
    """
    require_name(schema)
    with store.transaction():
        before = _own(store, schema, root)
        store.run(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        server.upgrade(store)
        for statement in rights.script(schema):
            store.run(statement)
        store.run(
            "INSERT INTO meta (key, value) VALUES ('incarnation', ?) ON CONFLICT (key) DO NOTHING",
            (new_id(),),
        )
        if root:
            store.run(
                "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
                (ROOT, root.hex()),
            )
    if 0 < before < server.version(store):
        # A window looks at the version when it connects: those of before are told to look again.
        with store.transaction():
            for (window,) in store.all("SELECT id FROM ticket_window"):
                hang_up(store, schema, window)


def _own(store: Store, schema: str, root: bytes) -> int:
    """Refuse records of another central home before anything is touched; answers their version."""
    before = server.version(store)
    if root and before:
        known = store.first("SELECT value FROM meta WHERE key = ?", (ROOT,))
        if known is not None and known[0] != root.hex():
            raise ForeignCentral(schema=schema)
    return before


def let_in(store: Store, schema: str, window: int, password: str) -> str:
    """Give a window its role, or a new password to the one it has; answers the role's name."""
    role = rights.window_role(schema, window)
    # A verifier: the password itself would stand in the server's log of statements.
    secret = scram.verifier(password)
    known = store.first("SELECT 1 FROM pg_roles WHERE rolname = ?", (role,))
    store.run(f"{'ALTER' if known else 'CREATE'} ROLE {role} LOGIN PASSWORD '{secret}'")
    store.run(f"GRANT {rights.group_role(schema)} TO {role}")
    store.run(f"ALTER ROLE {role} SET idle_in_transaction_session_timeout = '10s'")
    store.run(f"ALTER ROLE {role} SET statement_timeout = '30s'")
    return role


def change_own_password(store: Store, password: str) -> None:
    """Give whoever is signed in another password; called inside a transaction."""
    store.run(f"ALTER ROLE CURRENT_USER PASSWORD '{scram.verifier(password)}'")


def hang_up(store: Store, schema: str, window: int) -> int:
    """End what a window's role has open at the server now; answers how many connections."""
    role = rights.window_role(schema, window)
    if not store.first("SELECT 1 FROM pg_roles WHERE rolname = ?", (role,)):
        return 0
    # Who is no administrator of the server may end connections of roles it is a member of.
    store.run(f"GRANT {role} TO CURRENT_USER")
    ended = store.all(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?", (role,)
    )
    store.run(f"REVOKE {role} FROM CURRENT_USER")
    return len(ended)


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
            # An owner that is no administrator drops only what belongs to a role it is in.
            store.run(f"GRANT {role} TO CURRENT_USER")
            store.run(f"DROP OWNED BY {role}")
            store.run(f"DROP ROLE {role}")


def require_name(schema: str) -> None:
    """Raises BadSchema for a schema name that would want quoting."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", schema):
        raise BadSchema(schema=schema)
