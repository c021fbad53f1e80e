"""The four operators of a training or demo home, one per role."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from boxoffice.desk import Role
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators


@dataclass(frozen=True, slots=True)
class Person:
    """An invented operator; the PIN is no secret, since such a home takes no real money."""

    number: str
    name: str
    role: Role
    pin: str


PEOPLE = (
    Person("1001", "售票员 Clerk", Role.CLERK, "1001"),
    Person("2001", "取票员 Pickup", Role.PICKUP, "2001"),
    Person("3001", "主管 Supervisor", Role.SUPERVISOR, "3001"),
    Person("9001", "管理员 Admin", Role.ADMINISTRATOR, "9001"),
)


def enter(*, office: Office, person: Person) -> None:
    """Enter one of them."""
    operators.add_operator(
        office=office, number=person.number, name=person.name, role=person.role, pin=person.pin
    )


Entry = Future[Callable[[Store], None]]
"""What enters somebody at central, once their PIN is hashed."""


def new(person: Person) -> operators.NewOperator:
    """One of them as central enters people."""
    return operators.NewOperator(person.number, person.name, person.role, person.pin)


@contextmanager
def entries(people: Sequence[Person], pepper: bytes) -> Iterator[list[Entry]]:
    """Hash their PINs (a quarter of a second each) while the caller does something else."""
    with ThreadPoolExecutor(1, thread_name_prefix="pins") as behind:
        yield [behind.submit(new(person).work, pepper) for person in people]


def missing(*, office: Office) -> tuple[Person, ...]:
    """Those who are not there yet: an interrupted start is to be made good."""
    if office.settings.central:
        return ()  # central has entered them
    sync.pull(office)  # central may know one whom this window was cut off from hearing of
    known = office.read(lambda store: {row[0] for row in store.all("SELECT number FROM operator")})
    return tuple(person for person in PEOPLE if person.number not in known)


def missing_at(store: Store) -> tuple[Person, ...]:
    """Those whom central does not know yet."""
    known = {row[0] for row in store.all("SELECT number FROM operator")}
    return tuple(person for person in PEOPLE if person.number not in known)
