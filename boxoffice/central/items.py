"""What a window may ask custody of, and what it pushes; plain values that travel as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from boxoffice.records.journal import canonical
from boxoffice.records.whole_order import OrderRows


@dataclass(frozen=True, slots=True)
class Items:
    """Seats, unnumbered places, documents and orders; taken and given all or none."""

    seats: tuple[tuple[int, int], ...] = ()
    """(session, seat)"""
    places: tuple[tuple[int, int], ...] = ()
    """(session, how many)"""
    claims: tuple[tuple[int, str], ...] = ()
    """(session, keyed hash of the document)"""
    orders: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    """Reservations to be let go because their deadline is over, as central's clock has it."""

    def __bool__(self) -> bool:
        return bool(self.seats or self.places or self.claims or self.orders or self.expired)

    def drawn(self) -> list[tuple[int, int]]:
        """How many places of each session's pool these items are worth, sorted by session."""
        drawn: Counter[int] = Counter()
        for session, _ in self.seats:
            drawn[session] += 1
        for session, count in self.places:
            drawn[session] += count
        return sorted(drawn.items())

    def text(self) -> str:
        """As stored with a request."""
        return canonical(asdict(self))

    @staticmethod
    def read(text: str) -> Items:
        """What `text` wrote."""
        found = json.loads(text)
        return Items(
            seats=tuple((a, b) for a, b in found["seats"]),
            places=tuple((a, b) for a, b in found["places"]),
            claims=tuple((a, b) for a, b in found["claims"]),
            orders=tuple(found["orders"]),
            expired=tuple(found["expired"]),
        )


@dataclass(frozen=True, slots=True)
class Credentials:
    """Under which number, epoch and connection a window speaks."""

    window: int
    epoch: int
    connection: int


@dataclass(frozen=True, slots=True)
class Hello:
    """What central tells a window that connects."""

    credentials: Credentials
    incarnation: str
    head: tuple[int, str]
    """Number and hash of this window's last journal entry at central."""
    answers: int
    """Number of the last take or give that central booked for it."""
    central_head: tuple[int, str]
    """Number and hash of central's own last journal entry."""


@dataclass(frozen=True, slots=True)
class PushedOrder:
    """An order whole, the version it started from and the journal entry that names its digest."""

    base_version: int
    number: int
    digest: str
    rows: OrderRows


@dataclass(frozen=True, slots=True)
class Page:
    """What a window reports in one transaction; rows are stored values in column order."""

    entries: Sequence[Sequence[Any]]
    postings: Sequence[Sequence[Any]]
    orders: Sequence[PushedOrder] = ()
    shifts: Sequence[Sequence[Any]] = ()
    attempts: Sequence[Sequence[Any]] = ()
    z_reports: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True, slots=True)
class Ack:
    """How far central has the window's journal, and which orders it put on the review list."""

    number: int
    reviewed: tuple[str, ...]
    central_head: tuple[int, str]


Cursor = tuple[int, int]
"""A place in the feed: transaction, and number of the line."""


@dataclass(frozen=True, slots=True)
class Move:
    """Seats that came to a window (`taken`) or left it for central."""

    window: int
    taken: bool
    seats: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What changed at central, and the place in the feed up to which all of it was read."""

    cursor: Cursor
    orders: list[OrderRows] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    more: bool = False
