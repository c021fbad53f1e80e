"""The counter of one window of a rehearsal: who works there, for whom, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from random import Random
from typing import Any, TypeVar

from boxoffice import clock
from boxoffice.errors import BoxOfficeError
from boxoffice.records.store import Row
from boxoffice.rehearsal.acts import DONE, ActLog
from boxoffice.rehearsal.plan import Customer, Want
from boxoffice.services.follower import Rounds
from boxoffice.services.office import Office
from boxoffice.services.printing import tickets
from boxoffice.services.sales import holds, releases
from boxoffice.services.setup.training import PEOPLE
from boxoffice.services.sharing import allotments, sync, wishes
from boxoffice.services.staff import operators, shifts
from boxoffice.services.staff.approvals import Approval

T = TypeVar("T")

CLERK, SUPERVISOR, SECOND = PEOPLE[0], PEOPLE[2], PEOPLE[3]
PRINTS = 8
"""One sale of so many is printed: making a page costs more than all the rest of a sale."""
RECENT = 40
"""A customer who comes back has an order among so many."""


class Counter:
    """What the acts at one window share; each act goes by the services the screens use."""

    def __init__(
        self,
        office: Office,
        log: ActLog,
        around: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self.office = office
        self._log = log
        self._around = around
        """Entered for every act: what is wrong with this computer meanwhile."""
        operator = operators.operator_by_number(office=office, number=CLERK.number)
        self.desk = shifts.desk_for(office=office, operator=operator)
        self.supervisor = operators.operator_by_number(office=office, number=SUPERVISOR.number)
        self.rounds = Rounds(office)
        self.random = Random()
        self.customer = Customer(0, Want.SEATS, 0)

    def turn_to(self, customer: Customer) -> None:
        """The next in the queue; all that is decided from now on is theirs."""
        self.customer = customer
        self.random = Random(customer.seed)

    def attempt(
        self, act: str, work: Callable[[], T], facts: Callable[[T], dict[str, Any]] | None = None
    ) -> T | None:
        """Do an act and note how it ended; None where it was refused or something broke."""
        begun = time.perf_counter()
        try:
            with self._around():
                answer = work()
        except BoxOfficeError as error:
            self._log.note(act, error.code, _since(begun), {})
            return None
        self._log.note(act, DONE, _since(begun), {} if facts is None else facts(answer))
        return answer

    def done(
        self, act: str, work: Callable[[], object], facts: Mapping[str, Any] | None = None
    ) -> bool:
        """Do an act whose answer does not matter; whether it was done."""

        def answered() -> bool:
            work()
            return True

        return self.attempt(act, answered, lambda _: dict(facts or {})) is not None

    def look_around(self) -> None:
        """What a window does by itself every few seconds."""
        if self.office.acts is None:
            # No keeper works behind a window without threads.
            self.done("pull", lambda: sync.pull(self.office))
            self.done("keep", lambda: allotments.keep(self.office))
            self.done("answer", lambda: wishes.answer(self.office))
        self.done("expire", lambda: releases.release_expired(self.office))
        self.done("sweep", lambda: holds.abandon_expired(office=self.office))

    def rows(self, sql: str, *params: object) -> list[Row]:
        """From the window's own file."""
        return self.office.read(lambda store: store.all(sql, params))

    def some(self, sql: str, *params: object) -> Row | None:
        """One of the rows, whichever the customer has."""
        found = self.rows(f"{sql} LIMIT {RECENT}", *params)
        return self.random.choice(found) if found else None

    def session(self, *, numbered: bool) -> int | None:
        """What the customer would like to see, today or later."""
        today = clock.business_day(clock.now()).isoformat()
        found = self.some(
            "SELECT id FROM session WHERE business_day >= ? AND (plan_id IS NOT NULL) = ? "
            "ORDER BY business_day, id",
            today,
            numbered,
        )
        return int(found[0]) if found else None

    def print(self, jobs: Sequence[str]) -> None:
        """Make the pages, now and then."""
        if self.random.randrange(PRINTS) == 0:
            self.done(
                "print",
                lambda: tickets.print_jobs(office=self.office, desk=self.desk, job_ids=jobs),
            )

    def approval(self, act: str) -> Approval:
        """A supervisor who stands beside; checking a PIN takes longer than all the rest."""
        who = self.supervisor
        return Approval(who.id, who.number, who.name, act)


def _since(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 3)
