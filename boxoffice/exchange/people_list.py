"""A group leader's list, pasted or from a file: names and documents, in any order and columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from boxoffice.domain import identity
from boxoffice.domain.identity import DocumentKind
from boxoffice.domain.masking import mask_document
from boxoffice.errors import BadDocument, BadFile
from boxoffice.exchange.columns import LONGEST_TEXT, shown, tidy_name
from boxoffice.exchange.spreadsheet import is_workbook, read_sheets
from boxoffice.exchange.tables import decode, plain
from boxoffice.exchange.words import ALIASES, VALUES
from boxoffice.sentences.phrases import phrase

LARGEST_BYTES = 16_000_000
MOST_PEOPLE = 2000

_NAME, _KIND, _NUMBER = "name", "kind", "number"
_WORDS = {
    _NAME: (
        *("attendee", "buyer", "name", "full name", "passenger", "名字", "游客姓名"),
        *ALIASES["attendee"],
        *ALIASES["buyer"],
    ),
    _KIND: ("document_type", "证件", *ALIASES["document_type"]),
    _NUMBER: (
        *("document_no", "身份证", "身份证号", "身份证号码", "护照号", "护照号码", "passport no"),
        *ALIASES["document_no"],
    ),
}
_HEADINGS = {plain(word): what for what, words in _WORDS.items() for word in words}
_KINDS = {
    **{plain(word): DocumentKind(kind) for word, kind in VALUES["document_type"].items()},
    **{plain(kind.value): kind for kind in DocumentKind},
    "id": DocumentKind.RESIDENT_ID,
    "passport": DocumentKind.PASSPORT,
}
_BETWEEN = re.compile("[\t,;|\uff0c\uff1b\u3001]")
_PHONE = re.compile(r"(?:\+?86)?1\d{10}", re.ASCII)
_COUNT = re.compile(r"[#\uff08(]?\d{1,4}[.)\uff09\u3001:]?", re.ASCII)
_LONG = re.compile(r"[A-Z]{0,3}\d{7,}[X\d]*", re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")
_NO_NAMES = frozenset({"男", "女", "m", "f", "male", "female", "汉", "汉族"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the list, with the line they stand in; the number in normal form."""

    line: int
    name: str
    document_type: str
    number: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why somebody of a list gets no ticket."""

    line: int
    why: str
    """no_document, twice, too_many, has_ticket, limit, or what BadDocument expected"""
    document: str = ""
    """Masked."""
    other: str = ""
    """The line they stand in already, the order they have a ticket in, or the limit."""


@dataclass(frozen=True, slots=True)
class PeopleList:
    """Who stands in a list, and the lines nobody can be read from."""

    people: tuple[Person, ...]
    errors: tuple[Trouble, ...] = ()


def read_file(path: Path) -> PeopleList:
    """A list from a file of text or a workbook (its first sheet with anybody in it).

    Raises BadFile where it cannot be read.
    """
    name = path.name.encode("utf-8", "replace").decode()
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadFile(file=name, why=phrase("too_large"))
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(file=name, why=error.strerror or phrase("not_opened")) from None
    if not is_workbook(data):
        return read_text(decode(data, name))
    for sheet in read_sheets(data, name):
        found = _read((line, list(cells)) for line, cells in sheet.rows)
        if found.people or found.errors:
            return found
    return PeopleList(())


def read_text(text: str) -> PeopleList:
    """A list as it was pasted: one person a line, cells between tabs, commas or spaces."""
    return _read((line, _cells(written)) for line, written in enumerate(text.splitlines(), start=1))


def _cells(line: str) -> list[str]:
    line = line.lstrip("\ufeff")[:LONGEST_TEXT]
    cells = [cell.strip().strip("\"'") for cell in _BETWEEN.split(line)]
    return cells if len(cells) > 1 else _by_spaces(line)


def _by_spaces(line: str) -> list[str]:
    """Words between spaces; letters that follow one another stay one name."""
    cells: list[str] = []
    for word in unicodedata.normalize("NFKC", line).split():
        together = cells and _is_name(cells[-1]) and _is_name(word)
        if together and plain(word) not in _KINDS and plain(cells[-1]) not in _KINDS:
            cells[-1] += f" {word}"
        else:
            cells.append(word)
    return cells


def _is_name(word: str) -> bool:
    return bool(_LETTER.match(word)) and not any(letter.isdigit() for letter in word)


def _read(lines: Iterable[tuple[int, Sequence[str]]]) -> PeopleList:
    people: list[Person] = []
    errors: list[Trouble] = []
    seen: dict[str, int] = {}
    places: dict[int, str] | None = None
    for line, cells in lines:
        if not any(cells):
            continue
        heading = {n: _HEADINGS[plain(c)] for n, c in enumerate(cells) if plain(c) in _HEADINGS}
        first = not people and not errors and places is None
        if first and _NUMBER in heading.values() and not re.search(r"\d", "".join(cells)):
            places = heading
            continue
        found = _person(line, cells if places is None else _picked(cells, places))
        if isinstance(found, Trouble):
            errors.append(found)
        elif found.number in seen:
            masked = mask_document(found.number)
            errors.append(Trouble(line, "twice", masked, str(seen[found.number])))
        elif len(people) == MOST_PEOPLE:
            errors.append(Trouble(line, "too_many", other=str(MOST_PEOPLE)))
            break
        else:
            seen[found.number] = line
            people.append(found)
    return PeopleList(tuple(people), tuple(errors))


def _picked(cells: Sequence[str], places: dict[int, str]) -> list[str]:
    """What stands under headings we know, the number first: nothing else is taken for it."""
    order = (_NUMBER, _KIND, _NAME)
    named = sorted((order.index(what), n) for n, what in places.items())
    return [cells[n] for _, n in named if n < len(cells)]


def _person(line: int, cells: Sequence[str]) -> Person | Trouble:
    kind = next((_KINDS[plain(cell)] for cell in cells if plain(cell) in _KINDS), None)
    rest = [cell for cell in cells if cell and plain(cell) not in _KINDS]
    number = _number(rest, kind)
    if number is None:
        return Trouble(line, "no_document")
    name = next((tidy_name(cell) for cell in rest if cell != number and _may_be_name(cell)), "")
    named = kind or identity.recognise(number) or _likely(number)
    try:
        return Person(line, name, named.value, identity.check(named, number))
    except BadDocument as bad:
        masked = shown(mask_document(identity.clean(number)))
        return Trouble(line, str(bad.fields["expected"]), masked)


def _number(cells: Sequence[str], kind: DocumentKind | None) -> str | None:
    """The cell that is the document: the surest first, a phone or a running number never."""
    able = [cell for cell in cells if not _PHONE.fullmatch(identity.clean(cell))]
    able = [cell for cell in able if any(letter.isdigit() for letter in cell)]
    for cell in able:
        if identity.recognise(cell) is not None:
            return cell
    if kind is not None and (found := [cell for cell in able if _checks(kind, cell)]):
        return found[0]
    long = [cell for cell in able if _LONG.fullmatch(identity.clean(cell))]
    passports = [
        cell for cell in able if not _COUNT.fullmatch(cell) and _checks(DocumentKind.PASSPORT, cell)
    ]
    return next(iter((*long, *passports)), None)


def _checks(kind: DocumentKind, text: str) -> bool:
    try:
        identity.check(kind, text)
    except BadDocument:
        return False
    return True


def _likely(number: str) -> DocumentKind:
    """What a number that fits nothing was meant to be, so that the error says what is wrong."""
    bare = identity.clean(number)
    return DocumentKind.PASSPORT if len(bare) < 14 else DocumentKind.RESIDENT_ID


def _may_be_name(cell: str) -> bool:
    return _is_name(cell) and plain(cell) not in _NO_NAMES
