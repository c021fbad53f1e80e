"""The four operators of a training or demo home, one per role."""

from __future__ import annotations

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


def new(person: Person) -> operators.NewOperator:
    """One of them as central enters people."""
    return operators.NewOperator(person.number, person.name, person.role, person.pin)


def enter_missing(*, office: Office) -> tuple[Person, ...]:
    """Enter those who are not there yet, and answer them: an interrupted start is made good."""
    if office.settings.central:
        return ()  # central has entered them
    sync.pull(office)  # central may know one whom this window was cut off from hearing of
    known = office.read(lambda store: {row[0] for row in store.all("SELECT number FROM operator")})
    missing = tuple(person for person in PEOPLE if person.number not in known)
    for person in missing:
        enter(office=office, person=person)
    return missing


def missing_at(store: Store) -> tuple[Person, ...]:
    """Those whom central does not know yet."""
    known = {row[0] for row in store.all("SELECT number FROM operator")}
    return tuple(person for person in PEOPLE if person.number not in known)
