"""A second person: somebody else, with the right to, signs at the clerk's screen with their PIN."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.desk import RIGHTS, Desk, Right, Role
from boxoffice.errors import NeedsApproval, NotAllowed, SamePerson
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.staff import operators


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved one act; every act that needed it names them in its journal entry."""

    operator_id: str
    number: str
    name: str
    act: str
    """The word of the act it was given for; it serves no other."""


def approve(*, office: Office, desk: Desk, number: str, pin: str, act: str) -> Approval:
    """Check the second person's number and PIN (90 to 300 ms: not on the GUI thread).

    Raises WrongPin, SamePerson where it is who works here, NotAllowed without the right.
    """
    person = operators.sign_in(office=office, number=number, pin=pin)
    if person.id == desk.operator.id:
        raise SamePerson()
    if not person.may(Right.APPROVE):
        raise NotAllowed(act=Right.APPROVE.value, role=person.role.value)
    return Approval(person.id, person.number, person.name, act)


def require(store: Store, desk: Desk, approval: Approval | None, act: str) -> Approval:
    """Inside the transaction of an act: that somebody else approved it who still may.

    Raises NeedsApproval where nobody did, or for another act; SamePerson; NotAllowed.
    """
    if approval is None or approval.act != act:
        raise NeedsApproval(act=act)
    if approval.operator_id == desk.operator.id:
        raise SamePerson()
    found = store.first(
        "SELECT role FROM operator WHERE id = ? AND active = 1", (approval.operator_id,)
    )
    role = Role(found[0]) if found else None
    if role is None or Right.APPROVE not in RIGHTS[role]:
        raise NotAllowed(act=Right.APPROVE.value, role="" if role is None else role.value)
    return approval
