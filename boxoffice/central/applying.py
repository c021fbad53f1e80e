"""What pushed orders do at central: their rows, and the seats, places and documents they moved.

A page of orders is applied at once, in a handful of round trips; where one of them does not fit,
all of it is undone and each is applied by itself (`pushing`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boxoffice import clock
from boxoffice.central.items import Credentials, PushedOrder
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import LineStatus
from boxoffice.records import whole_order
from boxoffice.records.custody import (
    CENTRAL_POOL,
    RESERVED_POOL,
    RETURNING_POOL,
    SOLD_POOL,
)
from boxoffice.records.sales import OrderLine, Refund
from boxoffice.records.store import Statement, Store
from boxoffice.records.takings import Payment
from boxoffice.records.whole_order import OrderRows, columns

_LINE = {name: place for place, name in enumerate(columns(OrderLine))}
_PAID_BY = columns(Payment).index("attempt_id")
_REFUND = {name: place for place, name in enumerate(columns(Refund))}

Moves = Counter[tuple[int, int, int]]
"""Places by (session, giver, taker)."""


class Conflict(Exception):
    """Why one order of a page goes to the review list."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A document that two windows took off line: both sales stand, a person decides (rule 20)."""

    key: str
    rows: OrderRows


@dataclass(frozen=True, slots=True)
class _Step:
    """A statement; where it touches no row there is a conflict, or a clash, or nothing to say."""

    statement: Statement
    conflict: str = ""
    clash: Clash | None = None


def apply(
    store: Store, who: Credentials, orders: Sequence[PushedOrder], earlier: Moves
) -> tuple[Moves, list[Clash]]:
    """Store orders, all or none; called inside a savepoint.

    Answers which places move with them, beside those that `earlier` ones move, and the documents
    that clash. Raises Conflict, or peewee.IntegrityError where a table says no.
    """
    before = whole_order.load_some(store, [whole_order.head(o.rows, "id") for o in orders])
    older = [whole_order.head(o.rows, "id") for o in orders if _is_older(o, before)]
    for order_id in older:
        store.run(*_leave_order(who, order_id).statement)
    orders = [order for order in orders if whole_order.head(order.rows, "id") not in older]
    _require_base(store, who, before, orders)
    if who.ended:
        _require_money(store, orders)
    fresh = [o for o in orders if whole_order.head(o.rows, "id") not in before]
    store.many(
        "INSERT INTO custody_order (order_id, holder, epoch) VALUES (?, ?, ?)",
        [(whole_order.head(order.rows, "id"), who.window, who.epoch) for order in fresh],
    )
    whole_order.insert_many(store, [order.rows for order in fresh])
    whole_order.store_many(
        store, [o.rows for o in orders if whole_order.head(o.rows, "id") in before], before
    )
    _require_digests(store, orders)
    moved: Moves = Counter()
    steps: list[_Step] = []
    for order in orders:
        was = before.get(whole_order.head(order.rows, "id"), _NOTHING)
        steps += [*_settle_places(who, was, order, moved), *_settle_claims(who, was, order)]
    # The last step: only who holds an order may change what belongs to it.
    steps += [
        _leave_order(who, whole_order.head(order.rows, "id")) for order in orders if not order.kept
    ]
    clashes = _run(store, steps)
    _require_places(store, who, moved, earlier)
    return moved, clashes


_NOTHING: OrderRows = {whole_order.name_of(table): [] for table, _ in whole_order.PARTS}


def _run(store: Store, steps: Sequence[_Step]) -> list[Clash]:
    """All steps in one round trip; answers what clashes."""
    clashes = []
    for step, count in zip(steps, store.batch([s.statement for s in steps]), strict=True):
        if count != 1 and step.conflict:
            raise Conflict(step.conflict)
        if count != 1 and step.clash is not None:
            clashes.append(step.clash)
    return clashes


def _is_older(order: PushedOrder, before: Mapping[str, OrderRows]) -> bool:
    """Whether central lost this version, and has a later one again: from whoever changed it."""
    known = before.get(whole_order.head(order.rows, "id"))
    if known is None or not order.again:
        return False
    return bool(whole_order.head(known, "version") >= whole_order.head(order.rows, "version"))


def _require_base(
    store: Store,
    who: Credentials,
    before: Mapping[str, OrderRows],
    orders: Sequence[PushedOrder],
) -> None:
    """That each order was changed from what central has, by who holds it."""
    known = []
    for order in orders:
        order_id = whole_order.head(order.rows, "id")
        if order_id in before:
            version = whole_order.head(before[order_id], "version")
            newer = version < whole_order.head(order.rows, "version")
            told = newer and (order.again or _told_before(store, who, order_id, version))
            if version != order.base_version and not told:
                raise Conflict(f"started from version {order.base_version}, central has {version}")
            known.append(order_id)
        elif order.base_version != 0 and not order.again:
            raise Conflict(f"started from version {order.base_version}, central has none")
    marks = whole_order.marks(known)
    held = store.all(
        "SELECT order_id FROM custody_order "
        f"WHERE holder = ? AND epoch = ? AND order_id IN ({marks.sql})",
        (who.window, who.epoch, *marks.params),
    )
    if {row[0] for row in held} != set(known):
        raise Conflict("the window does not hold this order")


def _require_money(store: Store, orders: Sequence[PushedOrder]) -> None:
    """That nobody settled a payment of these meanwhile: what was paid by it went back.

    Nor is at it now, with its end to be written still.
    """
    for order in orders:
        paid_by = [row[_PAID_BY] for row in order.rows["payment"] if row[_PAID_BY]]
        marks = whole_order.marks(paid_by)
        order_id = whole_order.head(order.rows, "id")
        if paid_by and store.first(
            "SELECT 1 FROM journal WHERE act = 'settle_left' AND order_id IS NULL "
            "AND facts LIKE ? AND EXISTS (SELECT 1 FROM cases WHERE kind = 'attempt_left' "
            "AND key = ? AND status = 'open')",
            (f'%"{order_id}"%', order_id),
        ):
            raise Conflict("a payment of it is being settled: its money may have gone back")
        if paid_by and store.first(
            "SELECT 1 FROM attempt WHERE ended_at IS NOT NULL AND status <> 'succeeded' "
            f"AND id IN ({marks.sql})",
            marks.params,
        ):
            raise Conflict("a payment of it was settled, and its money went back")


def _told_before(store: Store, who: Credentials, order_id: str, version: int) -> bool:
    """Whether that version is one this window told while it kept the order."""
    found = store.first(
        "SELECT 1 FROM journal WHERE order_id = ? AND order_version = ? AND window_id = ? "
        "AND epoch = ?",
        (order_id, version, who.window, who.epoch),
    )
    return found is not None


def _require_digests(store: Store, orders: Sequence[PushedOrder]) -> None:
    stored = whole_order.load_some(store, [whole_order.head(o.rows, "id") for o in orders])
    for order in orders:
        if whole_order.digest(stored[whole_order.head(order.rows, "id")]) != order.digest:
            raise Conflict("its rows do not fit the journal")


def _leave_order(who: Credentials, order_id: str) -> _Step:
    statement = (
        "UPDATE custody_order SET holder = NULL, epoch = NULL "
        "WHERE order_id = ? AND holder = ? AND epoch = ?",
        (order_id, who.window, who.epoch),
    )
    return _Step(statement, "the window does not hold this order")


def _require_places(store: Store, who: Credentials, moved: Moves, earlier: Moves) -> None:
    """That the window has the places these orders are given: nobody else changes its pool."""
    given: Counter[int] = Counter()
    for moves in (moved, earlier):
        for (session, giver, _), count in moves.items():
            if giver == who.pool:
                given[session] += count
    if not any(giver == who.pool for _, giver, _ in moved):
        return
    has: dict[int, int] = dict(
        store.all("SELECT session_id, places FROM pool WHERE holder = ?", (who.pool,))
    )
    if any(count > has.get(session, 0) for session, count in given.items()):
        raise Conflict("it sold places the window does not have")


# --- seats and places


def _settle_places(
    who: Credentials, before: OrderRows, order: PushedOrder, moved: Moves
) -> Iterator[_Step]:
    """Seats and places follow the order: sold, reserved, or back to central."""
    order_id = whole_order.head(order.rows, "id")
    was, now = _places(before), _places(order.rows)
    for pool in (SOLD_POOL, RESERVED_POOL):
        # What only changed pools (a reservation that was paid) keeps its seats.
        for session, seat in sorted((was[pool] - now[pool]).elements(), key=str):
            other = SOLD_POOL + RESERVED_POOL - pool
            if now[other][session, seat] > was[other][session, seat]:
                moved[session, pool, other] += 1
                was[other][session, seat] += 1
            elif seat is not None:
                moved[session, pool, CENTRAL_POOL] += 1
                yield _free_seat(session, seat, order)
            else:
                yield from _put_back(session, pool, order, moved)
    for pool in (SOLD_POOL, RESERVED_POOL):
        for session, seat in sorted((now[pool] - was[pool]).elements(), key=str):
            moved[session, who.pool, pool] += 1
            if seat is not None:
                yield _bind_seat(who, session, seat, order_id)
    # What came back of an order that central lost was central's again before it lost it.
    for session, seat in () if order.again else _places_over_unseen(before, order.rows):
        if seat is not None:
            moved[session, who.pool, CENTRAL_POOL] += 1
            yield _return_seat(who, session, seat, order)
        else:
            yield from _put_back(session, who.pool, order, moved)


def _put_back(session: int, giver: int, order: PushedOrder, moved: Moves) -> Iterator[_Step]:
    """An unnumbered place goes back to central; its resale may have to wait."""
    free_from = _free_from(order, session, None)
    if free_from is None or free_from <= clock.to_text(clock.now()):
        moved[session, giver, CENTRAL_POOL] += 1
        return
    moved[session, giver, RETURNING_POOL] += 1
    yield _Step(
        (
            "INSERT INTO returning_places (id, session_id, places, free_from) VALUES (?, ?, 1, ?)",
            (new_id(), session, free_from),
        )
    )


def _places(rows: OrderRows) -> dict[int, Counter[whole_order.Place]]:
    return {
        SOLD_POOL: Counter(whole_order.live_places(rows)),
        RESERVED_POOL: Counter(whole_order.reserved_places(rows)),
    }


def _bind_seat(who: Credentials, session: int, seat: int, order_id: str) -> _Step:
    statement = (
        "UPDATE custody_seat SET holder = NULL, epoch = NULL, free_from = NULL, order_id = ? "
        "WHERE session_id = ? AND seat_id = ? AND holder = ? AND epoch = ?",
        (order_id, session, seat, who.window, who.epoch),
    )
    return _Step(statement, "a seat of it is not in the window's custody")


_OVER = (LineStatus.RETURNED, LineStatus.RELEASED)


def _places_over_unseen(before: OrderRows, rows: OrderRows) -> list[whole_order.Place]:
    """Places of lines that are over and that central never heard of: the window has them still.

    The line may be known, with the place it had before it was swapped.
    """
    ours = [_LINE[name] for name in ("id", "session_id", "seat_id")]
    known = {tuple(row[column] for column in ours) for row in before["order_line"]}
    return [
        (row[ours[1]], row[ours[2]])
        for row in rows["order_line"]
        if row[_LINE["status"]] in _OVER and tuple(row[column] for column in ours) not in known
    ]


def _documents_over_unseen(before: OrderRows, rows: OrderRows) -> list[tuple[int, str]]:
    """(session, document) of lines that central did not know to be over: were they sold meanwhile,
    the window has the document still."""
    known = {r[_LINE["id"]] for r in before["order_line"] if r[_LINE["status"]] in _OVER}
    return [
        (row[_LINE["session_id"]], row[_LINE["document_hash"]])
        for row in rows["order_line"]
        if row[_LINE["status"]] in _OVER and row[_LINE["id"]] not in known
    ]


def _return_seat(who: Credentials, session: int, seat: int, order: PushedOrder) -> _Step:
    """A seat that never came to its order here: the window that held it gives it back."""
    statement = (
        "UPDATE custody_seat SET holder = NULL, epoch = NULL, free_from = ? "
        "WHERE session_id = ? AND seat_id = ? AND holder = ? AND epoch = ?",
        (_free_from(order, session, seat), session, seat, who.window, who.epoch),
    )
    return _Step(statement, "a seat it returns is not in the window's custody")


def _free_seat(session: int, seat: int, order: PushedOrder) -> _Step:
    statement = (
        "UPDATE custody_seat SET order_id = NULL, free_from = ? "
        "WHERE session_id = ? AND seat_id = ? AND order_id = ?",
        (_free_from(order, session, seat), session, seat, whole_order.head(order.rows, "id")),
    )
    return _Step(statement, "a seat it returns is not its own")


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


# --- documents


def _settle_claims(who: Credentials, before: OrderRows, order: PushedOrder) -> Iterator[_Step]:
    order_id = whole_order.head(order.rows, "id")
    claimed = set(whole_order.documents(order.rows))
    for session, hashed in sorted(set(whole_order.documents(before)) - claimed):
        yield _Step(
            (
                "DELETE FROM claim WHERE session_id = ? AND document_hash = ? AND order_id = ?",
                (session, hashed, order_id),
            )
        )
    for session, hashed in _documents_over_unseen(before, order.rows):
        yield _Step(
            (
                "DELETE FROM claim WHERE session_id = ? AND document_hash = ? "
                "AND holder = ? AND epoch = ?",
                (session, hashed, who.window, who.epoch),
            )
        )
    for session, hashed in sorted(claimed):
        statement = (
            "INSERT INTO claim (session_id, document_hash, order_id) VALUES (?, ?, ?) "
            "ON CONFLICT (session_id, document_hash) DO UPDATE "
            "SET holder = NULL, epoch = NULL, order_id = excluded.order_id "
            "WHERE (claim.holder = ? AND claim.epoch = ?) "
            "OR claim.order_id = excluded.order_id",
            (session, hashed, order_id, who.window, who.epoch),
        )
        clash = Clash(f"{session}:{hashed}:{order_id}", order.rows)
        yield _Step(statement, clash=clash)
