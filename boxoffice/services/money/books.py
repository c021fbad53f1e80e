"""Books: the central records, for work on bills and transfers, from a window or a central home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from boxoffice.central import by_owner, guard
from boxoffice.central.items import Credentials
from boxoffice.domain.statuses import PaybackStatus
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import NOBODY, Author, Chain
from boxoffice.services.money import moving
from boxoffice.services.office import Office
from boxoffice.services.setup.central_home import CentralHome
from boxoffice.services.sharing import sync

T = TypeVar("T")


class Move(Protocol):
    """One step of a transfer's payback, with what it posts; safe to repeat.

    Answers whether it stands there now: not where no step leads from how it stood. Raises
    HeldElsewhere while a window has its order, WrongStatus, CentralUnreachable.
    """

    def __call__(
        self,
        payback_id: str,
        order_id: str,
        wanted: PaybackStatus,
        reference: str = "",
        said: str = "",
    ) -> bool: ...


@dataclass(frozen=True, slots=True)
class Books:
    """How the central records are read and written from here.

    Each call may raise CentralUnreachable; `write` is one transaction, safe to repeat as its work
    is.
    """

    venue: str
    """Tells this venue's numbers from those of others."""
    chain: Chain
    """Whose journal says what was done."""
    seal: Seal
    read: Callable[[Callable[[Store], Any]], Any]
    write: Callable[[Callable[[Store], Any]], Any]
    note: Callable[[str, Mapping[str, Any]], None]
    """An act and its facts, into the journal of whoever did it."""
    move: Move
    report: Callable[[], object]
    """Brings what was done here to the central records."""


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

    return Books(
        venue=office.venue,
        chain=office.chain,
        seal=office.seal,
        read=lambda work: office.link.call(lambda store, _: work(store)),
        write=write,
        note=note,
        move=partial(moving.move, office),
        report=lambda: sync.push(office),
    )


def of_central(central: CentralHome, venue: str) -> Books:
    """The central records as their owner has them open."""
    store = central.store

    def write(work: Callable[[Store], T]) -> T:
        with store.transaction():
            return work(store)

    return Books(
        venue=venue,
        chain=guard.CENTRAL,
        seal=central.seal,
        read=lambda work: work(store),
        write=write,
        note=partial(by_owner.note, store),
        move=partial(moving.move_at_central, store),
        report=lambda: None,
    )
