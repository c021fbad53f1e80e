"""A real home does not open while the computer's clock stands before its last entry."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import bootstrap, clock
from boxoffice.desk import Role
from boxoffice.errors import ClockBehind
from boxoffice.sentences import english
from boxoffice.services.staff import operators, shifts
from boxoffice.settings import Home, HomeKind, Settings
from tests.homes import NOON


def test_a_clock_set_back_is_said_and_loses_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "real")
    clock.use(lambda: NOON)
    bootstrap.make_home(home, Settings(kind=HomeKind.REAL))
    with bootstrap.open_office(home) as office:
        operators.add_operator(office=office, number="7", name="七", role=Role.CLERK, pin="7777")
        clerk = operators.sign_in(office=office, number="7", pin="7777")
        desk = shifts.desk_for(office=office, operator=clerk)
        shifts.open_shift(office=office, desk=desk, float_fen=1)
    clock.use(lambda: NOON - timedelta(minutes=1))
    with bootstrap.open_office(home):
        pass
    clock.use(lambda: NOON - timedelta(days=1))
    with pytest.raises(ClockBehind) as refused, bootstrap.open_office(home):
        pass
    assert "2025-09-26 12:00" in english(refused.value)
    clock.use(lambda: NOON)
    with bootstrap.open_office(home) as office:
        assert office.read(lambda store: store.first("SELECT count(*) FROM shift")) == (1,)
