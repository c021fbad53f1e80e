"""Personal data in clear: by role, with a reason, and on record before anybody reads it."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.desk import Desk, Right
from boxoffice.errors import ReasonMissing
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync

SHOWN_FOR_S = 30
"""Seconds after which a screen hides it again."""
FIELDS = ("buyer", "phone", "attendees", "documents")


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """One attendee in clear."""

    position: int
    name: str
    document_type: str
    document: str


@dataclass(frozen=True, slots=True, repr=False)
class Revealed:
    """What was hidden of an order; never to be kept, logged or printed."""

    buyer: str
    phone: str
    people: tuple[Person, ...]


def reveal(*, office: Office, desk: Desk, order_id: str, reason: str) -> Revealed:
    """Names, phone and documents of an order in clear.

    The journal gets who looked, at which order, at what and why; never the data. Raises NotAllowed
    without the right, ReasonMissing, LookupError for an unknown order.
    """
    desk.require(Right.REVEAL)
    why = reason.strip()
    if not why:
        raise ReasonMissing()

    def note(unit: Unit) -> Revealed:
        found = _read(office, unit.store, order_id)
        unit.record(
            "reveal",
            author=Author(desk.operator.id, desk.shift_id),
            facts={"order": order_id, "fields": list(FIELDS), "reason": why},
        )
        return found

    found = office.unit(note, [f"order:{order_id}"])
    sync.report(office)
    return found


def _read(office: Office, store: Store, order_id: str) -> Revealed:
    head = store.first("SELECT buyer, phone_sealed FROM orders WHERE id = ?", (order_id,))
    if head is None:
        raise LookupError(f"no order {order_id}")
    lines = store.all(
        "SELECT position, attendee, document_type, document_sealed FROM order_line "
        "WHERE order_id = ? ORDER BY position",
        (order_id,),
    )
    people = tuple(Person(row[0], row[1], row[2], office.seal.open(row[3])) for row in lines)
    return Revealed(head[0], office.seal.open(head[1]), people)
