"""Workbooks: exact money, and what somebody typed is never reckoned."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from boxoffice.documents.workbook import Tab, Yuan, workbook


def test_cells_are_what_they_were_given_as() -> None:
    rows = [["=1+1", 3, Yuan(-123_456_789_01)], ["现金 Cash", None, Yuan(5)]]
    book = openpyxl.load_workbook(BytesIO(workbook([Tab("一 One", ("a", "b", "c"), rows)])))
    sheet = book["一 One"]
    assert [cell.value for cell in sheet[1]] == ["a", "b", "c"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["B2"].value == 3
    assert b"<v>-123456789.01</v>" in _raw(rows)
    assert sheet["C3"].number_format == "#,##0.00"


def _raw(rows: list[list[object]]) -> bytes:
    from zipfile import ZipFile

    with ZipFile(BytesIO(workbook([Tab("x", ("a", "b", "c"), rows)]))) as packed:
        return packed.read("xl/worksheets/sheet1.xml")


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        workbook([Tab("x", ("a",), [["1", "2"]])])
