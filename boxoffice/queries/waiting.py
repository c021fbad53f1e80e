"""Orders that wait to be picked up, with what their visitors would show; for training and tours."""

from __future__ import annotations

from dataclasses import dataclass

from boxoffice.records.personal import Seal
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order nobody picked up yet. Phone in clear: for homes that hold no living person's."""

    id: str
    code: str
    phone: str
    tickets: int


def waiting(store: Store, seal: Seal, day: str, limit: int) -> list[Waiting]:
    """Orders of a business day sold elsewhere whose tickets are all still here."""
    rows = store.all(
        "SELECT o.id, coalesce(o.pickup_code, o.number), o.phone_sealed, count(t.id) FROM orders o "
        "JOIN ticket t ON t.order_id = o.id AND t.live = 1 JOIN session s ON s.id = t.session_id "
        "WHERE s.business_day = ? AND o.window_id = 0 AND NOT EXISTS "
        "(SELECT 1 FROM hand_over h WHERE h.order_id = o.id) "
        "GROUP BY o.id ORDER BY o.number LIMIT ?",
        (day, limit),
    )
    return [Waiting(row[0], row[1], seal.open(row[2]), row[3]) for row in rows]
