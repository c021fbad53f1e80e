"""Follower: one thread behind a window that asks after money nobody has decided.

Payments whose end is unknown are asked about until they have one; money on its way back is asked
for, and followed until it arrived; customers are told. No clerk waits for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic

from boxoffice.errors import BoxOfficeError, CentralUnreachable, Fenced
from boxoffice.lanes import Lane
from boxoffice.services.office import Office
from boxoffice.services.sales import asking, paybacks
from boxoffice.services.sharing import sync
from boxoffice.services.telling.outbox import Outbox

_log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
"""How soon what is new is seen."""
AGAIN_SECONDS = 60.0
"""How often one is asked about that nobody set a rhythm for."""


class Rounds:
    """What is due of what is open; each undecided one again after the rhythm of who is asked."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._outbox = Outbox(office)
        self._due: dict[str, float] = {}
        self._trouble: dict[str, str] = {}

    def go(self, now: float) -> int:
        """Ask after all that is due at `now` (seconds of a clock nobody sets); answers how many."""
        office = self._office
        self._outbox.go()
        if office.underway.stopped is not None or not office.gateways:
            return 0
        with suppress(CentralUnreachable, Fenced):
            sync.tell_attempts(office)  # what did not get through when it happened
        chain = office.chain
        open_, back = office.writing.call(
            lambda store: (
                asking.unfinished(store, chain),
                paybacks.waiting(store, chain.window, chain.epoch),
            )
        )
        asked = self._each(
            (one for one in open_ if one not in office.underway.talks),
            now,
            lambda one: asking.look_again(office=office, attempt_id=one).tender,
        )
        asked += self._each(
            back, now, lambda one: paybacks.follow(office=office, payback_id=one).tender
        )
        known = {*open_, *back}
        for gone in self._due.keys() - known:
            del self._due[gone]
        return asked

    def _each(self, ids: Iterable[str], now: float, ask: Callable[[str], str]) -> int:
        count = 0
        for one in ids:
            if self._due.get(one, now) > now:
                continue
            self._due[one] = now + AGAIN_SECONDS
            try:
                gateway = self._office.gateways.get(ask(one))
            except BoxOfficeError as error:
                # Of one that cannot be asked about now the others need not wait.
                if self._trouble.get(one) != error.code:
                    self._trouble[one] = error.code
                    _log.warning("asking after money: %s", error.code)
                continue
            if gateway is not None:
                self._due[one] = now + gateway.timing.look_again_s
            count += 1
        return count


class Follower:
    """Started once the office is recovered; `close` before its lanes are."""

    def __init__(self, office: Office) -> None:
        self._work = Rounds(office)
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        # Where a round ends in a bug its future has it: the thread lives on.
        self._rounds: Lane[None] = Lane("follow", lambda: None, lambda _: None, threaded=False)

    def start(self) -> None:
        """Begin; what a crash left is asked about at once."""
        if self._thread is None and not self._ending.is_set():
            self._thread = threading.Thread(target=self._run, name="follower")
            self._thread.start()

    def close(self, within_s: float | None = None) -> bool:
        """End after the question under way; waits for it, or so many seconds.

        False where it goes on still.
        """
        self._ending.set()
        if self._thread is not None:
            self._thread.join(within_s)
        return self._thread is None or not self._thread.is_alive()

    def _run(self) -> None:
        told = ""
        while not self._ending.wait(POLL_SECONDS):
            error = self._rounds.submit(lambda _: self._work.go(monotonic())).exception()
            said = "" if error is None else repr(error)
            if error is not None and said != told:
                _log.error("the follower", exc_info=error)
            told = said
