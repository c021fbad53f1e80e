"""One window of a rehearsal: a process without a screen that works through its queue."""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from boxoffice.errors import CopiedRecords, RecordsBehind
from boxoffice.payments.protocol import Gateway
from boxoffice.rehearsal import clerk, paying, stage
from boxoffice.rehearsal.acts import ActLog
from boxoffice.rehearsal.counter import Counter
from boxoffice.rehearsal.noisy import noisy as make_noisy
from boxoffice.rehearsal.plan import Customer, Plan, Trouble
from boxoffice.rehearsal.stage import Doors
from boxoffice.rehearsal.troubles import Troubles
from boxoffice.rehearsal.venue_clock import Board
from boxoffice.services import machine
from boxoffice.services.follower import Follower
from boxoffice.services.keeper import Keeper
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.settings import Home

DONE, BUG, ORPHAN, GONE, LET_IN, LOCKED = 0, 70, 75, 76, 77, 78
"""How a process ends: all is done; something nobody foresaw; who started it is gone; its file is to
be put back from a copy; records that should be locked are not; they are, and should not be."""
PATIENCE = 20.0
"""Seconds until all of a journal has arrived over a line that is well."""
THREADED = 2 / 3
"""So many of the windows work with all their threads, as with a screen; the others in one."""


@dataclass(frozen=True, slots=True)
class Post:
    """What a window process is given: its home and number, its queue, where to note its acts."""

    doors: Doors
    home: Home
    number: int
    plan: Plan
    board: Board
    folder: Path
    boss: int
    """The process that started it: without it a window ends."""
    gateways: Mapping[str, Gateway]
    """Who is asked for money, by tender."""

    @property
    def queue(self) -> Sequence[Customer]:
        """Its customers, in order."""
        return self.plan.queues[self.number - 1]

    @property
    def log(self) -> Path:
        """Where its acts are noted."""
        return self.folder / f"acts-{self.number}"

    @property
    def trace(self) -> Path:
        """Where it says what nobody foresaw."""
        return self.folder / f"trace-{self.number}"

    @property
    def computer(self) -> Path:
        """What its computer remembers (custody rule 16)."""
        return self.folder / f"computer-{self.number}"

    @property
    def old_file(self) -> Path:
        """A copy of its records that is put back later."""
        return self.folder / f"old-{self.number}"

    def copy(self, trouble: Trouble) -> Path:
        """A copy of its home, made for this trouble."""
        return self.folder / f"copy-{self.number}-{trouble.at}-{trouble.fault}"


def fork(post: Post, work: Callable[[Post], int]) -> int:
    """Start a process for a window; answers its number. No thread may run at the fork."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = BUG
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # broken lines are no news here
        os.environ[machine.FOLDER] = str(post.computer)
        with post.trace.open("a", encoding="utf-8") as trace:
            faulthandler.enable(trace)
            try:
                post.board.use(post.number)
                code = work(post)
            except BaseException:
                traceback.print_exc(file=trace)
                raise
    finally:
        os._exit(code)


def serve(post: Post) -> int:
    """Serve the customers that are left in the queue."""
    stage.mark(post.home)
    log = ActLog(post.log)
    threaded = Random(f"{post.plan.seed} {post.number}").random() < THREADED
    with _opened(post, threaded=threaded, noisy=True) as office:
        troubles = Troubles(post.plan, post.board, office, post.number, post.old_file, post.copy)
        counter = Counter(office, log, troubles.around)
        first = post.board.begun(post.number)
        for place, customer in enumerate(post.queue[first:], start=first + 1):
            if os.getppid() != post.boss:
                return ORPHAN
            post.board.begin(post.number, place)
            if troubles.begin(place):
                _report_all(office)
                return GONE
            clerk.serve(counter, customer)
            if office.link.barred is not None or office.underway.stopped is not None:
                _say(post, f"locked: {office.link.barred or office.underway.stopped!r}")
                return LOCKED
            post.board.end(post.number, place)
    return DONE


def finish(post: Post) -> int:
    """After all faults are healed: start anew, have all money decided, close the shift, report."""
    log = ActLog(post.log)
    with _opened(post) as office:
        paying.settle_left(office, post.board)
        paying.settle(office, post.board)
        clerk.close_shift(Counter(office, log))
        _report_all(office)
    return DONE


def catch_up(post: Post) -> int:
    """Hear of what the others reported last."""
    with _opened(post) as office:
        sync.pull(office)
    return DONE


def stranger(post: Post) -> int:
    """Start on records that nobody may work with: copied, or put back from a copy."""
    try:
        with _opened(post) as office:
            office.require_unlocked()
    except (CopiedRecords, RecordsBehind):
        return DONE
    _say(post, f"let in: {post.home.path.name} on {post.computer.name}")
    return LET_IN


def renew(post: Post, file: Path) -> int:
    """Begin the new epoch a supervisor gave this window."""
    post.doors.enrol_window(post.home, file, lambda *_: None)
    return DONE


def _report_all(office: Office) -> None:
    until = time.monotonic() + PATIENCE
    own = (office.chain.window, office.chain.epoch)
    while office.writing.call(lambda store: sync.unsent(store, *own)):
        if time.monotonic() > until:
            raise TimeoutError("the journal does not arrive")
        sync.push(office)


def _say(post: Post, text: str) -> None:
    with post.trace.open("a", encoding="utf-8") as trace:
        trace.write(text + "\n")


@contextmanager
def _opened(post: Post, *, threaded: bool = False, noisy: bool = False) -> Iterator[Office]:
    with ExitStack() as ending:
        office = ending.enter_context(post.doors.open_office(post.home, threaded=threaded))
        office = replace(office, gateways=post.gateways)
        if noisy:
            office = make_noisy(office)
        post.doors.recover(office)
        if threaded:
            keeper = Keeper(office)
            ending.callback(keeper.close)
            keeper.start()
            follower = Follower(office)
            ending.callback(follower.close)
            follower.start()
        yield office
