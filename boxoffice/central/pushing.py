"""What a window reports: journal and postings first, then each order by itself (rule 12)."""

from __future__ import annotations

import json
from collections import Counter

import peewee

from boxoffice import clock
from boxoffice.central import guard, pools
from boxoffice.central.items import Ack, Credentials, Page, PushedOrder
from boxoffice.central.pulling import raise_version
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import CaseStatus, LineStatus
from boxoffice.errors import ForkedJournal, Refused
from boxoffice.records import whole_order
from boxoffice.records.custody import (
    CENTRAL_POOL,
    RESERVED_POOL,
    RETURNING_POOL,
    SOLD_POOL,
    ReturningPlaces,
    Review,
)
from boxoffice.records.fields import Table
from boxoffice.records.journal import CENTRAL_CHAIN, JournalEntry
from boxoffice.records.people import Case
from boxoffice.records.sales import OrderLine, Refund
from boxoffice.records.store import Store
from boxoffice.records.takings import Attempt, Posting, Shift, ZReport
from boxoffice.records.unit_of_work import head_of
from boxoffice.records.whole_order import columns, name_of

_NUMBER = columns(JournalEntry).index("number")
_PREVIOUS = columns(JournalEntry).index("previous")
_HASH = columns(JournalEntry).index("hash")
_POSTING_NUMBER = columns(Posting).index("number")
_LINE = {name: place for place, name in enumerate(columns(OrderLine))}
_REFUND = {name: place for place, name in enumerate(columns(Refund))}


Moves = Counter[tuple[int, int, int]]
"""Places by (session, giver, taker)."""


class _Conflict(Exception):
    """Why one order of a page goes to the review list."""


def push(store: Store, who: Credentials, page: Page) -> Ack:
    """Apply one page in one transaction; what was applied before is left alone.

    Raises ForkedJournal where central has other content under the same number, or a gap shows.
    """
    with store.transaction():
        guard.check(store, who)
        known, _ = head_of(store, who.window, who.epoch)
        last = _store_journal(store, who, page, known)
        _store_shifts(store, page)
        reviewed = []
        moved: Moves = Counter()
        for order in page.orders:
            if order.number <= known:
                continue  # applied with the page that brought its entry
            try:
                with store.savepoint("one_order"):
                    moves = _apply(store, who, order, moved)
                moved += moves
            except (_Conflict, Refused, peewee.IntegrityError) as why:
                _review(store, who, order, str(why))
                reviewed.append(str(whole_order.head(order.rows, "id")))
        _store_attempts(store, page)
        # What all windows share is touched last, and for the whole page at once.
        pools.move(store, moved)
        central_head = head_of(store, CENTRAL_CHAIN, guard.CENTRAL_EPOCH)
        return Ack(number=last, reviewed=tuple(reviewed), central_head=central_head)


def _plain_insert(table: type[Table], conflict: str = "") -> str:
    marks = ", ".join("?" * len(columns(table)))
    return f'INSERT INTO "{name_of(table)}" VALUES ({marks}) {conflict}'


def _store_shifts(store: Store, page: Page) -> None:
    """After the postings: a shift that is closed here already takes none."""
    store.many(
        _plain_insert(
            Shift,
            "ON CONFLICT (id) DO UPDATE "
            "SET status = excluded.status, closed_at = excluded.closed_at "
            "WHERE shift.status = 'open'",  # an older page that comes late opens none again
        ),
        page.shifts,
    )
    store.many(_plain_insert(ZReport, "ON CONFLICT (id) DO NOTHING"), page.z_reports)


def _store_attempts(store: Store, page: Page) -> None:
    store.many(
        _plain_insert(
            Attempt,
            "ON CONFLICT (id) DO UPDATE SET status = excluded.status, ended_at = excluded.ended_at",
        ),
        page.attempts,
    )


def _store_journal(store: Store, who: Credentials, page: Page, known: int) -> int:
    number, hashed = head_of(store, who.window, who.epoch)
    fresh = []
    for entry in page.entries:
        if entry[_NUMBER] <= known:
            _same(store, who, entry[_NUMBER], entry[_HASH])
            continue
        if entry[_NUMBER] != number + 1 or entry[_PREVIOUS] != hashed:
            raise ForkedJournal(window=who.window, number=entry[_NUMBER])
        number, hashed = entry[_NUMBER], entry[_HASH]
        fresh.append(entry)
    if fresh:
        store.many(_plain_insert(JournalEntry), fresh)
        store.many(
            _plain_insert(Posting), [row for row in page.postings if row[_POSTING_NUMBER] > known]
        )
    return number


def _same(store: Store, who: Credentials, number: int, hashed: str) -> None:
    found = store.first(
        "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?",
        (who.window, who.epoch, number),
    )
    if found is None or found[0] != hashed:
        raise ForkedJournal(window=who.window, number=number)


def _apply(store: Store, who: Credentials, order: PushedOrder, moved: Moves) -> Moves:
    """Store one order; answers which places move with it, beside those `moved` by others."""
    order_id = whole_order.head(order.rows, "id")
    before = whole_order.load(store, order_id)
    if before["orders"]:
        version = whole_order.head(before, "version")
        if version != order.base_version:
            raise _Conflict(f"started from version {order.base_version}, central has {version}")
        if not store.first(
            "SELECT 1 FROM custody_order WHERE order_id = ? AND holder = ? AND epoch = ?",
            (order_id, who.window, who.epoch),
        ):
            raise _Conflict("the window does not hold this order")
    else:
        if order.base_version != 0:
            raise _Conflict(f"started from version {order.base_version}, central has none")
        store.run(
            "INSERT INTO custody_order (order_id, holder, epoch) VALUES (?, ?, ?)",
            (order_id, who.window, who.epoch),
        )
    whole_order.store_rows(store, order.rows)
    if whole_order.digest(whole_order.load(store, order_id)) != order.digest:
        raise _Conflict("its rows do not fit the journal")
    moves = _settle_places(store, who, before, order)
    _require_places(store, who, moves, moved)
    _settle_claims(store, who, before, order)
    # The last step: only who holds an order may change what belongs to it.
    _leave_order(store, who, order_id)
    return moves


def _leave_order(store: Store, who: Credentials, order_id: str) -> None:
    touched = store.run(
        "UPDATE custody_order SET holder = NULL, epoch = NULL "
        "WHERE order_id = ? AND holder = ? AND epoch = ?",
        (order_id, who.window, who.epoch),
    )
    if touched != 1:
        raise _Conflict("the window does not hold this order")


def _settle_places(
    store: Store, who: Credentials, before: whole_order.OrderRows, order: PushedOrder
) -> Moves:
    """Seats and places follow the order: sold, reserved, or back to central."""
    order_id = whole_order.head(order.rows, "id")
    was, now = _places(before), _places(order.rows)
    moved: Moves = Counter()
    for pool in (SOLD_POOL, RESERVED_POOL):
        # What only changed pools (a reservation that was paid) keeps its seats.
        for session, seat in sorted((was[pool] - now[pool]).elements(), key=str):
            other = SOLD_POOL + RESERVED_POOL - pool
            if now[other][session, seat] > was[other][session, seat]:
                moved[session, pool, other] += 1
                was[other][session, seat] += 1
            else:
                if seat is not None:
                    moved[session, pool, CENTRAL_POOL] += 1
                    _free_seat(store, session, seat, order)
                else:
                    moved[session, pool, _later(store, session, order)] += 1
    for pool in (SOLD_POOL, RESERVED_POOL):
        for session, seat in sorted((now[pool] - was[pool]).elements(), key=str):
            moved[session, who.window, pool] += 1
            if seat is not None:
                _bind_seat(store, who, session, seat, order_id)
    for session, seat, _ in _over_unseen(before, order.rows):
        if seat is not None:
            moved[session, who.window, CENTRAL_POOL] += 1
            _return_seat(store, who, session, seat, order)
        else:
            moved[session, who.window, _later(store, session, order)] += 1
    return moved


def _require_places(store: Store, who: Credentials, moves: Moves, moved: Moves) -> None:
    """That the window has the places this order is given: nobody else changes its pool."""
    for session in sorted({session for session, giver, _ in moves if giver == who.window}):
        wanted = sum(
            count
            for order in (moves, moved)
            for (of, giver, _), count in order.items()
            if (of, giver) == (session, who.window)
        )
        found = store.first(
            "SELECT places FROM pool WHERE session_id = ? AND holder = ?", (session, who.window)
        )
        if found is None or found[0] < wanted:
            raise _Conflict("it sold places the window does not have")


def _later(store: Store, session: int, order: PushedOrder) -> int:
    """Which pool an unnumbered place goes back to: its resale may have to wait."""
    free_from = _free_from(order, session, None)
    if free_from is None or free_from <= clock.to_text(clock.now()):
        return CENTRAL_POOL
    row = {"id": new_id(), "session_id": session, "places": 1, "free_from": free_from}
    store.insert(ReturningPlaces, [row])
    return RETURNING_POOL


def _places(rows: whole_order.OrderRows) -> dict[int, Counter[whole_order.Place]]:
    return {
        SOLD_POOL: Counter(whole_order.live_places(rows)),
        RESERVED_POOL: Counter(whole_order.reserved_places(rows)),
    }


def _bind_seat(store: Store, who: Credentials, session: int, seat: int, order_id: str) -> None:
    touched = store.run(
        "UPDATE custody_seat SET holder = NULL, epoch = NULL, free_from = NULL, order_id = ? "
        "WHERE session_id = ? AND seat_id = ? AND holder = ? AND epoch = ?",
        (order_id, session, seat, who.window, who.epoch),
    )
    if touched != 1:
        raise _Conflict("a seat of it is not in the window's custody")


def _over_unseen(
    before: whole_order.OrderRows, rows: whole_order.OrderRows
) -> list[tuple[int, int | None, str]]:
    """(session, seat, document) of lines that were over before central heard of them."""
    known = {row[_LINE["id"]] for row in before["order_line"]}
    wanted = [_LINE[name] for name in ("session_id", "seat_id", "document_hash")]
    return [
        (row[wanted[0]], row[wanted[1]], row[wanted[2]])
        for row in rows["order_line"]
        if row[_LINE["status"]] in (LineStatus.RETURNED, LineStatus.RELEASED)
        and row[_LINE["id"]] not in known
    ]


def _return_seat(
    store: Store, who: Credentials, session: int, seat: int, order: PushedOrder
) -> None:
    """A seat that never came to its order here: the window that held it gives it back."""
    touched = store.run(
        "UPDATE custody_seat SET holder = NULL, epoch = NULL, free_from = ? "
        "WHERE session_id = ? AND seat_id = ? AND holder = ? AND epoch = ?",
        (_free_from(order, session, seat), session, seat, who.window, who.epoch),
    )
    if touched != 1:
        raise _Conflict("a seat it returns is not in the window's custody")


def _free_seat(store: Store, session: int, seat: int, order: PushedOrder) -> None:
    touched = store.run(
        "UPDATE custody_seat SET order_id = NULL, free_from = ? "
        "WHERE session_id = ? AND seat_id = ? AND order_id = ?",
        (_free_from(order, session, seat), session, seat, whole_order.head(order.rows, "id")),
    )
    if touched != 1:
        raise _Conflict("a seat it returns is not its own")


def _free_from(order: PushedOrder, session: int, seat: int | None) -> str | None:
    """When a refunded seat may go back on sale (UTC text); None: at once."""
    place = (_LINE["session_id"], _LINE["seat_id"])
    lines = {
        row[_LINE["id"]]
        for row in order.rows["order_line"]
        if (row[place[0]], row[place[1]]) == (session, seat)
    }
    refunds = [row for row in order.rows["refund"] if row[_REFUND["line_id"]] in lines]
    found: str | None = refunds[-1][_REFUND["free_from"]] if refunds else None
    return found


def _settle_claims(
    store: Store,
    who: Credentials,
    before: whole_order.OrderRows,
    order: PushedOrder,
) -> None:
    order_id = whole_order.head(order.rows, "id")
    claimed = set(whole_order.documents(order.rows))
    for session, hashed in sorted(set(whole_order.documents(before)) - claimed):
        store.run(
            "DELETE FROM claim WHERE session_id = ? AND document_hash = ? AND order_id = ?",
            (session, hashed, order_id),
        )
    for session, _, hashed in _over_unseen(before, order.rows):
        store.run(
            "DELETE FROM claim WHERE session_id = ? AND document_hash = ? "
            "AND holder = ? AND epoch = ?",
            (session, hashed, who.window, who.epoch),
        )
    for session, hashed in sorted(claimed):
        touched = store.run(
            "INSERT INTO claim (session_id, document_hash, order_id) VALUES (?, ?, ?) "
            "ON CONFLICT (session_id, document_hash) DO UPDATE "
            "SET holder = NULL, epoch = NULL, order_id = excluded.order_id "
            "WHERE claim.holder = ? OR claim.order_id = excluded.order_id",
            (session, hashed, order_id, who.window),
        )
        if touched != 1:
            # Taken off line by two windows: both sales stand, a person decides (rule 20).
            open_case(store, "document_clash", f"{session}:{hashed}:{order_id}", order.rows)


def open_case(store: Store, kind: str, key: str, rows: whole_order.OrderRows) -> None:
    """List an order for a person to look at; the same trouble is listed once."""
    store.insert(
        Case,
        [
            {
                "id": new_id(),
                "kind": kind,
                "key": key,
                "status": CaseStatus.OPEN,
                "opened_at": clock.now(),
                "order_number": whole_order.head(rows, "number") or "",
                "facts": "{}",
            }
        ],
        conflict="ON CONFLICT (kind, key) DO NOTHING",
    )
    raise_version(store, "people_version")


def _review(store: Store, who: Credentials, order: PushedOrder, reason: str) -> None:
    store.insert(
        Review,
        [
            {
                "id": new_id(),
                "window_id": who.window,
                "epoch": who.epoch,
                "number": order.number,
                "order_id": whole_order.head(order.rows, "id"),
                "at": clock.now(),
                "reason": reason,
                "rows": json.dumps(order.rows, ensure_ascii=False),
                "settled_at": None,
                "settled_by": "",
                "outcome": "",
            }
        ],
    )
