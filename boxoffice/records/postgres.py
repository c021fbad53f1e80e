"""Records on a PostgreSQL server: the central records that many windows share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import peewee
import psycopg
from psycopg import errors, sql
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

from boxoffice import clock
from boxoffice.addresses import split_address
from boxoffice.errors import BadAddress, CentralShut, CentralUnreachable, Fenced
from boxoffice.records import tls
from boxoffice.records.store import Row, Statement, Store

T = TypeVar("T")

CONNECT_SECONDS = 3
ANSWER_SECONDS = 2.5
"""How long a window waits for the answer to a statement; then the line counts as broken. A
customer stands there."""
BULK_SECONDS = 60.0
"""The same where nobody waits, and much may be read or stored at once."""
FENCED, OLDER, SHORT = "BX001", "BX002", "BX003"
"""Error codes of our functions: the epoch has ended; a newer connection of this window exists; a
step touched other rows than it should."""
NEWER_CONNECTION = "a newer connection of this window exists"
SERVER_NOW = """to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
"""SQL: the server's clock, as moments are stored."""
UNKNOWN_COMMIT = "canceling wait for synchronous replication"
"""What a server says that committed here, but not on its standby (rule 18)."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the central records are: a libpq URL, a schema, and who signs in.

    The URL may carry user and password itself; what is named here goes before it.
    """

    url: str
    schema: str = "boxoffice"
    user: str = ""
    password: str = field(default="", repr=False)
    where: str = "keys"
    """Where that password came from, for whom it is refused: keys, address or PGPASSWORD."""
    ca: str = ""
    """File with the certificate of who certifies the server; empty: what the system trusts."""

    @property
    def of_window(self) -> bool:
        """Whether it is a window that signs in, by the names central gives them."""
        return bool(re.fullmatch(f"{re.escape(self.schema)}_w[0-9]+", self.user))


class _Connection(psycopg.Connection[Any]):
    """A connection that waits for an answer for so long and no longer.

    A line that swallows packets gives no error for minutes; the queue at the window has seconds.
    """

    patience = BULK_SECONDS

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        return super().wait(gen, interval, self.patience if timeout is None else timeout)

    def forget_prepared(self) -> None:
        """A pipeline that broke off leaves statements that only seem to be prepared."""
        self._prepared.clear()


class _Database(peewee.PostgresqlDatabase):
    """peewee's database on our connection."""

    def _connect(self) -> _Connection:
        # autocommit: transactions begin and end by statements of ours, as in a file.
        return _Connection.connect(self.database, autocommit=True, **self.connect_params)


class NotAllThere(Exception):
    """A step of what is done `at_once` touched or found other rows than it should."""


@lru_cache(maxsize=1024)
def _marks(statement: str) -> str:
    """`?` as psycopg wants it."""
    return statement.replace("%", "%%").replace("?", "%s")


class PostgresStore(Store):
    """One connection to a server. Others write at the same time; rows are locked by changing them.

    Raises CentralUnreachable for a broken line: whether an open commit happened is then unknown.
    """

    shared = True
    settled_before = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

    def __init__(self, database: peewee.Database) -> None:
        super().__init__(database)
        self._line: _Connection = database.connection()  # type: ignore[no-untyped-call]
        self._line.add_notice_handler(self._notice)
        self._begun = False
        self._changed = False
        self._doubt = ""

    def _notice(self, said: errors.Diagnostic) -> None:
        if UNKNOWN_COMMIT in (said.message_primary or ""):
            self._doubt = said.message_primary or ""

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        with self.trouble():  # a savepoint or a rollback may be what meets a broken line
            if self.in_transaction and not self._begun:
                self._line.execute("BEGIN")
                self._begun = True
            cursor = self._line.execute(_marks(sql), params)
        if sql == "COMMIT":
            self._confirm_commit()
        return cursor

    def _confirm_commit(self) -> None:
        self.commits += self._changed
        if self._doubt:
            why, self._doubt = self._doubt, ""
            raise CentralUnreachable(why=why)

    @contextmanager
    def _one_trip(self) -> Iterator[None]:
        """What is run inside goes out together, and its answers come back together."""
        try:
            with self.trouble(), self._line.pipeline():
                if self.in_transaction and not self._begun:
                    self._line.execute("BEGIN")
                    self._begun = True
                yield
        except BaseException:
            self._line.forget_prepared()
            raise

    def batch(self, statements: Sequence[Statement]) -> list[int]:
        self._writing()
        with self._one_trip():
            cursors = [self._line.execute(_marks(s), params) for s, params in statements]
        return [cursor.rowcount for cursor in cursors]

    def answers(self, questions: Sequence[Statement]) -> list[list[Row]]:
        with self._one_trip():
            cursors = [self._line.execute(_marks(s), params) for s, params in questions]
        return [cursor.fetchall() for cursor in cursors]

    def at_once(self, statement: Statement) -> bool:
        """A statement that is a transaction by itself: one round trip, all of it or nothing."""
        try:
            with self.trouble():
                self._line.execute(_marks(statement[0]), statement[1])
        except NotAllThere:
            return False
        self._changed = True
        self._confirm_commit()
        return True

    def many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        self._writing()
        with self.trouble():
            if not self._begun:
                self.execute("SELECT 1")
            self._line.cursor().executemany(_marks(sql), values)

    def many_each(self, parts: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> None:
        self._writing()
        with self._one_trip():
            for sql, values in parts:
                self._line.cursor().executemany(_marks(sql), values)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        # Each statement by itself would see what was committed since the one before.
        with self.trouble():
            self._line.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            try:
                yield
            finally:
                if self._still_open():
                    self._line.execute("COMMIT")

    def _begin(self, durable: bool) -> None:
        self._begun = self._changed = False  # with the first statement: a round trip less

    def _writing(self) -> None:
        super()._writing()
        self._changed = True

    def _still_open(self) -> bool:
        if self._line.closed:
            return False
        status = self._line.info.transaction_status
        return status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        if self.in_transaction and not self._begun:
            self.execute("SELECT 1")
        return super().rows(query)

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Turn what line and server say into errors of ours, or of peewee as a file raises them."""
        try:
            yield
        except (errors.InsufficientPrivilege, psycopg.IntegrityError) as error:
            # What the server forbids is refused as what a table forbids.
            raise peewee.IntegrityError(*error.args) from error
        except psycopg.DatabaseError as error:
            if error.sqlstate == FENCED:
                raise Fenced(window=_short(error)) from error
            if error.sqlstate == SHORT:
                raise NotAllThere from error
            if error.sqlstate == OLDER:
                raise CentralUnreachable(why=NEWER_CONNECTION) from error
            if not isinstance(error, psycopg.OperationalError):
                raise
            raise CentralUnreachable(why=_short(error)) from error
        except psycopg.InterfaceError as error:
            raise CentralUnreachable(why=_short(error)) from error
        except (peewee.OperationalError, peewee.InterfaceError) as error:
            raise CentralUnreachable(why=_short(error)) from error

    @contextmanager
    def permitted(self) -> Iterator[None]:
        """For work of an owner, who is told what the server does not permit. Raises CentralShut."""
        try:
            yield
        except peewee.IntegrityError as error:
            if not isinstance(error.__cause__, errors.InsufficientPrivilege):
                raise
            raise CentralShut(user=self._line.info.user, why=_short(error.__cause__)) from error

    def now(self) -> Statement:
        # The server's clock is the one all windows share; a venue clock set on purpose goes first.
        return super().now() if clock.set_on_purpose() else (SERVER_NOW, ())

    def be_patient(self, seconds: float) -> None:
        """Wait so long for each answer from now on."""
        self._line.patience = seconds

    # --- hints that there is news (rule 14)

    def listen(self, channel: str) -> None:
        """Hear what is told on a channel from now on."""
        with self.trouble():
            self._line.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))

    def tell(self, channel: str) -> None:
        """Hint to all who listen on a channel, but for this connection, that there is news."""
        with self.trouble():
            self._line.execute("SELECT pg_notify(%s, '')", (channel,))

    def heard(self) -> bool:
        """Whether another connection told something since last asked; waits for nothing."""
        with self.trouble():
            own = self._line.info.backend_pid
            said = list(self._line.notifies(timeout=0))  # all of them, not up to the first
            return any(note.pid != own for note in said)

    @property
    def socket(self) -> int:
        """Where what is told arrives, to be waited at."""
        with self.trouble():
            return self._line.fileno()

    def close(self) -> None:
        # Not through peewee, which would wait for a broken line.
        self._line.close()


def _short(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def connect(address: Address, *, patience: float = BULK_SECONDS) -> PostgresStore:
    """Open a connection to central.

    Raises CentralUnreachable, and of it CentralNotTrusted, CentralPassword (of an owner
    OwnerPassword or PasswordMissing) or CentralShut; BadAddress for what is none.
    """
    who: dict[str, Any] = {"user": address.user} if address.user else {}
    if address.password:
        who["password"] = address.password  # an empty one would hide what libpq finds by itself
    _, named, in_address = split_address(address.url)
    who |= tls.options(address.url, address.ca, password=bool(address.password or in_address))
    database = _Database(
        address.url,
        prefer_psycopg3=True,
        thread_safe=False,
        autorollback=False,
        connect_timeout=CONNECT_SECONDS,
        keepalives_idle=10,
        keepalives_interval=3,
        keepalives_count=3,
        tcp_user_timeout=int(patience * 1000),
        application_name="boxoffice",
        **who,
    )
    try:
        database.connect()
        line: _Connection = database.connection()  # type: ignore[no-untyped-call]
        line.patience = patience
        line.prepare_threshold = 2
        line.execute(
            sql.SQL("SET search_path TO {}, pg_temp").format(sql.Identifier(address.schema))
        )
        if address.of_window:
            # A window asks by key. Records that grew since they were last analysed (the first
            # hours, a restored dump) would be read whole: planned when they were empty.
            line.execute("SET enable_seqscan TO off")
    except UnicodeError:
        raise BadAddress(why="url_host") from None  # no server can have that name
    except (psycopg.OperationalError, peewee.OperationalError) as error:
        where = address.where if address.password else "address" if in_address else ""
        known = address.user or named
        raise tls.explained(error, window=address.of_window, where=where, user=known) from error
    return PostgresStore(database)
