"""The lines of an order with what each was sold for, when and how: what a return starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.domain.statuses import LineStatus
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class SoldLine:
    """One line of an order with what it was sold for and how; amounts in fen."""

    id: str
    position: int
    status: str
    session_id: int
    session_zh: str
    session_en: str
    starts_at: datetime
    gates_open: datetime
    seat_id: int | None
    zone: str
    row: str
    number: str
    category: str
    ticket_type: str
    price_fen: int
    policy: str
    ticket_id: str | None
    """Of its live ticket."""
    handed_over: bool
    tender: str
    """How it was paid: cash, or the channel it was sold by."""
    paid_at: datetime | None
    paid_day: str
    """Business day of the payment."""
    paid_shift: str | None
    payment_id: str | None
    """The payment that sold it; others may have paid for it with that one."""

    @property
    def live(self) -> bool:
        """Whether its ticket is sold and not returned."""
        return self.status == LineStatus.SOLD and self.ticket_id is not None


_LINES = """
SELECT l.id, l.position, l.status, l.session_id, s.name_zh, s.name_en, s.starts_at, s.gates_open,
  l.seat_id, coalesce(p.zone, ''), coalesce(p.row, ''), coalesce(p.number, ''), l.category,
  l.ticket_type, l.price_fen, l.policy, t.id, h.id IS NOT NULL, coalesce(y.tender, ''), y.paid_at,
  coalesce(y.business_day, ''), y.shift_id, y.id
FROM order_line l JOIN session s ON s.id = l.session_id
LEFT JOIN seat p ON p.id = l.seat_id
LEFT JOIN ticket t ON t.line_id = l.id AND t.live = 1
LEFT JOIN hand_over h ON h.ticket_id = t.id
LEFT JOIN payment y ON y.id = l.payment_id
WHERE l.order_id = ? ORDER BY l.position
"""


def sold_lines(store: Store, order_id: str) -> list[SoldLine]:
    """The lines of an order, in its order."""
    found = []
    for row in store.all(_LINES, (order_id,)):
        values = list(row)
        for moment in (6, 7, 19):
            values[moment] = None if row[moment] is None else clock.from_text(row[moment])
        values[17] = bool(row[17])
        found.append(SoldLine(*values))
    return found
