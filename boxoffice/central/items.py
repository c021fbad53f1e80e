"""What a window may ask custody of, and what it pushes; plain values that travel as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from boxoffice.records.journal import canonical
from boxoffice.records.whole_order import OrderRows

MOST_WINDOWS = 65535
AGAIN = -1
"""Stands for the version an order started from where central lost what it had of it."""
SWAP = "swap"
SEATS_LEFT = "seats_left"
"""An act of the journal, and of its facts: seats (session, seat) that an order had before it, and
that none of its rows names any more."""


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
        return canonical({name: getattr(self, name) for name in _PARTS})

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


_PARTS = tuple(part.name for part in fields(Items))


@dataclass(frozen=True, slots=True)
class Credentials:
    """Under which number, epoch and connection a window speaks."""

    window: int
    epoch: int
    connection: int
    ended: bool = False
    """It reports what was done in an epoch that central has ended (rule 17)."""

    @property
    def pool(self) -> int:
        """Holder of the places it has: a window's number, or that of an ended epoch."""
        return ended_pool(self.window, self.epoch) if self.ended else self.window


def ended_pool(window: int, epoch: int) -> int:
    """Who holds the places of an epoch that has ended; above every number of a window."""
    return window + epoch * (MOST_WINDOWS + 1)


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
    now: datetime
    """What time it is, as central has it."""
    reported: str
    """The life of central in which this window last reported all it holds; empty: never."""


@dataclass(frozen=True, slots=True)
class PushedOrder:
    """An order whole, the version it started from and the journal entry that names its digest."""

    base_version: int
    number: int
    digest: str
    rows: OrderRows
    kept: bool = False
    """Money for it is on its way: told, but it stays with the window (rule 8)."""

    @property
    def again(self) -> bool:
        """Central had it and lost it, being restored: whatever older version it has will do."""
        return self.base_version == AGAIN


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
    still_held: tuple[str, ...] = ()
    """Orders of the page that did not go back to central with it: they were told before, as kept,
    or taken again since."""


Cursor = tuple[int, int]
"""A place in the feed: transaction, and number of the line."""


@dataclass(frozen=True, slots=True)
class SeatNow:
    """Who holds a seat of a session: a window, in one of its epochs. Window 0: nobody."""

    session: int
    seat: int
    window: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the feed: an order and its version now, or a request that was answered."""

    place: Cursor
    order_id: str | None
    request_id: str | None
    version: int


@dataclass(frozen=True, slots=True)
class News:
    """What stands on the feed, and whatever else a window that follows it wants to know."""

    cursor: Cursor
    """Up to here nothing new can appear any more."""
    lines: list[Line]
    versions: dict[str, int]
    """How often each group of tables changed."""
    central_head: tuple[int, str]
    reviews: int
    """Orders of this window that wait on the review list."""
    ahead: frozenset[int]
    """Lines past the cursor that are read by now."""
    more: bool


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What changed at central: orders whole, and the seats that were touched as they stand now."""

    orders: list[OrderRows] = field(default_factory=list)
    seats: list[SeatNow] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    """By session without numbers that was touched: places that other windows hold."""
