"""Records of matches from a file: entries of the play ledger, added to what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from boxoffice import clock
from boxoffice.central.playing import next_moment
from boxoffice.central.pulling import raise_version
from boxoffice.domain import play
from boxoffice.domain.ids import new_id
from boxoffice.domain.play import Entry, PlayKind
from boxoffice.errors import ImpossiblePlay
from boxoffice.exchange import LineError, ParsedFile
from boxoffice.exchange.rows import MatchRow
from boxoffice.records import play_ledger
from boxoffice.records.rain import PlayEntry
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.sentences.phrases import phrase
from boxoffice.services.programme.importing import Counts, names, one_of, refuse

_WHERE = {
    "in_the_future": "ended_at",
    "long_before_session": "started_at",
    "match_before_start": "started_at",
    "match_after_end": "ended_at",
    "longer_than_passed": "minutes",
}
"""The column in which a match that does not fit the ledger is put right; its code is a phrase."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who adds to the ledger: an operator's id at a window in its epoch, or central itself."""

    operator: str
    window: int
    epoch: int


def matches(unit: Unit, parsed: ParsedFile) -> Counts:
    """The matches of a file, added by who looks after the central records; else as `add`."""
    store = unit.store
    counts, _ = add(store, parsed, Keeper("", unit.chain.window, unit.chain.epoch))
    if (counts.added or counts.changed) and not store.shared:  # a server's trigger does it
        raise_version(store, "people_version")
    return counts


def add(store: Store, parsed: ParsedFile, keeper: Keeper) -> tuple[Counts, set[int]]:
    """Inside a transaction: store the matches of a file; answers the sessions it is about, too.

    A later record of a match takes the place of the one that stands; the same one adds nothing.
    Raises FileRefused for sessions and courts that are not there, and for what cannot have been;
    then the transaction is to be given up.
    """
    places = _places(store)
    refuse(_unknown(places, names(store, "SELECT code FROM session"), parsed))
    ledgers: dict[int, list[Entry]] = {}
    errors: list[LineError] = []
    added = changed = unchanged = 0
    for row in parsed.rows:
        session_id, court_id = places[row.session, row.court]
        if session_id not in ledgers:
            ledgers[session_id] = play_ledger.entries(store, [session_id])
        ledger = ledgers[session_id]
        stands = _standing(ledger, row)
        if stands is not None and _same(stands, row):
            unchanged += 1
            continue
        record = _record(keeper, row, session_id, court_id)
        at = next_moment(store, session_id)
        entry = play_ledger.as_entry(record, row.session, row.court)
        try:
            play.add(ledger, entry, max(at, clock.now()), play_ledger.starts_at(store, session_id))
        except ImpossiblePlay as refused:
            errors.append(_error(row, refused))
            continue
        store.insert(PlayEntry, [{**record, "recorded_at": at}])
        ledger.append(entry)
        added, changed = added + (stands is None), changed + (stands is not None)
    refuse(errors)
    return Counts(added, unchanged, changed=changed), set(ledgers)


def _places(store: Store) -> dict[tuple[str, str], tuple[int, int]]:
    """Ids of sessions and the courts they are played on, by their codes."""
    return {
        (str(row[0]), str(row[1])): (int(row[2]), int(row[3]))
        for row in store.all(
            "SELECT s.code, c.code, s.id, c.id FROM session_court k "
            "JOIN session s ON s.id = k.session_id JOIN court c ON c.id = k.court_id"
        )
    }


def _unknown(
    places: dict[tuple[str, str], tuple[int, int]], sessions: set[str], parsed: ParsedFile
) -> list[LineError]:
    errors = []
    for row in parsed.rows:
        if row.session not in sessions:
            errors.append(LineError(row.line, "session", row.session, one_of(sessions)))
        elif (row.session, row.court) not in places:
            courts = {court for session, court in places if session == row.session}
            errors.append(LineError(row.line, "court", row.court, one_of(courts)))
    return errors


def _standing(ledger: list[Entry], row: MatchRow) -> Entry | None:
    """The record of that match that counts now."""
    found = [
        entry
        for entry in play.in_force(ledger)
        if (entry.kind, entry.court, entry.match) == (PlayKind.MATCH, row.court, row.match)
    ]
    return found[-1] if found else None


def _same(entry: Entry, row: MatchRow) -> bool:
    told = (entry.started_at, entry.ended_at, entry.minutes, entry.completed)
    return told == (row.started_at, row.ended_at, row.minutes, row.completed)


def _record(keeper: Keeper, row: MatchRow, session_id: int, court_id: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "session_id": session_id,
        "court_id": court_id,
        "kind": PlayKind.MATCH,
        "at": None,
        "match_name": row.match,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "minutes": row.minutes,
        "completed": int(row.completed),
        "withdrawn": 0,
        "replaces": None,
        "operator_id": keeper.operator,
        "window_id": keeper.window,
        "epoch": keeper.epoch,
        "reason": "",
    }


def _error(row: MatchRow, refused: ImpossiblePlay) -> LineError:
    why = str(refused.fields["why"])
    if why not in _WHERE:
        raise refused  # what stands in the ledger is at odds with itself
    column = _WHERE[why]
    value = getattr(row, column)
    if column != "minutes" and value is not None:
        value = clock.venue(value).isoformat(timespec="minutes")
    return LineError(row.line, column, "" if value is None else str(value), phrase(why))
