"""The play ledger as it stands in the records, in the order in which it was recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from boxoffice import clock
from boxoffice.domain.play import Entry, PlayKind
from boxoffice.records.rain import PlayEntry
from boxoffice.records.store import Row, Store

_ENTRIES = """
SELECT e.id, s.code, c.code, e.kind, e.at, e.match_name, e.started_at, e.ended_at, e.minutes,
  e.completed, e.replaces, e.withdrawn
FROM play_entry e JOIN session s ON s.id = e.session_id JOIN court c ON c.id = e.court_id
WHERE e.session_id IN ({marks}) ORDER BY e.recorded_at, e.id
"""


def entries(store: Store, session_ids: Sequence[int]) -> list[Entry]:
    """What was entered for these sessions; sessions and courts by their codes."""
    if not session_ids:
        return []
    rows = store.all(_ENTRIES.format(marks=", ".join("?" * len(session_ids))), session_ids)
    return [
        Entry(
            id=row[0],
            session=row[1],
            court=row[2],
            kind=PlayKind(row[3]),
            at=_moment(row[4]),
            match=row[5],
            started_at=_moment(row[6]),
            ended_at=_moment(row[7]),
            minutes=row[8],
            completed=bool(row[9]),
            replaces=row[10],
            withdrawn=bool(row[11]),
        )
        for row in rows
    ]


def as_entry(row: Mapping[str, Any], session: str, court: str) -> Entry:
    """A row that is about to be stored, as the ledger will tell it."""
    return Entry(
        id=row["id"],
        session=session,
        court=court,
        kind=PlayKind(row["kind"]),
        at=row["at"],
        match=row["match_name"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        minutes=row["minutes"],
        completed=bool(row["completed"]),
        replaces=row["replaces"],
        withdrawn=bool(row["withdrawn"]),
    )


_COLUMNS = ", ".join(f'"{field.column_name}"' for field in PlayEntry._meta.sorted_fields)


def starts_at(store: Store, session_id: int) -> datetime:
    """When a session starts. Raises LookupError for an unknown one."""
    found = store.first("SELECT starts_at FROM session WHERE id = ?", (session_id,))
    if found is None:
        raise LookupError(f"no session {session_id}")
    return clock.from_text(found[0])


def stored(store: Store, session_id: int) -> list[Row]:
    """The rows of a session as they are stored, in column order."""
    return store.all(f"SELECT {_COLUMNS} FROM play_entry WHERE session_id = ?", (session_id,))


def keep(store: Store, rows: Sequence[Row]) -> None:
    """Keep rows from elsewhere that are not here yet."""
    marks = ", ".join("?" * len(PlayEntry._meta.sorted_fields))
    store.many(
        f"INSERT INTO play_entry ({_COLUMNS}) VALUES ({marks}) ON CONFLICT (id) DO NOTHING", rows
    )


def unjournalled(store: Store, window: int, epoch: int) -> list[str]:
    """Entries that a window made of which its journal does not tell yet, oldest first."""
    told = {
        json.loads(row[0])["entry"]
        for row in store.all(
            "SELECT facts FROM journal WHERE act = 'play' AND window_id = ? AND epoch = ?",
            (window, epoch),
        )
    }
    made = store.all(
        "SELECT id FROM play_entry WHERE window_id = ? AND epoch = ? ORDER BY recorded_at, id",
        (window, epoch),
    )
    return [str(row[0]) for row in made if row[0] not in told]


def _moment(text: str | None) -> datetime | None:
    return None if text is None else clock.from_text(text)
