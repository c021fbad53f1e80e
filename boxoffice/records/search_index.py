"""The search index of a window: which orders a word leads to, in the order of what needs doing.

It follows every order in the transaction that changes it. An order has one spot per session. The
spot's number sorts: what waits before what is done, then by day and time; so the words, kept in
FTS5 by spot, answer in that order and only the first few are ever read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from boxoffice import clock
from boxoffice.domain import name_words
from boxoffice.domain.statuses import LineStatus
from boxoffice.records.store import Row, Store

DONE = 1 << 62
"""Spots from here on have nothing left to do."""
_MINUTE = 1 << 36
"""What a minute is worth; below it lies a part of the order's id."""
_DAY_MINUTES = 24 * 60
_FIRST_DAY = date(2000, 1, 1)
ID_DIGITS = 9
"""Hexadecimal digits of the order's id that fill the 36 bits below a minute."""
LIST = "\t"
"""Stands between names, and between block, row and seat, of a spot."""
SEAT_END = "·"
"""Stands behind block, row and seat, so that 7 is not taken for 70. The tokenizer lets it pass."""

WAITING, HANDED_OVER, RESERVED, RETURNED, RELEASED = (
    "waiting", "handed_over", "reserved", "returned", "released",
)  # fmt: skip
STATES = (WAITING, HANDED_OVER, RESERVED, RETURNED, RELEASED)
"""What the tickets of a spot can be; several at once where they differ."""


def day_spot(day: date) -> int:
    """The first spot of a day, among those where something waits."""
    return (day - _FIRST_DAY).days * _DAY_MINUTES * _MINUTE


# --- words: a letter for the kind before what is looked for


def name_word(word: str) -> str:
    return f"n{word}"


def phone_end_word(hashed: str) -> str:
    return f"e{hashed}"


def seat_word(*places: str) -> str:
    """Block, row and seat, or the first of them."""
    return "p" + "".join(f"{name_words.whole(place)}{SEAT_END}" for place in places)


def day_word(day: str) -> str:
    return "d" + day.replace("-", "")


def session_word(session_id: int) -> str:
    return f"t{session_id}"


def channel_word(channel: str) -> str:
    return "c" + name_words.whole(channel)


def state_word(state: str) -> str:
    return "a" + state.replace("_", "")


# --- following


_HEADS = """
SELECT o.id, coalesce(o.number, ''), coalesce(o.pickup_code, ''), o.status, o.channel, o.buyer,
  o.phone_sealed, o.phone_end_hash, o.deadline
FROM search_due d CROSS JOIN orders o ON o.id = d.order_id WHERE d.order_id BETWEEN ? AND ?
"""
_LINES = """
SELECT l.order_id, l.session_id, s.business_day, s.starts_at, l.status, l.attendee,
  coalesce(p.zone, ''), coalesce(p.row, ''), coalesce(p.number, ''),
  EXISTS (SELECT 1 FROM ticket t JOIN hand_over h ON h.ticket_id = t.id
    WHERE t.line_id = l.id AND t.live = 1)
FROM search_due d CROSS JOIN orders o ON o.id = d.order_id
CROSS JOIN order_line l ON l.order_id = o.id JOIN session s ON s.id = l.session_id
LEFT JOIN seat p ON p.id = l.seat_id AND NOT (o.seats_open AND l.status = 'reserved')
WHERE d.order_id BETWEEN ? AND ? ORDER BY l.order_id, l.position
"""
_ORDERS_AT_ONCE = 4000
# The limit is written out: bound, SQLite would plan the query anew each time.
_DUE = f"SELECT order_id FROM search_due ORDER BY order_id LIMIT {_ORDERS_AT_ONCE}"
_COLUMNS = 18
_INSERT = f"INSERT INTO search_spot VALUES ({', '.join('?' * _COLUMNS)})"


@dataclass(slots=True)
class _Spot:
    """What one order has in one session."""

    session_id: int
    day: str
    starts_at: datetime
    places: list[tuple[str, str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))

    @property
    def waits(self) -> bool:
        return bool(self.counts[WAITING] or self.counts[RESERVED])

    def number(self, order_id: str) -> int:
        """Where it stands in the list."""
        starts = clock.venue(self.starts_at)
        minute = (starts.hour * 60 + starts.minute) * _MINUTE
        first = day_spot(date.fromisoformat(self.day)) + (0 if self.waits else DONE)
        return first + minute + int(order_id[-ID_DIGITS:], 16)


def follow(store: Store) -> None:
    """Bring the index in step with the orders this transaction changed; its last part."""
    while due := store.all(_DUE):
        span = (due[0][0], due[-1][0])
        _forget(store, span)
        _enter(store, span)
        store.run("DELETE FROM search_due WHERE order_id BETWEEN ? AND ?", span)
        if len(due) < _ORDERS_AT_ONCE:
            return


def rebuild(store: Store) -> None:
    """Inside a transaction: index every order anew, as after a change of the sessions' days."""
    store.run(
        "INSERT INTO search_due SELECT id FROM orders WHERE version > 0 ON CONFLICT DO NOTHING"
    )


def _forget(store: Store, span: tuple[str, str]) -> None:
    old = store.all(
        "SELECT s.spot FROM search_due d CROSS JOIN search_spot s ON s.order_id = d.order_id "
        "WHERE d.order_id BETWEEN ? AND ? ORDER BY s.spot",
        span,
    )
    if old:
        store.many("DELETE FROM search_word WHERE rowid = ?", old)
        store.many("DELETE FROM search_spot WHERE spot = ?", old)


def _enter(store: Store, span: tuple[str, str]) -> None:
    heads = {row[0]: row for row in store.all(_HEADS, span)}
    rows, words = [], []
    taken: set[int] = set()
    for order_id, lines in groupby(store.all(_LINES, span), key=lambda row: row[0]):
        listed = list(lines)
        names = list(dict.fromkeys(line[5] for line in listed if line[5]))
        common = _common_words(heads[order_id], names)
        for found in _spots(listed):
            spot = _free(store, found.number(order_id), taken)
            rows.append(_row(spot, heads[order_id], names, found))
            words.append((spot, " ".join([*common, *_spot_words(found)])))
    store.many(_INSERT, rows)
    # In their order: FTS5 writes out what it has whenever a number is smaller than the one before.
    store.many("INSERT INTO search_word (rowid, words) VALUES (?, ?)", sorted(words))


def _free(store: Store, spot: int, taken: set[int]) -> int:
    """That spot, or the next one that no other order has."""
    while spot in taken or store.first("SELECT 1 FROM search_spot WHERE spot = ?", (spot,)):
        spot += 1
    taken.add(spot)
    return spot


def _spots(lines: Iterable[Row]) -> Iterator[_Spot]:
    found: dict[int, _Spot] = {}
    for _, session_id, day, starts_at, status, _, *place, handed_over in lines:
        spot = found.setdefault(session_id, _Spot(session_id, day, clock.from_text(starts_at)))
        if place[0]:
            spot.places.append((place[0], place[1], place[2]))
        spot.counts[_state(status, bool(handed_over))] += 1
    yield from found.values()


def _state(status: str, handed_over: bool) -> str:
    if status == LineStatus.SOLD:
        return HANDED_OVER if handed_over else WAITING
    return {LineStatus.RETURNED: RETURNED, LineStatus.RELEASED: RELEASED}.get(
        LineStatus(status), RESERVED
    )


def _common_words(head: Row, attendees: Sequence[str]) -> list[str]:
    _, _, _, _, channel, buyer, _, phone_end, _ = head
    names = dict.fromkeys([buyer, *attendees])
    found = [name_word(word) for name in names for word in name_words.words(name)]
    found.append(channel_word(channel))
    if phone_end:
        found.append(phone_end_word(phone_end))
    return list(dict.fromkeys(found))


def _spot_words(spot: _Spot) -> list[str]:
    states = [state_word(state) for state in STATES if spot.counts[state]]
    seats = [seat_word(*place) for place in spot.places]
    return [day_word(spot.day), session_word(spot.session_id), *states, *seats]


def _row(spot: int, head: Row, attendees: Sequence[str], found: _Spot) -> tuple[object, ...]:
    order_id, number, code, status, channel, buyer, phone_sealed, _, deadline = head
    place = LIST.join(found.places[0]) if found.places else ""
    about = (order_id, found.session_id, number, number.replace("-", "").upper(), code, status)
    whose = (channel, buyer, LIST.join(attendees), phone_sealed, deadline)
    return (spot, *about, *whose, place, *(found.counts[state] for state in STATES))
