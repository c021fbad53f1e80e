"""A PostgreSQL server for tests: started once, with the small catalogue in a pattern database."""

from __future__ import annotations

import atexit
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from boxoffice.central import founding, moving
from boxoffice.central.enrolling import enrol
from boxoffice.domain.signing import CertifiedKey
from boxoffice.records.file_store import open_reading
from boxoffice.records.keys import load_keys
from boxoffice.records.postgres import Address, PostgresStore, connect
from boxoffice.rehearsal.server import ScratchServer
from boxoffice.settings import HomeKind
from tests.homes import small_home

SCHEMA = "boxoffice"
PASSWORD = "not-a-secret-of-anybody"
_databases: list[str] = []


@cache
def server() -> ScratchServer:
    """The server of this test run; it ends with it."""
    made = ScratchServer(Path(mkdtemp(prefix="boxoffice-server-")))
    atexit.register(made.discard)
    made.make()
    return made


def administer(statement: str) -> None:
    """Run a statement about databases or roles, outside any transaction."""
    with closing(connect(Address(database_url("postgres"), "public"))) as store:
        store.execute(statement)


def database_url(database: str, window: int | None = None) -> str:
    """Address of a database of the server, as its administrator or as a window."""
    found = server().url
    start, _, rest = found.partition("@")
    if window is not None:
        start = f"postgresql://{SCHEMA}_w{window}:{PASSWORD}"
    return f"{start}@{rest.rpartition('/')[0]}/{database}"


@cache
def _pattern() -> str:
    """A database with the small catalogue, windows 1 and 2, copied for each test."""
    administer("CREATE DATABASE pattern")
    fill(Address(database_url("pattern"), SCHEMA))
    return "pattern"


def fill(address: Address) -> None:
    """Make central records with the small catalogue, and windows 1 and 2."""
    home = small_home(Path(mkdtemp(prefix="boxoffice-pattern-")))
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    with (
        closing(open_reading(home.central_file, key)) as source,
        closing(connect(address)) as target,
    ):
        founding.found(target, SCHEMA)
        moving.copy(source, target)
        with target.transaction():
            enrol(target, 2, "2", CertifiedKey(2, 1, b"", b""))
            for window in (1, 2):
                founding.let_in(target, SCHEMA, window, PASSWORD)


def fresh_database() -> str:
    """A new copy of the pattern; answers its name."""
    name = f"t{len(_databases) + 1}"
    _databases.append(name)
    administer(f"CREATE DATABASE {name} TEMPLATE {_pattern()}")
    # A copy does not bring along what its pattern allows as a database.
    administer(f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC")
    return name


def made() -> int:
    """How many databases were made so far."""
    return len(_databases)


def drop_since(known: int) -> None:
    """Drop the databases made since there were so many."""
    for place, name in enumerate(_databases[known:], known):
        if name:
            administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            _databases[place] = ""


def as_owner(database: str) -> PostgresStore:
    """The central records as their administrator."""
    return connect(Address(database_url(database), SCHEMA))


def as_window(database: str, window: int) -> PostgresStore:
    """The central records as a window sees them."""
    return connect(Address(database_url(database, window), SCHEMA))
