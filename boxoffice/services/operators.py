"""Who may sign in, and signing in: operator number and PIN, kept as argon2id verifiers."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from boxoffice.central import pulling
from boxoffice.central.guard import CENTRAL_EPOCH
from boxoffice.desk import Operator, Role
from boxoffice.domain.ids import new_id
from boxoffice.errors import BadOperator, NoOperators, WrongPin
from boxoffice.records.journal import CENTRAL_CHAIN
from boxoffice.records.people import EVERY_WINDOW, Assignment, OperatorRecord, Pin
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain, unit_of_work
from boxoffice.services import sync, wrong_pins
from boxoffice.services.office import Office

SHORTEST_PIN = 4
LONGEST_PIN = 12


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """A verifier no PIN fits: an unknown number takes as long to refuse as a wrong PIN."""
    return _hasher().hash(new_id())


def sign_in(*, office: Office, number: str, pin: str) -> Operator:
    """Check number and PIN (90 to 300 ms: not on the GUI thread).

    Raises WrongPin without telling which of the two is wrong, TooManyPins while a number that was
    wrong too often has to wait, NoOperators in a home without any.
    """
    number = number.strip()

    def look(store: Store) -> tuple[object, ...] | None:
        if store.first("SELECT 1 FROM operator") is None:
            raise NoOperators()
        return store.first(
            "SELECT p.verifier, o.id, o.number, o.name, o.role FROM operator o "
            "JOIN pin p ON p.operator_id = o.id WHERE o.number = ? AND o.active = 1",
            (number,),
        )

    found = office.read(look)
    wrong_pins.require_patience(office, number)
    try:
        _hasher().verify(str(found[0]) if found else _nobody(), pin)
    except VerifyMismatchError:
        found = None
    if found is None:
        wrong_pins.note(office, number)
        office.afterwards(lambda: sync.push(office))
        raise WrongPin()
    wrong_pins.forget(office, number)
    return Operator(str(found[1]), str(found[2]), str(found[3]), Role(str(found[4])))


def operator_by_number(*, office: Office, number: str) -> Operator:
    """The operator of a demo or training home who is signed in without a PIN."""
    found = office.read(
        lambda store: store.first(
            "SELECT id, number, name, role FROM operator WHERE number = ?", (number,)
        )
    )
    if found is None:
        raise NoOperators()
    return Operator(str(found[0]), str(found[1]), str(found[2]), Role(str(found[3])))


def add_operator(*, office: Office, number: str, name: str, role: Role, pin: str) -> None:
    """Enter an operator at central, and here. Raises BadOperator for a taken number, a weak PIN."""
    if not (number.isascii() and number.isdigit()):
        raise BadOperator(why="number", value=number)
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise BadOperator(why="pin", value="")
    if not name.strip():
        raise BadOperator(why="name", value="")
    verifier = _hasher().hash(pin)

    def enter(store: Store) -> None:
        with unit_of_work(store, Chain(CENTRAL_CHAIN, CENTRAL_EPOCH)) as unit:
            if store.first("SELECT 1 FROM operator WHERE number = ?", (number,)):
                raise BadOperator(why="taken", value=number)
            row = {
                "id": new_id(),
                "number": number,
                "name": name.strip(),
                "role": role,
                "active": 1,
            }
            store.insert(OperatorRecord, [row])
            store.insert(Pin, [{"operator_id": row["id"], "verifier": verifier}])
            everywhere = {"operator_id": row["id"], "window_id": EVERY_WINDOW}
            store.insert(Assignment, [everywhere])
            pulling.raise_version(store, "people_version")
            unit.record("add_operator", facts={"number": number, "role": role.value})

    office.link.lane.call(enter)
    sync.pull(office)
