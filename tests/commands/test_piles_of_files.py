"""`main.py reconcile` with many files: one that cannot be read is told, the others are read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import main
from boxoffice import clock
from boxoffice.settings import Home
from tests.bank import bank_files, bill_files
from tests.homes import NOON, small_home

TOTALS = ("1", "1.00", "0.00", "0.00", "0.00", "1.00", "0.00")
STATEMENT = bank_files.statement(bank_files.entry("980.00"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return small_home(tmp_path_factory.mktemp("piles"))


def bill(folder: Path, name: str = "bill.csv") -> Path:
    """A bill of one trade the ledger does not have."""
    folder.mkdir(exist_ok=True)
    made = folder / name
    text = bill_files.wechat(bill_files.charge("A1", "1.00"), totals=TOTALS)
    made.write_bytes(text.encode())
    return made


def written(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def made_folder(folder: Path) -> Path:
    (folder / "folder").mkdir()
    return folder / "folder"


def unreadable(folder: Path) -> Path:
    """What a name stands for that leads round and round."""
    made = folder / "round.csv"
    made.symlink_to("round.csv")
    return made


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "wrong encoding": (written("x.csv", b"\xff\xfe\xff"), "it is not text in UTF-8"),
    "XML cut off": (written("x.xml", STATEMENT[:400]), "broken or cut off in line 5"),
    "XML in no encoding": (
        written("x.xml", STATEMENT.replace(b"UTF-8", b"x-none")),
        "broken or cut off in line 1",
    ),
    "a folder": (made_folder, "it is a folder"),
    "a device": (lambda _: Path(os.devnull), "it is a device"),
    "nothing": (lambda folder: folder / "gone.csv", "No such file"),
    "a name too long": (lambda folder: folder / ("x" * 300), "File name too long"),
    "a link to itself": (unreadable, "symbolic links"),
}


@pytest.mark.parametrize("case", BAD)
def test_one_that_cannot_be_read_does_not_stop_the_pile(
    case: str, home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, why = BAD[case]
    clock.use(lambda: NOON)
    words = [bill(tmp_path), make(tmp_path), written("st.xml", STATEMENT)(tmp_path)]
    assert main.main(["reconcile", *map(str, words), "--home", str(home.path)]) == 1
    out, err = capsys.readouterr()
    assert "st.xml: camt.053" in out
    assert "bill.csv: wechat" in out
    (line, _) = err.splitlines()
    assert why in line
    assert line.endswith("Nothing of it was kept.")


def test_two_files_of_one_name_are_both_told(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = []
    for part in ("one", "two"):
        (tmp_path / part).mkdir()
        words.append(str(written("page.csv", b"<html></html>")(tmp_path / part)))
    assert main.main(["reconcile", *words, "--home", str(home.path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert sorted(found["refused"]) == sorted(["page.csv", words[1]])
