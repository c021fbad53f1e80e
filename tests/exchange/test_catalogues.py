"""The catalogues we have: the real one read whole and in time, the demo moved to any day."""

from __future__ import annotations

import re
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from boxoffice import clock, exchange
from boxoffice.errors import DiskTrouble
from boxoffice.exchange import FileKind
from boxoffice.exchange.demo import demo_files

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "china-open-2025"
SECONDS = 20.0
"""Some ten times what it takes on the slowest machine seen."""


@pytest.fixture(scope="module")
def real():
    if not REAL.is_dir():
        pytest.skip("the catalogue is not beside this checkout (../shared/data/china-open-2025)")
    started = time.perf_counter()
    files = [exchange.read(path) for path in REAL.iterdir()]
    return files, time.perf_counter() - started


def rows(files, kind):
    return [row for parsed in files if parsed.kind is kind for row in parsed.rows]


def test_the_real_catalogue_is_read_without_a_problem(real):
    files, seconds = real
    assert [parsed.errors for parsed in files if parsed.errors] == []
    assert [parsed.ignored_columns for parsed in files if parsed.ignored_columns] == []
    sold = rows(files, FileKind.PRESALE)
    assert sum(len(plan.seats) for plan in rows(files, FileKind.PLAN)) == 27_470
    assert len(rows(files, FileKind.SESSIONS)) == 46
    assert len(sold) == 17_729
    assert len({row.order_no for row in sold}) == 7_608
    assert [row for row in sold if row.problems] == []
    assert seconds < SECONDS


@pytest.fixture
def demo(tmp_path: Path):
    return [
        exchange.read(path) for path in demo_files(date(2028, 2, 27), tmp_path / "new" / "demo")
    ]


def test_the_demo_is_read_without_a_problem(demo):
    assert {parsed.kind for parsed in demo} == set(FileKind) - {FileKind.MATCHES}
    assert all(not parsed.errors and not parsed.ignored_columns for parsed in demo)
    assert [row for row in rows(demo, FileKind.PRESALE) if row.problems] == []


def test_the_demo_begins_on_the_day_asked_for(demo):
    days = sorted({row.date for row in rows(demo, FileKind.SESSIONS)})
    assert days == [date(2028, 2, 27) + timedelta(days=n) for n in range(6)]
    for row in rows(demo, FileKind.SESSIONS):
        assert clock.venue(row.starts_at).date() == row.date
        assert row.gates_open < row.starts_at
        assert re.search(r"[一-鿿]", row.name_zh)
        assert row.name_en.isascii()
    for row in rows(demo, FileKind.PRESALE):
        assert clock.venue(row.paid_at).date() < days[0]


def test_the_demo_sells_each_seat_once_and_uses_each_document_once(demo):
    sold = rows(demo, FileKind.PRESALE)
    seats = Counter((row.session, row.section, row.row, row.seat) for row in sold if row.seat)
    documents = Counter((row.session, row.document_no) for row in sold)
    assert max(seats.values()) == max(documents.values()) == 1


def test_nobody_in_the_demo_can_be_alive(demo):
    for row in rows(demo, FileKind.PRESALE):
        assert re.fullmatch(r"1990000\d{4}", row.phone)
        if row.document_type == "resident_id":
            assert "1890" <= row.document_no[6:10] <= "1909"
        else:
            assert re.fullmatch(r"X9\d{7}", row.document_no)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DiskTrouble):
        demo_files(date(2028, 2, 27), tmp_path / "file")
