"""`main.py import` of a folder, and of the demo's own files, whose days are left open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import main
from boxoffice import bootstrap, clock
from boxoffice.exchange.demo import SOURCE
from boxoffice.settings import Home
from tests.homes import NOON, catalogue_files

AT = ("--at", "2025-09-27T09:40+08:00")


@pytest.fixture(autouse=True)
def noon() -> None:
    clock.use(lambda: NOON)


def told(capsys: pytest.CaptureFixture[str], status: int, *words: object) -> tuple[str, str]:
    capsys.readouterr()
    assert main.main([str(word) for word in words]) == status
    found = capsys.readouterr()
    return found.out, found.err


def test_the_demo_is_imported_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    out, err = told(capsys, 0, "import", SOURCE, "--home", home, *AT)
    assert out.startswith("days left open begin on 2025-09-27\n")
    assert err == ""
    with bootstrap.open_office(Home(home)) as office:
        days = "SELECT min(business_day), count(*) FROM session"
        first, count = office.read(lambda s: s.first(days))
    assert (first, count) == ("2025-09-27", 24)
    out, _ = told(capsys, 0, "import", SOURCE / "sessions.csv", "--home", home)
    assert f"0 new, {count} unchanged" in out


@pytest.mark.parametrize("what", [SOURCE, SOURCE / "sessions.csv"])
def test_a_real_home_takes_nothing_of_the_demo(
    what: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = told(capsys, 1, "import", what, "--home", tmp_path / "home")
    assert out == ""
    assert "belongs to the demo" in err
    assert "main.py --demo" in err
    assert not Home(tmp_path / "home").exists


def test_a_folder_is_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    count = len(catalogue_files(folder))
    for name in ("notes.md", ".hidden.csv", "old.bak"):
        (folder / name).write_text("mine", encoding="ascii")
    out, _ = told(capsys, 0, "import", folder, "--home", tmp_path / "home", *AT, "--json")
    assert len(json.loads(out)["files"]) == count
    (tmp_path / "bare").mkdir()
    _, err = told(capsys, 1, "import", tmp_path / "bare", "--home", tmp_path / "home")
    assert err == (
        "bare cannot be read: it is a folder without files to import. Nothing of it was kept.\n"
    )
