"""Seats of a level that a window may try to sell, and those it has ahead of time."""

from __future__ import annotations

from collections.abc import Collection

from boxoffice import clock
from boxoffice.domain.adjacency import FreeSeat
from boxoffice.records.store import Store

_SEAT = (
    "SELECT p.id, p.row_no, p.ordinal, "
    "abs(p.x_mm - n.width_mm / 2) + abs(p.y_mm - n.height_mm / 2), p.zone "
    "FROM session s JOIN plan n ON n.id = s.plan_id "
    "JOIN seat p ON p.plan_id = n.id AND p.category = ? "
)


def free(
    store: Store, session_id: int, category: str, without: Collection[str] = ()
) -> list[FreeSeat]:
    """Free seats of a level as this window knows them, its own allotment among them.

    Zones named in `without` are left out. The nearer to the middle of the court the better.
    """
    rows = store.all(
        _SEAT + "WHERE s.id = ? "
        # Bound, not joined: a correlated list is made anew for every seat.
        "AND p.id NOT IN (SELECT seat_id FROM ticket WHERE session_id = ? AND live = 1 "
        "AND seat_id IS NOT NULL) "
        "AND p.id NOT IN (SELECT seat_id FROM order_line WHERE session_id = ? "
        "AND status = 'reserved' AND seat_id IS NOT NULL) "
        "AND p.id NOT IN (SELECT l.seat_id FROM refund r JOIN order_line l ON l.id = r.line_id "
        "WHERE r.free_from > ? AND l.session_id = ? AND l.seat_id IS NOT NULL) "
        "AND p.id NOT IN (SELECT seat_id FROM held_seat WHERE session_id = ?) "
        "AND p.id NOT IN (SELECT seat_id FROM elsewhere_seat WHERE session_id = ?)",
        (
            category,
            *[session_id] * 3,
            clock.to_text(clock.now()),
            *[session_id] * 3,
        ),
    )
    return [FreeSeat(*row[:-1]) for row in rows if row[-1] not in without]


def ahead(store: Store, session_id: int, category: str) -> list[FreeSeat]:
    """Seats of a level that this window has ahead of time."""
    rows = store.all(
        _SEAT + "JOIN allotted_seat a ON a.session_id = s.id AND a.seat_id = p.id WHERE s.id = ?",
        (category, session_id),
    )
    return [FreeSeat(*row[:-1]) for row in rows]
