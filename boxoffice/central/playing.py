"""The play ledger and what is decided by it, entered at central: one ledger for all windows.

Whoever is first is right: an entry that does not follow what central has is refused there, so that
no two windows tell of different days. Nothing of it moves custody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

import peewee

from boxoffice import clock
from boxoffice.central import guard
from boxoffice.central.items import Credentials
from boxoffice.central.pulling import raise_version
from boxoffice.domain import play
from boxoffice.errors import DecidedMeanwhile
from boxoffice.records import play_ledger
from boxoffice.records.rain import PlayEntry, RainDecision
from boxoffice.records.store import Row, Store

_ONE = timedelta(microseconds=1)
T = TypeVar("T")


def enter(
    store: Store, who: Credentials, row: Mapping[str, Any], session: str, court: str
) -> list[Row]:
    """Store one entry of the ledger; answers all that central has of the session, as stored.

    `row` is a `PlayEntry` without `recorded_at`, `session` and `court` the codes of its places. The
    same entry again changes nothing. Raises ImpossiblePlay with the reason, or what the guard
    raises.
    """
    with store.transaction():
        guard.check(store, who)
        if not store.first("SELECT 1 FROM play_entry WHERE id = ?", (row["id"],)):
            ledger = play_ledger.entries(store, [row["session_id"]])
            at = next_moment(store, row["session_id"])
            starts = play_ledger.starts_at(store, row["session_id"])
            entry = play_ledger.as_entry(row, session, court)
            play.add(ledger, entry, max(at, clock.now()), starts)
            store.insert(PlayEntry, [{**row, "recorded_at": at}])
            _tell(store)
        return play_ledger.stored(store, row["session_id"])


def enter_all(
    store: Store, who: Credentials, add: Callable[[], tuple[T, Collection[int]]]
) -> tuple[T, list[Row]]:
    """Store many entries in one transaction, or none of them where `add` raises.

    `add` stores what is new and names the sessions it is about; answers what it says besides, and
    all that central has of those sessions. Raises what `add` does, or what the guard raises.
    """
    with store.transaction():
        guard.check(store, who)
        said, sessions = add()
        _tell(store)
        return said, [row for one in sessions for row in play_ledger.stored(store, one)]


def next_moment(store: Store, session_id: int) -> datetime:
    """When the next entry of a session is recorded: now, and after all that stand there."""
    sql, params = store.now()
    found = store.first(
        f"SELECT {sql}, (SELECT max(recorded_at) FROM play_entry WHERE session_id = ?)",
        (*params, session_id),
    )
    assert found is not None
    now = clock.from_text(found[0])
    return now if found[1] is None else max(now, clock.from_text(found[1]) + _ONE)


def decide(store: Store, who: Credentials, row: Mapping[str, Any]) -> None:
    """Store what was decided for a session; the same decision again changes nothing.

    Raises DecidedMeanwhile where it does not replace the one that counts now.
    """
    try:
        with store.transaction():
            guard.check(store, who)
            if store.first("SELECT 1 FROM rain_decision WHERE id = ?", (row["id"],)):
                return
            found = store.first(
                "SELECT d.id FROM rain_decision d WHERE d.session_id = ? AND NOT EXISTS "
                "(SELECT 1 FROM rain_decision n WHERE n.replaces = d.id)",
                (row["session_id"],),
            )
            if (None if found is None else found[0]) != row["replaces"]:
                raise DecidedMeanwhile()
            store.insert(RainDecision, [row])
            _tell(store)
    except peewee.IntegrityError as clash:  # another window's, at the same moment
        raise DecidedMeanwhile() from clash


def _tell(store: Store) -> None:
    if not store.shared:  # a server's trigger does it
        raise_version(store, "people_version")
