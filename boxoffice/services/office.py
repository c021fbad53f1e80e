"""Office: what every service works with at one window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from boxoffice.central.link import Link
from boxoffice.changes import Changes
from boxoffice.devices.printer import Printer
from boxoffice.domain.signing import WindowKey
from boxoffice.lanes import Lane, Pool
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain, Unit, unit_of_work
from boxoffice.settings import Home, Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The records of one window, its line to central, its keys and printers."""

    home: Home
    settings: Settings
    writing: Lane[Store]
    reading: Lane[Store]
    link: Link
    chain: Chain
    changes: Changes
    seal: Seal
    key: WindowKey
    ticket_printer: Printer
    receipt_printer: Printer
    acts: Pool | None = None
    """Threads for acts of several steps; None where everything runs in one thread."""

    def write(self, work: Callable[[Store], T], topics: Iterable[str] = ()) -> T:
        """One transaction on the window's own file without a journal entry (baskets, requests)."""

        def run(store: Store) -> T:
            with store.transaction():
                return work(store)

        answer = self.writing.call(run)
        self.changes.tell(topics)
        return answer

    def unit(self, work: Callable[[Unit], T], topics: Iterable[str] = ()) -> T:
        """One unit of work on the window's own file: changes with journal and postings."""

        def run(store: Store) -> T:
            with unit_of_work(store, self.chain) as unit:
                return work(unit)

        answer = self.writing.call(run)
        self.changes.tell(topics)
        return answer

    def read(self, work: Callable[[Store], T]) -> T:
        """Ask the window's own file."""
        return self.reading.call(work)

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do something after the clerk has the answer; at once where there are no threads."""
        if self.acts is None:
            work()
        else:
            self.acts.submit(work)
