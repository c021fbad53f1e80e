"""`main.py central status` after a restore: whom central waits for, until all have reported."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest

import main
from boxoffice.errors import CentralRecovering
from boxoffice.services.sharing import sync
from tests.commands.signing import signed
from tests.venues import Venue


def told(venue: Venue, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    given = ["central", *words, "--home", str(venue.home.path)]
    with signed(given):
        assert main.main(given) == 0
    return capsys.readouterr().out


def test_whom_restored_records_wait_for(venue: Venue, capsys: pytest.CaptureFixture[str]) -> None:
    homes = [venue.window(name) for name in ("East", "West")]
    assert "waiting for" not in told(venue, capsys, "status")
    told(venue, capsys, "restored", "--operator", "3001", "--reason", "disk failed")
    assert "waiting for East, West. " in told(venue, capsys, "status")
    assert json.loads(told(venue, capsys, "status", "--json"))["awaited"] == [1, 2]
    told(venue, capsys, "fence", "West", "--operator", "3001", "--reason", "lost")
    assert "waiting for East. " in told(venue, capsys, "status")
    for _ in range(2):  # it lets go of what it does not hold, then says what it holds
        with venue.at_work(homes[0]) as work, suppress(CentralRecovering):
            sync.push(work.office)
            sync.pull(work.office)
    assert "waiting for" not in told(venue, capsys, "status")
    assert json.loads(told(venue, capsys, "status", "--json"))["awaited"] == []


def test_a_folder_without_records(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["central", "status", "--home", str(tmp_path)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{tmp_path} is no central home. ")
    assert "main.py central init" in line
    assert "import" not in line, "a catalogue makes no central home"
