"""Search as one types: what still waits first, today's before all, at most as many as one reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from boxoffice import clock
from boxoffice.domain import name_words
from boxoffice.domain.masking import mask_name, mask_phone
from boxoffice.queries import finding, search_words
from boxoffice.queries.search_words import Filters
from boxoffice.records.personal import Seal
from boxoffice.records.search_index import DONE, LIST, day_spot
from boxoffice.records.store import Row, Store

MOST = 50
"""Longest list a desk can read."""
_CANDIDATES = 200
"""How many orders whose number or code begins as typed are looked at."""


@dataclass(frozen=True, slots=True)
class FoundOrder:
    """An order that fits, as one row shows it: its tickets in the session that comes first."""

    id: str
    number: str
    pickup_code: str
    status: str
    channel: str
    name: str
    """Masked."""
    attendee: str
    """Masked; the one whose name was typed, where it is not the buyer's."""
    phone: str
    """Masked."""
    deadline: datetime | None
    session_code: str
    session_zh: str
    session_en: str
    business_day: str
    starts_at: datetime
    place: tuple[str, str, str] | None
    """Block, row and number of its first seat there."""
    waiting: int
    """Tickets that are paid for and not handed over."""
    handed_over: int
    reserved: int
    returned: int
    released: int

    @property
    def tickets(self) -> int:
        """How many places it has or had in that session."""
        return self.waiting + self.handed_over + self.reserved + self.returned + self.released


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought, in the order of what needs doing."""

    rows: tuple[FoundOrder, ...]
    more: bool = False
    """There are more than these."""


@dataclass(frozen=True, slots=True)
class SessionChoice:
    """A session to narrow a search to."""

    id: int
    code: str
    business_day: str
    name_zh: str
    name_en: str


def search(store: Store, seal: Seal, text: str, filters: Filters, today: date) -> Found:
    """Orders that fit what is typed so far and every filter; nothing where neither says anything.

    Found by number or pickup code (their beginning), phone or its last four digits, document,
    names of buyer and attendees in characters, pinyin or initials, seat and session; several words
    narrow it down. Raises BadTicketCode for a damaged ticket code.
    """
    text = text.encode("utf-8", "replace").decode().strip()
    if not text and not filters:
        return Found(())
    exact = _by_order(store, finding.exactly(store, seal, text)) if text else []
    match = search_words.match(store, seal, text, filters)
    rows = [*_by_code(store, text), *_by_words(store, match, today)]
    spots = _wanted(store, exact, filters) + _wanted(
        store, sorted(rows, key=lambda row: _urgency(row[0], today)), filters
    )
    return _found(store, seal, spots, text=text, more=len(rows) > _CANDIDATES)


def recent(store: Store, seal: Seal, window: int) -> Found:
    """The orders last worked on at a window, newest first."""
    ids = store.all(
        "SELECT order_id FROM journal WHERE window_id = ? AND epoch = "
        "(SELECT max(epoch) FROM chain_head WHERE window_id = ?) AND order_id IS NOT NULL "
        "ORDER BY number DESC LIMIT ?",
        (window, window, _CANDIDATES),
    )
    return _found(store, seal, _by_order(store, dict.fromkeys(str(row[0]) for row in ids)))


def sessions(store: Store) -> list[SessionChoice]:
    """Every session, by day and start."""
    return [
        SessionChoice(*row)
        for row in store.all(
            "SELECT id, code, business_day, name_zh, name_en FROM session "
            "ORDER BY business_day, starts_at, code"
        )
    ]


# --- spots

_SPOT = """
s.spot, s.order_id, s.session_id, s.number, s.pickup_code, s.status, s.channel, s.buyer,
  s.attendees, s.phone_sealed, s.deadline, s.place,
  s.waiting, s.handed_over, s.reserved, s.returned, s.released
"""
_SPOT_COLUMNS = [name.strip().removeprefix("s.") for name in _SPOT.split(",")]
_ORDER, _SESSION = 1, 2
_AT = {name: place for place, name in enumerate(_SPOT_COLUMNS)}


def _by_order(store: Store, ids: Iterable[str]) -> list[Row]:
    found = (
        store.all(f"SELECT {_SPOT} FROM search_spot s WHERE order_id = ? ORDER BY spot", (one,))
        for one in ids
    )
    return [row for rows in found for row in rows]


def _by_code(store: Store, text: str) -> list[Row]:
    """Numbers and pickup codes that begin so."""
    key = search_words.code_key(text)
    if not key:
        return []
    end = key + "\U0010ffff"
    return [
        row
        for column in ("number_key", "pickup_code")
        for row in store.all(
            f"SELECT {_SPOT} FROM search_spot s WHERE {column} >= ? AND {column} < ? "
            f"AND {column} <> '' ORDER BY {column} LIMIT {_CANDIDATES}",
            (key, end),
        )
    ]


def _by_words(store: Store, match: str, today: date) -> list[Row]:
    """What waits from today on, then what was missed, then what is done, each nearest first."""
    if not match:
        return []
    now, rest = day_spot(today), DONE - 1
    ranges = (
        (now, rest, "ASC"),
        (0, now - 1, "DESC"),
        (DONE + now, DONE + rest, "ASC"),
        (DONE, DONE + now - 1, "DESC"),
    )
    rows: list[Row] = []
    for first, last, way in ranges:
        left = 2 * MOST - len(rows)
        if left > 0:
            rows += store.all(
                f"SELECT {_SPOT} FROM search_word w CROSS JOIN search_spot s ON s.spot = w.rowid "
                "WHERE search_word MATCH ? AND w.rowid BETWEEN ? AND ? "
                f"ORDER BY w.rowid {way} LIMIT {left}",
                (match, first, last),
            )
    return rows


def _urgency(spot: int, today: date) -> tuple[bool, bool, int]:
    """What waits before what is done, from today on before what is past, each nearest first."""
    done, now = spot >= DONE, day_spot(today)
    place = spot - DONE if done else spot
    return done, place < now, abs(place - now)


def _wanted(store: Store, rows: list[Row], filters: Filters) -> list[Row]:
    """Those that pass the filters: rows found by their code have not been asked yet."""
    if not filters:
        return rows
    days = {row[0]: row[1] for row in store.all("SELECT id, business_day FROM session")}
    return [
        row
        for row in rows
        if (not filters.day or days[row[_SESSION]] == filters.day)
        and (filters.session is None or row[_SESSION] == filters.session)
        and (not filters.channel or row[_AT["channel"]] == filters.channel)
        and (not filters.state or row[_AT[filters.state]])
    ]


def _found(
    store: Store, seal: Seal, spots: list[Row], *, text: str = "", more: bool = False
) -> Found:
    """The first row of each order, as many as one reads."""
    firsts: dict[str, Row] = {}
    for row in spots:
        firsts.setdefault(row[_ORDER], row)
    about = {
        row[0]: row[1:]
        for row in store.all(
            "SELECT id, code, name_zh, name_en, business_day, starts_at FROM session"
        )
    }
    wanted = [part for part in name_words.parts(text) if not part.isdigit()]
    shown = [
        _order(row, seal, about[row[_SESSION]], wanted) for row in list(firsts.values())[:MOST]
    ]
    return Found(tuple(shown), more or len(firsts) > MOST)


def _order(row: Row, seal: Seal, session: tuple[Any, ...], wanted: Sequence[str]) -> FoundOrder:
    values = dict(zip(_SPOT_COLUMNS, row, strict=True))
    code, name_zh, name_en, day, starts_at = session
    place = tuple(values["place"].split(LIST)) if values["place"] else None
    deadline = values["deadline"]
    return FoundOrder(
        id=values["order_id"],
        number=values["number"],
        pickup_code=values["pickup_code"],
        status=values["status"],
        channel=values["channel"],
        name=mask_name(values["buyer"]),
        attendee=_attendee(values["buyer"], values["attendees"], wanted),
        phone=mask_phone(seal.open(values["phone_sealed"])),
        deadline=None if deadline is None else clock.from_text(deadline),
        session_code=code,
        session_zh=name_zh,
        session_en=name_en,
        business_day=day,
        starts_at=clock.from_text(starts_at),
        place=place,
        waiting=values["waiting"],
        handed_over=values["handed_over"],
        reserved=values["reserved"],
        returned=values["returned"],
        released=values["released"],
    )


def _attendee(buyer: str, attendees: str, wanted: Sequence[str]) -> str:
    """Who of the attendees is meant, masked, where it is not the buyer."""
    if not wanted:
        return ""
    typed = tuple({"".join(wanted), *wanted})
    for name in (buyer, *attendees.split(LIST)):
        for word in name_words.words(name):
            if word.startswith(typed):
                return "" if name == buyer else mask_name(name)
    return ""
