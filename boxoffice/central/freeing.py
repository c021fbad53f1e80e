"""What an ended epoch held goes back to central: one seat, several, or all of it (rule 17)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from boxoffice import clock
from boxoffice.central import fencing, pools
from boxoffice.central.fencing import Left
from boxoffice.central.guard import CENTRAL
from boxoffice.central.items import Items, ended_pool
from boxoffice.central.pulling import raise_version
from boxoffice.domain.ids import new_id
from boxoffice.errors import EpochRuns, PaperMayExist, ReasonMissing, SamePerson
from boxoffice.records import whole_order
from boxoffice.records.custody import CENTRAL_POOL, Answer, FreedOrder, FreedSeat
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import unit_of_work

FREE = "free"
"""The word of the act, in the journal and for its approval."""


@dataclass(frozen=True, slots=True)
class Freed:
    """How much went back to central."""

    seats: int
    places: int
    orders: int
    claims: int


@dataclass(frozen=True, slots=True)
class Risk:
    """Who freed something of which paper may exist, and who accepted that; empty: nobody had to."""

    operator: str
    approver: str
    reason: str


def free(
    store: Store,
    window: int,
    epoch: int,
    *,
    operator: str,
    reason: str,
    approver: str = "",
    seats: Sequence[tuple[int, int]] | None = None,
) -> Freed:
    """Free seats of an ended epoch, or (None) all it holds; answers how much that was.

    Without `approver`, the second person, only where central has its whole journal, and nothing of
    it waits for review. With one, codes of that epoch for these seats are dead. Raises EpochRuns,
    PaperMayExist, SamePerson or ReasonMissing.
    """
    risk = Risk(operator.strip(), approver.strip(), reason.strip())
    if not risk.reason or not risk.operator:
        raise ReasonMissing()
    if risk.operator == risk.approver:
        raise SamePerson()
    with unit_of_work(store, CENTRAL) as unit:
        ended, received = fencing.epoch_row(store, window, epoch)
        if ended is None:
            raise EpochRuns(window=window)
        left = _undecided_kept(store, fencing.held(store, window, epoch))
        if seats is not None:
            wanted = set(seats)
            left = Left(tuple(s for s in left.seats if s in wanted), (), (), 0)
        if not risk.approver and (received is None or _in_review(store, window, epoch, left)):
            raise PaperMayExist(act=FREE, window=window)
        act = _at_server if store.shared else _here
        freed = act(store, window, epoch, left, risk, everything=seats is None)
        facts = {
            "window": window,
            "epoch": epoch,
            "seats": freed.seats,
            "places": freed.places,
            "orders": freed.orders,
            "documents": freed.claims,
            "by": risk.operator,
            "approver": risk.approver,
            "reason": risk.reason,
        }
        if any((freed.seats, freed.places, freed.orders, freed.claims)):
            unit.record(FREE, author=fencing.author(store, operator), facts=facts)
    return freed


def _undecided_kept(store: Store, left: Left) -> Left:
    """Without orders whose payment is open: that is settled first (rule 8)."""
    kept = {str(row[0]) for row in store.all("SELECT order_id FROM attempt WHERE ended_at IS NULL")}
    return replace(left, orders=tuple(order for order in left.orders if order not in kept))


def _in_review(store: Store, window: int, epoch: int, left: Left) -> bool:
    """Whether a sale that waits for review has something of this: then there is paper."""
    sessions = {session for session, _ in left.places}
    for order_id, text in store.all(
        "SELECT order_id, rows FROM review WHERE window_id = ? AND epoch = ? "
        "AND settled_at IS NULL",
        (window, epoch),
    ):
        rows = json.loads(text)
        places = [*whole_order.live_places(rows), *whole_order.reserved_places(rows)]
        if order_id in left.orders or set(places) & set(left.seats):
            return True
        if any(seat is None and session in sessions for session, seat in places):
            return True
    return False


def _at_server(
    store: Store, window: int, epoch: int, left: Left, risk: Risk, *, everything: bool
) -> Freed:
    """By functions of the owner, which a supervisor may call."""
    who = (risk.operator, risk.approver, risk.reason)

    def call(name: str, *what: tuple[object, str]) -> int:
        marks = "".join(f"?::{kind}, " for _, kind in what)
        given = (window, epoch, *(value for value, _ in what), *who)
        found = store.first(f"SELECT {name}(?, ?, {marks}?, ?, ?)", given)
        return int(found[0]) if found else 0

    seats = places = orders = claims = 0
    if everything:
        # Pools last, and one session after the other: so does a push, which may want both.
        orders = call("free_orders", (list(left.orders), "text[]")) if left.orders else 0
        claims = call("free_claims")
    unnumbered = {session for session, _ in left.places}
    by_session: dict[int, list[tuple[int, int]]] = {session: [] for session in unnumbered}
    for place in left.seats:
        by_session.setdefault(place[0], []).append(place)
    for session, listed in sorted(by_session.items()):
        if listed:
            text = Items(seats=tuple(listed)).text()
            seats += call("free_seats", ([list(p) for p in listed], "bigint[]"), (text, "text"))
        if session in unnumbered:
            places += call("free_places", (session, "bigint"))
    if risk.approver and (seats or places):
        # Last, as a push does that opens a case: whoever has this row waits for no pool.
        store.first("SELECT raise_people()")
    return Freed(seats, places, orders, claims)


def _here(
    store: Store, window: int, epoch: int, left: Left, risk: Risk, *, everything: bool
) -> Freed:
    """The same by plain statements, beside a window's own file."""
    who, pool = (window, epoch), ended_pool(window, epoch)
    store.many(
        "UPDATE custody_seat SET holder = NULL, epoch = NULL WHERE session_id = ? AND seat_id = ? "
        "AND holder = ? AND epoch = ?",
        [(*place, *who) for place in left.seats],
    )
    moves = Counter({(session, pool, CENTRAL_POOL): n for session, n in left.places})
    moves.update((session, pool, CENTRAL_POOL) for session, _ in left.seats)
    pools.move(store, moves)
    if left.seats:
        _tell_maps(store, window, epoch, left)
    if risk.approver:
        about = {"window_id": window, "epoch": epoch, "at": clock.now(), "reason": risk.reason}
        about |= {"operator": risk.operator, "approver": risk.approver}
        places = [(s, seat, 1) for s, seat in left.seats] + [(s, 0, n) for s, n in left.places]
        store.insert(
            FreedSeat,
            [
                {"id": new_id(), "session_id": s, "seat_id": seat, "places": n, **about}
                for s, seat, n in places
            ],
        )
        store.insert(FreedOrder, [{"id": new_id(), "order_id": o, **about} for o in left.orders])
        raise_version(store, "people_version")
    store.many(
        "UPDATE custody_order SET holder = NULL, epoch = NULL "
        "WHERE order_id = ? AND holder = ? AND epoch = ?",
        [(order, *who) for order in left.orders],
    )
    claims = 0
    if everything:
        claims = store.run("DELETE FROM claim WHERE holder = ? AND epoch = ?", who)
    return Freed(len(left.seats), sum(n for _, n in left.places), len(left.orders), claims)


def _tell_maps(store: Store, window: int, epoch: int, left: Left) -> None:
    """The maps of all windows follow what is given back."""
    first = store.first(
        "SELECT coalesce(min(number), 0) FROM answer WHERE window_id = ? AND epoch = ?",
        (window, epoch),
    )
    row = {
        "request_id": new_id(),
        "window_id": window,
        "epoch": epoch,
        "kind": "give",
        # Below zero: the window asked for none of these, and counts no answer to them.
        "number": min(int(first[0]) if first else 0, 0) - 1,
        "items": Items(seats=left.seats).text(),
    }
    store.insert(Answer, [row])
