"""A group leader's list: names and documents in any order, errors by line."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.errors import BadFile
from boxoffice.exchange.people_list import read_file, read_text
from tests.homes import resident_id

ONE, TWO = resident_id(1), resident_id(2)
PASSPORT = "X90000001"


def found(text):
    listed = read_text(text)
    assert listed.errors == ()
    return [(p.line, p.name, p.document_type, p.number) for p in listed.people]


@pytest.mark.parametrize(
    "text",
    [
        f"王小树\t{ONE}",
        f"{ONE},王小树",
        f"1. 王小树 {ONE}",
        f"1、王小树,身份证,{ONE},19900000001",
        f"王小树;男;19900000001;{ONE}",
        f"{ONE} 王 小树",
        f"王小树,{ONE[:6]} {ONE[6:14]} {ONE[14:]}",
        f"王小树，{ONE.lower()}",
    ],
)
def test_one_person_in_any_order(text):
    ((line, name, kind, number),) = found(text)
    assert (line, kind, number) == (1, "resident_id", ONE)
    assert name.replace(" ", "") == "王小树"


def test_headings_tell_which_column_is_what():
    text = f"单位\t姓名\t电话\t身份证号\n少年网球队\t王小树\t19900000001\t{ONE}\n"
    assert found(text) == [(2, "王小树", "resident_id", ONE)]


def test_a_passport_and_its_bearer():
    assert found(f"Maren Oldhaven, passport, {PASSPORT}") == [
        (1, "Maren Oldhaven", "passport", PASSPORT)
    ]
    assert found(f"Maren Oldhaven {PASSPORT}") == [(1, "Maren Oldhaven", "passport", PASSPORT)]


def test_a_name_may_be_missing_a_document_may_not():
    assert found(ONE) == [(1, "", "resident_id", ONE)]
    (error,) = read_text("王小树").errors
    assert (error.line, error.why) == (1, "no_document")


def test_what_is_wrong_is_told_by_line_and_masked():
    wrong = ONE[:-1] + ("0" if ONE[-1] != "0" else "1")
    listed = read_text(f"甲 {ONE}\n乙 {wrong}\n\n丙 {ONE}\n丁 {TWO}")
    assert [person.line for person in listed.people] == [1, 5]
    assert [(error.line, error.why, error.other) for error in listed.errors] == [
        (2, "check_digit", ""),
        (4, "twice", "1"),
    ]
    assert all("0101189" not in error.document for error in listed.errors)


def test_a_phone_or_a_running_number_is_no_document():
    (error,) = read_text("12 王小树 19900000001").errors
    assert error.why == "no_document"


def test_a_list_from_a_file_of_text_or_a_workbook(tmp_path):
    text = tmp_path / "list.txt"
    text.write_bytes(f"姓名,证件号\n王小树,{ONE}\n".encode("gb18030"))
    book = openpyxl.Workbook()
    book.active.append(["姓名", "证件号"])
    book.active.append(["王小树", ONE])
    kept = io.BytesIO()
    book.save(kept)
    sheet = tmp_path / "list.xlsx"
    sheet.write_bytes(kept.getvalue())
    for path in (text, sheet):
        assert [(p.line, p.name, p.number) for p in read_file(path).people] == [(2, "王小树", ONE)]
    with pytest.raises(BadFile):
        read_file(tmp_path / "none.txt")


@given(st.text(max_size=300))
def test_anything_pasted_is_people_or_errors_by_line(text):
    listed = read_text(text)
    lines = len(text.splitlines())
    assert all(1 <= entry.line <= lines for entry in (*listed.people, *listed.errors))
    assert len({person.number for person in listed.people}) == len(listed.people)


@given(
    st.lists(st.integers(1, 20_000), min_size=1, max_size=12, unique=True),
    st.sampled_from(["\t", ",", ";", " ", "、"]),
    st.booleans(),
)
def test_who_is_listed_is_read_in_order(serials, between, name_first):
    ids = [resident_id(serial) for serial in serials]
    parts = [("试名", number) if name_first else (number, "试名") for number in ids]
    text = "\n".join(between.join(part) for part in parts)
    assert [person.number for person in read_text(text).people] == list(dict.fromkeys(ids))
