"""Keeper: one thread behind a window that keeps it in step with central.

It reports what is unsent in small pages, follows what others do, settles what a broken line left
open, answers wishes of other windows, keeps the allotment, lets reservations go whose time is over,
and is the only one to try a line that is broken. No clerk waits for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

from boxoffice import clock
from boxoffice.central.link import Lost, Reach
from boxoffice.central.listening import Ear
from boxoffice.errors import BoxOfficeError, CentralUnreachable, Fenced
from boxoffice.lanes import Lane
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sales import part_paid, releases
from boxoffice.services.sharing import allotments, custody, epochs, following, sync, wishes
from boxoffice.services.supervising import left_attempts, reviews

_log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
"""How often central is asked when it hints at nothing."""
CHORES_SECONDS, CHORES_GAP = 1.0, 0.2
"""How often wishes and the allotment are seen to; after a hint, how soon at the earliest."""
SWEEP_SECONDS = 30.0
"""How often reservations whose time is over are let go."""
FIRST_TRY_SECONDS, LAST_TRY_SECONDS = 1.0, 5.0
"""How soon a broken line is tried again: twice as long after each time, up to the last."""
TROUBLE_SECONDS = 5.0
"""After a full disk or a bug of ours the next round may wait."""
LAST_SECONDS = 2.0
"""How long a window that closes goes on reporting; the rest goes when it opens again."""
PULL_GAP = 0.03
"""Hints that come closer together are read together."""
PAGE_SECONDS = 0.07
"""What a page may take at central, where a take of the clerk may have to wait behind it."""
FEWEST, MOST = 5, 200
"""Entries of a page."""


class Keeper:
    """Started once the office is recovered; `close` before its lanes are."""

    def __init__(self, office: Office) -> None:
        self._office = office
        shared = bool(office.settings.central)
        self._ear = Ear(office.link.lane.another if shared else None)
        self._shared = shared
        self._ending = threading.Event()
        self._closed = False
        self._thread: threading.Thread | None = None
        # Where a round ends in a bug its future has it: the thread lives on.
        self._rounds: Lane[None] = Lane("round", lambda: None, lambda _: None, threaded=False)
        self._entries = MOST // 8
        self._lost: Lost | None = None
        self._wait = FIRST_TRY_SECONDS
        self._try_at = self._poll_at = self._chores_at = self._sweep_at = 0.0
        self._pulled_at = self._did_chores_at = 0.0
        self._hinted = True
        self._trouble = ""

    def start(self) -> None:
        """Begin; the line is watched from now on."""
        if self._thread is not None or self._ending.is_set():
            return
        self._thread = threading.Thread(target=self._run, name="keeper")
        self._office.link.watch(self._woken)
        self._thread.start()

    def close(self, within_s: float | None = None) -> bool:
        """End after the round under way and a last report; waits for both, or so many seconds.

        False where it goes on still. Once more it does nothing.
        """
        if self._closed:
            return True
        self._ending.set()
        if self._thread is not None:
            self._ear.wake()
            self._thread.join(within_s)
            if self._thread.is_alive():
                return False
        self._closed = True
        self._office.link.watch(None)
        self._ear.close()
        return True

    def _woken(self) -> None:
        self._ear.has_news()
        self._ear.wake()

    # --- the thread

    def _run(self) -> None:
        pause = 0.0
        while not self._ending.is_set():
            self._hinted |= self._ear.wait(pause)
            if self._ending.is_set():
                break
            done = self._rounds.submit(lambda _: self._round())
            error = done.exception()
            if error is None:
                pause, self._trouble = done.result(), ""
            elif isinstance(error, CentralUnreachable):
                pause = self._next_try()
            else:
                pause = TROUBLE_SECONDS
                self._log(error)
            self._tell_state()
            wishes.lapse(self._office)
        parting = self._rounds.submit(lambda _: self._report_last()).exception()
        if parting is not None:
            self._log(parting)

    def _report_last(self) -> None:
        """What was just done is reported before the window closes, if it takes a moment only."""
        end = monotonic() + LAST_SECONDS
        if self._office.link.lost is not None or not self._office.link.greeted:
            return
        while self._push() and monotonic() < end:
            pass
        self._ear.has_news()
        self._ear.tell()

    def _log(self, error: BaseException) -> None:
        """The same trouble round after round is told once."""
        code = error.code if isinstance(error, BoxOfficeError) else repr(error)
        if code == self._trouble:
            return
        self._trouble = code
        if isinstance(error, BoxOfficeError):
            _log.warning("the keeper: %s", code)
        else:
            _log.error("the keeper", exc_info=error)

    def _tell_state(self) -> None:
        """The screen says since when central is out of reach, and when it is back."""
        lost = self._office.link.lost
        if lost != self._lost:
            self._lost = lost
            self._office.changes.tell(["central"])

    def _round(self) -> float:
        """One piece of everything that is due; answers how long nothing else will be."""
        try:
            return self._work()
        except Fenced as ended:
            epochs.hear_end(self._office, ended)
            raise

    def _work(self) -> float:
        office = self._office
        # A clock that jumped is trusted again once central has said what time it is.
        if office.link.lost is not None or not office.link.greeted or not clock.trusted():
            if monotonic() < self._try_at:
                return self._try_at - monotonic()
            self._greet()
        self._ear.open()
        self._ear.tell()
        more = self._push()
        if office.underway.unanswered:
            custody.settle(office)
        more |= self._pull()
        self._do_chores()
        self._ear.tell()
        if more:
            return 0.0
        due = min(self._poll_at, self._chores_at)
        if self._hinted:
            due = min(due, self._pulled_at + PULL_GAP)
        return max(0.0, due - monotonic())

    def _greet(self) -> None:
        self._try_at = monotonic() + self._wait
        self._office.link.greet()
        self._wait = FIRST_TRY_SECONDS
        self._try_at = self._poll_at = self._chores_at = 0.0
        self._hinted = True

    def _next_try(self) -> float:
        """The line broke, or did not come back: how long until it is tried again."""
        if self._office.link.lost is None:
            return POLL_SECONDS  # it stands: the second line broke, or central has to wait
        now = monotonic()
        if self._try_at <= now:
            self._try_at = now + self._wait
        self._wait = min(self._wait * 2, LAST_TRY_SECONDS)
        return self._try_at - now

    # --- its work

    def _push(self) -> bool:
        """One page; the next is as long as central has the time for."""
        office = self._office
        if office.underway.stopped is not None:
            return False
        began = monotonic()
        more = sync.push_page(office, self._entries)
        took = monotonic() - began
        if more or took > PAGE_SECONDS:
            # Towards what just fits, by half or double at most: one slow page may be chance.
            fitting = int(self._entries * PAGE_SECONDS / max(took, PAGE_SECONDS / MOST))
            fitting = min(max(fitting, self._entries // 2), self._entries * 2)
            self._entries = min(max(fitting, FEWEST), MOST)
        return more

    def _pull(self) -> bool:
        now = monotonic()
        if now < (self._pulled_at + PULL_GAP if self._hinted else self._poll_at):
            return False
        if self._hinted:  # it may be a wish
            self._chores_at = min(self._chores_at, self._did_chores_at + CHORES_GAP)
        self._hinted, self._pulled_at, self._poll_at = False, now, now + POLL_SECONDS
        pulled = following.pull_page(self._office, self._reach())
        if pulled.more:
            self._hinted, self._pulled_at = True, 0.0
        return pulled.more

    def _reach(self) -> Reach | None:
        """The second line, where there is one: the first is for sales."""
        ear = self._ear
        if ear.store is None:
            return None

        def ask(work: Callable[[Store], Any]) -> Any:
            store = ear.store
            if store is None:
                raise CentralUnreachable(why="the second line")
            try:
                return work(store)
            except CentralUnreachable:
                ear.drop()
                raise

        return ask

    def _do_chores(self) -> None:
        office, now = self._office, monotonic()
        if now < self._chores_at or office.underway.stopped is not None:
            return
        self._chores_at, self._did_chores_at = now + CHORES_SECONDS, now
        if self._shared:
            wishes.answer(office)
            wishes.follow(office)
            allotments.keep(office)
        reviews.follow(office)
        left_attempts.follow(office)
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP_SECONDS
            releases.release_expired(office)
            part_paid.list_left(office)
