"""Wrong PINs: the journal notes them, and who goes on guessing waits longer every time.

How many were wrong stands in the records, so that a restart does not begin anew.
"""

from __future__ import annotations

from datetime import timedelta

from boxoffice import clock
from boxoffice.errors import TooManyPins
from boxoffice.records.store import Row, Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.office import Office

FREE_TRIES = 3
"""So many wrong PINs in a row of a number make the next try wait."""
STEP = timedelta(seconds=5)
"""How much longer each further one makes it wait."""
LONGEST = timedelta(seconds=60)


def wait_after(wrong: int) -> timedelta:
    """How long a number has to wait after so many wrong PINs in a row."""
    return min(max(0, wrong - FREE_TRIES + 1) * STEP, LONGEST)


def require_patience(office: Office, number: str) -> None:
    """Raises TooManyPins as long as the number has to wait."""
    found = office.read(lambda store: _trouble(store, number))
    if found is None or found[1] is None:
        return
    left = clock.from_text(found[1]) - clock.now()
    if left > LONGEST:
        # The clock was set back: nobody waits for longer than the longest wait.
        left = LONGEST
        until = clock.to_text(clock.now() + left)
        office.write(
            lambda store: store.run(
                "UPDATE sign_in_trouble SET until = ? WHERE number = ?", (until, number)
            )
        )
    if left > timedelta():
        raise TooManyPins(seconds=-(-left // timedelta(seconds=1)))


def note(office: Office, number: str) -> None:
    """Another wrong PIN for a number: counted, and journalled with the number only."""

    def write(unit: Unit) -> None:
        found = _trouble(unit.store, number)
        wrong = 1 if found is None else int(found[0]) + 1
        wait = wait_after(wrong)
        unit.store.run(
            "INSERT INTO sign_in_trouble (number, wrong, until) VALUES (?, ?, ?) "
            "ON CONFLICT (number) DO UPDATE SET wrong = excluded.wrong, until = excluded.until",
            (number, wrong, clock.to_text(unit.at + wait) if wait else None),
        )
        unit.record("wrong_pin", facts={"number": number, "wrong": wrong})

    office.unit(write, ["central"])


def forget(office: Office, number: str) -> None:
    """The right PIN: the number begins anew."""
    if office.read(lambda store: _trouble(store, number)) is not None:
        office.write(
            lambda store: store.run("DELETE FROM sign_in_trouble WHERE number = ?", (number,))
        )


def _trouble(store: Store, number: str) -> Row | None:
    return store.first("SELECT wrong, until FROM sign_in_trouble WHERE number = ?", (number,))
