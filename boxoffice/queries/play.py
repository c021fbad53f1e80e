"""The play ledger of a session for who keeps it: its entries, and how each court stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice.domain.play import CourtPlay, Entry, fold, in_force
from boxoffice.records import play_ledger
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Ledger:
    """The courts of a session (id, code, how it stands), and the entries that count."""

    session_id: int
    session: str
    courts: tuple[tuple[int, str, CourtPlay], ...]
    entries: tuple[Entry, ...]


def ledger(store: Store, session_id: int, now: datetime) -> Ledger:
    """What was played in a session as of `now`.

    Raises LookupError for an unknown session, ImpossiblePlay where entries do not fit together.
    """
    head = store.first("SELECT code FROM session WHERE id = ?", (session_id,))
    if head is None:
        raise LookupError(f"no session {session_id}")
    code = str(head[0])
    found = play_ledger.entries(store, [session_id])
    played = fold(found, now)
    courts = tuple(
        (int(court_id), str(court), played.get((code, court), CourtPlay(court)))
        for court_id, court in store.all(
            "SELECT c.id, c.code FROM session_court k JOIN court c ON c.id = k.court_id "
            "WHERE k.session_id = ? ORDER BY c.id",
            (session_id,),
        )
    )
    return Ledger(session_id, code, courts, tuple(in_force(found)))
