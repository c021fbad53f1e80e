"""`main.py report`: what it prints, keeps and writes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from boxoffice import clock, settings
from boxoffice.settings import Home
from main import main
from tests.faults.acts import sell, there
from tests.homes import NOON, at_work, small_home
from tests.services.closes import close

DAY = "2025-09-27"
PRICE = 68_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """One shift sold two tickets and was closed 5 yuan short."""
    found = small_home(tmp_path)
    with at_work(found) as work:
        sell(work, (1, 5), (1, 6))
        close(work, 50_000 + 2 * PRICE - 500)
    return found


def at(home: Home, day: int) -> None:
    """The command's clock begins at noon of a later day."""
    moment = NOON + timedelta(days=day)
    wanted = settings.load(home)
    settings.save(home, replace(wanted, training_time=moment.isoformat()))
    clock.use(lambda: moment)


def words(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def kept_in(home: Home) -> list[tuple[object, ...]]:
    with at_work(home, number="2001") as work:
        return there(work, "SELECT business_day, number, part FROM day_statement")


def test_looking_at_today_keeps_nothing(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """No shift is open, and yet nobody said that the day is over."""
    assert main(["report", "day", DAY, "--home", str(home.path)]) == 0
    said = capsys.readouterr().out
    assert "Day statement (a reading, not kept)" in said
    assert "preliminary: the day is not over" in said
    assert "1,360.00" in said
    assert main(["report", "day", DAY, "--home", str(home.path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["number"], found["kept"], found["preliminary"]) == ("", [], True)
    assert kept_in(home) == []
    at(home, 1)
    assert main(["report", "day", DAY, "--home", str(home.path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["number"], found["preliminary"]) == ("1", False)


def test_today_is_kept_where_somebody_says_so(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["report", "day", DAY, "--home", str(home.path)]
    assert main([*words, "--part", "0"]) == 1
    assert main([*words, "--keep"]) == 0
    capsys.readouterr()
    assert main([*words, "--part", "0", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["number"], found["preliminary"]) == ("1", False)
    with at_work(home) as work:
        sell(work, (1, 7))
    assert main([*words, "--keep"]) == 1
    assert "is not over, and 1 shifts are open" in capsys.readouterr().err
    assert main([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["number"], found["preliminary"]) == ("", True)
    assert found["figures"]["sales_fen"] == 3 * PRICE


def test_a_place_where_no_file_can_be_written(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["report", "day", DAY, "--home", str(home.path)]
    (tmp_path / "file").write_text("x", encoding="ascii")
    for place, why in (
        (tmp_path / "gone" / "day.xlsx", f"there is no folder {tmp_path / 'gone'}"),
        (tmp_path / "file" / "day.xlsx", f"there is no folder {tmp_path / 'file'}"),
        (tmp_path, "it is a folder"),
        (Path("/proc/day.xlsx"), "you may not write there"),
    ):
        for kind in ("--xlsx", "--pdf"):
            assert main([*words, kind, str(place)]) == 1
            out, err = capsys.readouterr()
            assert (out, err) == (
                "",
                f"{place} cannot be written: {why}. Name a place in a folder that is there and "
                "that you may write to.\n",
            )


def test_a_day_as_json(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    at(home, 1)
    assert main(["report", "day", DAY, "--home", str(home.path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["number"] == "1"
    assert found["figures"]["sales_fen"] == 2 * PRICE
    assert found["figures"]["short_fen"] == 500
    assert [one["window"] for one in found["windows"]] == [0, 1]
    assert {head["window"] for head in found["heads"]} == {0, 1}
    (shift,) = (one for one in found["shifts"] if one["shift"])
    assert (shift["z"], shift["figures"]["orders"]) == (1, 1)
    debits = sum(one["debit_fen"] for one in found["accounts"].values())
    assert debits == sum(one["credit_fen"] for one in found["accounts"].values())
    # The line about it in the journal is no part of the day: asked again, it is the same one.
    assert main(["report", "day", DAY, "--home", str(home.path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] == found["kept"]


def test_files_of_a_day_a_window_and_a_shift(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, about in (
        ("day", ["day", DAY]),
        ("window", ["window", "1", DAY]),
        ("shift", ["shift", "1/1/1"]),
    ):
        pdf, xlsx = tmp_path / f"{name}.pdf", tmp_path / f"{name}.xlsx"
        written = ["--pdf", str(pdf), "--xlsx", str(xlsx)]
        assert main(["report", *about, "--home", str(home.path), *written]) == 0
        said = capsys.readouterr().out
        assert "1,360.00" in said
        text = words(pdf)
        for figure in ("1,360.00", "5.00", "cash:drawer"):
            assert figure in text, name
        book = openpyxl.load_workbook(BytesIO(xlsx.read_bytes()))
        amounts = {row[1]: row[3] for row in book["数字 Figures"].iter_rows(values_only=True)}
        assert amounts["票款 Takings"] == 1360
        assert amounts["短款 Short"] == 5
        accounts = list(book["科目 Accounts"].iter_rows(values_only=True))
        assert accounts[-1][1] == accounts[-1][2]


def test_a_day_that_runs_is_only_read(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    with at_work(home, number="2001"):
        pass
    assert main(["report", "day", DAY, "--home", str(home.path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["number"], found["kept"]) == ("", [])
    assert found["figures"]["sales_fen"] == 2 * PRICE


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["shift", "1/1/9"], "Z 1/1/9"),
        (["shift", "x"], "Z x"),
        (["day", "yesterday"], "yesterday"),
        (["day", DAY, "--part", "3"], "part 3"),
    ],
)
def test_what_is_not_there(
    home: Home, capsys: pytest.CaptureFixture[str], asked: list[str], said: str
) -> None:
    assert main(["report", *asked, "--home", str(home.path)]) == 1
    assert said in capsys.readouterr().err
