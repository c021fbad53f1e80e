"""Catalogue files into central: what is wrong keeps a file out, what stands is corrected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from boxoffice import bootstrap, exchange
from boxoffice.queries import catalogue as queries
from boxoffice.services.office import Office
from boxoffice.services.programme import catalogue
from boxoffice.services.programme.catalogue import FileReport
from boxoffice.services.sales import checkout, holds
from boxoffice.settings import Home, HomeKind, Settings
from boxoffice.verify.proof import prove
from tests.homes import (
    ACCESS,
    CAPACITY,
    COURTS,
    PRESALE,
    PRICES,
    REFUNDS,
    SESSIONS,
    AtWork,
    catalogue_files,
    oak_plan,
    small_home,
)

RAIN = """policy,valid_from,held_if_matches_completed,held_if_minutes_over,remedy,note_zh,note_en
standard,2025-08-01,1,30,refund_or_exchange,说明,note
"""


@contextmanager
def new_office(folder: Path) -> Iterator[Office]:
    home = Home(folder / "new")
    bootstrap.make_home(home, Settings(kind=HomeKind.TRAINING))
    with bootstrap.open_office(home) as office:
        yield office


def give(office: Office, folder: Path, **texts: str) -> dict[str, FileReport]:
    """Import texts as files, given in that order; reports by the name of the text."""
    files = []
    for name, text in texts.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        files.append(exchange.read(path))
    return {report.name: report for report in catalogue.import_files(office=office, files=files)}


def counts(office: Office) -> dict[str, int]:
    tables = ("plan", "seat", "court", "access", "price", "refund_tier", "session", "orders")
    return {
        name: office.link.lane.call(lambda s, n=name: s.all(f"SELECT count(*) FROM {n}"))[0][0]
        for name in tables
    }


WHOLE = {
    "plan": oak_plan(),
    "courts": COURTS,
    "access": ACCESS,
    "prices": PRICES,
    "refunds": REFUNDS,
    "rain": RAIN,
    "sessions": SESSIONS,
    "presale": PRESALE,
}


@pytest.mark.parametrize("turn", [0, 3, 5, 7])
def test_files_given_together_are_sorted_by_what_needs_what(tmp_path, turn):
    names = [*WHOLE][turn:] + [*WHOLE][:turn]
    with new_office(tmp_path) as office:
        reports = give(office, tmp_path, **{name: WHOLE[name] for name in reversed(names)})
        assert not any(report.refused or report.exceptions for report in reports.values())
        assert counts(office)["session"] == 3
        assert counts(office)["orders"] == 2


@pytest.mark.parametrize("pair", [("prices", "sessions"), ("sessions", "prices")], ids="-".join)
def test_each_of_two_files_may_come_first_when_both_are_there(tmp_path, pair):
    others = {name: WHOLE[name] for name in WHOLE if name not in (*pair, "presale")}
    with new_office(tmp_path) as office:
        give(office, tmp_path, **others)
        reports = give(office, tmp_path, **{name: WHOLE[name] for name in pair})
        assert not any(report.refused for report in reports.values())


def test_what_a_file_needs_and_is_not_there_is_told_by_line(tmp_path):
    with new_office(tmp_path) as office:
        (courts,) = give(office, tmp_path, courts=COURTS)["courts"].errors
        assert (courts.line, courts.column, courts.value) == (2, "seat_plan", "Oak")
        assert courts.expected == "nothing of that kind is imported"
        errors = give(office, tmp_path, access=ACCESS)["access"].errors
        assert [error.line for error in errors] == [2, 2, 3]
        errors = give(office, tmp_path, sessions=SESSIONS)["sessions"].errors
        assert {(error.line, error.column) for error in errors} == {
            (line, column) for line in (2, 3, 4) for column in ("courts", "price_plan", "policy")
        }
        assert set(counts(office).values()) == {0}, "nothing of a refused file is kept"


def test_one_file_refused_keeps_the_others(tmp_path):
    wrong = PRICES.replace("oak,B,adult,280.00", "oak,B,adult,280.005")
    with new_office(tmp_path) as office:
        reports = give(office, tmp_path, plan=oak_plan(), courts=COURTS, prices=wrong)
        assert [name for name, report in reports.items() if report.refused] == ["prices"]
        assert counts(office)["price"] == 0
        assert counts(office)["court"] == 2


def dump(office: Office) -> dict[str, str]:
    """Every table of both files, but for the number of connections made to central."""

    def look(store) -> dict[str, str]:
        names = [
            row[0]
            for row in store.all("SELECT name FROM sqlite_master WHERE type = 'table'")
            if row[0] not in ("ticket_window", "sqlite_sequence")
        ]
        return {
            name: hashlib.sha256(repr(store.all(f"SELECT * FROM {name}")).encode()).hexdigest()
            for name in names
        }

    here = {f"window {name}": value for name, value in office.read(look).items()}
    return here | office.link.lane.call(look)


def test_importing_again_changes_nothing(work: AtWork, tmp_path):
    files = [exchange.read(path) for path in catalogue_files(tmp_path)]
    before = dump(work.office)
    for reports in (catalogue.import_files(office=work.office, files=files) for _ in range(2)):
        assert all(report.added == 0 and report.unchanged for report in reports)
        assert not any(report.refused or report.exceptions for report in reports)
    assert dump(work.office) == before


CORRECTED = {
    "a name of a court": ("courts", "Oak Court", "Elm Court"),
    "the capacity of a court": ("courts", "Oak,40,38,39", "Oak,40,37,39"),
    "a price": ("prices", "oak,B,adult,280.00", "oak,B,adult,290.00"),
    "courts opened, one less": ("access", "Oak|Outer", "Oak"),
    "courts opened, one more": ("access", "grounds,Outer", "grounds,Outer|Oak"),
    "when a session starts": ("sessions", "T12:30+08:00,oak,,yes", "T12:45+08:00,oak,,yes"),
    "the places of a session": ("sessions", "grounds,6,", "grounds,7,"),
    "fewer places of a session": ("sessions", "grounds,6,", "grounds,1,"),
    "the courts of a session": ("sessions", "G1,2025-09-27,Outer,", "G1,2025-09-27,Outer|Oak,"),
    "the day of a session nobody bought": ("sessions", "O2,2025-09-28", "O2,2025-09-29"),
    "real name": ("sessions", "oak,,no,standard", "oak,,yes,standard"),
}


@pytest.mark.parametrize(("name", "old", "new"), CORRECTED.values(), ids=CORRECTED.keys())
def test_a_corrected_file_changes_what_may_change(work: AtWork, tmp_path, name, old, new):
    text = WHOLE[name]
    assert old in text
    corrected = text.replace(old, new, 1)
    report = give(work.office, tmp_path, **{name: corrected})[name]
    assert (report.errors, report.not_changed) == ((), ())
    assert (report.added, report.changed) == (0, 1)
    again = give(work.office, tmp_path, **{name: corrected})[name]
    assert (again.added, again.changed, again.refused) == (0, 0, False)
    back = give(work.office, tmp_path, **{name: text})[name]
    assert (back.changed, back.not_changed) == (1, ())


@pytest.mark.parametrize(("name", "old", "new"), CORRECTED.values(), ids=CORRECTED.keys())
def test_a_correction_is_proved(tmp_path, name, old, new):
    home = small_home(tmp_path)
    with bootstrap.open_office(home) as office:
        report = give(office, tmp_path, **{name: WHOLE[name].replace(old, new, 1)})[name]
        assert report.changed == 1
    with bootstrap.open_sides(home) as sides:
        assert prove(sides).broken == ()


FIXED = {
    "a capacity below what is sold": ("courts", "40,38,39", "40,2,39", (2, "saleable_capacity")),
    "the plan of a court on sale": ("courts", "Outer courts,,", "Outer courts,Oak,", None),
    "the day of a session with tickets": ("sessions", "O1,2025-09-27", "O1,2025-09-28", None),
    "the courts of a session with tickets": (
        "sessions",
        "O1,2025-09-27,Oak",
        "O1,2025-09-27,Outer|Oak",
        None,
    ),
    "a fee": ("refunds", "yes,20,", "yes,30,", (2, "fee_percent")),
    "one tier less": ("refunds", REFUNDS.splitlines()[2] + "\n", "", (2, "valid_from")),
}


@pytest.mark.parametrize(("name", "old", "new", "where"), FIXED.values(), ids=FIXED.keys())
def test_what_may_not_change_stays_and_is_listed(work: AtWork, tmp_path, name, old, new, where):
    text = WHOLE[name]
    assert old in text
    before = dump(work.office)
    wanted = text.replace(old, new, 1)
    if "Outer|Oak" in new:
        wanted = wanted.replace("oak,,yes,standard", "oak,38,yes,standard", 1)
    report = give(work.office, tmp_path, **{name: wanted})[name]
    assert report.errors == ()
    assert report.not_changed
    if where:
        assert (report.not_changed[0].line, report.not_changed[0].column) == where
    assert dump(work.office) == before


def test_the_rest_of_a_file_is_kept_beside_what_may_not_change(work: AtWork, tmp_path):
    text = SESSIONS.replace("O1,2025-09-27", "O1,2025-09-28").replace("Grounds pass", "Day pass")
    report = give(work.office, tmp_path, sessions=text)["sessions"]
    assert (report.changed, len(report.not_changed)) == (1, 1)
    assert "tickets were sold" in report.not_changed[0].expected


OTHER_PLANS = {
    "the size of a plan": ('"width": 8', '"width": 9'),
    "a seat moved": ('"x": 0.55,', '"x": 0.56,'),
}


@pytest.mark.parametrize(("old", "new"), OTHER_PLANS.values(), ids=OTHER_PLANS.keys())
def test_another_plan_of_the_same_name_is_refused(work: AtWork, tmp_path, old, new):
    before = dump(work.office)
    report = give(work.office, tmp_path, plan=WHOLE["plan"].replace(old, new, 1))["plan"]
    assert report.refused
    assert dump(work.office) == before


def test_another_price_holds_from_today_and_for_nobody_before(work: AtWork, tmp_path):
    seat = holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O2"),
        seat_ids=[work.seat(3, 1)],
        basket=None,
    )
    dearer = PRICES.replace("oak,B,adult,280.00", "oak,B,adult,290.00")
    give(work.office, tmp_path, prices=dearer)
    before = work.office.read(lambda s: queries.prices(s, "oak", "2025-09-26"))
    today = work.office.read(lambda s: queries.prices(s, "oak", "2025-09-27"))
    assert (before["B", "adult"].fen, today["B", "adult"].fen) == (28_000, 29_000)
    sale = checkout.pay_cash(office=work.office, desk=work.desk, basket=seat, tendered_fen=28_000)
    assert sale.total_fen == 28_000


def test_a_price_sold_at_today_is_not_changed_again_today(work: AtWork, tmp_path):
    dearer = PRICES.replace("oak,B,adult,280.00", "oak,B,adult,290.00")
    give(work.office, tmp_path, prices=dearer)
    basket = holds.take_seats(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O2"),
        seat_ids=[work.seat(3, 1)],
        basket=None,
    )
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=29_000)
    report = give(work.office, tmp_path, prices=PRICES)["prices"]
    assert [(error.line, error.column) for error in report.not_changed] == [(4, "price_yuan")]


def test_progress_tells_each_file_before_its_turn(work: AtWork, tmp_path):
    files = [exchange.read(path) for path in catalogue_files(tmp_path)]
    told = []
    catalogue.import_files(
        office=work.office, files=files, progress=lambda *step: told.append(step)
    )
    assert [done for _, done, _ in told] == list(range(len(files) + 1))
    assert (told[0][0], told[-1]) == ("plan.json", ("", len(files), len(files)))


def test_new_rows_beside_those_that_stand(work: AtWork, tmp_path):
    more = SESSIONS + SESSIONS.splitlines()[2].replace("O2,2025-09-28", "O3,2025-09-29") + "\n"
    report = give(work.office, tmp_path, sessions=more)["sessions"]
    assert (report.added, report.unchanged) == (1, 3)
    on_sale = work.office.read(lambda s: s.all("SELECT code, capacity FROM session ORDER BY id"))
    assert on_sale == [("O1", CAPACITY), ("O2", CAPACITY), ("G1", 6), ("O3", CAPACITY)]


def test_capacity_is_capped_by_what_is_approved_and_by_the_seats(tmp_path):
    for n, (saleable, approved, capacity) in enumerate([(50, 39, 39), (38, 39, 38), (99, 99, 40)]):
        folder = tmp_path / str(n)
        folder.mkdir()
        courts = COURTS.replace("40,38,39", f"40,{saleable},{approved}")
        with new_office(folder) as office:
            files = {**WHOLE, "courts": courts}
            reports = give(office, folder, **files)
            assert not any(report.refused for report in reports.values())
            found = office.read(lambda s: s.all("SELECT capacity FROM session WHERE code = 'O1'"))
            assert found == [(capacity,)]


WRONG = {
    "gates after the start": (
        "sessions",
        "2025-09-27T10:00+08:00,2025-09-27T12:30",
        "2025-09-27T12:31+08:00,2025-09-27T12:30",
        [(2, "gates_open")],
    ),
    "no fee and not none": ("refunds", "yes,20,,", "yes,,,", [(2, "fee_percent")]),
    "no until": ("refunds", "01,24,,", "01,,,", [(2, "until_at")]),
    "two untils": ("refunds", "01,24,,", "01,24,2025-09-20T12:00+08:00,", [(2, "until_at")]),
    "one tier twice": ("refunds", "01,0,,", "01,24,,", [(3, "policy")]),
    "two seats in one place": ("plan", '"seat_number": "2"', '"seat_number": "1"', None),
    "two seats of one guid": (
        "plan",
        '"O1-1-2"',
        '"O1-1-1"',
        [(1, "zone 1 row 1 seat 2 seat_guid")],
    ),
    "a category nobody listed": (
        "plan",
        '"categories": []',
        '"categories": [{"name": "A"}, {"name": "B"}]',
        [(1, f"zone 1 row 4 seat {n} category") for n in (9, 10)],
    ),
    "several seats wrong": (
        "plan",
        '"position": {"x": 0.55,',
        '"position": {"x": "a",',
        [(1, f"zone 1 row {n} seat 1 x") for n in (1, 2, 3, 4)],
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "where"), WRONG.values(), ids=WRONG.keys())
def test_what_does_not_fit_together_is_told_with_all_its_places(tmp_path, name, old, new, where):
    text = WHOLE[name]
    assert old in text
    with new_office(tmp_path) as office:
        report = give(office, tmp_path, **{name: text.replace(old, new)})[name]
        assert report.refused
        if where:
            assert [(error.line, error.column) for error in report.errors] == where
        assert set(counts(office).values()) == {0}


def test_a_category_stands_in_the_list_of_its_plan_or_there_is_no_list(tmp_path):
    plan = json.loads(oak_plan())
    plan["categories"] = [{"name": "A"}, {"name": "B"}, {"name": "Companion"}]
    with new_office(tmp_path) as office:
        assert not give(office, tmp_path, plan=json.dumps(plan))["plan"].refused


def test_empty_cells_at_the_end_of_a_line_may_be_left_out(work: AtWork, tmp_path):
    head = PRESALE.splitlines()[0]
    line = "TT5,,app,2025-09-01T10:00+08:00,试,,O2,1,2,1,adult,680.00"
    short = [line, line.replace("TT5", "TT6").replace("2,1,adult", "2,2,adult") + ",试,,"]
    report = give(work.office, tmp_path, p="\n".join([head, *short]))["p"]
    assert (report.added, report.errors, report.exceptions) == (2, (), ())
    cut = give(work.office, tmp_path, p=f"{head}\n{line[:-7]}\n")["p"]
    assert [(error.line, error.value) for error in cut.errors] == [(2, "11 columns")]


def test_what_import_writes_is_journalled_and_proved(tmp_path):
    home = small_home(tmp_path)
    with bootstrap.open_sides(home) as sides:
        acts = [
            row[0] for row in sides.central.store.all("SELECT act FROM journal ORDER BY number")
        ]
        proof = prove(sides)
    assert acts == ["add_operator"] * 4 + ["import"] * 6 + ["presale"] * 2
    assert proof.ok
    assert (proof.checked["orders"], proof.checked["tickets"]) == (2, 3)
