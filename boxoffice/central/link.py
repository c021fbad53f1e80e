"""Link: a window's line to central, with the greeting that begins every connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import peewee

from boxoffice.central import guard
from boxoffice.central.items import Credentials, Hello
from boxoffice.errors import (
    BoxOfficeError,
    CentralUnreachable,
    DiskTrouble,
    NoHome,
    RecordsUnreadable,
)
from boxoffice.lanes import Lane
from boxoffice.records.store import Store

T = TypeVar("T")


class Link:
    """Runs work at central on the central lane; a broken line is dropped and greeted anew."""

    def __init__(self, lane: Lane[Store], window: int, epoch: int) -> None:
        self.lane = lane
        self._window = window
        self._epoch = epoch
        self._hello: Hello | None = None

    def call(self, work: Callable[[Store, Credentials], T]) -> T:
        """Do `work(store, credentials)` at central and wait.

        Raises CentralUnreachable where the line is broken: what happened there is then unknown
        and has to be asked about.
        """

        def run(store: Store) -> T:
            # Another thread may drop the greeting while this lane is at work.
            hello = self._hello or guard.hello(store, self._window, self._epoch)
            self._hello = hello
            return work(store, hello.credentials)

        return self._guarded(lambda: self.lane.call(run))

    @property
    def greeted(self) -> bool:
        """Whether a connection stands, as far as is known here."""
        return self._hello is not None

    def greet(self) -> Hello:
        """What central knows of this window now; begins a new connection."""

        def run(store: Store) -> Hello:
            hello = self._hello = guard.hello(store, self._window, self._epoch)
            return hello

        return self._guarded(lambda: self.lane.call(run))

    def _guarded(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except CentralUnreachable:
            self._hello = None
            self.lane.drop()
            raise
        except (DiskTrouble, RecordsUnreadable, NoHome, peewee.OperationalError) as error:
            self._hello = None
            self.lane.drop()
            raise CentralUnreachable(why=_why(error)) from error


def _why(error: Exception) -> str:
    """In a few words what broke the line."""
    if isinstance(error, BoxOfficeError):
        return ", ".join(str(value) for value in error.fields.values())
    return str(error)
