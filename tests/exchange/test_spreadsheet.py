"""Workbooks: every kind of table as XLSX, values as a sheet keeps them, and damaged ones."""

from __future__ import annotations

import csv
import io
import random
import subprocess
import sys
import zipfile
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.errors import BadFile
from boxoffice.exchange.spreadsheet import cell_text
from tests.exchange.conftest import TABLES

TABLE_KINDS = sorted(TABLES)


def workbook(*sheets: list[list[object]], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
        for cell, number_format in (formats or {}).items():
            sheet[cell].number_format = number_format
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def cells(text: str) -> list[list[object]]:
    return [list(row) for row in csv.reader(io.StringIO(text))]


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_a_workbook_says_what_the_text_says(read, kind):
    told = read(TABLES[kind])
    found = read(workbook(cells(TABLES[kind])), name="some.xlsx")
    assert (found.kind, found.errors) == (told.kind, ())
    assert found.rows == told.rows


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_errors_stand_at_their_line(read, kind):
    rows = cells(TABLES[kind])
    rows[1].append("one too many")
    found = read(workbook(rows), name="some.xlsx")
    assert [error.line for error in found.errors] == [2]


def test_dates_and_numbers_as_a_sheet_keeps_them(read):
    rows = cells(TABLES["sessions"])
    rows[1][1] = date(2025, 9, 27)
    rows[1][6] = datetime(2025, 9, 27, 10, 0)
    rows[1][7] = datetime(2025, 9, 27, 12, 29, 59, 999_700)
    rows[2][9] = 1200
    rows[2][10] = False
    found = read(workbook(rows), name="some.xlsx")
    assert found.errors == ()
    assert found.rows == read(TABLES["sessions"]).rows


def test_percentages_as_a_sheet_keeps_them(read):
    rows = cells(TABLES["refund policy"])
    rows[1][5] = 0.206
    found = read(workbook(rows, formats={"F2": "0.0%"}), name="some.xlsx")
    assert found.errors == ()
    assert found.rows[0].fee_basis_points == 2060


def test_a_document_a_sheet_has_rounded_is_no_document(read):
    rows = cells(TABLES["presale orders"])
    rows[1][14] = 110101189001010016
    (first, _) = read(workbook(rows), name="some.xlsx").rows
    assert [problem.column for problem in first.problems] == ["document_no"]


def test_the_first_sheet_that_fits_is_read(read):
    notes = [["Prices of this year"], ["see the next sheet"]]
    found = read(workbook(notes, cells(TABLES["prices"]), cells(TABLES["access"])), name="b.xlsx")
    assert found.kind == "prices"


def test_no_sheet_that_fits_is_told_as_of_text(read):
    with pytest.raises(BadFile) as bad:
        read(workbook([["hello", "you"]]), name="b.xlsx")
    assert "its first line is: hello, you" in str(bad.value.fields["why"])
    with pytest.raises(BadFile) as bad:
        read(workbook([]), name="b.xlsx")
    assert bad.value.fields["why"] == "it is empty"


def test_a_formula_nobody_reckoned_is_no_empty_cell(read):
    rows = cells(TABLES["access"])
    rows.append(["moon", '=CONCATENATE("Elm","|Outer")'])
    found = read(workbook(rows), name="some.xlsx")
    assert [(error.line, error.value[:4]) for error in found.errors] == [(3, "=CON")]


def test_an_old_or_other_archive_is_told_apart(read):
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    for content, word in ((other.getvalue(), "archive"), (b"\xd0\xcf\x11\xe0" + b"x", "old")):
        with pytest.raises(BadFile) as bad:
            read(content, name="some.xlsx")
        assert word in str(bad.value.fields["why"])


def test_a_damaged_workbook_is_refused_and_nothing_else(read):
    whole = workbook(cells(TABLES["prices"]))
    chance = random.Random(7)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        cut = bytes(damaged[: chance.choice([len(damaged), chance.randrange(4, len(damaged))])])
        try:
            read(cut, name="some.xlsx")
        except BadFile:
            continue


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_reads_as_itself(number):
    assert cell_text(number) == cell_text(float(number)) == str(number)


@given(st.integers(0, 10**9))
def test_an_amount_keeps_its_fen(fen):
    read = cell_text(fen / 100)
    whole, _, rest = read.partition(".")
    assert int(whole) * 100 + int(rest.ljust(2, "0") or 0) == fen


@given(st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1)), st.integers(-400, 400))
def test_a_moment_is_read_to_the_second(moment, off):
    plain = moment.replace(microsecond=0)
    kept = plain + timedelta(milliseconds=off)
    assert datetime.fromisoformat(cell_text(kept, "yyyy-mm-dd hh:mm")) == plain


def test_nothing_is_loaded_before_a_workbook_is_read():
    asked = "import sys, boxoffice.exchange; print('openpyxl' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert told.stdout.strip() == "False"
