"""Writes tables as an XLSX workbook: money as exact decimals in yuan, and words never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from boxoffice.domain.money import FEN_PER_YUAN

_MONEY = "#,##0.00"
_WIDEST = 60
"""Letters; a column is as wide as its longest cell, up to this."""


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount in fen, shown in yuan."""

    fen: int


Cell = str | int | Yuan | None


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet: its name, the heads of its columns, and rows of cells."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook(tabs: Sequence[Tab]) -> bytes:
    """The workbook as a file. Raises ValueError where a row is not as wide as its heads."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book: Any = Workbook()
    book.remove(book.active)
    for tab in tabs:
        sheet = book.create_sheet(tab.name)
        for column, head in enumerate(tab.heads, start=1):
            _set(sheet.cell(1, column), head)
            sheet.cell(1, column).font = Font(bold=True)
        for line, row in enumerate(tab.rows, start=2):
            if len(row) != len(tab.heads):
                raise ValueError(f"a row of {tab.name} has {len(row)} cells")
            for column, value in enumerate(row, start=1):
                _set(sheet.cell(line, column), value)
        _fit(sheet)
        sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _set(cell: Any, value: Cell) -> None:
    if isinstance(value, Yuan):
        cell.value = Decimal(value.fen) / FEN_PER_YUAN
        cell.number_format = _MONEY
    elif isinstance(value, str):
        cell.value = value
        # What somebody typed may begin with =, and must not be reckoned.
        cell.data_type = "s"
    else:
        cell.value = value


def _fit(sheet: Any) -> None:
    for column in sheet.columns:
        widest = max(_width(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(widest + 2, _WIDEST)


def _width(words: str) -> int:
    """Letters, of which Chinese ones take the room of two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in words)
