"""Who may sign in, and signing in: operator number and PIN, kept as argon2id verifiers."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from boxoffice.central import pulling
from boxoffice.central.guard import CENTRAL
from boxoffice.desk import Operator, Role
from boxoffice.domain.ids import new_id
from boxoffice.errors import BadOperator, NoOperators, WindowUnknown, WrongPin
from boxoffice.records.people import EVERY_WINDOW, Assignment, OperatorRecord, Pin
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import unit_of_work
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.services.staff import wrong_pins

SHORTEST_PIN = 4
LONGEST_PIN = 12


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """A verifier no PIN fits: an unknown number takes as long to refuse as a wrong PIN."""
    return _hasher().hash(new_id())


def peppered(pepper: bytes, pin: str) -> str:
    """What of a PIN goes into its verifier: without the pepper a stolen one tells nothing."""
    if not pepper:
        return pin
    return hmac.new(pepper, pin.encode(), hashlib.sha256).hexdigest()


def fits(verifier: str | None, pepper: bytes, pin: str) -> bool:
    """Whether this is the PIN behind a verifier (90 to 300 ms, also where there is none)."""
    try:
        _hasher().verify(verifier or _nobody(), peppered(pepper, pin))
    except VerifyMismatchError:
        return False
    return verifier is not None


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
    if not fits(str(found[0]) if found else None, office.pepper, pin) or found is None:
        wrong_pins.note(office, number)
        sync.report(office)
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
    """Enter an operator at central, and here.

    Raises BadOperator for a taken number or a weak PIN, OnlyAtCentral where central is on a server.
    """
    office.require_own_central()
    person = NewOperator(number, name, role, pin)
    office.link.lane.call(person.work(office.pepper))
    sync.pull(office)


@dataclass(frozen=True, slots=True, repr=False)
class NewOperator:
    """Somebody who is to sign in, at the windows named or at all of them.

    Raises BadOperator for a number or PIN that is none.
    """

    number: str
    name: str
    role: Role
    pin: str
    windows: Sequence[int] = (EVERY_WINDOW,)

    def __post_init__(self) -> None:
        if not (self.number.isascii() and self.number.isdigit()):
            raise BadOperator(why="number", value=self.number)
        weak = not SHORTEST_PIN <= len(self.pin) <= LONGEST_PIN
        if weak or not (self.pin.isascii() and self.pin.isdigit()):
            raise BadOperator(why="pin", value="")
        if not self.name.strip():
            raise BadOperator(why="name", value="")

    def work(self, pepper: bytes) -> Callable[[Store], None]:
        """What enters them at central, as its owner. It raises BadOperator for a taken number."""
        verifier = _hasher().hash(peppered(pepper, self.pin))
        person = {
            "id": new_id(),
            "number": self.number,
            "name": self.name.strip(),
            "role": self.role,
            "active": 1,
        }

        def enter(store: Store) -> None:
            with unit_of_work(store, CENTRAL) as unit:
                if store.first("SELECT 1 FROM operator WHERE number = ?", (self.number,)):
                    raise BadOperator(why="taken", value=self.number)
                store.insert(OperatorRecord, [person])
                store.insert(Pin, [{"operator_id": person["id"], "verifier": verifier}])
                assign(store, str(person["id"]), self.windows)
                pulling.raise_version(store, "people_version")
                facts = {"number": self.number, "role": self.role.value}
                if tuple(self.windows) != (EVERY_WINDOW,):
                    facts["windows"] = ",".join(map(str, sorted(self.windows)))
                unit.record("add_operator", facts=facts)

        return enter


def assign(store: Store, operator_id: str, windows: Sequence[int]) -> None:
    """At which windows an operator may sign in from now on. Raises WindowUnknown."""
    for window in sorted(set(windows) - {EVERY_WINDOW}):
        if not store.first("SELECT 1 FROM ticket_window WHERE id = ?", (window,)):
            raise WindowUnknown(window=window)
    store.run("DELETE FROM assignment WHERE operator_id = ?", (operator_id,))
    rows = [{"operator_id": operator_id, "window_id": n} for n in sorted(set(windows))]
    store.insert(Assignment, rows)
