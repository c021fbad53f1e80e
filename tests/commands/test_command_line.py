"""The command line as a shell sees it: help, JSON, one sentence on failure, never a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from boxoffice.settings import Home, HomeKind, load
from tests.homes import catalogue_files, small_home

ENTRY = Path(main.__file__)
OPERATOR = ["add-operator", "--number", "5001", "--name", "试 Test", "--role", "clerk"]
NOT_ENTERED = "The operator cannot be entered"


def shell(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """A real process; anything it cannot answer at once ends the test."""
    return subprocess.run(
        [sys.executable, str(ENTRY), *words],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, **environment},
    )


def sentence(text: str) -> str:
    """The one line that stands on standard error."""
    (line,) = text.splitlines()
    assert line.endswith(".")
    return line


@pytest.mark.parametrize("words", [[], *([name] for name in main.COMMANDS)], ids=" ".join)
def test_every_command_has_help(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main.main([*words, "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("usage: main.py")
    if not words:
        assert all(f"main.py {name} --help" in shown for name in main.COMMANDS)


@pytest.mark.parametrize(
    "words", [["import"], ["nonsense"], ["verify", "--nonsense"], ["add-operator", "--role", "x"]]
)
def test_words_nobody_knows(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main.main(words)
    assert ended.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_the_usual_day_of_a_training_home(tmp_path):
    """Import, verify, keys and another operator, each in a process of its own."""
    files = [str(path) for path in catalogue_files(tmp_path)]
    home = ["--home", str(tmp_path / "deep" / "home")]
    made = shell("import", *reversed(files), *home, "--at", "2025-09-27T09:40+08:00")
    assert (made.returncode, made.stderr) == (0, "")
    assert "operator 9001 PIN 9001  administrator" in made.stdout
    assert "sessions.csv: sessions, 3 new, 0 unchanged" in made.stdout

    proved = shell("verify", *home, "--json")
    assert (proved.returncode, proved.stderr) == (0, "")
    found = json.loads(proved.stdout)
    assert set(found) == {"ok", "checked", "broken"}
    assert (found["ok"], found["broken"]) == (True, [])
    counted = {name: found["checked"][name] for name in ("seats", "sessions", "orders", "tickets")}
    assert counted == {"seats": 40, "sessions": 3, "orders": 2, "tickets": 3}
    assert {"custody", "postings", "journal", "attempts"} <= set(found["checked"])
    assert all(type(count) is int for count in found["checked"].values())

    again = shell("import", *files, *home, "--json")
    told = json.loads(again.stdout)
    assert again.returncode == 0
    assert told["operators"] == []
    assert {report["added"] for report in told["files"]} == {0}

    assert json.loads(shell("keys", *home, "--json").stdout)["keys"]
    added = shell(*OPERATOR, *home, stdin="123456\n")
    assert (added.returncode, added.stdout) == (0, "operator 5001 may sign in\n")


def test_verify_in_words(tmp_path, capsys):
    home = small_home(tmp_path)
    assert main.main(["verify", "--home", str(home.path)]) == 0
    shown = capsys.readouterr().out
    assert "        40 seats" in shown
    assert shown.endswith("all rules hold\n")


@pytest.mark.parametrize(
    ("pin", "status"),
    [
        ("1234\n", 0),
        ("123456789012", 0),
        ("", 1),
        ("\n", 1),
        ("123\n", 1),
        ("12a4\n", 1),
    ],
)
def test_the_pin_of_an_operator_comes_from_standard_input(
    tmp_path, monkeypatch, capsys, pin, status
):
    home = small_home(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO(pin))
    assert main.main([*OPERATOR, "--home", str(home.path)]) == status
    shown = capsys.readouterr()
    if status:
        assert sentence(shown.err).startswith(NOT_ENTERED)
        assert pin.strip() == "" or pin.strip() not in shown.err


@pytest.mark.parametrize(
    "change",
    [
        ["--number", "1001"],
        ["--number", "x1"],
        ["--name", "  "],
        ["--name", "a\x1b[31m"],
        ["--name", "\udcff"],
    ],
    ids=["taken", "letters", "blank", "control characters", "no characters"],
)
def test_an_operator_that_cannot_be_entered(tmp_path, monkeypatch, capsys, change):
    home = small_home(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("1234\n"))
    assert main.main([*OPERATOR, *change, "--home", str(home.path)]) == 1
    assert sentence(capsys.readouterr().err).startswith(NOT_ENTERED)
    assert main.main(["verify", "--home", str(home.path)]) == 0


def test_an_operator_as_json(tmp_path, monkeypatch, capsys):
    home = small_home(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("1234\n"))
    assert main.main([*OPERATOR, "--json", "--home", str(home.path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"number": "5001", "name": "试 Test", "role": "clerk"}


def test_a_console_that_lacks_letters(tmp_path):
    """An operator's name and a file's are written as well as the console can."""
    files = [str(path) for path in catalogue_files(tmp_path)]
    home = ["--home", str(tmp_path / "票房"), "--at", "2025-09-27T09:40+08:00"]
    narrow = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    made = shell("import", *files, *home, "--json", **narrow)
    assert made.returncode == 0
    assert json.loads(made.stdout)["operators"][0]["name"] == "售票员 Clerk"
    odd = tmp_path / "无.csv"
    odd.write_text("什么,也不是\n1,2\n", encoding="utf-8")
    refused = shell("import", str(odd), *home[:2], **narrow)
    assert refused.returncode == 1
    sentence(refused.stderr)


def test_output_that_nobody_reads_any_more(tmp_path):
    home = small_home(tmp_path)
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        ended = subprocess.run(
            [sys.executable, str(ENTRY), "verify", "--home", str(home.path)],
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (main.NOBODY_READS, b"")


def test_without_at_a_new_home_is_a_real_one(tmp_path, capsys):
    home = tmp_path / "home"
    files = [str(path) for path in catalogue_files(tmp_path)]
    assert main.main(["import", *files, "--home", str(home)]) == 0
    assert "PIN" not in capsys.readouterr().out
    assert load(Home(home)).kind is HomeKind.REAL
    assert (home / "keys.json").stat().st_mode & 0o777 == 0o600
    assert main.main(["verify", "--home", str(home)]) == 0
    capsys.readouterr()
    at = ["--at", "2025-09-27T09:40+08:00"]
    assert main.main(["import", *files, "--home", str(home), *at]) == 1
    assert "is a real home" in sentence(capsys.readouterr().err)
