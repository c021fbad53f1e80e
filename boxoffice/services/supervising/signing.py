"""Who acts at central by a command: named by number, proved by PIN, of a role that may.

What they do is kept under these numbers, so nobody is named who did not sign. Wrong PINs are
noted in central's own journal, and who goes on guessing waits, as at a window.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from boxoffice import clock, settings
from boxoffice.central.guard import CENTRAL
from boxoffice.desk import RIGHTS, Right, Role
from boxoffice.errors import NoOperators, RoleMayNot, SamePerson, TooManyPins, WrongPinOf
from boxoffice.records.journal import CENTRAL_CHAIN
from boxoffice.records.keys import load_keys
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import unit_of_work
from boxoffice.services.staff import operators, wrong_pins
from boxoffice.settings import Home, HomeKind

RIGHT = Right.SETTLE_CASES
"""What everybody who signs here has to have: supervisors and administrators do."""
WRONG = "wrong_pin"
"""The word in the journal, as at a window."""
RECENT = timedelta(minutes=10)
"""Wrong PINs of so long make the next one wait."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The number somebody is named by, and the PIN that proves it."""

    number: str
    pin: str = field(repr=False)


def sign(home: Home, central: Store, signatures: Sequence[Signature]) -> None:
    """Check all who act, none of them twice (90 to 300 ms each).

    `home` has the pepper of the PINs. Raises NoOperators, SamePerson, TooManyPins, WrongPinOf for
    one who is unknown or blocked, too, and RoleMayNot.
    """
    if len({signature.number for signature in signatures}) < len(signatures):
        raise SamePerson()
    if central.first("SELECT 1 FROM operator") is None:
        raise NoOperators()
    wanted = settings.load(home)
    pepper = load_keys(home, wanted.kind).raw("pepper")
    # A clock that begins anew with every command cannot tell how long somebody waited.
    patient = wanted.kind in (HomeKind.REAL, HomeKind.CENTRAL) and not wanted.training_time
    for signature in signatures:
        if patient:
            _require_patience(central, signature.number)
        role = _proved(central, pepper, signature)
        if RIGHT not in RIGHTS[role]:
            raise RoleMayNot(number=signature.number, act=RIGHT.value, role=role.value)


def _proved(central: Store, pepper: bytes, signature: Signature) -> Role:
    found = central.first(
        "SELECT p.verifier, o.role FROM operator o JOIN pin p ON p.operator_id = o.id "
        "WHERE o.number = ? AND o.active = 1",
        (signature.number,),
    )
    if operators.fits(str(found[0]) if found else None, pepper, signature.pin) and found:
        return Role(str(found[1]))
    with unit_of_work(central, CENTRAL) as unit:
        wrong = len(_wrong(central, signature.number)) + 1
        unit.record(WRONG, facts={"number": signature.number, "wrong": wrong})
    raise WrongPinOf(number=signature.number)


def _require_patience(central: Store, number: str) -> None:
    tries = _wrong(central, number)
    if not tries:
        return
    wait = wrong_pins.wait_after(len(tries))
    # The clock may have been set back: nobody waits for longer than that.
    left = min(wait, clock.from_text(tries[-1]) + wait - clock.now())
    if left > timedelta():
        raise TooManyPins(seconds=-(-left // timedelta(seconds=1)))


def _wrong(central: Store, number: str) -> list[str]:
    """When wrong PINs of a number were given lately (UTC text), the last one last."""
    since = clock.to_text(clock.now() - RECENT)
    return [
        str(at)
        for at, facts in central.all(
            "SELECT at, facts FROM journal WHERE window_id = ? AND act = ? AND at > ? "
            "ORDER BY number",
            (CENTRAL_CHAIN, WRONG, since),
        )
        if json.loads(facts)["number"] == number
    ]
