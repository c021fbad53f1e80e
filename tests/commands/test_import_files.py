"""`main.py import`: files of every dress and fault, a first import that fails, and a second."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import main
from boxoffice import bootstrap
from boxoffice.errors import DiskTrouble, HomeInUse
from boxoffice.records import store as records
from boxoffice.services.setup import training
from boxoffice.settings import Home, HomeKind, Settings
from tests.homes import PRESALE, catalogue_files, small_home

AT = ["--at", "2025-09-27T09:40+08:00"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "files"
    folder.mkdir()
    return {path.stem: path for path in catalogue_files(folder)}


@pytest.fixture
def run(tmp_path, capsys):
    """Import files into a home; answers status, what was told (JSON) and the sentence."""

    def run_import(*paths: Path, home: str = "home", options: tuple[str, ...] = tuple(AT)):
        words = [str(path) for path in paths]
        status = main.main(["import", *words, "--home", str(tmp_path / home), "--json", *options])
        shown = capsys.readouterr()
        lines = shown.err.splitlines()
        assert len(lines) == (1 if status else 0), shown.err
        return status, json.loads(shown.out) if shown.out else None, "".join(lines)

    return run_import


def proved(capsys, home: Path) -> dict:
    assert main.main(["verify", "--home", str(home), "--json"]) == 0
    return json.loads(capsys.readouterr().out)["checked"]


DRESS = {
    "BOM": lambda text: text.encode("utf-8-sig"),
    "GBK": lambda text: text.encode("gb18030"),
    "Windows": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
}
CHINESE = {
    "order_no": "订单号",
    "pickup_code": "取票码",
    "channel": "渠道",
    "paid_at": "支付时间",
    "buyer": "购票人",
    "phone": "手机号",
    "session": "场次",
    "section": "区",
    "row": "排",
    "seat": "座位",
    "ticket_type": "票种",
    "price_yuan": "票价",
    "attendee": "观赛人",
    "document_type": "证件类型",
    "document_no": "证件号码",
    "status": "状态",
    "court": "球场",
    "name_zh": "中文名",
    "name_en": "英文名",
    "price_plan": "价格方案",
    "opens_courts": "可进球场",
    "category": "票档",
}


@pytest.mark.parametrize("dress", DRESS.values(), ids=DRESS.keys())
def test_files_of_other_programs(files, run, capsys, tmp_path, dress):
    """The same catalogue, then the same again in another encoding with Chinese headers."""
    status, told, _ = run(*files.values())
    assert status == 0
    assert [person["pin"] for person in told["operators"]] == ["1001", "2001", "3001", "9001"]
    for name, path in files.items():
        head, _, rest = path.read_text(encoding="utf-8").partition("\n")
        if name not in ("plan", "refunds"):
            head = ",".join(CHINESE.get(word, word) for word in head.split(","))
        if name == "presale":
            rest = rest.replace("resident_id", "身份证").replace("passport", "护照")
            rest = rest.replace("adult", "成人票").replace("paid", "已支付")
        path.write_bytes(dress(f"{head}\n{rest}"))
    status, told, _ = run(*files.values())
    assert status == 0
    assert {(r["added"], len(r["exceptions"])) for r in told["files"]} == {(0, 0)}
    assert all(report["unchanged"] for report in told["files"])
    assert told["operators"] == []
    assert proved(capsys, tmp_path / "home")["orders"] == 2


UNREADABLE = {
    "missing": (lambda path: path.unlink(), "No such file"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "it is a folder"),
    "rubbish": (lambda path: path.write_bytes(bytes(range(256)) * 9), "not text"),
    "empty": (lambda path: path.write_bytes(b""), "it is empty"),
    "broken JSON": (lambda path: path.write_text('{"zones": [', encoding="utf-8"), "JSON"),
    "other table": (lambda path: path.write_text("a,b\n1,2\n", encoding="utf-8"), "no kind of"),
    "workbook": (lambda path: path.write_bytes(b"PK\x03\x04" + b"x" * 99), "spreadsheet"),
}


@pytest.mark.parametrize(("spoil", "why"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_cannot_be_read_alone_and_among_others(
    files, run, capsys, tmp_path, spoil, why
):
    odd = tmp_path / "odd.csv"
    odd.write_bytes(b"x")
    spoil(odd)
    status, told, said = run(odd)
    assert (status, told) == (1, None)
    assert "odd.csv cannot be read" in said
    assert why in said
    assert not (tmp_path / "home").exists()
    status, told, said = run(odd, *files.values())
    assert status == 1
    assert "1 of 8 files" in said
    assert "odd.csv" in said
    (refused,) = [report for report in told["files"] if report["trouble"]]
    assert (refused["name"], refused["kind"]) == ("odd.csv", "")
    assert why in refused["trouble"]
    assert proved(capsys, tmp_path / "home")["orders"] == 2


def test_exceptions_are_told_and_do_not_fail_the_import(files, tmp_path, capsys):
    home = small_home(tmp_path)
    more = PRESALE.replace("TT000", "UU000").replace("19900000002", "19900000003")
    files["presale"].write_text(more, encoding="utf-8")
    assert main.main(["import", str(files["presale"]), "--home", str(home.path)]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    told = "order UU0001 left out: line 2 seat_sold 'O1 1-1-1', expected free; sold in order TT0001"
    assert told in shown.out
    assert "110101189001010016" not in shown.out


def test_errors_are_told_by_line_and_many_are_cut_short(files, run, tmp_path, capsys):
    lines = files["prices"].read_text(encoding="utf-8") + "oak,Z,adult,x\n" * 30
    files["prices"].write_text(lines, encoding="utf-8")
    home = small_home(tmp_path)
    assert main.main(["import", str(files["prices"]), "--home", str(home.path)]) == 1
    shown = capsys.readouterr()
    assert "prices.csv: refused, 30 errors; nothing of it was kept" in shown.out
    assert "  line 9 price_yuan: 'x', expected an amount in yuan\n" in shown.out
    assert "and 10 more; --json lists them all" in shown.out
    assert shown.err.splitlines() == ["1 of 1 files refused, nothing of them kept: prices.csv."]
    assert len(run(files["prices"], options=())[1]["files"][0]["errors"]) == 30


BAD_TIMES = ["soon", "2025-13-01", "25:00", "", " ", "0001-01-01T00:00+14:00", "9999-12-31T23:59"]


@pytest.mark.parametrize("time", BAD_TIMES)
def test_a_time_that_is_none_makes_no_home(files, run, tmp_path, time):
    status, _, said = run(files["plan"], options=("--at", time))
    assert status == 1
    assert "is no time. Write it like" in said
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("time", ["2025-09-27\n09:40", '2025-09-27"09:40', "2025-09-27\\09:40"])
def test_a_time_written_oddly_leaves_settings_that_can_be_read(files, run, time):
    assert run(*files.values(), options=("--at", time))[0] == 0
    assert run(*files.values(), options=())[0] == 0


def test_a_first_import_of_which_nothing_was_kept_leaves_no_home(files, run, tmp_path, capsys):
    """Whoever forgot --at, and a file, can do it over."""
    status, told, _ = run(files["sessions"], files["courts"], options=())
    assert status == 1
    assert told["operators"] == []
    assert not Home(tmp_path / "home").exists
    status, told, _ = run(*files.values())
    assert status == 0
    assert len(told["operators"]) == 4
    assert proved(capsys, tmp_path / "home")["sessions"] == 3


def test_a_first_import_that_kept_something_goes_on_next_time(files, run, capsys, tmp_path):
    status, told, _ = run(files["plan"], files["sessions"])
    assert status == 1
    assert len(told["operators"]) == 4
    assert run(*files.values())[0] == 0
    assert proved(capsys, tmp_path / "home")["sessions"] == 3


class PowerCut(BaseException):
    """Ends the program where it stands."""


@pytest.mark.parametrize("step", range(1, 8))
def test_a_home_cut_off_while_it_was_made_does_not_block_the_next_try(
    files, run, tmp_path, monkeypatch, step
):
    """Cut off at each transaction of making it, operators and first file included."""
    count = 0
    begin = records.Store.transaction

    def cut(store, **how):
        nonlocal count
        count += 1
        if count == step:
            raise PowerCut
        return begin(store, **how)

    with monkeypatch.context() as patch:
        patch.setattr(records.Store, "transaction", cut)
        with pytest.raises(PowerCut):
            run(*files.values())
    status, told, _ = run(*files.values())
    assert status == 0
    assert all(report["added"] or report["unchanged"] for report in told["files"])
    numbers = {person.number for person in training.PEOPLE}
    assert {person["number"] for person in told["operators"]} <= numbers
    with bootstrap.open_office(Home(tmp_path / "home")) as office:
        found = office.read(lambda s: s.all("SELECT number FROM operator"))
    assert {row[0] for row in found} == numbers


def test_a_full_disk_while_a_home_is_made_does_not_block_the_next_try(
    files, run, tmp_path, monkeypatch
):
    def full(*_):
        raise DiskTrouble(file="settings.toml", why="No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap.settings, "save", full)
        status, told, said = run(*files.values())
    assert (status, told) == (1, None)
    assert "settings.toml cannot be written" in said
    assert run(*files.values())[0] == 0


def test_records_without_their_settings_are_never_made_anew(files, run, tmp_path):
    home = small_home(tmp_path)
    home.settings_file.unlink()
    before = {path.name: path.read_bytes() for path in home.secrets_and_records if path.exists()}
    status, _, said = run(*files.values())
    assert status == 1
    assert "settings.toml" in said
    assert "put it back" in said
    for name, content in before.items():
        assert (home.path / name).read_bytes() == content
    assert not home.exists


def test_a_folder_with_other_things_in_it_may_become_a_home(files, run, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "notes.txt").write_text("mine", encoding="utf-8")
    assert run(*files.values())[0] == 0
    assert (tmp_path / "home" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_home_is_made_once(tmp_path):
    home = small_home(tmp_path)
    before = home.key_file.read_bytes()
    with pytest.raises(HomeInUse):
        bootstrap.make_home(home, Settings(kind=HomeKind.TRAINING))
    assert home.key_file.read_bytes() == before


def test_a_correction_that_cannot_be_made_is_told_and_counts(run, files):
    assert run(*files.values())[0] == 0
    text = files["sessions"].read_text(encoding="utf-8")
    files["sessions"].write_text(text.replace("O1,2025-09-27", "O1,2025-09-28"), encoding="utf-8")
    status, told, sentence = run(files["sessions"])
    assert status == 1
    assert "1 lines ask for what may not change" in sentence
    (report,) = told["files"]
    assert [error["column"] for error in report["not_changed"]] == ["date"]
    assert (report["changed"], report["unchanged"]) == (0, 2)


def test_progress_is_one_line_of_a_terminal(tmp_path, files, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    words = [str(path) for path in files.values()]
    assert main.main(["import", *words, "--home", str(tmp_path / "home"), *AT]) == 0
    shown = capsys.readouterr().err
    assert "\n" not in shown
    assert f"storing 1/{len(words)} plan.json" in shown
    assert shown.endswith("\r\x1b[K")
