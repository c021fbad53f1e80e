"""Signing at central: wrong PINs are noted, and who goes on guessing waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import clock, settings
from boxoffice.errors import NoOperators, RoleMayNot, SamePerson, TooManyPins, WrongPinOf
from boxoffice.records.store import Store
from boxoffice.services.supervising.signing import Signature, sign
from boxoffice.settings import Home
from tests import venues
from tests.homes import NOON

RIGHT = Signature("3001", "3001")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Home, Store]]:
    """A central home that is not for training, and its records."""
    with venues.venue(tmp_path) as venue:
        settings.save(venue.home, replace(settings.load(venue.home), training_time=""))
        with venue.opened() as central:
            yield venue.home, central.store


def noted(central: Store) -> list[str]:
    sql = "SELECT facts FROM journal WHERE window_id = 0 AND act = 'wrong_pin' ORDER BY number"
    return [str(facts) for (facts,) in central.all(sql)]


def test_who_goes_on_guessing_waits(place: tuple[Home, Store]) -> None:
    home, central = place
    for _ in range(3):
        with pytest.raises(WrongPinOf):
            sign(home, central, [Signature("3001", "0000")])
    assert noted(central) == [f'{{"number":"3001","wrong":{n}}}' for n in (1, 2, 3)]
    with pytest.raises(TooManyPins) as told:
        sign(home, central, [RIGHT])
    assert told.value.fields["seconds"] == 5
    sign(home, central, [Signature("9001", "9001")])
    assert len(noted(central)) == 3, "who has to wait is not guessing"
    clock.use(lambda: NOON + timedelta(seconds=5))
    sign(home, central, [RIGHT])
    with pytest.raises(WrongPinOf):
        sign(home, central, [Signature("3001", "0000")])
    with pytest.raises(TooManyPins) as told:
        sign(home, central, [RIGHT])
    assert told.value.fields["seconds"] == 10
    clock.use(lambda: NOON - timedelta(hours=1))
    with pytest.raises(TooManyPins) as told:
        sign(home, central, [RIGHT])
    assert told.value.fields["seconds"] == 10, "a clock that was set back keeps nobody out"
    clock.use(lambda: NOON + timedelta(minutes=11))
    sign(home, central, [RIGHT])


def test_all_of_them_have_to_sign(place: tuple[Home, Store]) -> None:
    home, central = place
    with pytest.raises(SamePerson):
        sign(home, central, [RIGHT, RIGHT])
    with pytest.raises(RoleMayNot):
        sign(home, central, [RIGHT, Signature("1001", "1001")])
    with pytest.raises(WrongPinOf):
        sign(home, central, [RIGHT, Signature("9001", "3001")])
    with central.transaction():
        central.run("UPDATE operator SET active = 0 WHERE number = '9001'")
    with pytest.raises(WrongPinOf):
        sign(home, central, [RIGHT, Signature("9001", "9001")])
    with central.transaction():
        for table in ("assignment", "pin", "operator"):
            central.run(f"DELETE FROM {table}")
    with pytest.raises(NoOperators):
        sign(home, central, [RIGHT])


def test_a_pin_is_shown_nowhere() -> None:
    assert repr(RIGHT) == "Signature(number='3001')"
