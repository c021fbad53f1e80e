"""The search index of the window says of every order what its rows say, and of nothing else.

It is reckoned here once more from the orders, so that an index that went astray on its own shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

import peewee

from boxoffice import clock
from boxoffice.domain import name_words
from boxoffice.domain.statuses import LineStatus
from boxoffice.errors import RecordsUnreadable
from boxoffice.records import search_index
from boxoffice.records.store import Row, Store
from boxoffice.verify.sides import Finding, Sides, WindowSide

RULE = "search"

_SPOTS = (
    "SELECT order_id, session_id, spot, number, number_key, pickup_code, status, channel, buyer, "
    "attendees, phone_sealed, deadline, place, waiting, handed_over, reserved, returned, released "
    "FROM search_spot"
)
_HEADS = (
    "SELECT id, coalesce(number, ''), coalesce(pickup_code, ''), status, channel, buyer, "
    "phone_sealed, deadline, phone_end_hash FROM orders WHERE version > 0"
)
_LINES = (
    "SELECT l.order_id, l.session_id, l.status, l.attendee, "
    "coalesce(p.zone, ''), coalesce(p.row, ''), coalesce(p.number, ''), "
    "EXISTS (SELECT 1 FROM ticket t JOIN hand_over h ON h.ticket_id = t.id "
    "WHERE t.line_id = l.id AND t.live = 1) "
    "FROM orders o JOIN order_line l ON l.order_id = o.id "
    "LEFT JOIN seat p ON p.id = l.seat_id AND NOT (o.seats_open AND l.status = 'reserved') "
    "WHERE o.version > 0 ORDER BY l.order_id, l.position"
)
_STATES = {
    LineStatus.SOLD.value: search_index.WAITING,
    LineStatus.RETURNED.value: search_index.RETURNED,
    LineStatus.RELEASED.value: search_index.RELEASED,
}

_PUSHED_ON = 99
"""How far from its place a spot may be: only orders whose identities end alike push one on."""

Key = tuple[str, int]
"""Order and session: each has one spot."""


@dataclass(slots=True)
class _Wanted:
    """What the index has to say of an order in a session."""

    first: int
    """The number of its spot; one of the next where others had that."""
    values: tuple[object, ...]
    words: set[str]


@dataclass(slots=True)
class _Part:
    """The lines of an order in one session."""

    places: list[tuple[str, ...]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(search_index.STATES, 0))


def check(sides: Sides) -> Iterator[Finding]:
    """The rows a search answers with, and the words that lead to them."""
    sides.checked[RULE] = 0
    for window in sides.windows:
        yield from _one_window(window, sides.checked)


def _one_window(window: WindowSide, checked: dict[str, int]) -> Iterator[Finding]:
    store = window.store
    try:
        rows, words = store.all(_SPOTS), _words(store)
    except (peewee.DatabaseError, RecordsUnreadable) as why:
        yield Finding(RULE, f"{window.name}: search index", f"cannot be read: {why}")
        return
    checked[RULE] += len(rows)
    found = {(row[0], row[1]): row[2:] for row in rows}
    numbers: dict[str, str] = dict(store.all("SELECT id, coalesce(number, '') FROM orders"))
    wanted = dict(_reckon(store))
    for key in sorted(wanted.keys() | found.keys()):
        trouble = _trouble(wanted.get(key), found.get(key), words)
        if trouble:
            name = numbers.get(key[0]) or key[0]
            yield Finding(RULE, f"{window.name}: order {name}", trouble)
    for row in rows:
        if found[row[0], row[1]][0] != row[2]:
            name = numbers.get(row[0]) or row[0]
            yield Finding(RULE, f"{window.name}: order {name}", "stands twice in the search index")
    for spot in sorted(words.keys() - {row[2] for row in rows}):
        record = f"{window.name}: spot {spot}"
        yield Finding(RULE, record, "words lead to it, and no order stands there")


def _trouble(wanted: _Wanted | None, found: Row | None, words: Mapping[int, str]) -> str:
    """What is wrong with one spot; nothing where it is as it should be."""
    if found is None:
        return "is missing from the search index"
    if wanted is None:
        return "is in the search index with a session it has no ticket for"
    spot = int(found[0])
    if not 0 <= spot - wanted.first <= _PUSHED_ON:
        return "stands at the wrong place of the search index"
    if found[1:] != wanted.values:
        return "stands differently in the search index"
    if set(words.get(spot, "").split(" ")) != wanted.words:
        return "is found by other words than its own"
    return ""


@contextmanager
def _vocabulary(store: Store) -> Iterator[str]:
    """A table of every word by spot, in memory: a connection that only reads may have it."""
    reads_only = store.first("PRAGMA query_only")
    store.execute("PRAGMA query_only = 0")
    try:
        store.execute(
            "CREATE VIRTUAL TABLE temp.search_vocabulary "
            "USING fts5vocab(main, search_word, 'instance')"
        )
        yield "temp.search_vocabulary"
    finally:
        store.execute("DROP TABLE IF EXISTS temp.search_vocabulary")
        store.execute(f"PRAGMA query_only = {int(reads_only[0]) if reads_only else 0}")


def _words(store: Store) -> dict[int, str]:
    with _vocabulary(store) as table:
        return dict(store.all(f"SELECT doc, group_concat(term, ' ') FROM {table} GROUP BY doc"))


def _reckon(store: Store) -> Iterator[tuple[Key, _Wanted]]:
    heads = {row[0]: row for row in store.all(_HEADS)}
    starts = {
        row[0]: _minute(row[1], row[2])
        for row in store.all("SELECT id, business_day, starts_at FROM session")
    }
    for order_id, lines in groupby(store.all(_LINES), key=lambda row: row[0]):
        parts: dict[int, _Part] = {}
        names: dict[str, None] = {}
        for _, session, status, name, *place, handed_over in lines:
            part = parts.setdefault(session, _Part())
            if place[0]:
                part.places.append(tuple(place))
            state = _STATES.get(status, search_index.RESERVED)
            if handed_over and state == search_index.WAITING:
                state = search_index.HANDED_OVER
            part.counts[state] += 1
            if name:
                names[name] = None
        common = _common(heads[order_id], names)
        for session, part in parts.items():
            day, minute = starts[session]
            yield (order_id, session), _want(heads[order_id], list(names), part, minute, {
                *common, search_index.day_word(day), search_index.session_word(session),
            })  # fmt: skip


def _minute(day: str, starts_at: str) -> tuple[str, int]:
    """The day, and the first spot of that minute of it."""
    starts = clock.venue(clock.from_text(starts_at))
    first = search_index.day_spot(date.fromisoformat(day))
    a_minute = search_index.day_spot(date(2000, 1, 2)) - search_index.day_spot(date(2000, 1, 1))
    return day, first + (starts.hour * 60 + starts.minute) * (a_minute // (24 * 60))


def _common(head: Row, names: Mapping[str, None]) -> set[str]:
    """The words of buyer, attendees, phone and channel, which every spot of the order has."""
    found = {
        search_index.name_word(word)
        for name in (head[5], *names)
        for word in name_words.words(name)
    }
    found.add(search_index.channel_word(head[4]))
    if head[8]:
        found.add(search_index.phone_end_word(head[8]))
    return found


def _want(head: Row, names: Sequence[str], part: _Part, minute: int, words: set[str]) -> _Wanted:
    order_id, number, code, status, channel, buyer, phone, deadline, _ = head
    waits = part.counts[search_index.WAITING] or part.counts[search_index.RESERVED]
    first = minute + int(order_id[-search_index.ID_DIGITS :], 16)
    words |= {search_index.state_word(state) for state, count in part.counts.items() if count}
    words |= {search_index.seat_word(*place) for place in part.places}
    attendees = search_index.LIST.join(names)
    place = search_index.LIST.join(part.places[0]) if part.places else ""
    values = (number, number.replace("-", "").upper(), code, status, channel, buyer, attendees)
    return _Wanted(
        first if waits else search_index.DONE + first,
        (*values, phone, deadline, place, *part.counts.values()),
        words,
    )
