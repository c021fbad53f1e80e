"""What is typed into a search, as a question to the index of words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from boxoffice.domain import name_words
from boxoffice.records.personal import PHONE_END_DIGITS, Seal
from boxoffice.records.search_index import (
    channel_word,
    day_word,
    name_word,
    phone_end_word,
    seat_word,
    session_word,
    state_word,
)
from boxoffice.records.store import Store

SHORTEST_CODE = 3
_SHORTEST_SESSION = 2


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; empty fields narrow nothing."""

    day: str = ""
    """A business day, YYYY-MM-DD."""
    session: int | None = None
    state: str = ""
    """waiting, handed_over, reserved, returned or released."""
    channel: str = ""

    def __bool__(self) -> bool:
        return bool(self.day or self.session is not None or self.state or self.channel)


def code_key(text: str) -> str:
    """The beginning of a number or pickup code as the index keeps it; "" where it is too short."""
    key = "".join(unicodedata.normalize("NFKC", text).upper().split()).replace("-", "")
    return key if len(key) >= SHORTEST_CODE and key.isalnum() and key.isascii() else ""


def match(store: Store, seal: Seal, text: str, filters: Filters) -> str:
    """The question in FTS5's language; "" where there is nothing to ask."""
    wanted = []
    if text:
        readings = _readings(store, seal, text)
        if not readings:
            return ""
        wanted.append(readings)
    if filters.day:
        wanted.append(_exact(day_word(filters.day)))
    if filters.session is not None:
        wanted.append(_exact(session_word(filters.session)))
    if filters.state:
        wanted.append(_exact(state_word(filters.state)))
    if filters.channel:
        wanted.append(_exact(channel_word(filters.channel)))
    return " AND ".join(f"({part})" for part in wanted)


def _readings(store: Store, seal: Seal, text: str) -> str:
    """The text as one thing, or each of its words as one."""
    found = [*_one(store, seal, text), *_seat(text)]
    split = text.split()
    if len(split) > 1:
        each = [" OR ".join([*_one(store, seal, word), *_seat(word)]) for word in split]
        if all(each):
            found.append(" AND ".join(f"({part})" for part in each))
    return " OR ".join(f"({part})" for part in found)


def _one(store: Store, seal: Seal, text: str) -> list[str]:
    """A name, the end of a phone, or a session."""
    found = []
    name = name_words.whole(text)
    if name and not name.isdigit():
        found.append(_begins(name_word(name)))
    digits = text.strip()
    if len(digits) == PHONE_END_DIGITS and digits.isascii() and digits.isdigit():
        found.append(_exact(phone_end_word(seal.phone_end(digits))))
    sessions = _sessions(store, text)
    if sessions:
        found.append(" OR ".join(_exact(session_word(one)) for one in sessions))
    return found


def _sessions(store: Store, text: str) -> list[int]:
    """Sessions whose code begins so, or whose name has it in it."""
    wanted = text.strip().casefold()
    if len(wanted) < _SHORTEST_SESSION:
        return []
    return [
        row[0]
        for row in store.all("SELECT id, code, name_zh, name_en FROM session")
        if row[1].casefold().startswith(wanted)
        or wanted in row[2].casefold()
        or (not wanted.isdigit() and f" {wanted}" in f" {row[3].casefold()}")
    ]


_IN_WORDS = (
    re.compile(r"([^\s\-/]+?)(?:看台)?区(?:第?([^\s\-/]+?)排(?:第?([^\s\-/]+?)([座号])?)?)?"),
    re.compile(r"(?:block|section)([^\s\-/]+?)(?:row([^\s\-/]+?)(?:seat([^\s\-/]+?))?)?"),
)
_IN_FIGURES = re.compile(r"([^\s\-/]+)[\s\-/]+([^\s\-/]+)(?:[\s\-/]+([^\s\-/]+))?")


def _seat(text: str) -> list[str]:
    """A seat, or the beginning of one: 117区7排10座, Block 117 Row 7 Seat 10, 117-7-10."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    spoken = "".join(plain.split())
    for form in _IN_WORDS:
        found = form.fullmatch(spoken)
        if found:
            closed = [part for part in found.groups()[:3] if part]
            # 117区7排1 may go on to be seat 10.
            cut = 0 if len(closed) < 3 or found.groups()[3:] == ("座",) else 1
            return [_begins(seat_word(*closed)[: -cut or None])]
    listed = _IN_FIGURES.fullmatch(plain)
    if listed and any(part.isdigit() for part in listed.groups() if part):
        return [_begins(seat_word(*(part for part in listed.groups() if part))[:-1])]
    return []


def _exact(word: str) -> str:
    return f'"{word}"'


def _begins(word: str) -> str:
    return f'"{word}" *'
