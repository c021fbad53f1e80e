"""`main.py rain`: from the ledger to the list of who must come, as a script does it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from boxoffice import clock, settings
from boxoffice.settings import Home
from main import main
from tests.commands.signing import pins, signed
from tests.faults.acts import proof
from tests.homes import at_work, small_home
from tests.services.rain_acts import rules
from tests.services.return_acts import at, sell_at
from tests.services.test_match_records import HEAD

EVENING = "2025-09-28T20:00"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Two tickets for tomorrow sold for cash; it is the evening of that day."""
    found = small_home(tmp_path)
    with at_work(found) as work:
        rules(work, tmp_path)
        sell_at(work, "O2", (1, 5), (1, 6))
    moment = at(EVENING)
    wanted = settings.load(found)
    settings.save(found, replace(wanted, training_time=moment.isoformat()))
    clock.use(lambda: moment)
    return found


class Script:
    """Calls the command as a script does."""

    def __init__(self, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.capsys = home, capsys

    def __call__(self, *words: str, status: int = 0) -> Any:
        said = ["rain", *words, "--operator", "9001", "--home", str(self.home.path), "--json"]
        with signed(said):
            assert main(said) == status, self.capsys.readouterr()
        return json.loads(self.capsys.readouterr().out)


@pytest.fixture
def script(home: Home, capsys: pytest.CaptureFixture[str]) -> Script:
    return Script(home, capsys)


def test_from_the_ledger_to_who_must_come(script: Script, home: Home, tmp_path: Path) -> None:
    script("record", "start", "O2", "--at", "2025-09-28T12:30")
    assert script("rules", "O2", status=1)["why_not_final"] == "play_open"
    found = script("record", "end", "O2", "--at", "2025-09-28T12:36")
    assert found["courts"][0]["played_seconds"] == 6 * 60
    (answer,) = script("rules", "O2")["by_rule"].values()
    assert answer["outcome"] == "full"
    assert script("decide", "O2")["outcomes"] == ["full"]
    dry = script("dry-run", "O2")
    assert (dry["tickets"], dry["tenders"], dry["balance_needed"]) == (2, {"cash": 136_000}, {})
    assert script("list", "O2")["owed"] is False
    run = script("run", "O2", "--approver", "3001")
    assert (run["open"], run["tickets"], run["fen"], run["left"]) == (False, 2, 136_000, 0)
    target = tmp_path / "come.xlsx"
    listed = script("list", "O2", "--out", str(target))
    assert (listed["owed"], listed["fen"], len(listed["people"])) == (True, 136_000, 1)
    assert target.exists()
    assert proof(home).broken == ()


def test_corrected_imported_and_shown(script: Script, tmp_path: Path) -> None:
    script("record", "start", "O2", "--at", "2025-09-28T12:30")
    ledger = script("record", "end", "O2", "--at", "2025-09-28T13:00", "--court", "Oak")
    wrong = ledger["entries"][-1]["id"]
    again = ["record", "end", "O2", "--at", "2025-09-28T13:10", "--replaces", wrong]
    script(*again, "--reason", "看错时间")
    path = tmp_path / "matches.csv"
    path.write_text(
        HEAD + "O2,Oak,1,2025-09-28T12:30+08:00,2025-09-28T13:05+08:00,,yes\n", encoding="utf-8"
    )
    assert script("import", str(path))["files"][0]["added"] == 1
    (court,) = script("show", "O2")["courts"]
    assert (court["played_seconds"], court["matches_completed"]) == (40 * 60, 1)
    path.write_text(HEAD + "O2,Elm,1,2025-09-28T12:30+08:00,,,no\n", encoding="utf-8")
    (refused,) = script("import", str(path), status=1)["files"]
    assert refused["errors"]


def test_against_the_rules_only_by_two(
    script: Script, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["rain", "decide", "O2", "--kind", "cancelled", "--reason", "场地积水"]
    words += ["--operator", "9001", "--home", str(home.path)]
    with signed(words):
        assert main(words) == 1
    assert "second person" in capsys.readouterr().err
    found = script("decide", "O2", "--kind", "cancelled", "--reason", "积水", "--approver", "3001")
    assert (found["kind"], found["outcomes"], found["by_rules"]) == ("cancelled", ["full"], False)


def test_in_words_and_what_is_refused(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--operator", "9001", "--home", str(home.path)]
    for verb, wanted in (("show", "Oak: waiting, 0 minutes"), ("rules", "this is not final")):
        with pins("9001"):
            main(["rain", verb, "O2", *where])
        out = capsys.readouterr().out
        assert wanted in out
        assert "play_unrecorded" not in out
    assert "standard 2025-08-01: full (0 matches completed, 0 minutes 0 seconds)" in out
    for words, given in (
        (["show", "O9"], "9001"),
        (["dry-run", "O2"], "9001"),
        (["show", "O2"], "1234"),
        (["show", "O2"], ""),
    ):
        with pins(given):
            assert main(["rain", *words, *where]) == 1
        assert capsys.readouterr().err.strip()
