"""Print jobs that wait or are in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One page: what it is, whose it is and how it ended so far."""

    id: str
    order_id: str
    order_number: str
    kind: str
    status: str
    printer: str
    trouble: str
    created_at: datetime


def unsettled(store: Store) -> list[PrintRow]:
    """Pages that are queued, under way or in doubt, oldest first."""
    found = store.all(
        "SELECT j.id, j.order_id, coalesce(o.number, ''), j.kind, j.status, j.printer, "
        "j.trouble, j.created_at FROM print_job j JOIN orders o ON o.id = j.order_id "
        "WHERE j.status <> 'printed' AND j.status <> 'dropped' ORDER BY j.created_at, j.id"
    )
    return [PrintRow(*row) for row in ([*facts, clock.from_text(at)] for *facts, at in found)]
