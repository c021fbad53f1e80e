"""Sentences about what was named on the command line: they say what it is, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import main
from boxoffice import clock
from boxoffice.records.journal import JournalEntry
from boxoffice.settings import Home
from tests.commands.signing import pins, signed
from tests.faults.acts import pay, take
from tests.homes import NOON, at_work, small_home
from tests.venues import Venue

BY = ("--operator", "3001", "--reason", "stolen")


class Told:
    """Commands at a central home, and the one sentence they fail with."""

    def __init__(self, venue: Venue, capsys: pytest.CaptureFixture[str]) -> None:
        self._home = str(venue.home.path)
        self._capsys = capsys

    def done(self, *words: object) -> str:
        """What a command that works says."""
        assert self._run(*words) == 0
        return self._capsys.readouterr().out

    def refused(self, *words: object) -> str:
        """The sentence of one that is refused."""
        self._capsys.readouterr()
        assert self._run(*words) == 1
        (line,) = self._capsys.readouterr().err.splitlines()
        assert "Make room" not in line
        return line

    def _run(self, *words: object) -> int:
        clock.use(lambda: NOON)
        texts = [str(word) for word in words]
        texts += ["--home", self._home]
        if texts[0] != "central":
            return main.main(texts)
        with signed(texts):
            return main.main(texts)


@pytest.fixture
def told(venue: Venue, capsys: pytest.CaptureFixture[str]) -> Told:
    return Told(venue, capsys)


def test_a_home_of_another_venue_is_not_received(venue: Venue, told: Told, tmp_path: Path) -> None:
    """Its window has the number of one of ours, whose end would be no remedy."""
    venue.window("East")
    other = small_home(tmp_path / "other")
    with at_work(other) as work:
        pay(work, take(work, (1, 5)))
    with venue.opened() as central:
        count = f'SELECT count(*) FROM "{JournalEntry._meta.table_name}" WHERE window_id = 1'
        before = central.store.first(count)
    line = told.refused("central", "receive", other.path)
    assert "are not of these central records" in line
    assert "fence" not in line
    told.done("central", "fence", "East", *BY)
    assert told.refused("central", "receive", other.path) == line
    with venue.opened() as central:
        assert central.store.first(count) == before
        assert central.store.all("SELECT 1 FROM review") == []
        assert central.store.all("SELECT epoch FROM window_epoch WHERE window_id = 1") == [(1,)]


def test_a_window_at_work_is_not_received(venue: Venue, told: Told) -> None:
    east, west = venue.window("East"), venue.window("West")
    told.done("central", "fence", "East", *BY)
    line = told.refused("central", "receive", west.path)
    assert "of window 2, which is still at work" in line
    assert "fence" not in line
    assert "all of it" in told.done("central", "receive", east.path)


def test_what_is_no_window_is_not_received(venue: Venue, told: Told, tmp_path: Path) -> None:
    assert told.refused("central", "receive", tmp_path / "gone").startswith("There is no /")
    (tmp_path / "bare").mkdir()
    assert "no records in" in told.refused("central", "receive", tmp_path / "bare")
    assert "is a central home" in told.refused("central", "receive", venue.home.path)


def test_seats_and_epochs_that_are_none(venue: Venue, told: Told) -> None:
    venue.window("East")
    told.done("central", "fence", "East", *BY)
    free = ("central", "free", "East", *BY, "--approver", "9001")
    line = told.refused(*free, "--seat", "O9:A-1-1")
    assert "There is no seat O9:A-1-1" in line
    assert "phone" not in line
    line = told.refused(*free, "--epoch", "7")
    assert "Window 1 has had no epoch 7" in line


def test_names_and_numbers_of_windows_that_are_taken(venue: Venue, told: Told) -> None:
    venue.window("East")
    out = venue.folder / "more.json"
    line = told.refused("central", "add-window", "West", "--number", "1", "--out", out)
    assert line.startswith("Number 1 is taken by window East.")
    line = told.refused("central", "add-window", "East", "--out", out)
    assert line.startswith("There is a window East already. Choose another name;")
    assert not out.exists()


def test_a_password_file_is_no_first_enrolment(venue: Venue, told: Told) -> None:
    venue.window("East")
    out = venue.folder / "again.json"
    said = told.done("central", "password", "East", "--out", out)
    assert "its old password has ended" in said
    assert "carry it to the window and start" not in said
    said = told.done("central", "add-window", "West", "--out", venue.folder / "west.json")
    assert "carry it to the window and start" in said


def test_a_certificate_that_is_none(told: Told, tmp_path: Path) -> None:
    plain = tmp_path / "plain.pem"
    plain.write_text("hello", encoding="ascii")
    for file, why in ((plain, "it is no certificate"), (tmp_path / "gone", "No such file")):
        line = told.refused("central", "init", "--ca", file)
        assert f"{file.name} is of no use as --ca: {why}" in line
        assert "Nothing of it was kept" not in line


def test_where_an_operator_may_sign_in(venue: Venue, told: Told) -> None:
    venue.file("East")
    person = ("add-operator", "--name", "七", "--role", "clerk")

    with pins("4711"):
        said = told.done(*person, "--number", "77")
    assert said == "operator 77 may sign in at every window\n"
    with pins("4711"):
        said = told.done(*person, "--number", "78", "--windows", "1")
    assert said == "operator 78 may sign in at window 1 only\n"
    for number, text, why in (
        ("79", "12", "that PIN cannot be used"),
        ("77", "4711", "somebody else has this number"),
        ("x", "4711", "that is no operator number"),
    ):
        with pins(text):
            line = told.refused(*person, "--number", number)
        assert line.startswith(f"The operator cannot be entered: {why}. The number is")


def test_an_enrolment_file_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, gone = Home(tmp_path / "window"), tmp_path / "gone.json"
    for file, said in ((gone, f"There is no {gone}."), (tmp_path, "it is no enrolment file")):
        assert main.main(["--home", str(home.path), "--enrol", str(file)]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert said in line
        assert "Make room" not in line
    assert not home.path.exists()
