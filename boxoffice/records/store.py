"""Store: one connection to one file of records, used by one lane only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from boxoffice.errors import DiskTrouble, NewerRecords, NoHome, RecordsUnreadable
from boxoffice.records.fields import Table
from boxoffice.records.migrations import ON_OPEN, STEPS, VERSION

Row = tuple[Any, ...]

PRAGMAS: dict[str, Any] = {
    "cipher_log_level": "none",  # what is wrong is said in one sentence, not on stderr
    "journal_mode": "wal",
    "synchronous": "full",  # what was sold must survive a power cut
    # A checkpoint costs more than a sale: they come seldom, and when the file is closed.
    "wal_autocheckpoint": 8000,
    "foreign_keys": 1,
    "cache_size": -65536,
    "temp_store": "memory",
    "busy_timeout": 5000,
}


class Store:
    """Reads and writes; a write outside `transaction()` is refused."""

    def __init__(self, database: peewee.Database, path: Path) -> None:
        self.database = database
        self.path = path
        self.in_transaction = False
        self._file: tuple[int, int] | None = None
        self._inserts: dict[tuple[type[Table], tuple[str, ...], str], tuple[str, list[Any]]] = {}
        self.before_commit: list[Callable[[Store], object]] = []
        """What belongs to every transaction of this file, as its last part."""

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """Run one statement as it stands; answers the cursor."""
        return self.database.execute_sql(sql, params)  # type: ignore[no-untyped-call]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One durable transaction; anything raised inside undoes it whole."""
        if self.in_transaction:
            raise RuntimeError("transactions do not nest")
        self._require_file()
        with self.trouble():
            self.execute("BEGIN IMMEDIATE")
        self.in_transaction = True
        try:
            yield
            for work in self.before_commit:
                work(self)
            with self.trouble():
                self.execute("COMMIT")
        except BaseException:
            # A commit that met a full disk has undone itself already.
            if self.database.connection().in_transaction:  # type: ignore[no-untyped-call]
                self.execute("ROLLBACK")
            raise
        finally:
            self.in_transaction = False

    def _require_file(self) -> None:
        """What is written to a file that was moved or deleted under us goes with it, unseen."""
        try:
            found = self.path.stat()
        except OSError as error:
            raise DiskTrouble(file=self.path.name, why=error.strerror or "") from error
        file = (found.st_dev, found.st_ino)
        self._file = self._file or file
        if file != self._file:
            raise DiskTrouble(file=self.path.name, why="another file stands in its place")

    @contextmanager
    def savepoint(self, name: str) -> Iterator[None]:
        """A part of a transaction that can fail alone."""
        self.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            # A full disk has undone the whole transaction already.
            if self.database.connection().in_transaction:  # type: ignore[no-untyped-call]
                self.execute(f"ROLLBACK TO {name}")
                self.execute(f"RELEASE {name}")
            raise
        self.execute(f"RELEASE {name}")

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Turn what the disk says into DiskTrouble or RecordsUnreadable."""
        try:
            yield
        except peewee.DatabaseError as error:
            raise _explained(error, self.path) from error
        except dbapi2.DatabaseError as error:
            # Rows fetched, and many rows written at once, go past peewee's own translation.
            translated = getattr(peewee, type(error).__name__)(*error.args)
            raise _explained(translated, self.path) from error

    def rows(self, query: Any) -> list[Row]:
        """All rows of a peewee query, as tuples."""
        with self.trouble():
            return list(query.tuples().execute(self.database))

    def one(self, query: Any) -> Row | None:
        """The first row of a peewee query, if any."""
        found = self.rows(query.limit(1))
        return found[0] if found else None

    def all(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """All rows of a hand-written query."""
        with self.trouble():
            return self.execute(sql, params).fetchall()  # type: ignore[no-any-return]

    def first(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        """The first row of a hand-written query, if any."""
        with self.trouble():
            return self.execute(sql, params).fetchone()  # type: ignore[no-any-return]

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        """Run a hand-written change; answers how many rows it touched."""
        self._writing()
        with self.trouble():
            return self.execute(sql, params).rowcount  # type: ignore[no-any-return]

    def change(self, query: Any) -> int:
        """Run a peewee update or delete; answers how many rows it touched."""
        self._writing()
        with self.trouble():
            return query.execute(self.database)  # type: ignore[no-any-return]

    def insert(
        self, table: type[Table], rows: Iterable[Mapping[str, Any]], *, conflict: str = ""
    ) -> None:
        """Insert rows that all name the same columns; `conflict` is an ON CONFLICT clause."""
        self._writing()
        listed = list(rows)
        if not listed:
            return
        names = tuple(listed[0])
        key = (table, names, conflict)
        if key not in self._inserts:
            self._inserts[key] = self._prepare(table, names, conflict)
        sql, converters = self._inserts[key]
        values = [
            [convert(row[name]) for name, convert in zip(names, converters, strict=True)]
            for row in listed
        ]
        self.many(sql, values)

    def many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run one statement for many rows of stored values."""
        self._writing()
        with self.trouble():
            self.database.cursor().executemany(sql, values)  # type: ignore[no-untyped-call]

    def _prepare(
        self, table: type[Table], names: tuple[str, ...], conflict: str
    ) -> tuple[str, list[Callable[[Any], Any]]]:
        meta = table._meta
        columns = ", ".join(f'"{meta.fields[name].column_name}"' for name in names)
        marks = ", ".join([self.database.param] * len(names))
        sql = f'INSERT INTO "{meta.table_name}" ({columns}) VALUES ({marks}) {conflict}'
        return sql, [meta.fields[name].db_value for name in names]

    def _writing(self) -> None:
        if not self.in_transaction:
            raise RuntimeError("a change outside a transaction")

    def close(self) -> None:
        """Close the connection."""
        self.database.close()


def _explained(error: peewee.DatabaseError, path: Path) -> Exception:
    said = str(error)
    damage = ("not a database", "image is malformed", "malformed database", "hmac")
    if any(words in said for words in damage):
        return RecordsUnreadable(file=path.name)
    if any(word in said for word in ("disk", "readonly", "read-only", "unable to open", "locked")):
        return DiskTrouble(file=path.name, why=said)
    return error


def _connect(path: Path, key: bytes, *, read_only: bool) -> Store:
    pragmas = dict(PRAGMAS)
    if read_only:
        pragmas["query_only"] = 1
    # A raw key: a passphrase costs 126 ms for every connection.
    database = SqlCipherDatabase(
        str(path), passphrase=f"x'{key.hex()}'", pragmas=pragmas, thread_safe=False
    )
    store = Store(database, path)
    try:
        with store.trouble():
            database.connect()
            store.execute("SELECT count(*) FROM sqlite_master").fetchone()
        store._require_file()
    except BaseException:
        store.close()
        raise
    return store


def open_records(path: Path, key: bytes, part: str, *, make: bool = False) -> Store:
    """Open a file of records for writing, bringing it up to the newest version.

    `part` is "WINDOW" or "CENTRAL". Raises NoHome where there is no file and `make` is false,
    NewerRecords for a file of a newer program, RecordsUnreadable for a damaged one or a wrong key.
    """
    if not make:
        _require_records(path)
    store = _connect(path, key, read_only=False)
    found = store.first("PRAGMA user_version")
    version = int(found[0]) if found else 0
    if version > VERSION:
        store.close()
        raise NewerRecords(file=path.name, version=version, known=VERSION)
    if 0 < version < VERSION:
        backup = path.with_name(f"{path.name}.before-{VERSION}")
        with store.trouble():
            store.execute("VACUUM INTO ?", (str(backup),))
    for number, step in enumerate(STEPS[version:], start=version + 1):
        with store.transaction():
            for statement in _statements(step.SHARED + getattr(step, part)):
                store.run(statement)
            store.run(f"PRAGMA user_version = {number}")
    with store.trouble():
        for statement in _statements(ON_OPEN[part]):
            store.execute(statement)
    return store


def open_reading(path: Path, key: bytes) -> Store:
    """Open a file of records that only answers questions."""
    _require_records(path)
    return _connect(path, key, read_only=True)


def _require_records(path: Path) -> None:
    """SQLite would take an empty file for new records, and forget what was sold."""
    if not path.exists():
        raise NoHome(home=str(path.parent))
    if not path.stat().st_size:
        raise RecordsUnreadable(file=path.name)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger ends with END;."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        body = statement.lstrip().startswith(("CREATE TRIGGER", "CREATE TEMP TRIGGER"))
        if line.rstrip().endswith("END;" if body else ";"):
            yield statement
            statement = ""
