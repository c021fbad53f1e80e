"""Windows whose epoch ended in the middle of money, and the supervisors who settle it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from boxoffice import bootstrap, clock
from boxoffice.central import fencing
from boxoffice.desk import Desk
from boxoffice.records.postgres import Address
from boxoffice.services.staff import operators, shifts
from boxoffice.services.staff.approvals import Approval
from boxoffice.services.supervising import left_attempts
from boxoffice.services.supervising.left_attempts import Settled
from boxoffice.verify.proof import prove
from tests import servers
from tests.gateways import Hours, with_parties
from tests.homes import AtWork, at_work
from tests.services.test_attempts_of_ended_epochs import Place
from tests.windows import window_home

OTHER = ("other", "3002", "主管", "supervisor", 1)
SECOND = "INSERT INTO operator VALUES (?, ?, ?, ?, ?)"


class Venue(Place):
    """Window 1 that is lost, and window 2 where a supervisor sits; both ask the same company."""

    def __init__(self, folder: Path, time: Hours) -> None:
        super().__init__(folder, time)
        self.other = window_home(folder / "2", self.database, 2)
        with self.owner() as central, central.transaction():
            central.run(SECOND, OTHER)

    @contextmanager
    def at_two(self) -> Iterator[AtWork]:
        with at_work(self.other) as found:
            clock.use(lambda: self.time.at)
            add_second(found)
            yield with_parties(found, self.party)

    def fence(self) -> None:
        """Window 1 is gone for good."""
        with self.owner() as central:
            fencing.fence(central, 1, operator="9001", reason="stolen")

    def status(self) -> tuple[str, str]:
        """Of the only attempt at central, and of its case."""
        ((attempt, case),) = self.central(
            "SELECT a.status, c.status FROM attempt a JOIN cases c ON c.key = a.order_id "
            "AND c.kind = 'attempt_left'"
        )
        return str(attempt), str(case)

    def broken_at_two(self) -> tuple[object, ...]:
        """What is wrong at central and at the window that lives."""
        central = Address(servers.database_url(self.database), servers.SCHEMA)
        with bootstrap.open_sides(self.other, central=central) as sides:
            return prove(sides).broken

    def settle(self, work: AtWork, order: str) -> Settled:
        desk, second = two_people(work, left_attempts.SETTLE)
        return left_attempts.settle(
            office=work.office,
            desk=desk,
            approval=second,
            order_id=order,
            wait=self.time.pass_,
        )


def add_second(work: AtWork) -> None:
    """The other supervisor is known at this window."""
    work.office.write(lambda store: store.run(f"{SECOND} ON CONFLICT DO NOTHING", OTHER))


def two_people(work: AtWork, act: str) -> tuple[Desk, Approval]:
    """A supervisor at the window, and the other who approves."""
    person = operators.operator_by_number(office=work.office, number="3001")
    desk = shifts.desk_for(office=work.office, operator=person)
    return desk, Approval("other", "3002", "主管", act)
