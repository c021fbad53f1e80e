"""Workbooks (XLSX) as rows of text: dates and numbers as the sheet keeps them, line by line.

openpyxl is slow to load, so it is imported where a workbook is read and nowhere else.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import repeat
from typing import Any
from xml.etree.ElementTree import ParseError

from boxoffice.errors import BadFile
from boxoffice.exchange.columns import shown
from boxoffice.exchange.rows import LineError
from boxoffice.sentences.phrases import phrase

ZIP_MARK = b"PK\x03\x04"
OLD_MARK = b"\xd0\xcf\x11\xe0"
LARGEST_UNPACKED = 512_000_000
MOST_COLUMNS = 200
"""Further ones are left out: a sheet that was formatted to its very edge has 16,384."""

_EXACT = 10**15
"""From here on a sheet has rounded the number: it keeps fifteen digits."""
_ERRORS = (
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
)
"""What openpyxl, its parser and its archive raise at a damaged file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: (line, cells as text) for each row, and cells that hold no value at all."""

    title: str
    rows: list[tuple[int, list[str]]]
    errors: list[LineError] = field(default_factory=list)


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are an archive, as every workbook is."""
    return data.startswith(ZIP_MARK)


def read_sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook, in their order. Raises BadFile for what is none."""
    formulas = _look_inside(data, name)
    try:
        with warnings.catch_warnings():
            # About styles and validations, which are of no concern here.
            warnings.simplefilter("ignore")
            values = _load(data, values=True)
            written = _load(data, values=False) if formulas else None
            try:
                beside = repeat(None) if written is None else written.worksheets
                return [_sheet(*pair) for pair in zip(values.worksheets, beside, strict=False)]
            finally:
                values.close()
                if written is not None:
                    written.close()
    except _ERRORS as error:
        why = phrase("damaged_workbook", error=type(error).__name__)
        raise BadFile(file=name, why=why) from None


def _look_inside(data: bytes, name: str) -> bool:
    """Whether any cell is reckoned by a formula. Raises BadFile where it is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise BadFile(file=name, why=phrase("other_spreadsheet"))
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise BadFile(file=name, why=phrase("too_large"))
            return any(
                b"<f" in archive.read(part)
                for part in parts
                if part.filename.startswith("xl/worksheets/sheet")
            )
    except _ERRORS:
        raise BadFile(file=name, why=phrase("damaged_archive")) from None


def _load(data: bytes, *, values: bool) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values)


def _sheet(sheet: Any, written: Any) -> Sheet:
    found = Sheet(str(sheet.title), [])
    for each in (sheet, written):
        if each is not None:
            each.reset_dimensions()  # what a program claims of its sheet is often wrong
    formulas = iter(written.iter_rows(max_col=MOST_COLUMNS)) if written is not None else None
    for line, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        beside = next(formulas, ()) if formulas is not None else ()
        cells = []
        for place, cell in enumerate(row):
            formula = beside[place].value if place < len(beside) else None
            if cell.data_type == "e":
                expected = phrase("not_reckoned")
                found.errors.append(LineError(line, "", shown(str(cell.value)), expected))
            elif cell.value is None and isinstance(formula, str) and formula.startswith("="):
                expected = phrase("reckoned")
                found.errors.append(LineError(line, "", shown(formula), expected))
            value = cell.value
            # Looking up a format is slow; text has no use for it.
            plain = value is None or isinstance(value, str)
            cells.append((value or "").strip() if plain else cell_text(value, cell.number_format))
        found.rows.append((line, cells))
    width = max((len(cells) for _, cells in found.rows), default=0)
    for _, cells in found.rows:
        cells += [""] * (width - len(cells))  # empty ones at the end of a row are not kept
    return found


def cell_text(value: Any, number_format: str = "General") -> str:
    """A value of a cell as somebody would have written it into a table of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, number_format or "")
    if isinstance(value, datetime):
        return _moment(value, number_format or "")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        return str(value)
    return str(value).strip()


def _number(value: float, number_format: str) -> str:
    if "%" in number_format:
        return f"{value * 100:.12g}%"
    if abs(value) >= _EXACT:
        # Its last digits are lost: whoever wants a number of that length must not get a wrong one.
        return f"{value:.14e}"
    return str(int(value)) if value == int(value) else f"{value:.15g}"


def _moment(value: datetime, number_format: str) -> str:
    near = value + timedelta(milliseconds=500)  # a sheet keeps days as fractions
    near = near.replace(microsecond=0)
    if near.time() == time() and "h" not in number_format.casefold():
        return near.date().isoformat()
    return near.isoformat("T", "seconds")
