"""`main.py central allot`: the plan written, shown, and how far it would reach."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from boxoffice.services.sharing import allotments, sync
from tests import venues
from tests.services.allotted import ahead
from tests.venues import Venue

PLANNED = {
    "window": "East",
    "session": "O2",
    "category": "A",
    "groups": {"pairs": 3, "threes": 0, "fours": 1},
    "places": 0,
    "orders": 0,
}


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    with venues.venue(tmp_path) as found:
        yield found


def allot(venue: Venue, *words: str) -> int:
    return main.main(["central", "allot", *words, "--home", str(venue.home.path)])


def test_a_plan_is_written_shown_and_kept(venue: Venue, capsys: pytest.CaptureFixture[str]) -> None:
    with venue.at_work(venue.window("East")) as work:
        level = ("--session", "O2", "--category", "A")
        assert allot(venue, "East", *level, "--pairs", "2", "--fours", "1") == 0
        assert capsys.readouterr().out == "window East, O2 A: pairs 2, fours 1\n"
        assert allot(venue, "East", *level, "--pairs", "3", "--json") == 0
        assert json.loads(capsys.readouterr().out) == [PLANNED], "what is not named stays"
        sync.pull(work.office)
        allotments.keep(work.office)
        assert len(ahead(work)) == 10
        assert allot(venue, "--report", "--hours", "0.1", "--json") == 0
        (row,) = json.loads(capsys.readouterr().out)
        assert (row["window"], row["holds"], row["parties"]) == ("East", 10, 2)
        assert allot(venue, "--report") == 0
        assert "window East, O2 A: holds 10, largest party 10 now" in capsys.readouterr().out
        assert allot(venue, "East", *level, "--pairs", "0", "--fours", "0") == 0
        assert capsys.readouterr().out == "nothing is allotted\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("West", "--session", "O2", "--category", "A", "--pairs", "1"), "no window West"),
        (("--pairs", "1"), "which WINDOW"),
        (("East", "--pairs", "1"), "wants --session"),
        (("East", "--session", "O2", "--category", "A", "--pairs", "-1"), "invalid"),
    ],
)
def test_what_makes_no_sense_is_refused(
    venue: Venue, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    try:
        status: object = allot(venue, *words)
    except SystemExit as ended:
        status = ended.code
    assert status
    assert said in capsys.readouterr().err
