"""That tickets were exchanged: told to the customer in the commit that makes the new ones good."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from boxoffice.notices.kinds import Kind
from boxoffice.records.store import Row
from boxoffice.records.unit_of_work import Unit
from boxoffice.records.whole_order import marks
from boxoffice.services.office import Office
from boxoffice.services.telling.queueing import queue

_SEAT = "{t}.zone || '-' || {t}.\"row\" || '-' || {t}.number"
_LINES = f"""
SELECT a.id, a.name_zh, a.name_en, a.starts_at, b.id, b.name_zh, b.name_en, b.starts_at,
  coalesce({_SEAT.format(t="p")}, ''), coalesce({_SEAT.format(t="q")}, '')
FROM order_line n JOIN order_line o ON o.id = n.replaces
JOIN session a ON a.id = o.session_id JOIN session b ON b.id = n.session_id
LEFT JOIN seat p ON p.id = o.seat_id LEFT JOIN seat q ON q.id = n.seat_id
WHERE n.order_id = ? AND n.status = 'sold' AND o.id IN ({{ids}}) ORDER BY a.id, b.id, n.position
"""


def tell(unit: Unit, office: Office, order_id: str, old_lines: Sequence[str]) -> None:
    """Inside a unit of work, after its entry: other places for these lines (ids).

    One notice per session they were for and session they are for now.
    """
    ids = marks(old_lines)
    rows = unit.store.all(_LINES.format(ids=ids.sql), (order_id, *ids.params))
    for (old, new), group in groupby(rows, key=lambda row: (row[0], row[4])):
        once = f"exchange {order_id} {unit.chain.epoch}-{unit.number} {old} {new}"
        _one(unit, office, order_id, list(group), once)


def _one(unit: Unit, office: Office, order_id: str, group: Sequence[Row], once: str) -> None:
    first = group[0]
    facts: dict[str, str | int] = {
        "session_zh": first[1],
        "session_en": first[2],
        "starts_at": first[3],
    }
    seats = [(str(row[8]), str(row[9])) for row in group]
    if first[0] == first[4] and all(old and new for old, new in seats):
        facts |= {
            "seat": ", ".join(old for old, _ in seats),
            "new_seat": ", ".join(new for _, new in seats),
        }
        queue(unit, office, order_id, Kind.SEAT_CHANGED, facts, once)
        return
    facts |= {"new_session_zh": first[5], "new_session_en": first[6], "new_starts_at": first[7]}
    queue(unit, office, order_id, Kind.TICKET_EXCHANGED, facts, once)
