"""Keeping the play ledger: play began, stopped, went on, ended; matches; corrections."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from boxoffice import clock
from boxoffice.central import playing
from boxoffice.desk import Desk, Right
from boxoffice.domain.ids import new_id
from boxoffice.domain.play import PlayKind
from boxoffice.errors import ReasonMissing
from boxoffice.queries.play import Ledger, ledger
from boxoffice.records import play_ledger
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office


def enter(
    *,
    office: Office,
    desk: Desk,
    session_id: int,
    court_id: int,
    kind: PlayKind,
    at: datetime | None = None,
    match: str = "",
    started_at: datetime | None = None,
    ended_at: datetime | None = None,
    minutes: int | None = None,
    completed: bool = False,
    replaces: str | None = None,
    withdrawn: bool = False,
    reason: str = "",
) -> Ledger:
    """Add an entry to the ledger of a court in a session; answers the ledger as it is then.

    A correction names the entry it `replaces`, and why; `withdrawn` only takes that one away.
    Steps: at central, which refuses what cannot be; then here, with a journal entry. A break in
    between leaves the entry without the latter, which the next entry makes up for. Raises
    ImpossiblePlay, ReasonMissing, CentralUnreachable, NotAllowed; LookupError where the session is
    not played on that court.
    """
    desk.require(Right.SETTLE_CASES)
    office.require_trusted()
    if replaces is not None and not reason.strip():
        raise ReasonMissing()
    session, court = office.read(lambda store: _codes(store, session_id, court_id))
    row: dict[str, Any] = {
        "id": new_id(),
        "session_id": session_id,
        "court_id": court_id,
        "kind": kind,
        "at": None if kind is PlayKind.MATCH else at or clock.now(),
        "match_name": match.strip(),
        "started_at": started_at,
        "ended_at": ended_at,
        "minutes": minutes,
        "completed": int(completed),
        "withdrawn": int(withdrawn),
        "replaces": replaces,
        "operator_id": desk.operator.id,
        "window_id": desk.window,
        "epoch": desk.epoch,
        "reason": reason.strip(),
    }
    rows = office.link.call(lambda store, who: playing.enter(store, who, row, session, court))

    def keep(unit: Unit) -> Ledger:
        play_ledger.keep(unit.store, rows)
        journal(unit)
        return ledger(unit.store, session_id, clock.now())

    return office.unit(keep, ["play"])


def _codes(store: Store, session_id: int, court_id: int) -> tuple[str, str]:
    found = store.first(
        "SELECT s.code, c.code FROM session_court k JOIN session s ON s.id = k.session_id "
        "JOIN court c ON c.id = k.court_id WHERE k.session_id = ? AND k.court_id = ?",
        (session_id, court_id),
    )
    if found is None:
        raise LookupError(f"session {session_id} is not played on court {court_id}")
    return str(found[0]), str(found[1])


def journal(unit: Unit) -> None:
    """In a unit of work: an entry of the journal for each of this window's that has none yet."""
    chain = unit.chain
    for entry in play_ledger.unjournalled(unit.store, chain.window, chain.epoch):
        kind, operator, session, court, replaces, reason = unit.store.first(
            "SELECT kind, operator_id, session_id, court_id, replaces, reason FROM play_entry "
            "WHERE id = ?",
            (entry,),
        ) or ("", None, 0, 0, None, "")
        facts = {"entry": entry, "kind": kind, "session": session, "court": court}
        if replaces is not None:
            facts |= {"replaces": replaces, "reason": reason}
        unit.record("play", author=Author(operator), facts=facts)
