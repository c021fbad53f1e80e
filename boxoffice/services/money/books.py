"""Books: the central records, for work on bills and transfers, from a window or a central home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from boxoffice.central import guard
from boxoffice.central.items import Credentials
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import NOBODY, Author, Chain, unit_of_work
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Books:
    """How the central records are read and written from here.

    Each call may raise CentralUnreachable; `write` is one transaction, safe to repeat as its work
    is.
    """

    venue: str
    """Tells this venue's numbers from those of others."""
    read: Callable[[Callable[[Store], Any]], Any]
    write: Callable[[Callable[[Store], Any]], Any]
    note: Callable[[str, Mapping[str, Any]], None]
    """An act and its facts, into the journal of whoever did it."""


def of_window(office: Office, author: Author = NOBODY) -> Books:
    """The central records as a window reaches them."""

    def write(work: Callable[[Store], T]) -> T:
        def run(store: Store, who: Credentials) -> T:
            with store.transaction():
                guard.check(store, who)
                return work(store)

        return office.link.call(run)

    def note(act: str, facts: Mapping[str, Any]) -> None:
        office.unit(lambda unit: unit.record(act, author=author, facts=facts), ["central"])
        sync.report(office)

    return Books(office.venue, lambda work: office.link.call(lambda s, _: work(s)), write, note)


def of_central(store: Store, chain: Chain, venue: str) -> Books:
    """The central records as their owner has them open."""

    def write(work: Callable[[Store], T]) -> T:
        with store.transaction():
            return work(store)

    def note(act: str, facts: Mapping[str, Any]) -> None:
        with unit_of_work(store, chain) as unit:
            unit.record(act, facts=facts)

    return Books(venue, lambda work: work(store), write, note)
