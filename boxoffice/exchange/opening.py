"""Tables as outside parties send them, opened into lines of cells: CSV, ZIP, GZIP, XLSX.

What the cells mean is not known here. Nothing is trusted: sizes are bounded as they are unpacked,
and what is no table is refused with a sentence.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boxoffice.errors import BadFile
from boxoffice.exchange.columns import shown
from boxoffice.exchange.spreadsheet import Sheet, is_workbook, read_sheets
from boxoffice.exchange.tables import decode, kind_of, swallows
from boxoffice.sentences.phrases import phrase

LARGEST_BYTES = 128_000_000
"""Of a file and of what it unpacks to: a bill of a million lines."""
MOST_PARTS = 50
SEPARATORS = ",;\t|"
LOOKED_THROUGH = 60
"""How many lines are looked at to find out how a table is written."""

_TABLE_ENDINGS = (".csv", ".txt")
_GZIP_MARK = b"\x1f\x8b"
_WORKBOOK_PART = "xl/workbook.xml"
_LOCKED = 0x1
_OTHER = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
)
_NO_TABLE_BEGINS = ("<", "{", "[")
_LINE_END = re.compile("\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of tables. `known_as` is its kind if it is one that the venue imports."""

    name: str
    """File name without its folder."""
    digest: str
    """SHA-256 of the bytes."""
    sheets: tuple[Sheet, ...]
    known_as: str = ""


def open_file(path: Path) -> Opened:
    """The tables of a file. Raises BadFile for what cannot be read or holds no table."""
    name, data = load(path, LARGEST_BYTES)
    return open_bytes(data, name)


def load(path: Path, largest: int) -> tuple[str, bytes]:
    """Name and bytes of a file. Raises BadFile where it is none, too large or cannot be opened."""
    # A name that is not UTF-8 carries surrogates, which no record could keep.
    name = (path.name or str(path)).encode("utf-8", "replace").decode()
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise BadFile(file=name, why=phrase("folder"))
        if not stat.S_ISREG(about.st_mode):
            raise BadFile(file=name, why=phrase("device"))
        if about.st_size > largest:
            raise BadFile(file=name, why=phrase("too_large"))
        return name, path.read_bytes()
    except OSError as error:
        raise BadFile(file=name, why=error.strerror or phrase("not_opened")) from None
    except ValueError:  # a path with a NUL in it
        raise BadFile(file=shown(name), why=phrase("not_opened")) from None


def open_bytes(data: bytes, name: str) -> Opened:
    """The tables of a file's bytes. Raises BadFile for what holds no table."""
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(_GZIP_MARK):
        data = _unzipped(data, name)
    for mark, kind in _OTHER:
        if data.startswith(mark):
            raise BadFile(file=name, why=phrase("other_file", kind=kind))
    sheets = _archive(data, name) if is_workbook(data) else (_table(data, name, name),)
    return Opened(name, digest, sheets, _known_as(sheets))


def _unzipped(data: bytes, name: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            found = packed.read(LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise BadFile(file=name, why=phrase("damaged_archive")) from None
    if len(found) > LARGEST_BYTES:
        raise BadFile(file=name, why=phrase("too_large"))
    return found


def _archive(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook, or the tables of an archive, whose names may be in GBK."""
    try:
        # Alipay writes names in GBK and does not say so; marked names are UTF-8 all the same.
        with zipfile.ZipFile(io.BytesIO(data), metadata_encoding="gb18030") as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            if any(part.filename == _WORKBOOK_PART for part in parts):
                return tuple(read_sheets(data, name))
            if len(parts) > MOST_PARTS:
                raise BadFile(file=name, why=phrase("archive_inside", count=len(parts)))
            tables = [part for part in parts if part.filename.casefold().endswith(_TABLE_ENDINGS)]
            if not tables:
                raise BadFile(file=name, why=phrase("no_table_inside"))
            if any(part.flag_bits & _LOCKED for part in tables):
                raise BadFile(file=name, why=phrase("locked_archive"))
            return tuple(_parts(archive, tables, name))
    except (
        *(EOFError, NotImplementedError, OSError, RuntimeError, UnicodeDecodeError),
        *(ValueError, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error),
    ):
        raise BadFile(file=name, why=phrase("damaged_archive")) from None


def _parts(
    archive: zipfile.ZipFile, tables: Sequence[zipfile.ZipInfo], name: str
) -> Iterator[Sheet]:
    """What an archive says of the size of its parts is not believed."""
    left = LARGEST_BYTES
    for part in tables:
        with archive.open(part) as packed:
            data = packed.read(left + 1)
        left -= len(data)
        if left < 0:
            raise BadFile(file=name, why=phrase("too_large"))
        yield _table(data, name, part.filename.replace("\\", "/").rpartition("/")[2])


def _table(data: bytes, name: str, title: str) -> Sheet:
    text = decode(data, name)
    lines = _LINE_END.split(text)
    if text.lstrip().startswith(_NO_TABLE_BEGINS):
        # An answer or a page instead of a table: enough of it to say what it is.
        return Sheet(title, [(n, [line[:300]]) for n, line in enumerate(lines[:20], start=1)])
    near = lines[:LOOKED_THROUGH]
    if any(line.lstrip().startswith("`") for line in near):
        return Sheet(title, list(_ticked(lines)))
    # Tabs behind values, as Alipay writes them, keep spreadsheets from reckoning with them.
    bare = [line.replace("\t,", ",").rstrip("\t") for line in near]
    separator = max(SEPARATORS, key=lambda each: max(line.count(each) for line in bare))
    return Sheet(title, list(_separated(text, lines, separator)))


def _ticked(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines whose values each stand behind a backtick, and may hold commas and quotes."""
    for number, line in enumerate(lines, start=1):
        if line.lstrip().startswith("`"):
            yield number, [cell.strip() for cell in line.lstrip()[1:].split(",`")]
        else:
            yield number, [cell.strip() for cell in _cells(line, ",")]


def _separated(text: str, lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Records of a table; where a quote is nobody's, each line is one by itself."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found = []
    start = 1
    try:
        for cells in reader:
            if reader.line_num > start and swallows(cells, separator):
                raise csv.Error
            found.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error:
        for number, line in enumerate(lines, start=1):
            yield number, [cell.strip() for cell in _cells(line, separator)]
        return
    yield from found


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return line.split(separator)


def _known_as(sheets: Sequence[Sheet]) -> str:
    for sheet in sheets:
        header = next((cells for _, cells in sheet.rows if any(cells)), [])
        kind = kind_of(header)
        if kind is not None:
            return kind.value
    return ""
