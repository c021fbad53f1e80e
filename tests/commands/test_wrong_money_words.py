"""Wrong words given to `rain`, `report`, `invoices` and `reconcile`: one sentence, nothing kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from main import main
from tests.commands.signing import signed
from tests.homes import at_work, small_home
from tests.services.rain_acts import rules


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a catalogue and rules for rain; no test of these leaves anything in it."""
    folder = tmp_path_factory.mktemp("wrong")
    found = small_home(folder)
    with at_work(found) as work:
        rules(work, folder)
    return found.path


def told(capsys: pytest.CaptureFixture[str], home: Path, *words: str) -> str:
    """What is said on standard error by a command that has to fail with 1."""
    said = [*words, "--home", str(home)]
    if words[0] == "rain":
        said += ["--operator", "9001"]
    with signed(said):
        assert main(said) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err.strip()


def usage(capsys: pytest.CaptureFixture[str], home: Path, *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--operator", "9001", "--home", str(home)])
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


def test_minutes_below_zero(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = usage(capsys, home, "rain", "record", "match", "O2", "--match", "A", "--minutes", "-5")
    assert said.endswith("argument --minutes: -5 is no whole number from 0 to 9999")


def test_a_match_without_a_name(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, home, "rain", "record", "match", "O2")
    assert said == "A match needs its name. Give it with --match NAME."
    assert told(capsys, home, "rain", "record", "match", "O2", "--match", " ") == said


def test_a_session_and_a_court_nobody_knows(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, home, "rain", "show", "X9")
    assert said == "There is no session X9. Type its code as it stands in the table of sessions."
    said = told(capsys, home, "rain", "record", "start", "O2", "--court", "Nowhere")
    assert said.startswith("O2 is played on ")
    assert said.endswith(". Name one with --court.")


def test_a_list_of_no_kind(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "list.txt"
    said = usage(capsys, home, "rain", "list", "O2", "--out", str(wrong))
    assert said.endswith(f"argument --out: {wrong} is neither .xlsx nor .pdf")
    assert not wrong.exists()


@pytest.mark.parametrize("day", ["27.9.2025", "2025-09-27T09:40+08:00", "2025-13-01"])
def test_a_day_that_is_none(day: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = f"{day} is no day. Write it like 2025-09-27."
    assert told(capsys, home, "report", "day", day) == expected


@pytest.mark.parametrize("window", ["77", "-1"])
def test_a_window_nobody_knows(window: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, home, "report", "window", window, "2025-09-27")
    assert said == f"Central knows nothing of window {window}."


def test_an_answer_that_is_not_there(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, home, "invoices", "import", str(tmp_path / "none.csv"))
    assert said == "none.csv cannot be read: No such file or directory. Nothing of it was kept."


def test_a_table_of_people_is_not_repeated(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "people.txt"
    wrong.write_text("buyer 19900008987, 11010119061004042X\n" * 3, encoding="utf-8")
    for command in ("reconcile", "import"):
        said = told(capsys, home, command, str(wrong))
        assert "its first line is: buyer …" in said
        assert "1990" not in said
        assert "1101" not in said
