"""Tables as text: encoding, separator and header found out, then line by line into rows."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from boxoffice.domain.masking import hide_numbers, mask_document, mask_name, mask_phone
from boxoffice.errors import BadFile
from boxoffice.exchange.columns import Column, Unreadable, shown
from boxoffice.exchange.kinds import TABLES
from boxoffice.exchange.rows import FileKind, LineError, ParsedFile
from boxoffice.exchange.spreadsheet import OLD_MARK, read_sheets
from boxoffice.exchange.tabular import Table
from boxoffice.exchange.words import ALIASES
from boxoffice.sentences.phrases import Phrase, phrase

ENCODINGS = ("utf-8-sig", "gb18030")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = ",;\t"

_EMPTY = phrase("empty")
_EMPTY_STATUS = "paid"
_STAND_IN: Mapping[str, Any] = {"price_yuan": 0}
# What an error may not repeat in clear.
_MASKS: Mapping[str, Callable[[str], str]] = {
    "document_no": mask_document,
    "phone": mask_phone,
    "buyer": mask_name,
    "attendee": mask_name,
}


def decode(data: bytes, name: str) -> str:
    """The text of a file. Raises BadFile for what is no text in UTF-8, UTF-16 or GB18030."""
    if data.startswith(OLD_MARK):
        raise BadFile(file=name, why=phrase("old_spreadsheet"))
    encodings = ("utf-16",) if data.startswith(UTF_16_MARKS) else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise BadFile(file=name, why=phrase("no_text"))


def read_table(text: str, name: str, digest: str) -> ParsedFile:
    """A table of any kind we know. Raises BadFile where the header fits none."""
    return _read(text_rows(text, name), name, digest, [])


def read_workbook(data: bytes, name: str, digest: str) -> ParsedFile:
    """The first sheet of a workbook whose header fits a kind. Raises BadFile where none does."""
    troubles = []
    for sheet in read_sheets(data, name):
        try:
            return _read(iter(sheet.rows), name, digest, sheet.errors)
        except BadFile as bad:
            troubles.append(bad)
    filled = [bad for bad in troubles if bad.fields["why"] != _EMPTY]
    raise (filled or troubles or [BadFile(file=name, why=_EMPTY)])[0]


def _read(
    lines: Iterator[tuple[int, list[str]]], name: str, digest: str, told: Sequence[LineError]
) -> ParsedFile:
    """Rows of the kind its header tells; `told` is what was wrong before a line was looked at."""
    header = next((cells for _, cells in lines if any(cells)), [])
    while header and not header[-1]:
        header.pop()
    if not header:
        raise BadFile(file=name, why=_EMPTY)
    table, places, ignored = _recognise(header, name)
    rows: list[Any] = []
    errors: list[LineError] = []
    unreckoned = {error.line for error in told}
    seen: dict[tuple[Any, ...], int] = {}
    for line, cells in lines:
        if line in unreckoned:
            errors += [error for error in told if error.line == line]
            continue
        if not any(cells):
            continue
        row = _row(table, places, len(header), line, cells, errors)
        if row is None:
            continue
        rows.append(row)
        key = tuple(getattr(row, part) for part in table.key)
        if key and seen.setdefault(key, line) != line:
            expected = phrase("once", line=seen[key])
            errors.append(LineError(line, table.key[0], key[0], expected))
    if not rows and not errors:
        raise BadFile(file=name, why=phrase("no_rows"))
    if not errors:
        errors += table.across(rows)
    return ParsedFile(table.kind, name, digest, rows, tuple(errors), ignored)


def text_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the first text line, stripped cells) of each record."""
    first = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    # Strict, so that a quote nobody closes does not swallow the lines below it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            if reader.line_num > start and swallows(cells, separator):
                raise csv.Error("a quote is closed lines below")
            yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(file=name, why=phrase("no_table_row", line=start, error=str(error))) from None


def swallows(cells: Sequence[str], separator: str) -> bool:
    """Whether a cell over several lines seems to hold whole records: two quotes, each of them
    nobody's, make one cell of all that stands between them."""
    return len(cells) > 1 and any(
        ("\n" in cell or "\r" in cell) and cell.count(separator) >= len(cells) - 1 for cell in cells
    )


def plain(heading: str) -> str:
    """A heading or word as it is compared: half width, small letters, no spaces inside."""
    return unicodedata.normalize("NFKC", heading).casefold().strip().replace(" ", "_")


_SPELLINGS = {
    name: {plain(spelling) for spelling in (name, *aliases)} for name, aliases in ALIASES.items()
}


def _recognise(
    header: Sequence[str], name: str
) -> tuple[Table, list[tuple[Column, int | None]], tuple[str, ...]]:
    standing: dict[str, list[int]] = {}
    for place, cell in enumerate(header):
        standing.setdefault(plain(cell), []).append(place)
    for table in TABLES:
        places = {
            column.name: sorted(
                place for word in _SPELLINGS[column.name] for place in standing.get(word, ())
            )
            for column in table.columns
        }
        if table.lacking({name for name, found in places.items() if found}.__contains__):
            continue
        for found in places.values():
            if len(found) > 1:
                twice = shown(header[found[1]])
                raise BadFile(file=name, why=phrase("column_twice", column=twice))
        used = {found[0] for found in places.values() if found}
        ignored = tuple(shown(cell) for n, cell in enumerate(header) if n not in used and cell)
        return table, [(c, next(iter(places[c.name]), None)) for c in table.columns], ignored
    raise BadFile(file=name, why=_unknown(header, set(standing)))


def kind_of(header: Sequence[str]) -> FileKind | None:
    """The kind of file a header belongs to; None where it is none that the venue imports."""
    standing = {plain(cell) for cell in header}
    for table in TABLES:
        if all(_SPELLINGS[needed] & standing for needed in table.needed):
            return table.kind
    return None


def _unknown(header: Sequence[str], standing: set[str]) -> Phrase:
    """What to say of a header that fits no kind: what the nearest kind lacks, if any is near."""
    for table in TABLES:
        lacking = table.lacking(lambda name: bool(_SPELLINGS[name] & standing))
        if len(table.needed) > 2 and 2 * len(lacking) < len(table.needed):
            return phrase("lacks_columns", file_kind=table.kind.value, columns=", ".join(lacking))
    first = hide_numbers(", ".join(shown(cell) for cell in header[:6]))
    return phrase("unknown_kind", first=first)


def _row(
    table: Table,
    places: Sequence[tuple[Column, int | None]],
    width: int,
    line: int,
    cells: Sequence[str],
    errors: list[LineError],
) -> Any:
    """The row of a line; None where it cannot be one, with the reasons added to `errors`."""
    # Some programs leave out empty cells at the end.
    needed = [place for column, place in places if column.needed and place is not None]
    if len(cells) <= max(needed) or any(cells[width:]):
        stands, wanted = phrase("columns", count=len(cells)), phrase("columns", count=width)
        errors.append(LineError(line, "", stands, wanted))
        return None
    values: dict[str, Any] = {}
    written: dict[str, str] = {}
    wrong: list[LineError] = []
    for column, place in places:
        value = column.absent
        if place is not None:
            value = cells[place] if place < len(cells) else ""
        written[column.name] = value
        if not value and column.name == "status":
            value = _EMPTY_STATUS
        try:
            values[column.name] = column.read(value)
        except Unreadable as unreadable:
            found = shown(_MASKS.get(column.name, str)(value))
            wrong.append(LineError(line, column.name, found, unreadable.expected))
            values[column.name] = _STAND_IN.get(column.name, value)
    hard = [error for error in wrong if error.column not in table.tolerant]
    if not wrong:
        hard = [
            LineError(line, column, shown(written[column]), expected)
            for column, expected in table.check(values, written)
        ]
    if hard:
        errors += hard
        return None
    return table.make(line, {**values, "problems": wrong} if wrong else values)
