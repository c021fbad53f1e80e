"""Tables as text: encoding, separator and header found out, then line by line into rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from boxoffice.errors import BadFile
from boxoffice.exchange.columns import ALIASES, Column, Unreadable
from boxoffice.exchange.kinds import TABLES, Table
from boxoffice.exchange.rows import LineError, ParsedFile

ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = ",;\t"
LONGEST_FIELD = 131_072
SHOWN = 80
"""How much of a wrong value an error repeats."""

_EMPTY_STATUS = "paid"


def decode(data: bytes, name: str) -> str:
    """The text of a file. Raises BadFile for what is no text in UTF-8 or GB18030."""
    if b"\0" in data:
        raise BadFile(file=name, why="it is not text")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(file=name, why="its text is neither UTF-8 nor GBK")


def read_table(text: str, name: str, digest: str) -> ParsedFile:
    """A table of any kind we know. Raises BadFile where the header fits none."""
    lines = _lines(text, name)
    header = next(lines, None)
    if header is None:
        raise BadFile(file=name, why="it is empty")
    table, places, ignored = _recognise(header[1], name)
    rows: list[Any] = []
    errors: list[LineError] = []
    seen: dict[tuple[Any, ...], int] = {}
    for line, cells in lines:
        if not any(cells):
            continue
        row = _row(table, places, len(header[1]), line, cells, errors)
        if row is None:
            continue
        rows.append(row)
        key = tuple(getattr(row, part) for part in table.key)
        if key and seen.setdefault(key, line) != line:
            errors.append(
                LineError(line, table.key[0], str(key[0]), f"once; it stands in line {seen[key]}")
            )
    if not rows and not errors:
        raise BadFile(file=name, why="it has a header and no rows")
    return ParsedFile(table.kind, name, digest, rows, tuple(errors), ignored)


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the first text line, stripped cells) of each record."""
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for cells in reader:
            yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(file=name, why=f"line {start} is no table row ({error})") from None


def _recognise(
    header: Sequence[str], name: str
) -> tuple[Table, list[tuple[Column, int | None]], tuple[str, ...]]:
    given = [cell.casefold().replace(" ", "_") for cell in header]
    for table in TABLES:
        places: dict[str, int] = {}
        for column in table.columns:
            spellings = (column.name, *(alias.replace(" ", "_") for alias in ALIASES[column.name]))
            found = [n for n, cell in enumerate(given) if cell in spellings]
            if len(found) > 1:
                twice = header[found[1]]
                raise BadFile(file=name, why=f"column {twice} stands twice in the header")
            if found:
                places[column.name] = found[0]
        if table.fits(set(places)):
            used = set(places.values())
            ignored = tuple(cell for n, cell in enumerate(header) if n not in used and cell)
            return table, [(column, places.get(column.name)) for column in table.columns], ignored
    shown = ", ".join(cell[:SHOWN] for cell in header[:6])
    raise BadFile(file=name, why=f"it is no kind of file we know; its first line is: {shown}")


def _row(
    table: Table,
    places: Sequence[tuple[Column, int | None]],
    width: int,
    line: int,
    cells: Sequence[str],
    errors: list[LineError],
) -> Any:
    values: dict[str, Any] = {}
    wrong: list[LineError] = []
    for column, place in places:
        value = cells[place] if place is not None and place < len(cells) else ""
        if not value and column.name == "status":
            value = _EMPTY_STATUS
        try:
            values[column.name] = column.read(value)
        except Unreadable as unreadable:
            wrong.append(LineError(line, column.name, value[:SHOWN], str(unreadable)))
            values[column.name] = _STAND_IN.get(column.name, value)
    if any(cells[width:]):
        errors.append(LineError(line, "", cells[width][:SHOWN], f"{width} columns"))
        return None
    hard = [error for error in wrong if error.column not in table.tolerant]
    if hard:
        errors += hard
        return None
    return table.make(line, _with_problems(values, wrong))


_STAND_IN: Mapping[str, Any] = {"price_yuan": 0}


def _with_problems(values: dict[str, Any], wrong: list[LineError]) -> dict[str, Any]:
    return {**values, "problems": wrong} if wrong else values
