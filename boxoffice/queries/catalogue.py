"""What is on sale, where it is played, what it costs and what is left of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.records.meta import read_fact
from boxoffice.records.rain import CALLED_OFF
from boxoffice.records.rules import OFF_LINE, REAL_NAME
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One session as a clerk sees it; `left` counts what this window can sell now.

    What others hold is not among it, nor what came back and goes on sale later, and nothing of a
    session that was called off; while central is
    away only what this window has ahead of time is.
    """

    id: int
    code: str
    business_day: str
    kind: str
    name_zh: str
    name_en: str
    gates_open: datetime
    starts_at: datetime
    plan_id: int | None
    capacity: int
    real_name: bool
    price_plan: str
    policy: str
    left: int

    @property
    def numbered(self) -> bool:
        """Whether its tickets name a seat."""
        return self.plan_id is not None


@dataclass(frozen=True, slots=True)
class SessionTerms:
    """What a sale needs to know of a session."""

    id: int
    business_day: str
    name_zh: str
    name_en: str
    plan_id: int | None
    price_plan: str
    policy: str
    called_off: bool
    """It is decided that it is not held: nothing of it is sold."""

    @property
    def numbered(self) -> bool:
        """Whether its tickets name a seat."""
        return self.plan_id is not None


@dataclass(frozen=True, slots=True)
class PriceTag:
    """A price in force: amount in fen."""

    id: int
    category: str
    ticket_type: str
    fen: int


@dataclass(frozen=True, slots=True)
class PlanSeats:
    """Every seat of a plan, a tuple per column, all in the same order; measures in millimetres."""

    plan_id: int
    width_mm: int
    height_mm: int
    ids: tuple[int, ...]
    zones: tuple[str, ...]
    rows: tuple[str, ...]
    numbers: tuple[str, ...]
    categories: tuple[str, ...]
    xs: tuple[int, ...]
    ys: tuple[int, ...]
    row_nos: tuple[int, ...]
    ordinals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SeatsGone:
    """Seats of a session that are not free: sold or reserved, and held by baskets here."""

    sold: frozenset[int]
    held: dict[int, str]
    """seat id -> basket (order id) that holds it"""


PLACES_ELSEWHERE = "places_elsewhere"
"""In `meta`, as JSON by session without numbers: how many places other windows hold."""

_LEFT = f"""
  s.capacity - (SELECT count(*) FROM ticket t WHERE t.session_id = s.id AND t.live = 1)
  - (SELECT count(*) FROM order_line l WHERE l.session_id = s.id AND l.status = 'reserved')
  - (SELECT count(*) FROM held_seat h WHERE h.session_id = s.id)
  - (SELECT coalesce(sum(places), 0) FROM held_places p WHERE p.session_id = s.id)
  - (SELECT count(*) FROM elsewhere_seat e WHERE e.session_id = s.id)
  - coalesce((SELECT j.value FROM meta m, json_each(m.value) j
    WHERE m.key = '{PLACES_ELSEWHERE}' AND j.key = CAST(s.id AS TEXT)), 0)
  - (SELECT count(*) FROM refund r JOIN order_line l ON l.id = r.line_id
    WHERE r.free_from > ? AND l.session_id = s.id)"""
_LEFT_AWAY = f"""
  iif({OFF_LINE}, (SELECT count(*) FROM allotted_seat a WHERE a.session_id = s.id)
  + coalesce((SELECT places FROM allotted_places a WHERE a.session_id = s.id), 0), 0)"""


def _sessions(store: Store, where: str, value: str | int, *, away: bool) -> list[SessionCard]:
    left, moment = (_LEFT_AWAY, _today()) if away else (_LEFT, clock.to_text(clock.now()))
    rows = store.all(
        "SELECT s.id, s.code, s.business_day, s.kind, s.name_zh, s.name_en, s.gates_open, "
        f"s.starts_at, s.plan_id, s.capacity, {REAL_NAME}, s.price_plan, s.policy, "
        f"iif({CALLED_OFF}, 0, max({left}, 0)) "
        f"FROM session s WHERE {where} "
        "ORDER BY s.plan_id IS NULL, s.plan_id, s.starts_at, s.code",
        (_today(), moment, value),
    )
    return [_session(row) for row in rows]


def sessions_on(store: Store, day: str, *, away: bool = False) -> list[SessionCard]:
    """Sessions of a business day (YYYY-MM-DD), numbered ones first, by start.

    `away`: central is out of reach.
    """
    return _sessions(store, "s.business_day = ?", day, away=away)


def session(store: Store, session_id: int, *, away: bool = False) -> SessionCard:
    """One session; `away`: central is out of reach. Raises LookupError for an unknown one."""
    found = _sessions(store, "s.id = ?", session_id, away=away)
    if not found:
        raise LookupError(f"no session {session_id}")
    return found[0]


def session_terms(store: Store, session_id: int) -> SessionTerms:
    """Under what terms a session is sold. Raises LookupError for an unknown one."""
    found = store.first(
        "SELECT s.id, s.business_day, s.name_zh, s.name_en, s.plan_id, s.price_plan, s.policy, "
        f"{CALLED_OFF} FROM session s WHERE s.id = ?",
        (session_id,),
    )
    if found is None:
        raise LookupError(f"no session {session_id}")
    *values, off = found
    return SessionTerms(*(*values, bool(off)))


def _today() -> str:
    return clock.business_day(clock.now()).isoformat()


def _session(row: tuple[object, ...]) -> SessionCard:
    values = list(row)
    values[6], values[7] = clock.from_text(str(values[6])), clock.from_text(str(values[7]))
    values[10] = bool(values[10])
    return SessionCard(*values)  # type: ignore[arg-type]


def without_numbers(store: Store, since: str) -> list[int]:
    """Sessions without numbered seats, from a business day (YYYY-MM-DD) on."""
    return [
        int(row[0])
        for row in store.all(
            "SELECT id FROM session WHERE plan_id IS NULL AND business_day >= ? ORDER BY id",
            (since,),
        )
    ]


def places_elsewhere(store: Store) -> dict[int, int]:
    """By session without numbers: how many places other windows hold, as far as is known here."""
    found = json.loads(read_fact(store, PLACES_ELSEWHERE, "{}"))
    return {int(session): count for session, count in found.items()}


def days(store: Store, since: str) -> list[str]:
    """Business days from `since` on that have sessions."""
    return [
        str(row[0])
        for row in store.all(
            "SELECT DISTINCT business_day FROM session WHERE business_day >= ? ORDER BY 1", (since,)
        )
    ]


def prices(store: Store, price_plan: str, on_day: str) -> dict[tuple[str, str], PriceTag]:
    """Prices in force on a business day by (category, ticket type)."""
    found = {}
    for row in store.all(
        "SELECT id, category, ticket_type, amount_fen FROM price "
        "WHERE price_plan = ? AND valid_from <= ? ORDER BY valid_from, id",
        (price_plan, on_day),
    ):
        tag = PriceTag(*row)
        found[tag.category, tag.ticket_type] = tag  # a later one replaces an earlier one
    return found


def opened_courts(store: Store, price_plan: str) -> list[tuple[str, str]]:
    """(Chinese, English) names of the courts a ticket of that price plan opens."""
    return [
        (str(row[0]), str(row[1]))
        for row in store.all(
            "SELECT c.name_zh, c.name_en FROM access a JOIN court c ON c.code = a.court "
            "WHERE a.price_plan = ? ORDER BY c.id",
            (price_plan,),
        )
    ]


def plan_seats(store: Store, plan_id: int) -> PlanSeats:
    """The whole plan. Raises LookupError for an unknown one."""
    size = store.first("SELECT width_mm, height_mm FROM plan WHERE id = ?", (plan_id,))
    if size is None:
        raise LookupError(f"no plan {plan_id}")
    rows = store.all(
        "SELECT id, zone, row, number, category, x_mm, y_mm, row_no, ordinal FROM seat "
        "WHERE plan_id = ? ORDER BY row_no, ordinal",
        (plan_id,),
    )
    columns: list[tuple[object, ...]] = list(zip(*rows, strict=True)) or [()] * 9
    return PlanSeats(plan_id, int(size[0]), int(size[1]), *columns)  # type: ignore[arg-type]


def seats_gone(store: Store, session_id: int) -> SeatsGone:
    """What is not free in a session, as this window knows it; not yet free counts as sold."""
    sold = store.all(
        "SELECT seat_id FROM ticket WHERE session_id = ? AND live = 1 AND seat_id IS NOT NULL "
        "UNION ALL SELECT seat_id FROM order_line WHERE session_id = ? AND status = 'reserved' "
        "AND seat_id IS NOT NULL "
        "UNION ALL SELECT l.seat_id FROM refund r JOIN order_line l ON l.id = r.line_id "
        "WHERE r.free_from > ? AND l.session_id = ? AND l.seat_id IS NOT NULL",
        (session_id, session_id, clock.to_text(clock.now()), session_id),
    )
    held = store.all("SELECT seat_id, order_id FROM held_seat WHERE session_id = ?", (session_id,))
    return SeatsGone(frozenset(int(row[0]) for row in sold), {int(r[0]): str(r[1]) for r in held})


def session_courts(store: Store, session_id: int) -> list[tuple[str, str]]:
    """(Chinese, English) names of the courts a session is played on."""
    return [
        (str(row[0]), str(row[1]))
        for row in store.all(
            "SELECT c.name_zh, c.name_en FROM session_court k JOIN court c ON c.id = k.court_id "
            "WHERE k.session_id = ? ORDER BY c.id",
            (session_id,),
        )
    ]
