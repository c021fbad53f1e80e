"""Cases that wait for a person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from boxoffice import clock
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case; `facts` names the file, line and trouble of an import exception."""

    id: str
    kind: str
    status: str
    opened_at: datetime
    order_number: str
    facts: dict[str, Any]
    key: str = ""
    """What it is about: of most the order."""


def open_cases(store: Store) -> list[CaseRow]:
    """Open cases, oldest first."""
    return [
        CaseRow(row[0], row[1], row[2], clock.from_text(row[3]), row[4], json.loads(row[5]), row[6])
        for row in store.all(
            "SELECT id, kind, status, opened_at, order_number, facts, key FROM cases "
            "WHERE status = 'open' ORDER BY opened_at, id"
        )
    ]
