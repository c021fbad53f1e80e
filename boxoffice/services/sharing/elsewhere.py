"""What other windows hold, as far as is known here: seats for the map, places by session."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from time import monotonic

from boxoffice import clock
from boxoffice.central import pulling
from boxoffice.central.items import Items, SeatNow
from boxoffice.central.link import Reach
from boxoffice.errors import SeatHeld
from boxoffice.queries import catalogue
from boxoffice.records.meta import write_fact
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain
from boxoffice.services.office import Office

PLACES_SECONDS = 30.0
"""How often it is asked how many places others hold. What lines of the feed tell of is asked at
once; a supervisor who frees places writes none."""


def keep_seats(store: Store, chain: Chain, seats: Sequence[SeatNow]) -> set[int]:
    """Who has these seats now; answers the sessions in which that is news."""
    there = {(s.session, s.seat): 0 if _is_own(chain, s) else s.window for s in seats}
    here: dict[tuple[int, int], int] = {
        (session, seat): window
        for session, seat, window in store.all(
            "SELECT e.session_id, e.seat_id, e.window_id FROM json_each(?) p "
            "JOIN elsewhere_seat e ON e.session_id = p.value->>0 AND e.seat_id = p.value->>1",
            (json.dumps(list(there)),),
        )
    }
    changed = {place: who for place, who in there.items() if here.get(place, 0) != who}
    _insert(store, {place: who for place, who in changed.items() if who})
    gone = [place for place in here if there[place] == 0]
    store.many("DELETE FROM elsewhere_seat WHERE session_id = ? AND seat_id = ?", gone)
    return {session for session, _ in (*changed, *gone)}


def replace_seats(store: Store, chain: Chain, taken: Sequence[SeatNow]) -> None:
    """All that others have, in place of what is known of it here.

    Seats of window 0 belong to orders that are still to come.
    """
    store.run("DELETE FROM elsewhere_seat")
    _insert(store, {(s.session, s.seat): s.window for s in taken if not _is_own(chain, s)})


def _is_own(chain: Chain, seat: SeatNow) -> bool:
    """What an ended epoch of this window holds is as far away as another window's."""
    return (seat.window, seat.epoch) == (chain.window, chain.epoch)


def _insert(store: Store, seats: Mapping[tuple[int, int], int]) -> None:
    store.many(
        "INSERT OR REPLACE INTO elsewhere_seat (session_id, seat_id, window_id) VALUES (?, ?, ?)",
        [(*place, window) for place, window in seats.items()],
    )


def note(office: Office, store: Store, items: Items, lost: SeatHeld, pages: int) -> None:
    """Which window has a seat that was asked for in vain, before the feed tells.

    `pages`: how many were stored when it was asked for. What a later one told is younger, and
    knows where the seat went back. What an unanswered request of this window still holds is
    given back by itself.
    """
    if office.underway.pages != pages:
        return
    names = tuple(lost.fields[name] for name in ("zone", "row", "number", "window"))
    holder: dict[int, int] = dict(
        store.all(
            "SELECT p.id, w.id FROM json_each(?) s JOIN seat p ON p.id = s.value "
            "JOIN window_name w ON w.id <> ? "
            "WHERE p.zone = ? AND p.row = ? AND p.number = ? AND w.name = ?",
            (json.dumps([seat for _, seat in items.seats]), office.chain.window, *names),
        )
    )
    _insert(store, {(s, seat): holder[seat] for s, seat in items.seats if seat in holder})


def is_any(store: Store) -> bool:
    """Whether others hold anything."""
    seats = store.first("SELECT 1 FROM elsewhere_seat")
    return seats is not None or any(catalogue.places_elsewhere(store).values())


def count_places(office: Office, ask: Reach) -> None:
    """Ask now and then how many places others hold, of sessions without numbers to come."""
    if monotonic() - office.underway.places_at < PLACES_SECONDS:
        return
    today = clock.business_day(clock.now()).isoformat()
    sessions = office.read(lambda store: catalogue.without_numbers(store, today))
    if sessions:
        window = office.chain.window
        places = ask(lambda store: pulling.places_elsewhere(store, window, sessions))
        changed = office.write(lambda store: keep_places(store, places))
        office.changes.tell(f"session:{session}" for session in sorted(changed))
    office.underway.places_at = monotonic()


def keep_places(store: Store, places: Mapping[int, int]) -> set[int]:
    """How many places of these sessions others hold; answers the sessions in which that is news."""
    known = catalogue.places_elsewhere(store)
    changed = {s: count for s, count in places.items() if known.get(s, 0) != count}
    if changed:
        write_fact(store, catalogue.PLACES_ELSEWHERE, json.dumps({**known, **changed}))
    return set(changed)
