"""The unit of work: one transaction with its journal entries and balanced postings."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boxoffice import clock
from boxoffice.domain.money import Money
from boxoffice.errors import DiskTrouble, NoShift
from boxoffice.records import whole_order
from boxoffice.records.head_file import write_head_file
from boxoffice.records.journal import FIRST, ChainHead, JournalEntry, canonical, entry_hash
from boxoffice.records.store import Row, Store
from boxoffice.records.takings import Posting
from boxoffice.records.whole_order import OrderRows

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chain:
    """Whose journal is written: one window (or central, 0) in one epoch."""

    window: int
    epoch: int
    head_files: tuple[Path, ...] = ()
    """Where its head is kept outside the records (custody rule 16)."""


@dataclass(frozen=True, slots=True)
class Post:
    """One side of an entry: debit above zero, credit below."""

    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Author:
    """Who did it, under which shift."""

    operator_id: str | None = None
    shift_id: str | None = None


NOBODY = Author()


class Unit:
    """Collects the journal entries of one transaction; made by `unit_of_work`."""

    def __init__(self, store: Store, chain: Chain) -> None:
        self.store = store
        self.chain = chain
        self.at = clock.now()
        self.stamp = clock.to_text(self.at)
        self.business_day = clock.business_day(self.at).isoformat()
        self._entries: list[dict[str, Any]] = []
        self._postings: list[dict[str, Any]] = []
        self._last: list[Callable[[Store], object]] = []
        if store.shared:
            # Several write central's own chain: one after the other.
            store.first("SELECT take_turn()")
        self.number, self.hash = head_of(store, chain.window, chain.epoch)

    def record(
        self,
        act: str,
        *,
        author: Author = NOBODY,
        order_id: str | None = None,
        order: OrderRows | None = None,
        facts: Mapping[str, Any] | None = None,
        postings: Sequence[Post] = (),
    ) -> int:
        """Write one journal entry; answers its number.

        With `order_id` the order's version grows by one and its digest is part of the entry;
        `order` gives the rows where they are at hand already, with their new version in place.
        Raises NoShift where the author's shift was closed meanwhile.
        """
        _balanced(postings)
        self._require_open(author.shift_id)
        version, digest = None, None
        if order_id is not None:
            if order is None:
                self.store.run("UPDATE orders SET version = version + 1 WHERE id = ?", (order_id,))
                order = whole_order.load(self.store, order_id)
            version, digest = whole_order.head(order, "version"), whole_order.digest(order)
        self.number += 1
        money = [[p.account, p.amount.fen, p.amount.currency] for p in postings]
        content = (
            self.chain.window,
            self.chain.epoch,
            self.number,
            self.stamp,
            author.operator_id,
            author.shift_id,
            act,
            order_id,
            version,
            digest,
            canonical(facts or {}),
            canonical(money),
            self.hash,
        )
        self.hash = entry_hash(content)
        self._entries.append(dict(zip(_ENTRY, (*content, self.hash), strict=True)))
        for line, (account, fen, currency) in enumerate(money, start=1):
            self._postings.append(
                {
                    "window_id": self.chain.window,
                    "epoch": self.chain.epoch,
                    "number": self.number,
                    "line": line,
                    "at": self.stamp,
                    "business_day": self.business_day,
                    "shift_id": author.shift_id,
                    "account": account,
                    "amount_fen": fen,
                    "currency": currency,
                    "order_id": order_id,
                }
            )
        return self.number

    def _require_open(self, shift_id: str | None) -> None:
        if shift_id is not None and self.store.first(
            "SELECT 1 FROM shift WHERE id = ? AND status = 'closed'", (shift_id,)
        ):
            raise NoShift()

    def at_last(self, work: Callable[[Store], object]) -> None:
        """Do something after entries and postings are stored (a closed shift takes no posting)."""
        self._last.append(work)

    def write(self) -> None:
        """Store what was recorded; called once, inside the transaction."""
        self._write_entries()
        for work in self._last:
            work(self.store)

    def _write_entries(self) -> None:
        if not self._entries:
            return
        self.store.insert(JournalEntry, self._entries)
        self.store.insert(Posting, self._postings)
        if not self.store.shared:  # a server's trigger keeps it
            set_head(self.store, self.chain.window, self.chain.epoch, self.number, self.hash)

    def keep_head(self) -> None:
        """After the commit: the last number and hash go outside the file too (custody rule 16)."""
        if not self._entries:
            return
        try:
            for path in self.chain.head_files:
                write_head_file(path, self.chain.epoch, self.number, self.hash)
        except DiskTrouble as error:
            # What is committed stands: nobody may be told that it failed. The next entry tries
            # again, and a head that lags behind its file does no harm.
            _log.warning("the head outside the records was not written: %s", error.fields["why"])


_ENTRY = whole_order.columns(JournalEntry)


def _balanced(postings: Sequence[Post]) -> None:
    sums: dict[str, int] = {}
    for post in postings:
        sums[post.amount.currency] = sums.get(post.amount.currency, 0) + post.amount.fen
    if any(sums.values()):
        raise ValueError(f"postings do not balance: {sums}")


@contextmanager
def unit_of_work(store: Store, chain: Chain) -> Iterator[Unit]:
    """One transaction: what is changed inside, its journal entries and postings, or nothing."""
    with store.transaction():
        unit = Unit(store, chain)
        yield unit
        unit.write()
    unit.keep_head()


def head_of(store: Store, window: int, epoch: int) -> tuple[int, str]:
    """Number and hash of the last entry of a chain; 0 and zeros before the first."""
    found: Row | None = store.first(
        "SELECT number, hash FROM chain_head WHERE window_id = ? AND epoch = ?", (window, epoch)
    )
    return (int(found[0]), str(found[1])) if found else (0, FIRST)


def set_head(store: Store, window: int, epoch: int, number: int, hashed: str) -> None:
    """Remember the last entry of a chain."""
    store.insert(
        ChainHead,
        [{"window_id": window, "epoch": epoch, "number": number, "hash": hashed}],
        conflict="ON CONFLICT (window_id, epoch) DO UPDATE "
        "SET number = excluded.number, hash = excluded.hash",
    )
