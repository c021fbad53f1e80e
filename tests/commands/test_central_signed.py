"""Who may fence, free and restore by a command: named, proved by a PIN, of a role that may."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

import main
from boxoffice import clock
from boxoffice.desk import Role
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.records.store import Row
from boxoffice.services.staff import operators
from boxoffice.settings import Home, HomeKind
from tests.commands.signing import pins, signed
from tests.faults.acts import take
from tests.homes import NOON, at_work, small_home
from tests.venues import Venue

WHY = ("--reason", "stolen")
FENCES = "SELECT count(*) FROM journal WHERE window_id = 0 AND act = 'fence'"
Said = tuple[int, str]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A seat is in a basket; there is a supervisor who may no longer sign in, and a second one."""
    found = small_home(tmp_path)
    with at_work(found) as work:
        take(work, (1, 5))
        for number in ("3002", "3003"):
            operators.add_operator(
                office=work.office, number=number, name="主管", role=Role.SUPERVISOR, pin=number
            )
    ask(found, "UPDATE operator SET active = 0 WHERE number = '3003'")
    return found


def ask(home: Home, sql: str) -> list[Row]:
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    with closing(open_records(home.central_file, key, "CENTRAL")) as store, store.transaction():
        return store.all(sql) if sql.startswith("SELECT") else [(store.run(sql),)]


def run(
    capsys: pytest.CaptureFixture[str],
    home: Home,
    *words: str,
    typed: tuple[str, ...] | None = None,
) -> Said:
    """Answers status and what was said; everybody types the right PIN, or what is named."""
    clock.use(lambda: NOON)
    capsys.readouterr()
    given = ["central", *words, "--home", str(home.path)]
    with signed(given) if typed is None else pins(*typed):
        status = main.main(given)
    out, err = capsys.readouterr()
    return status, out + err


@pytest.mark.parametrize(
    ("number", "pin", "said"),
    [
        ("7777", "7777", "7777 did not sign"),
        ("3001", "0000", "3001 did not sign"),
        ("3003", "3003", "3003 did not sign"),
        ("1001", "1001", "role of 1001 (clerk) may not"),
        ("2001", "2001", "role of 2001 (pickup desk) may not"),
        ("3001", "", "PIN of 3001 was not given"),
        ("", "", "--operator NUMBER"),
    ],
)
def test_who_may_not_ends_no_epoch(
    home: Home, capsys: pytest.CaptureFixture[str], number: str, pin: str, said: str
) -> None:
    for words in (("fence", "1"), ("free", "1"), ("restored",)):
        status, told = run(capsys, home, *words, "--operator", number, *WHY, typed=(pin,))
        assert status
        assert said in told
        assert len(told.splitlines()) == 1
    assert ask(home, FENCES) == [(0,)]
    assert ask(home, "SELECT epoch, fenced FROM ticket_window") == [(1, 0)]


@pytest.mark.parametrize(
    ("approver", "pin", "said"),
    [
        ("7777", "7777", "7777 did not sign"),
        ("3003", "3003", "3003 did not sign"),
        ("1001", "1001", "role of 1001 (clerk) may not"),
        ("3002", "3001", "3002 did not sign"),
        ("3002", "", "PIN of 3002 was not given"),
        (" 3001 ", "3001", "somebody else"),
    ],
)
def test_who_may_not_approves_nothing(
    home: Home, capsys: pytest.CaptureFixture[str], approver: str, pin: str, said: str
) -> None:
    by = ("--operator", "3001", *WHY)
    assert run(capsys, home, "fence", "1", *by)[0] == 0
    status, told = run(capsys, home, "free", "1", *by, "--approver", approver, typed=("3001", pin))
    assert status
    assert said in told
    assert ask(home, "SELECT count(*) FROM freed_seat") == [(0,)]
    status, told = run(capsys, home, "free", "1", *by, "--approver", "3002")
    assert (status, "1 seats" in told) == (0, True)
    assert ask(home, "SELECT operator, approver FROM freed_seat") == [("3001", "3002")]


def test_a_reason_is_given(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = run(capsys, home, "fence", "1", "--operator", "3001", "--reason", "  ")
    assert (status, "Say why" in told) == (1, True)
    assert ask(home, FENCES) == [(0,)]


def test_an_epoch_ends_once_and_the_second_one_hears_of_the_first(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, home, "fence", "1", "--operator", "3001", *WHY)[0] == 0
    again = ("fence", "1", "--operator", "3002", "--reason", "burnt")
    status, told = run(capsys, home, *again)
    assert status == 0, "what was wanted is so"
    assert told.startswith(
        "epoch 1 of window 1 had ended already, on 2025-09-27 12:00:00 by 3001 (stolen); "
        "nothing was changed\noff sale until freed: 1 seats"
    )
    before = json.loads(run(capsys, home, *again, "--json")[1])["before"]
    assert before == {"at": clock.to_text(NOON), "by": "3001", "reason": "stolen"}
    assert ask(home, FENCES) == [(1,)]


# --- on a server, with the owner's rights


def test_at_a_central_home_too(venue: Venue, capsys: pytest.CaptureFixture[str]) -> None:
    venue.file("East")
    east = ("fence", "East", *WHY, "--operator")
    status, told = run(capsys, venue.home, *east, "1001")
    assert (status, "(clerk) may not" in told) == (1, True)
    status, told = run(capsys, venue.home, *east, "9001", typed=("9999",))
    assert (status, "9001 did not sign" in told) == (1, True)
    assert run(capsys, venue.home, *east, "9001")[0] == 0
    status, told = run(capsys, venue.home, *east, "3001")
    assert (status, "by 9001 (stolen); nothing was changed" in told) == (0, True)
    status, told = run(capsys, venue.home, "restored", "--operator", "3001", *WHY)
    assert (status, "waiting for: nobody" in told) == (0, True)
    with venue.opened() as central:
        acts = central.store.all(
            "SELECT act FROM journal WHERE window_id = 0 AND act <> 'import' ORDER BY number"
        )
        assert [act for (act,) in acts][-3:] == ["wrong_pin", "fence", "restored"]
