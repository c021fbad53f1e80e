"""Wrong PINs slow down, whatever is typed and however often the program starts."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.errors import TooManyPins, WrongPin
from boxoffice.services.staff import approvals, operators
from tests.faults.acts import broken, rows
from tests.homes import NOON, AtWork, at_work, small_home


def sign_in(work: AtWork, pin: str = "0000", number: str = "1001") -> None:
    operators.sign_in(office=work.office, number=number, pin=pin)


def wrong(work: AtWork, times: int, number: str = "1001") -> None:
    for _ in range(times):
        with pytest.raises(WrongPin):
            sign_in(work, number=number)


def waits(work: AtWork, number: str = "1001", pin: str = "0000") -> int:
    with pytest.raises(TooManyPins) as found:
        sign_in(work, pin, number)
    return int(str(found.value.fields["seconds"]))


def later(seconds: float) -> None:
    now = clock.now() + timedelta(seconds=seconds)
    clock.use(lambda: now)


def test_the_wait_grows_by_five_seconds_up_to_a_minute(work: AtWork) -> None:
    """A number nobody has waits like any other."""
    wrong(work, 3, "7777")
    found = []
    for _ in range(13):
        found.append(waits(work, "7777"))
        later(found[-1] - 0.5)
        assert waits(work, "7777") == 1
        later(0.5)
        wrong(work, 1, "7777")
    assert found == [*range(5, 60, 5), 60, 60]
    assert broken(work) == ()


def test_the_right_pin_waits_too_and_then_begins_anew(work: AtWork) -> None:
    wrong(work, 3)
    assert waits(work, pin="1001") == 5
    later(5)
    sign_in(work, "1001")
    wrong(work, 2)
    sign_in(work, "1001")
    assert rows(work, "SELECT * FROM sign_in_trouble") == []


def test_one_number_does_not_make_another_wait(work: AtWork) -> None:
    wrong(work, 3)
    sign_in(work, "3001", "3001")
    waits(work)


def test_a_restart_does_not_begin_anew(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        wrong(work, 3)
    with at_work(home) as work:
        assert waits(work) == 5


def test_a_clock_set_back_makes_nobody_wait_for_hours(work: AtWork) -> None:
    wrong(work, 3)
    clock.use(lambda: NOON - timedelta(hours=3))
    assert waits(work) == 60
    later(60)
    sign_in(work, "1001")


def test_the_journal_has_the_number_and_never_the_pin(work: AtWork) -> None:
    with pytest.raises(WrongPin):
        sign_in(work, "84629", "1001 ")
    (facts,) = rows(work, "SELECT facts FROM journal WHERE act = 'wrong_pin'")[0]
    assert json.loads(facts) == {"number": "1001", "wrong": 1}
    everything = rows(work, "SELECT facts, postings FROM journal")
    assert "84629" not in str(everything)


def test_an_approval_counts_like_a_sign_in(work: AtWork) -> None:
    for _ in range(3):
        with pytest.raises(WrongPin):
            approvals.approve(
                office=work.office, desk=work.desk, number="3001", pin="0000", act="drop"
            )
    assert waits(work, "3001", "3001") == 5
