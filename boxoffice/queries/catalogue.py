"""What is on sale, where it is played, what it costs and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.records.rules import REAL_NAME
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One session as a clerk sees it; `left` counts what may still be sold."""

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


_SESSION = f"""
SELECT s.id, s.code, s.business_day, s.kind, s.name_zh, s.name_en, s.gates_open, s.starts_at,
  s.plan_id, s.capacity, {REAL_NAME}, s.price_plan, s.policy,
  s.capacity - (SELECT count(*) FROM ticket t WHERE t.session_id = s.id AND t.live = 1)
  - (SELECT count(*) FROM order_line l WHERE l.session_id = s.id AND l.status = 'reserved')
  - (SELECT count(*) FROM held_seat h WHERE h.session_id = s.id)
  - (SELECT coalesce(sum(places), 0) FROM held_places p WHERE p.session_id = s.id)
FROM session s
"""


def sessions_on(store: Store, day: str) -> list[SessionCard]:
    """Sessions of a business day (YYYY-MM-DD), numbered ones first, by start."""
    return [
        _session(row)
        for row in store.all(
            f"{_SESSION} WHERE s.business_day = ? "
            "ORDER BY s.plan_id IS NULL, s.plan_id, s.starts_at, s.code",
            (_today(), day),
        )
    ]


def session(store: Store, session_id: int) -> SessionCard:
    """One session. Raises LookupError for an unknown one."""
    rows = store.all(f"{_SESSION} WHERE s.id = ?", (_today(), session_id))
    if not rows:
        raise LookupError(f"no session {session_id}")
    return _session(rows[0])


def session_terms(store: Store, session_id: int) -> SessionTerms:
    """Under what terms a session is sold. Raises LookupError for an unknown one."""
    found = store.first(
        "SELECT id, business_day, name_zh, name_en, plan_id, price_plan, policy FROM session "
        "WHERE id = ?",
        (session_id,),
    )
    if found is None:
        raise LookupError(f"no session {session_id}")
    return SessionTerms(*found)


def _today() -> str:
    return clock.business_day(clock.now()).isoformat()


def _session(row: tuple[object, ...]) -> SessionCard:
    values = list(row)
    values[6], values[7] = clock.from_text(str(values[6])), clock.from_text(str(values[7]))
    values[10] = bool(values[10])
    return SessionCard(*values)  # type: ignore[arg-type]


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
