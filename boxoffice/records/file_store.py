"""Records in a file: SQLite, encrypted by SQLCipher; the window's own, and a small central."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from boxoffice.errors import DiskTrouble, NewerRecords, NoHome, RecordsUnreadable
from boxoffice.records.migrations import ON_OPEN, STEPS, VERSION
from boxoffice.records.store import Row, Store
from boxoffice.settings import keep_private

PRAGMAS: dict[str, Any] = {
    "cipher_log_level": "none",  # what is wrong is said in one sentence, not on stderr
    "journal_mode": "wal",
    "synchronous": "full",  # what was sold must survive a power cut; see Store.transaction
    # A checkpoint costs more than a sale: they come seldom, and when the file is closed.
    "wal_autocheckpoint": 8000,
    "foreign_keys": 1,
    "cache_size": -65536,
    "temp_store": "memory",
    "busy_timeout": 5000,
    # SQLCipher's own choice writes zeros over every page that falls free; encrypted it is anyway.
    "secure_delete": "fast",
}

STATEMENTS = 512
"""How many are kept prepared: a sale alone has a hundred, and acts come in turn."""


class FileStore(Store):
    """One connection to one file. A transaction has the file to itself.

    Hand-written statements go to the connection itself: past peewee, which looks for hooks, logs
    and state at each, and into errors of ours without its own on the way.
    """

    def __init__(self, database: peewee.Database, path: Path) -> None:
        super().__init__(database)
        self.path = path
        self._file: tuple[int, int] | None = None
        self._line: dbapi2.Connection = database.connection()  # type: ignore[no-untyped-call]
        self._durable = True

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        try:
            return self._line.execute(sql, params)
        except dbapi2.DatabaseError as error:
            raise self._said(error) from error

    def all(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        try:
            return self._line.execute(sql, params).fetchall()  # type: ignore[no-any-return]
        except dbapi2.DatabaseError as error:
            raise self._said(error) from error

    def first(self, sql: str, params: Sequence[Any] = ()) -> Row | None:
        try:
            return self._line.execute(sql, params).fetchone()  # type: ignore[no-any-return]
        except dbapi2.DatabaseError as error:
            raise self._said(error) from error

    def run(self, sql: str, params: Sequence[Any] = ()) -> int:
        self._writing()
        return self.execute(sql, params).rowcount  # type: ignore[no-any-return]

    def _begin(self, durable: bool) -> None:
        self.require_file()
        if durable is not self._durable:
            self.execute(f"PRAGMA synchronous = {'full' if durable else 'normal'}")
            self._durable = durable
        self.execute("BEGIN IMMEDIATE")

    def _still_open(self) -> bool:
        # A commit or a statement that met a full disk has undone the transaction already.
        return bool(self._line.in_transaction)

    def require_file(self) -> None:
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
    def trouble(self) -> Iterator[None]:
        """Turn what the disk says into DiskTrouble or RecordsUnreadable."""
        try:
            yield
        except peewee.DatabaseError as error:
            raise _explained(error, self.path) from error
        except dbapi2.DatabaseError as error:
            # Rows fetched go past peewee's own translation.
            raise self._said(error) from error

    def _said(self, error: Exception) -> Exception:
        translated = getattr(peewee, type(error).__name__)(*error.args)
        return _explained(translated, self.path)

    def many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        self._writing()
        try:
            self._line.executemany(sql, values)
        except dbapi2.DatabaseError as error:
            raise self._said(error) from error


def _explained(error: peewee.DatabaseError, path: Path) -> Exception:
    said = str(error)
    damage = ("not a database", "image is malformed", "malformed database", "hmac")
    if any(words in said for words in damage):
        return RecordsUnreadable(file=path.name)
    if any(word in said for word in ("disk", "readonly", "read-only", "unable to open", "locked")):
        return DiskTrouble(file=path.name, why=said)
    return error


def _connect(path: Path, key: bytes, *, read_only: bool) -> FileStore:
    pragmas = dict(PRAGMAS)
    if read_only:
        pragmas["query_only"] = 1
    # A raw key: a passphrase costs 126 ms for every connection.
    database = SqlCipherDatabase(
        str(path),
        passphrase=f"x'{key.hex()}'",
        pragmas=pragmas,
        thread_safe=False,
        cached_statements=STATEMENTS,
    )
    try:
        database.connect()
    except peewee.DatabaseError as error:
        raise _explained(error, path) from error
    store = FileStore(database, path)
    try:
        store.first("SELECT count(*) FROM sqlite_master")
        store.require_file()
    except BaseException:
        store.close()
        raise
    return store


def open_records(path: Path, key: bytes, part: str, *, make: bool = False) -> FileStore:
    """Open a file of records for writing, bringing it up to the newest version.

    `part` is "WINDOW" or "CENTRAL". Raises NoHome where there is no file and `make` is false,
    NewerRecords for a file of a newer program, RecordsUnreadable for a damaged one or a wrong key.
    """
    if not make:
        _require_records(path)
    keep_private(path)
    store = _connect(path, key, read_only=False)
    found = store.first("PRAGMA user_version")
    version = int(found[0]) if found else 0
    if version > VERSION:
        store.close()
        raise NewerRecords(file=path.name, version=version, known=VERSION)
    if 0 < version < VERSION:
        backup = path.with_name(f"{path.name}.before-{VERSION}")
        keep_private(backup)
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


def open_reading(path: Path, key: bytes) -> FileStore:
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
