"""Store: one connection to records, used by one lane only; what every kind of database shares."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import peewee

from boxoffice import clock
from boxoffice.records.fields import Table

Row = tuple[Any, ...]
Statement = tuple[str, Sequence[Any]]
"""SQL with `?` for its parameters, and the parameters."""
_Column = tuple[str, type, Callable[[Any], Any]]
"""Name of a column, what it stores as it is (nearly all there is), what converts the rest."""


class Store(ABC):
    """Reads and writes; a write outside `transaction()` is refused.

    Statements carry `?` for parameters on every database.
    """

    shared = False
    """Whether others write at the same time: a server's records, with functions of its own."""
    settled_before = "1"
    """SQL: the first transaction before which none can still commit (rule 13)."""

    def __init__(self, database: peewee.Database) -> None:
        self.database = database
        self.in_transaction = False
        self.commits = 0
        """How many transactions a server has taken from here: others want to hear of them."""
        self._inserts: dict[
            tuple[type[Table], tuple[str, ...], str], tuple[str, list[_Column]]
        ] = {}
        self.before_commit: list[Callable[[Store], object]] = []
        """What belongs to every transaction of these records, as its last part."""

    @abstractmethod
    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """Run one statement as it stands; answers the cursor."""

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """One transaction; anything raised inside undoes it whole.

        One that is not `durable` outlives this program, but a power cut may take it, and those like
        it that came since the last durable one: it leaves the records as a kill just before it.
        So it may hold answers that are asked for again and what a clerk only typed; never what
        paper, money, a journal or something told to others rests on. A server has no such ones.
        """
        if self.in_transaction:
            raise RuntimeError("transactions do not nest")
        self._begin(durable)
        self.in_transaction = True
        try:
            yield
            for work in self.before_commit:
                work(self)
            with self.trouble():
                self.execute("COMMIT")
        except BaseException:
            if self._still_open():
                self.execute("ROLLBACK")
            raise
        finally:
            self.in_transaction = False

    @abstractmethod
    def _begin(self, durable: bool) -> None:
        """Begin a transaction that may write."""

    @abstractmethod
    def _still_open(self) -> bool:
        """Whether there is a transaction left to be undone."""

    @contextmanager
    def savepoint(self, name: str) -> Iterator[None]:
        """A part of a transaction that can fail alone."""
        self.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException:
            if self._still_open():
                self.execute(f"ROLLBACK TO {name}")
                self.execute(f"RELEASE {name}")
            raise
        self.execute(f"RELEASE {name}")

    @contextmanager
    @abstractmethod
    def trouble(self) -> Iterator[None]:
        """Turn what disk, line or server say into errors of ours."""

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """What is read inside stood like that at one moment; of a file nobody writes meanwhile."""
        yield

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

    def at_once(self, statement: Statement) -> bool:
        """A statement that is a transaction by itself, where these records have such a one.

        False where nothing was done: then the same is tried step by step, to learn why. A file
        has no line to spare.
        """
        return False

    def batch(self, statements: Sequence[Statement]) -> list[int]:
        """Run statements one after the other, in one round trip where there is a line.

        Answers how many rows each touched or found.
        """
        counts = []
        for sql, params in statements:
            self._writing()
            with self.trouble():
                cursor = self.execute(sql, params)
                found = cursor.fetchall() if cursor.description else None
                counts.append(cursor.rowcount if found is None else len(found))
        return counts

    def answers(self, questions: Sequence[Statement]) -> list[list[Row]]:
        """All rows of each of several queries, asked in one round trip where there is a line."""
        return [self.all(sql, params) for sql, params in questions]

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
            self._inserts[key] = _prepare(table, names, conflict)
        sql, columns = self._inserts[key]
        values = [
            [
                value if (value := row[name]).__class__ is plain else convert(value)
                for name, plain, convert in columns
            ]
            for row in listed
        ]
        self.many(sql, values)

    @abstractmethod
    def many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run one statement for many rows of stored values."""

    def many_each(self, parts: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> None:
        """Several such statements with their rows, in one round trip where there is a line."""
        for sql, values in parts:
            self.many(sql, values)

    def _writing(self) -> None:
        if not self.in_transaction:
            raise RuntimeError("a change outside a transaction")

    def now(self) -> Statement:
        """The moment as these records have it: an expression in SQL, and its parameters."""
        return "?", (clock.to_text(clock.now()),)

    def close(self) -> None:
        """Close the connection."""
        self.database.close()


def _prepare(
    table: type[Table], names: tuple[str, ...], conflict: str
) -> tuple[str, list[_Column]]:
    meta = table._meta
    columns = ", ".join(f'"{meta.fields[name].column_name}"' for name in names)
    marks = ", ".join("?" * len(names))
    sql = f'INSERT INTO "{meta.table_name}" ({columns}) VALUES ({marks}) {conflict}'
    return sql, [(name, _plain(meta.fields[name]), meta.fields[name].db_value) for name in names]


def _plain(field: peewee.Field) -> type:
    if isinstance(field, peewee.TextField):
        return str
    return int if isinstance(field, peewee.IntegerField) else _Never


class _Never:
    """Of no value: each is converted."""
