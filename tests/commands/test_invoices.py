"""`main.py invoices`: out to the platform, its answers in, and what stands where."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import main
from boxoffice.errors import DiskTrouble
from boxoffice.exchange import invoice_file
from boxoffice.services.aftersales import invoice_filing, invoices
from boxoffice.services.aftersales.invoice_hands import of_window
from boxoffice.services.aftersales.invoices import Wanted
from boxoffice.settings import Home
from tests.faults.acts import proof, rows, sell
from tests.homes import at_work, small_home
from tests.services.return_acts import refund

NUMBER = "25117000000012345678"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """One order of three seats, and its tax invoice asked for."""
    found = small_home(tmp_path)
    with at_work(found) as work:
        order = sell(work, (1, 5), (1, 6), (1, 7)).order_id
        invoices.ask(
            office=work.office,
            desk=work.desk,
            order_id=order,
            wanted=Wanted("某某体育有限公司", "91110000600037341L", "books@example.org"),
        )
    return found


def told(capsys: pytest.CaptureFixture[str], home: Home, *arguments: str) -> dict[str, object]:
    """What a command answers in JSON; it succeeds."""
    assert main.main(["invoices", *arguments, "--home", str(home.path), "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def said(path: Path, *lines: tuple[str, ...]) -> str:
    """A file of the platform."""
    text = io.StringIO()
    made = csv.writer(text)
    made.writerow(invoice_file.ANSWERS)
    made.writerows(lines)
    path.write_text(text.getvalue(), encoding="utf-8")
    return str(path)


def test_out_and_in_and_out_again(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "platform"
    out = told(capsys, home, "export", "--out", str(folder))
    (name,) = out["files"]
    assert (out["requests"], out["left_out"]) == (1, 0)
    (asked,) = csv.DictReader((folder / name).read_text(encoding="utf-8-sig").splitlines())
    assert told(capsys, home, "export", "--out", str(folder))["files"] == []
    back = said(tmp_path / "back.csv", (asked["request"], "issued", NUMBER, "2025-09-28", ""))
    for issued, known in ((1, 0), (0, 1)):
        (came,) = told(capsys, home, "import", back)["files"]
        assert (came["issued"], came["known"], came["refused"]) == (issued, known, 0)
    # What came back after it was issued goes out as a red one, with the next file.
    with at_work(home) as work:
        ((order,),) = rows(work, "SELECT order_id FROM invoice")
        ((line,), *_) = rows(work, "SELECT id FROM order_line WHERE order_id = ?", str(order))
        back_fen = refund(work, str(order), [str(line)]).amount_fen
    (name,) = told(capsys, home, "export", "--out", str(folder))["files"]
    (red,) = csv.DictReader((folder / name).read_text(encoding="utf-8-sig").splitlines())
    assert (red["kind"], red["original_number"]) == ("red", NUMBER)
    listed = told(capsys, home, "list")["invoices"]
    assert [(one["kind"], one["status"]) for one in listed] == [
        ("blue", "issued"),
        ("red", "filed"),
    ]
    assert listed[1]["fen"] == -back_fen
    assert "某某" not in json.dumps(listed, ensure_ascii=False)
    assert told(capsys, home, "list", "--status", "wanted")["invoices"] == []
    again = told(capsys, home, "export", "--out", str(tmp_path / "other"), "--again", name)
    assert again["files"] == [name]
    assert (tmp_path / "other" / name).read_bytes() == (folder / name).read_bytes()
    assert proof(home).broken == ()


def test_a_file_that_was_not_written_comes_with_the_next(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert main.main(["invoices", "export", "--out", str(blocked), "--home", str(home.path)]) == 1
    assert "file" in capsys.readouterr().err
    assert told(capsys, home, "list", "--status", "wanted")["invoices"] != []
    # Nobody may write there, once its rows are marked.
    with at_work(home) as work, pytest.raises(DiskTrouble):
        invoice_filing.file_all(hands=of_window(work.office, None), folder=tmp_path / "missing")
    assert proof(home).broken == ()
    out = told(capsys, home, "export", "--out", str(tmp_path / "platform"))
    assert (len(out["files"]), out["requests"]) == (1, 0)
    assert told(capsys, home, "export", "--out", str(tmp_path / "platform"))["files"] == []
    assert proof(home).broken == ()


def test_what_is_wrong_is_said_in_a_sentence(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--home", str(home.path)]
    bad = said(tmp_path / "bad.csv", ("f" * 32, "issued", NUMBER, "2025-09-28", ""))
    for arguments, why in (
        (["import", bad], "bad.csv, line 2"),
        (["import", str(tmp_path / "none.csv")], "none.csv"),
        (["export", "--out", str(tmp_path), "--again", "x.csv"], "x.csv"),
    ):
        assert main.main(["invoices", *arguments, *at]) == 1
        assert why in capsys.readouterr().err
    assert main.main(["invoices", "list", *at]) == 0
    shown = capsys.readouterr().out
    assert "wanted" in shown
    assert "某某" not in shown
