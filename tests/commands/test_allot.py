"""`main.py central allot`: the plan written, shown, and how far it would reach."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

import main
from boxoffice import clock, settings
from boxoffice.central import fencing
from boxoffice.services.sharing import allotments, sync
from tests.faults.acts import take
from tests.homes import NOON
from tests.services.allotted import ahead
from tests.venues import Venue

PLANNED = {
    "window": "East",
    "session": "O2",
    "category": "A",
    "groups": {"pairs": 3, "threes": 0, "fours": 1},
    "places": 0,
    "orders": 0,
    "held": 0,
    "held_orders": 0,
    "why": "coming",
}


def allot(venue: Venue, *words: str) -> int:
    return main.main(["central", "allot", *words, "--home", str(venue.home.path)])


LEVEL = ("--session", "O2", "--category", "A")


def test_a_plan_is_written_shown_and_kept(venue: Venue, capsys: pytest.CaptureFixture[str]) -> None:
    east = venue.window("East")
    assert allot(venue, "East", *LEVEL, "--pairs", "2", "--fours", "1") == 0
    assert capsys.readouterr().out == (
        "window East, O2 A: pairs 2, fours 1; holds 0 of 8 seats: no shift is open there; "
        "it takes them when one is\n"
    )
    with venue.at_work(east) as work:
        sync.push(work.office)
        assert allot(venue, "East", *LEVEL, "--pairs", "3", "--json") == 0
        assert json.loads(capsys.readouterr().out) == [PLANNED], "what is not named stays"
        sync.pull(work.office)
        allotments.keep(work.office)
        assert len(ahead(work)) == 10
        assert allot(venue) == 0
        assert capsys.readouterr().out == (
            "window East, O2 A: pairs 3, fours 1; holds 10 of 10 seats\n"
        )
        assert allot(venue, "--report", "--hours", "0.1", "--json") == 0
        (row,) = json.loads(capsys.readouterr().out)
        assert (row["window"], row["holds"], row["parties"]) == ("East", 10, 2)
        assert allot(venue, "--report") == 0
        assert "window East, O2 A: holds 10, largest party 10 now" in capsys.readouterr().out
        assert allot(venue, "1", *LEVEL, "--pairs", "0", "--fours", "0") == 0
        assert capsys.readouterr().out == "window 1, O2 A: nothing any more\n"
    assert allot(venue) == 0
    assert capsys.readouterr().out == "nothing is allotted for today or later\n"


def test_it_is_said_why_a_window_holds_less(
    venue: Venue, capsys: pytest.CaptureFixture[str]
) -> None:
    home = venue.window("East")
    venue.file("West")
    with venue.at_work(home) as work:
        sync.push(work.office)
        assert allot(venue, "West", *LEVEL, "--pairs", "10") == 0
        assert "holds 0 of 20 seats: it has not started yet" in capsys.readouterr().out
        take(work, (1, 5))
        sync.push(work.office)
        assert allot(venue, "East", "--session", "G1", "--places", "6", "--orders", "2") == 0
        out = capsys.readouterr().out
        said = "places 6, orders 2; holds 0 of 6 places, 0 of 2 orders: it takes them by and by"
        assert said in out
        with venue.opened() as central:
            seat = work.seat(1, 6)
            with central.store.transaction():
                central.store.run(
                    "UPDATE custody_seat SET free_from = NULL, holder = NULL, epoch = NULL, "
                    "order_id = (SELECT id FROM orders LIMIT 1) WHERE seat_id = ? "
                    "AND session_id = ?",
                    (seat, work.session("O2")),
                )
        assert allot(venue, "East", *LEVEL, "--pairs", "10") == 0
        assert "holds 1 of 20 seats: no more of them are free" in capsys.readouterr().out
        with venue.opened() as central:
            fencing.fence(central.store, 1, operator="3001", reason="stolen")
        assert allot(venue, "--json") == 0
        assert {row["why"] for row in json.loads(capsys.readouterr().out)} == {"fenced", "never"}


def test_the_clock_of_a_training_venue_counts(
    venue: Venue, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the computer's own clock its sessions may be over for years."""
    venue.window("East")
    clock.use(lambda: NOON + timedelta(days=400))
    assert allot(venue, "East", *LEVEL, "--pairs", "1") == 0
    assert "window East, O2 A: pairs 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*LEVEL, "--pairs", "9", "--fours", "1"), "O2 A has 20 in all; 22 cannot be allotted"),
        (("--session", "G1", "--places", "7"), "G1 has 6 in all; 7 cannot be allotted"),
        (("--session", "O1", "--orders", "99999999999999999999"), "O1 has 38 in all"),
    ],
)
def test_nobody_is_allotted_more_than_there_is(
    venue: Venue, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    venue.window("East")
    assert allot(venue, "East", *LEVEL, "--pairs", "1") == 0
    assert allot(venue, "East", *words) == 1
    assert said in capsys.readouterr().err
    with venue.opened() as central:
        assert central.store.all("SELECT pairs, places, orders FROM allotment") == [(1, 0, 0)]


def test_a_session_that_is_over_is_planned_no_more(
    venue: Venue, capsys: pytest.CaptureFixture[str]
) -> None:
    venue.window("East")
    wanted = settings.load(venue.home)
    settings.save(venue.home, replace(wanted, training_time="2025-09-29T12:00:00+08:00"))
    assert allot(venue, "East", *LEVEL, "--pairs", "1") == 1
    assert "O2 (the session is over)" in capsys.readouterr().err
    assert allot(venue, "East", *LEVEL, "--pairs", "0") == 0, "what is planned may go"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("West", "--session", "O2", "--category", "A", "--pairs", "1"), "no window West"),
        (("--pairs", "1"), "which WINDOW"),
        (("East", "--pairs", "1"), "wants --session"),
        (("East", *LEVEL), "wants --session"),
        (("East", *LEVEL, "--pairs", "-1"), "--pairs wants a whole number from 0, not -1."),
        (("East", *LEVEL, "--fours", "two"), "--fours wants a whole number from 0, not two."),
        (("--report", "--hours", "nan"), "--hours wants a number from 0 to 1000, not nan."),
        (("--report", "East"), "--report is about all windows"),
    ],
)
def test_what_makes_no_sense_is_refused(
    venue: Venue, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert allot(venue, *words)
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
