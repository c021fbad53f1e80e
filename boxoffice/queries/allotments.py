"""Allotments: what windows are to hold ahead of time, what this one holds, and for the map."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.domain.adjacency import FreeSeat
from boxoffice.domain.allotting import Groups
from boxoffice.records.rain import CALLED_OFF
from boxoffice.records.store import Store

Level = tuple[int, str]
"""Session and category; the category is empty for places without numbers, and for orders."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a window is to have ahead of time of a session: groups of a level, places, orders."""

    window: int
    session_id: int
    category: str
    groups: Groups
    places: int
    orders: int
    share: float
    """Where in the level it begins to look, as a part of all: no two windows at one spot."""
    orders_before: int
    """How many of the orders expected are those of windows before this one."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a window has ahead of time and has not put into a basket."""

    seats: dict[Level, list[FreeSeat]]
    parties: dict[Level, dict[int, int]]
    """Seat -> the group it was taken with."""
    places: dict[int, int]
    orders: dict[str, frozenset[int]]
    """Order -> sessions in which it has tickets that were not handed over."""


@dataclass(frozen=True, slots=True)
class SeatsApart:
    """For the map of a session: seats that are this window's own, and those at other windows."""

    ours: frozenset[int]
    elsewhere: dict[int, str]
    """Seat -> name of the window that has it."""


def planned(store: Store, window: int, day: str) -> list[Planned]:
    """The plan of a window for sessions from a business day (YYYY-MM-DD) on that are held."""
    rows = store.all(
        "SELECT a.session_id, a.category, a.window_id, a.pairs, a.threes, a.fours, a.places, "
        "a.orders FROM allotment a JOIN session s ON s.id = a.session_id "
        f"WHERE s.business_day >= ? AND NOT {CALLED_OFF} ORDER BY 1, 2, 3",
        (day,),
    )
    found = []
    for session, category, holder, *groups, places, orders in rows:
        if holder != window:
            continue
        level = [row for row in rows if (row[0], row[1]) == (session, category)]
        before = [row for row in level if row[2] < window]
        share = sum(map(_seats, before)) / (sum(map(_seats, level)) or 1)
        orders_before = sum(row[7] for row in before)
        found.append(
            Planned(
                window, session, category, Groups(*groups), places, orders, share, orders_before
            )
        )
    return found


def _seats(row: tuple[int, ...]) -> int:
    return Groups(row[3], row[4], row[5]).seats


def ahead(store: Store) -> Ahead:
    """What this window has ahead of time."""
    seats: dict[Level, list[FreeSeat]] = {}
    parties: dict[Level, dict[int, int]] = {}
    for session, category, party, *seat in store.all(
        "SELECT a.session_id, p.category, a.party, p.id, p.row_no, p.ordinal, 0 "
        "FROM allotted_seat a JOIN seat p ON p.id = a.seat_id"
    ):
        seats.setdefault((session, category), []).append(FreeSeat(*seat))
        parties.setdefault((session, category), {})[seat[0]] = party
    places = store.all("SELECT session_id, places FROM allotted_places WHERE places > 0")
    orders: dict[str, set[int]] = {}
    for order, session in store.all(
        "SELECT h.order_id, t.session_id FROM held_order h LEFT JOIN ticket t "
        "ON t.order_id = h.order_id AND t.live = 1 "
        "AND NOT EXISTS (SELECT 1 FROM hand_over x WHERE x.ticket_id = t.id) "
        "WHERE h.allotted = 1 ORDER BY 1"
    ):
        orders.setdefault(order, set()).update([session] if session is not None else [])
    waiting = {order: frozenset(sessions) for order, sessions in orders.items()}
    return Ahead(seats, parties, {int(row[0]): int(row[1]) for row in places}, waiting)


def expected(store: Store, session_id: int, start: int, count: int) -> list[tuple[str, str]]:
    """Paid orders of a session with tickets to hand over, which this window does not hold.

    (order, number), by number: `count` from the `start`th on, and then from the first.
    """
    sql = (
        "SELECT o.id, o.number FROM orders o WHERE o.status = 'paid' AND o.number IS NOT NULL "
        "AND EXISTS (SELECT 1 FROM ticket t WHERE t.order_id = o.id AND t.session_id = ? "
        "AND t.live = 1 AND NOT EXISTS (SELECT 1 FROM hand_over x WHERE x.ticket_id = t.id)) "
        "AND o.id NOT IN (SELECT order_id FROM held_order) ORDER BY o.number LIMIT ? OFFSET ?"
    )
    later = store.all(sql, (session_id, count, start))
    first = store.all(sql, (session_id, count - len(later), 0)) if len(later) < count else []
    return list(dict.fromkeys((str(row[0]), str(row[1])) for row in (*later, *first)))


def spot(store: Store, session_id: int, category: str, share: float) -> tuple[int, int]:
    """(row, ordinal) of the seat that lies at a part of all seats of a level, row by row."""
    level = "FROM session s JOIN seat p ON p.plan_id = s.plan_id WHERE s.id = ? AND p.category = ? "
    found = store.first(f"SELECT count(*) {level}", (session_id, category))
    seat = store.first(
        f"SELECT p.row_no, p.ordinal {level} ORDER BY 1, 2 LIMIT 1 OFFSET ?",
        (session_id, category, int(share * found[0]) if found else 0),
    )
    return (int(seat[0]), int(seat[1])) if seat else (0, 0)


def seats_apart(store: Store, session_id: int) -> SeatsApart:
    """Which free seats of a session are this window's ahead of time, and which are elsewhere."""
    ours = store.all("SELECT seat_id FROM allotted_seat WHERE session_id = ?", (session_id,))
    elsewhere = store.all(
        "SELECT e.seat_id, coalesce(w.name, CAST(e.window_id AS TEXT)) FROM elsewhere_seat e "
        "LEFT JOIN window_name w ON w.id = e.window_id WHERE e.session_id = ?",
        (session_id,),
    )
    return SeatsApart(
        frozenset(int(row[0]) for row in ours), {int(row[0]): str(row[1]) for row in elsewhere}
    )
