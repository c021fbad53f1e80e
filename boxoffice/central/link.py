"""Link: a window's line to central, with the greeting that begins every connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import peewee

from boxoffice import clock
from boxoffice.central import guard
from boxoffice.central.items import Credentials, Hello
from boxoffice.errors import (
    BoxOfficeError,
    CentralRecovering,
    CentralUnreachable,
    CopiedRecords,
    DiskTrouble,
    NoHome,
    RecordsUnreadable,
)
from boxoffice.lanes import Lane
from boxoffice.records.postgres import NEWER_CONNECTION
from boxoffice.records.store import Store

T = TypeVar("T")

Reach = Callable[[Callable[[Store], Any]], Any]
"""Runs a reading function at central, on whichever line."""

_BROKEN = (DiskTrouble, RecordsUnreadable, NoHome, peewee.OperationalError)
"""What a file of central records raises where a server's line would be broken."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Central is out of reach: since when, and what the line said."""

    since: datetime
    why: str
    error: CentralUnreachable | None = field(default=None, compare=False)
    """Where central said it itself: it waits for other windows, or is of another version."""


class Link:
    """Runs work at central on the central lane; a broken line is dropped and greeted anew.

    Somebody may `watch` it (the keeper): then a line that is known to be broken answers so at
    once, in front of a customer nobody waits for it, and only the watcher tries it again.
    """

    def __init__(self, lane: Lane[Store], window: int, epoch: int) -> None:
        self.lane = lane
        self._window = window
        self._epoch = epoch
        self._hello: Hello | None = None
        self._greetings = 0
        self._lost: Lost | None = None
        self._watcher: Callable[[], object] | None = None
        self.heard: Callable[[Store, Hello], object] | None = None
        """Judges a greeting on the central lane, before the connection is used; may refuse it."""
        self.barred: BoxOfficeError | None = None

    def call(self, work: Callable[[Store, Credentials], T]) -> T:
        """Do `work(store, credentials)` at central and wait.

        Raises CentralUnreachable where the line is broken: what happened there is then unknown
        and has to be asked about.
        """
        self._require_allowed()
        self.require_standing()

        def run(store: Store) -> T:
            self.require_standing()  # it may have broken while this waited for its turn
            # Another thread may drop the greeting while this lane is at work.
            hello = self._hello or self._greet(store)
            before = store.commits
            try:
                return work(store, hello.credentials)
            finally:
                if store.commits != before:
                    self.wake()

        return self._guarded(run)

    def bar(self, error: BoxOfficeError) -> None:
        """From now on every call raises this: these records may not be worked with (rule 16)."""
        self._hello, self.barred = None, error

    def _require_allowed(self) -> None:
        if self.barred is not None:
            raise type(self.barred)(**self.barred.fields)

    def greet(self) -> Hello:
        """What central knows of this window now; begins a new connection."""
        return self._guarded(self._greet)

    def _greet(self, store: Store) -> Hello:
        self._require_allowed()
        self._hello = None  # whatever becomes of this greeting, the one before it is over
        hello = guard.hello(store, self._window, self._epoch)
        if self.heard is not None:
            self.heard(store, hello)
        self._hello = hello
        self._greetings += 1
        self._lost = None
        return self._hello

    # --- how the line is

    @property
    def greeted(self) -> bool:
        """Whether a connection stands, as far as is known here."""
        return self._hello is not None

    @property
    def lost(self) -> Lost | None:
        """Since when central is out of reach, and why; None while the line stands or is untried."""
        return self._lost

    @property
    def watched(self) -> bool:
        """Whether somebody looks after the line, and reports what is unsent."""
        return self._watcher is not None

    def watch(self, watcher: Callable[[], object] | None) -> None:
        """From now on `watcher` is called, from any thread, when there is something to report, or
        told, or the line broke; None: nobody watches any more."""
        self._watcher = watcher

    def wake(self) -> None:
        """Something waits to be reported."""
        watcher = self._watcher
        if watcher is not None:
            watcher()

    def require_standing(self) -> None:
        """Raises CentralUnreachable at once where the line is known to be broken and watched."""
        lost = self._lost
        if lost is not None and self.watched:
            if lost.error is not None:
                raise type(lost.error)(**lost.error.fields)
            raise CentralUnreachable(why=lost.why)

    def _guarded(self, work: Callable[[Store], T]) -> T:
        greetings = self._greetings

        def run(store: Store) -> T:
            try:
                return work(store)
            except CentralRecovering:
                # The line stands: it is central that has to wait, for this window too perhaps.
                self._hello = None
                raise
            except (CentralUnreachable, *_BROKEN) as error:
                # On the lane itself: nobody has come to greet a new line in between.
                self._hello = None
                self.lane.drop()
                if isinstance(error, CentralUnreachable) and _is_twin(error):
                    # Nobody here began it: the same records are at work elsewhere, and whoever
                    # began anew now would only be thrown out in turn.
                    self.bar(CopiedRecords(window=self._window, why="twice"))
                    self._require_allowed()
                raise

        try:
            return self.lane.call(run)
        except CentralRecovering as waits:
            lost = self._lost
            if lost is not None:  # it is back, and says itself why nothing goes on yet
                self._lost = Lost(lost.since, _why(waits), waits)
            raise
        except CentralUnreachable as error:
            self._lose(greetings, error)
            raise
        except _BROKEN as error:
            self._lose(greetings, error)
            raise CentralUnreachable(why=_why(error)) from error

    def _lose(self, greetings: int, error: Exception) -> None:
        """The line broke, unless it was greeted again since."""
        if self._greetings != greetings:
            return
        self._hello = None
        lost = self._lost
        said = error if isinstance(error, CentralUnreachable) else None
        self._lost = Lost(lost.since if lost else clock.now(), _why(error), said)
        if lost is None:
            self.wake()


def _is_twin(error: CentralUnreachable) -> bool:
    return error.fields.get("why") == NEWER_CONNECTION


def _why(error: Exception) -> str:
    """In a few words what broke the line."""
    if isinstance(error, BoxOfficeError):
        return ", ".join(str(value) for value in error.fields.values())
    return str(error)
