"""How cells of bills are read: amounts to the fen, moments of the venue, numbers left whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache

from boxoffice import clock
from boxoffice.sentences.phrases import Phrase, phrase

MOST_FEN = 10**12
"""Of one amount: ten billion yuan. A million of them still fit into what the records count in."""
LONGEST_NUMBER = 64
"""Those of payment companies have at most 32 characters; an index takes no page of text."""
SHOWN = 80
"""How much of a value a trouble repeats."""

When = tuple[date, datetime | None]
"""The venue's day and, where a time is named, the moment."""

MaybeWhen = tuple[date | None, datetime | None]
NO_TIME: MaybeWhen = (None, None)

_AROUND = frozenset("`'= \t\n\r\f\v\u00a0\u3000")
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
_SPOILED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_UNIT = re.compile(r"\((?:[+-]?元|人民币|cny|rmb|分)\)$")
_YUAN = re.compile(r"([+-]?)[¥￥]?([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.(\d+))?元?", re.ASCII)
_FEN = re.compile(r"([+-]?)(\d{1,15})", re.ASCII)
_TIME = r"(?:(\d{1,2}):?(\d{2})(?::?(\d{2})(?:\.\d{1,6})?)?)?"
_WRITTEN = (
    re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T\s]*" + _TIME, re.ASCII),
    re.compile(r"(\d{4})(\d{2})(\d{2})[T\s]*" + _TIME, re.ASCII),
)
_RUN_TOGETHER = re.compile(r"(\d{4}-\d{2}-\d{2})(\d{2}:)")
_ZONE = re.compile(r"\s*(?:Z|[+-]\d{2}:?\d{2})$")
_TOKENS = {
    "YYYY": r"(?P<year>\d{4})",
    "MM": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})",
    "HH": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})",
}
_YEARS = range(2000, 2200)


class Unreadable(ValueError):
    """A cell that does not hold what its column should."""

    def __init__(self, expected: Phrase) -> None:
        super().__init__(expected)
        self.expected = expected


def bare(cell: str) -> str:
    """A cell without what companies put around it so that spreadsheets leave it alone."""
    if not cell or (cell[0] not in _AROUND and not cell[-1].isspace()):
        return cell  # as nearly all are, and there are a million in a busy bill
    found = cell.strip().removeprefix("`").removeprefix("'").strip()
    if found.startswith("="):
        text = _TEXT_FORMULA.fullmatch(found)
        return text[1].strip() if text else found
    return found


@lru_cache(maxsize=2048)
def heading(cell: str) -> str:
    """A heading as it is compared: half width, small letters, no spaces, no unit behind."""
    plain = unicodedata.normalize("NFKC", bare(cell)).casefold()
    return _UNIT.sub("", "".join(plain.split()))


def number(value: str) -> str:
    """A number of ours or theirs; nothing and a lone 0 are none.

    Raises Unreadable for one that a spreadsheet made a power of ten of, for a formula, and for what
    is too long or holds something that cannot be seen.
    """
    if _SPOILED.fullmatch(value):
        raise Unreadable(phrase("spoiled_number"))
    if value.startswith("="):
        raise Unreadable(phrase("no_formula"))
    if len(value) > LONGEST_NUMBER:
        raise Unreadable(phrase("shorter", count=LONGEST_NUMBER))
    if not value.isprintable():
        raise Unreadable(phrase("one_line"))
    return "" if value in ("0", "-", "--", "/") else value


@lru_cache(maxsize=8192)
def yuan(value: str) -> int:
    """Fen of an amount in yuan, with its sign; digits past the fen must be zeros.

    Raises Unreadable.
    """
    found = _YUAN.fullmatch(unicodedata.normalize("NFKC", value).replace(" ", ""))
    rest = (found[4] or "") if found else ""
    if not found or (found[1] and found[2]) or rest[2:].strip("0"):
        raise Unreadable(phrase("yuan"))
    whole = found[3].replace(",", "").lstrip("0")
    if len(whole) > len(str(MOST_FEN)) - 3:
        raise Unreadable(phrase("yuan_too_much"))
    fen = int(whole or "0") * 100 + int(rest[:2].ljust(2, "0"))
    return -fen if "-" in (found[1], found[2]) else fen


@lru_cache(maxsize=8192)
def fen(value: str) -> int:
    """Fen of an amount written in fen, with its sign; leading zeros do not matter.

    Raises Unreadable.
    """
    found = _FEN.fullmatch(value.replace(" ", ""))
    if not found:
        raise Unreadable(phrase("fen"))
    if int(found[2]) >= MOST_FEN:
        raise Unreadable(phrase("yuan_too_much"))
    return -int(found[2]) if found[1] == "-" else int(found[2])


def moment(value: str) -> When:
    """A day or a moment in one of the usual ways of writing it; without a zone it is the venue's.

    Raises Unreadable.
    """
    text = unicodedata.normalize("NFKC", value).strip()
    text = _RUN_TOGETHER.sub(r"\1 \2", text, count=1)
    zone = _ZONE.search(text) if ":" in text else None
    if zone:
        return _with_zone(text)
    for pattern in _WRITTEN:
        found = pattern.fullmatch(text)
        if found:
            return _when(*found.groups())
    raise Unreadable(phrase("moment"))


def moments(pattern: str) -> Callable[[str], When]:
    """A reader of one way of writing moments, such as DD/MM/YYYY HH:mm:ss or YYYYMMDDHHmmss.

    Raises ValueError for a pattern without year, month and day.
    """
    parts = re.split("(YYYY|MM|DD|HH|mm|ss)", pattern)
    tokens = [part for part in parts if part in _TOKENS]
    if len(set(tokens)) != len(tokens) or not {"YYYY", "MM", "DD"} <= set(tokens):
        raise ValueError(pattern)
    written = re.compile(
        "".join(_TOKENS.get(part) or re.escape(" ".join(part.split(" "))) for part in parts),
        re.ASCII,
    )

    def read(value: str) -> When:
        found = written.fullmatch(" ".join(unicodedata.normalize("NFKC", value).split()))
        if not found:
            raise Unreadable(phrase("moment_as", pattern=pattern))
        named = found.groupdict()
        parts_of_it = ("year", "month", "day", "hour", "minute", "second")
        return _when(*(named.get(part) for part in parts_of_it))

    return read


def _with_zone(text: str) -> When:
    try:
        read = datetime.fromisoformat(text.replace(" ", "T", 1))
        if read.year not in _YEARS:  # at the ends of the calendar no other zone has this moment
            raise ValueError(text)
    except ValueError:
        raise Unreadable(phrase("moment")) from None
    return clock.venue(read).date(), read.astimezone(UTC)


def _when(
    year: str | None,
    month: str | None,
    on: str | None,
    hour: str | None,
    minute: str | None,
    second: str | None,
) -> When:
    try:
        day = date(int(year or 0), int(month or 0), int(on or 0))
        if day.year not in _YEARS:
            raise ValueError(year)
        if hour is None:
            return day, None
        at = datetime(
            *(day.year, day.month, day.day),
            *(int(hour), int(minute or 0), int(second or 0)),
            tzinfo=clock.VENUE_ZONE,
        )
    except ValueError:
        raise Unreadable(phrase("moment")) from None
    return day, at.astimezone(UTC)


def shown(value: str) -> str:
    """A value as a trouble may repeat it: cut, and nothing in it that cannot be seen."""
    return "".join(letter if letter.isprintable() else "�" for letter in value[:SHOWN])
