"""Reservations: which wait for their money, which are over, and how long one may wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from boxoffice import clock
from boxoffice.domain.masking import mask_name, mask_phone
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class ReservationRow:
    """A reservation in its list; `due_fen` is what is still to be paid."""

    id: str
    number: str
    code: str
    name: str
    """Masked."""
    phone: str
    """Masked."""
    deadline: datetime
    tickets: int
    due_fen: int
    session_zh: str
    session_en: str


def waiting(store: Store, seal: Seal, limit: int = 50) -> list[ReservationRow]:
    """Reservations that wait for their money, whose time ends first on top."""
    rows = store.all(
        "SELECT o.id, coalesce(o.number, ''), coalesce(o.pickup_code, ''), o.buyer, "
        "o.phone_sealed, o.deadline, count(l.id), sum(l.price_fen), s.name_zh, s.name_en, "
        "min(l.position) FROM orders o JOIN order_line l ON l.order_id = o.id "
        "AND l.status = 'reserved' JOIN session s ON s.id = l.session_id "
        "WHERE o.status = 'reserved' GROUP BY o.id ORDER BY o.deadline, o.number LIMIT ?",
        (limit,),
    )
    return [
        ReservationRow(
            id=row[0],
            number=row[1],
            code=row[2],
            name=mask_name(row[3]),
            phone=mask_phone(seal.open(row[4])),
            deadline=clock.from_text(row[5]),
            tickets=row[6],
            due_fen=row[7],
            session_zh=row[8],
            session_en=row[9],
        )
        for row in rows
    ]


def over(store: Store, now: datetime) -> list[str]:
    """Reservations whose deadline has passed, as far as this window knows, the oldest first.

    One that is being paid for is left out: nothing happens to it before that has ended.
    """
    rows = store.all(
        "SELECT o.id FROM orders o WHERE o.status = 'reserved' AND o.deadline < ? AND NOT EXISTS "
        "(SELECT 1 FROM attempt a WHERE a.order_id = o.id AND a.ended_at IS NULL) "
        "ORDER BY o.deadline",
        (clock.to_text(now),),
    )
    return [str(row[0]) for row in rows]


def latest(store: Store, order_id: str, before_start: timedelta) -> datetime | None:
    """Until when a basket or reservation may wait: so long before its first session starts.

    None where nothing in it waits.
    """
    found = store.first(
        "SELECT min(s.starts_at) FROM order_line l JOIN session s ON s.id = l.session_id "
        "WHERE l.order_id = ? AND l.status IN ('open', 'reserved')",
        (order_id,),
    )
    if found is None or found[0] is None:
        return None
    return clock.from_text(found[0]) - before_start
