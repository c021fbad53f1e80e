"""Context: what every screen is given: the office, the desk, how to ask and how to act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from boxoffice.desk import Desk
from boxoffice.errors import BoxOfficeError
from boxoffice.lanes import Pool
from boxoffice.queries import orders
from boxoffice.services.office import Office
from boxoffice.services.sharing import wanting
from ui.change_relay import ChangeRelay
from ui.error_presenter import ErrorPresenter
from ui.operation import Busy, Operation

T = TypeVar("T")


class Context(QObject):
    """One window's services as screens see them; lives on the GUI thread.

    `desk_changed` tells that somebody signed on, opened a shift, or left (desk is None).
    """

    desk_changed = Signal()

    def __init__(self, office: Office, acts: Pool, troubles: ErrorPresenter) -> None:
        super().__init__()
        self.office = office
        self.troubles = troubles
        self.relay = ChangeRelay(office.changes, self)
        self._operation = Operation(acts, troubles, self)
        self._desk: Desk | None = None
        self.relay.changed.connect(self._changed)

    @property
    def desk(self) -> Desk:
        """Who works here. Raises RuntimeError while nobody is signed on: pages are hidden then."""
        if self._desk is None:
            raise RuntimeError("nobody is signed on")
        return self._desk

    @property
    def signed_on(self) -> bool:
        """Whether somebody is."""
        return self._desk is not None

    def use_desk(self, desk: Desk | None) -> None:
        """Somebody signed on, opened a shift, or left."""
        self._desk = desk
        self.desk_changed.emit()

    def _changed(self, topics: frozenset[str]) -> None:
        """A wish ended: where a band says who has the order, it says how."""
        for topic in topics:
            kind, colon, order = topic.partition(":")
            if kind + colon in (wanting.GOT, wanting.FREE, wanting.OVER):
                self.ask(
                    self,
                    lambda store, order=order: orders.number_of(store, order),  # type: ignore[misc]
                    lambda number, how=kind + colon: self.troubles.wish_ended(number, how),  # type: ignore[misc]
                )

    def ask(self, owner: QObject, query: Callable[[Any], T], done: Callable[[T], object]) -> None:
        """Run `query(store)` of boxoffice.queries off this thread, then `done` with its answer."""
        self._operation.run(owner, lambda: self.office.read(query), done)

    def act(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[BoxOfficeError], object] | None = None,
        *,
        busy: Busy | None = None,
    ) -> None:
        """Call a service off the GUI thread; a refusal is shown beside `owner` unless `failed`."""
        self._operation.run(owner, work, done, failed, busy=busy)
