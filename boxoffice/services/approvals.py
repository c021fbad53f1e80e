"""A second person: somebody else, with the right to, signs at the clerk's screen with their PIN."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.desk import Desk, Right
from boxoffice.errors import NotAllowed, SamePerson
from boxoffice.services import operators
from boxoffice.services.office import Office


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved one act; every act that needed it names them in its journal entry."""

    operator_id: str
    number: str
    name: str


def approve(*, office: Office, desk: Desk, number: str, pin: str, act: str) -> Approval:
    """Check the second person's number and PIN (90 to 300 ms: not on the GUI thread).

    Raises WrongPin, SamePerson where it is who works here, NotAllowed without the right.
    """
    person = operators.sign_in(office=office, number=number, pin=pin)
    if person.id == desk.operator.id:
        raise SamePerson()
    if not person.may(Right.APPROVE):
        raise NotAllowed(act=act, role=person.role.value)
    return Approval(person.id, person.number, person.name)
