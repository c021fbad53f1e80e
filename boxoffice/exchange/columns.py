"""How the values of columns are read: text, amounts, numbers, moments, words of either language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from boxoffice import clock
from boxoffice.domain.money import parse_yuan
from boxoffice.domain.short_codes import ALPHABET, PICKUP_LENGTH
from boxoffice.exchange.words import VALUES, YES_NO
from boxoffice.sentences.phrases import Phrase, phrase

TYPE_NAMES = ("adult", "concession", "companion")
"""Ticket types, as every file calls them."""
LONGEST_TEXT = 1000
SHOWN = 80
"""How much of a wrong value an error repeats."""

# Control characters, line ends, marks that turn the direction of text around, and what is no
# character at all: none of it belongs on a screen or a ticket, some cannot even be stored.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_DAY = r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"
_ONLY_DAY = re.compile(_DAY, re.ASCII)
_MOMENT = re.compile(
    _DAY + r"[T ]+(\d{1,2})(:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_PICKUP = re.compile(f"[{ALPHABET}]{{{PICKUP_LENGTH}}}")
_PHONE = re.compile(r"(?:(?:\+|00)86)?(1\d{10})", re.ASCII)
_SPACED_CJK = re.compile("(?<=[\u2e80-\u9fff]) (?=[\u2e80-\u9fff])")
# Times outside cannot be meant, and near the ends of the calendar they cannot be converted.
_YEARS = range(1900, 2200)


class Unreadable(ValueError):
    """A value that does not fit."""

    def __init__(self, expected: Phrase) -> None:
        super().__init__(expected)
        self.expected = expected


Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the row, how a value is read, and whether it may be left out."""

    name: str
    read: Reader
    needed: bool = True
    absent: str = ""
    """What a file means that has no such column; an empty cell is another thing."""


def shown(value: str, most: int = SHOWN) -> str:
    """A value as an error may repeat it: cut, and nothing in it that cannot be seen."""
    return "".join(letter if letter.isprintable() else "�" for letter in value[:most])


def text(value: str) -> str:
    """Any text of one line, empty too."""
    if len(value) > LONGEST_TEXT:
        raise Unreadable(phrase("shorter", count=LONGEST_TEXT))
    if _UNSEEN.search(value):
        raise Unreadable(phrase("one_line"))
    return value


def even(value: str) -> str:
    """A cell in half width and small letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text(value)).casefold().split())


def filled(value: str) -> str:
    """Text that says something."""
    if not value:
        raise Unreadable(phrase("some_value"))
    return text(value)


@lru_cache(maxsize=4096)
def code(value: str) -> str:
    """A number or code that people type, as it is looked up: half width, upper case, unspaced."""
    return "".join(unicodedata.normalize("NFKC", filled(value)).upper().split())


@lru_cache(maxsize=4096)
def optional_code(value: str) -> str:
    """A pickup code or nothing; groups and dashes are for the eye, where it is of our shape."""
    if not value:
        return ""
    read = code(value)
    bare = read.replace("-", "")
    return bare if _PICKUP.fullmatch(bare) else read


@lru_cache(maxsize=4096)
def phone(value: str) -> str:
    """A phone as it is looked up: without spaces, dashes and the country code of the mainland."""
    read = "".join(text(value).split()).replace("-", "")
    found = _PHONE.fullmatch(read)
    return found[1] if found else read


@lru_cache(maxsize=4096)
def person(value: str) -> str:
    """A name as it is looked up."""
    return tidy_name(text(value))


def tidy_name(name: str) -> str:
    """A name in half width with single spaces, and none between Chinese characters."""
    return _SPACED_CJK.sub("", " ".join(unicodedata.normalize("NFKC", name).split()))


def note(value: str) -> str:
    """Text that may have been written in several lines; it is kept as one."""
    return text(" ".join(value.split()))


def yuan(value: str) -> int:
    """Fen of an amount in yuan that is not negative."""
    try:
        fen = parse_yuan(value)
    except ValueError:
        raise Unreadable(phrase("yuan")) from None
    if fen < 0:
        raise Unreadable(phrase("yuan_from_zero"))
    return fen


def optional_yuan(value: str) -> int:
    """Fen, nothing is zero."""
    return yuan(value) if value else 0


def whole(value: str) -> int:
    """A whole number that is not negative."""
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII):
        raise Unreadable(phrase("whole"))
    return int(value)


def optional_whole(value: str) -> int | None:
    """A whole number or nothing."""
    return whole(value) if value else None


def yes_no(value: str) -> bool:
    """Yes or no, in both languages."""
    try:
        return YES_NO[value.casefold()]
    except KeyError:
        raise Unreadable(phrase("yes_no")) from None


@lru_cache(maxsize=4096)
def moment(value: str) -> datetime:
    """A moment; without a zone it is venue time."""
    found = _MOMENT.fullmatch(value)
    try:
        if not found:
            raise ValueError(value)
        year, _, month, on, hour, rest, zone = found.groups()
        written = f"{year}-{month:0>2}-{on:0>2}T{hour:0>2}{rest}{zone or ''}"
        read = datetime.fromisoformat(written)
        if read.year not in _YEARS:
            raise ValueError(value)
    except ValueError:
        raise Unreadable(phrase("moment")) from None
    if read.tzinfo is None:
        read = read.replace(tzinfo=clock.VENUE_ZONE)
    return read.astimezone(UTC)


def optional_moment(value: str) -> datetime | None:
    """A moment or nothing."""
    return moment(value) if value else None


def day(value: str) -> date:
    """A day."""
    found = _ONLY_DAY.fullmatch(value)
    try:
        if not found:
            raise ValueError(value)
        read = date(int(found[1]), int(found[3]), int(found[4]))
        if read.year not in _YEARS:
            raise ValueError(value)
    except ValueError:
        raise Unreadable(phrase("day")) from None
    return read


def names(value: str) -> tuple[str, ...]:
    """Names between bars, commas or semicolons of either width, or 、; each counts once."""
    found = dict.fromkeys(part.strip() for part in re.split("[|、,;\uff0c\uff1b]", value))
    listed = tuple(text(part) for part in found if part)
    if not listed:
        raise Unreadable(phrase("names"))
    return listed


def parts(value: str) -> list[str]:
    """What stands between semicolons of either width."""
    return [part.strip() for part in re.split("[;\uff1b]", value)]


def is_none(value: str) -> bool:
    """Whether a value says that there is none, in either language."""
    return value.casefold() in ("none", "无", "不限", "不要求")


def one_of(column: str, *allowed: str) -> Reader:
    """One of some words, in either language."""
    words = VALUES.get(column, {})

    def read(value: str) -> str:
        small = value.casefold()
        found = words.get(value) or words.get(small, small)
        if found not in allowed:
            raise Unreadable(phrase("one_of", names=", ".join(allowed)))
        return found

    return read


def flag(column: str) -> Reader:
    """Yes or no, also in words that only this column has."""
    words = VALUES.get(column, {})
    return lambda value: yes_no(words.get(value.casefold(), value))
