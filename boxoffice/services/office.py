"""Office: what every service works with at one window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from boxoffice.central.link import Link
from boxoffice.changes import Changes
from boxoffice.devices.printer import Printer
from boxoffice.domain.signing import WindowKey
from boxoffice.errors import BoxOfficeError, DiskTrouble, OnlyAtCentral
from boxoffice.lanes import Lane, Pool
from boxoffice.notices.protocol import Channel, Sender
from boxoffice.payments.apart import Apart
from boxoffice.payments.protocol import Gateway
from boxoffice.records import head_file
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain, Unit, unit_of_work
from boxoffice.settings import Home, Settings

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Underway:
    """What threads of this program are in the middle of; what is open without being named here is
    left over from a break. Both sets are asked on the write lane, where the records follow them."""

    requests: set[str] = field(default_factory=set)
    """Requests somebody waits for an answer to."""
    payments: set[str] = field(default_factory=set)
    """Baskets somebody is being paid for."""
    talks: dict[str, Any] = field(default_factory=dict)
    """Conversations with gateways under way, by attempt (`sales.asking.Talk`)."""
    absent: dict[str, float] = field(default_factory=dict)
    """Attempts whose gateway knows no such number, and since when (`clock.steady`)."""
    on_screen: set[str] = field(default_factory=set)
    """Orders somebody has in hand: they are not given to another window."""
    wished: dict[str, float] = field(default_factory=dict)
    """Orders this window has asked another one for, and since when (monotonic) a clerk knows that
    they are there: infinite while the answer is awaited, minus infinite once it was told."""
    wished_away: set[str] = field(default_factory=set)
    """Orders another window asked for and got: this one does not take them ahead of time again."""
    keeping: Lock = field(default_factory=Lock)
    """Held while the allotment is brought in line with its plan."""
    in_vain: dict[tuple[int, str], str] = field(default_factory=dict)
    """Session and level of which more is wanted than is to be had, and how the records stood."""
    told_at: float = float("-inf")
    """When central was last told that this window is here (monotonic)."""
    telling: bool = False
    """Something is stored of which central is about to be told: it goes outside the file too."""
    unanswered: bool = False
    """The line broke over a request: it is asked about before the next one."""
    pushing: threading.RLock = field(default_factory=threading.RLock)
    """One page is reported at a time."""
    pulling: threading.RLock = field(default_factory=threading.RLock)
    """The feed is followed by one thread at a time."""
    ahead: tuple[int, frozenset[int]] = 0, frozenset()
    """Lines of the feed that were read while older ones may still come (rule 13), and how many
    `pages` were stored then: with any other number they are of a feed that is no more."""
    pages: int = 0
    """How many pages of the feed were stored here; asked on the write lane."""
    places_at: float = float("-inf")
    """When central was last asked how many places others hold (monotonic)."""
    stopped: BoxOfficeError | None = None
    """Why central no longer takes what this window does: nothing more may be sold here."""


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
    gateways: Mapping[str, Gateway] = field(default_factory=dict)
    """Who is asked for money, by tender."""
    apart: Apart = field(default_factory=Apart)
    """What the slips of a terminal that stands alone look like."""
    senders: Mapping[Channel, Sender] = field(default_factory=dict)
    """Who carries notices to customers, by channel."""
    venue: str = ""
    """Tells this venue's gateway numbers from those of any other of the same merchant."""
    pepper: bytes = b""
    """Goes into every PIN before its verifier (rule 28)."""
    acts: Pool | None = None
    """Threads for acts of several steps; None where everything runs in one thread."""
    underway: Underway = field(default_factory=Underway)

    def write(
        self, work: Callable[[Store], T], topics: Iterable[str] = (), *, durable: bool = True
    ) -> T:
        """One transaction on the window's own file without a journal entry (baskets, requests).

        For `durable` see `Store.transaction`.
        """

        def run(store: Store) -> T:
            with store.transaction(durable=durable):
                answer = work(store)
            self._keep_told(store)
            return answer

        answer = self.writing.call(run)
        self.changes.tell(topics)
        return answer

    def unit(self, work: Callable[[Unit], T], topics: Iterable[str] = ()) -> T:
        """One unit of work on the window's own file: changes with journal and postings.

        Raises why, where these records are locked: a journal that was copied must not go on.
        """

        def run(store: Store) -> T:
            self.require_unlocked()
            with unit_of_work(store, self.chain) as unit:
                answer = work(unit)
                self._note_report(unit)
            self._keep_told(store)
            return answer

        answer = self.writing.call(run)
        self.changes.tell(topics)
        return answer

    def _note_report(self, unit: Unit) -> None:
        """What is reported at once is noted with it: to note it then would be a commit more."""
        if self.link.greeted and self.link.lost is None:
            head_file.note_page(unit.store, unit.number)
            self.underway.telling = True

    def _keep_told(self, store: Store) -> None:
        """After the commit, and before central hears of it: an old copy does not know (rule 16)."""
        if not self.underway.telling:
            return
        self.underway.telling = False
        try:
            for path in self.chain.head_files:
                head_file.write_told(path, self.chain.epoch, head_file.told(store))
        except DiskTrouble as error:
            # What is committed stands, and a line that lags behind the file does no harm.
            _log.warning("the head outside the records was not written: %s", error.fields["why"])

    def read(self, work: Callable[[Store], T]) -> T:
        """Ask the window's own file."""
        return self.reading.call(work)

    def afterwards(self, work: Callable[[], object]) -> None:
        """Do something after the clerk has the answer; at once where there are no threads.

        What the clerk did stands, so an error of this is logged; it shows where it is done again,
        as what is left out while the window closes is at the next start.
        """

        def behind() -> None:
            try:
                work()
            except BoxOfficeError as error:
                _log.warning("behind an act: %s", error.code)
                self.changes.tell(["central"])

        if self.acts is None:
            behind()
            return
        taken = self.acts.offer(behind)
        if taken is not None:
            taken.add_done_callback(_log_bug)

    def require_own_central(self) -> None:
        """Raises OnlyAtCentral where central is on a server that all share, or why these records
        are locked."""
        self.require_unlocked()
        if self.settings.central:
            raise OnlyAtCentral()

    def require_trusted(self) -> None:
        """Raises Fenced or ForkedJournal once central has refused what this window reports, or why
        its records are locked."""
        self.require_unlocked()
        if self.underway.stopped is not None:
            raise type(self.underway.stopped)(**self.underway.stopped.fields)

    def lock(self, error: BoxOfficeError) -> None:
        """Work no more with these records; they can be read and proved as before."""
        self.underway.stopped = error
        self.link.bar(error)
        self.changes.tell(["central"])

    def require_unlocked(self) -> None:
        """Raises why these records are locked, where they are (custody rule 16)."""
        if self.link.barred is not None:
            raise type(self.link.barred)(**self.link.barred.fields)


def _log_bug(done: Future[None]) -> None:
    error = done.exception()
    if error is not None:
        _log.error("behind an act", exc_info=error)
