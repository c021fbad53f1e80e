"""Taking and giving custody: all or none, in sorted order, counts checked (rules 1 to 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from boxoffice import clock
from boxoffice.central import granting, guard, pools
from boxoffice.central.items import Credentials, Items
from boxoffice.errors import (
    DocumentUsed,
    HeldElsewhere,
    LimitReached,
    NotHeld,
    ReservationOver,
    SeatHeld,
    SeatSold,
    SeatTaken,
    SessionCalledOff,
    WrongStatus,
)
from boxoffice.records import whole_order
from boxoffice.records.custody import CENTRAL_POOL
from boxoffice.records.rain import CALLED_OFF
from boxoffice.records.rules import CAP, RuleKind
from boxoffice.records.store import Statement, Store
from boxoffice.records.whole_order import OrderRows

TRIES = 3
"""How often a take is tried while what it did not get goes back under its eyes."""


class _Repeated(Exception):
    """A request that central booked before: its answer was lost on the way."""


class _FreeAgain(Exception):
    """Whoever was faster gave it back before it could be said who that is."""


def take(store: Store, who: Credentials, request_id: str, items: Items) -> list[OrderRows]:
    """Grant all items to the window, or raise; answers the current rows of the orders taken.

    Repeating a granted request answers the same. Raises SeatTaken (of it SeatHeld or SeatSold
    where central knows by whom), SessionCalledOff, NotEnoughPlaces, CapacityReached, LimitReached,
    DocumentUsed or HeldElsewhere.
    """
    for left in reversed(range(TRIES)):
        try:
            if not store.at_once(granting.statement(who, request_id, items)):
                with store.transaction():
                    _take(store, who, request_id, items, left)
            break
        except _FreeAgain:
            continue
        except _Repeated:
            with store.transaction():
                guard.check(store, who)
            break
    # What is granted stays as it is: only this window may change it now.
    return [whole_order.load(store, order) for order in (*items.orders, *items.expired)]


def _expired(order: str, now: Statement) -> Statement:
    return (
        f"SELECT 1 FROM orders WHERE id = ? AND status = 'reserved' AND deadline < {now[0]}",
        (order, *now[1]),
    )


def _take(store: Store, who: Credentials, request_id: str, items: Items, left: int) -> None:
    """Everything in one round trip; then what did not come is named.

    Raises _FreeAgain where so many tries are `left`.
    """
    orders = sorted((*items.orders, *items.expired))
    seats, claims = sorted(items.seats), sorted(items.claims)
    now = store.now()
    steps = [guard.statement(store, who), guard.GRANTING]
    steps.append(_answer(who, request_id, "take", items))
    steps += [_take_seat(who, now, *seat) for seat in seats]
    steps += [_take_order(who, order) for order in orders]
    steps += [_take_claim(who, *claim) for claim in claims]
    counts = store.batch(steps)
    guard.confirm(store, who, counts[0])
    guard.require_granting(store, counts[1])
    if counts[2] != 1:
        raise _Repeated
    came = dict(zip([*seats, *orders, *claims], counts[3:], strict=True))
    for seat in seats:
        if came[seat] != 1:
            _refuse_seat(store, who, now, *seat, left)
    for order in orders:
        if came[order] != 1:
            _refuse_order(store, order)
        (_refuse_unexpired if order in items.expired else _refuse_expired)(store, order, now)
    for claim in claims:
        if came[claim] != 1:
            _refuse_claim(store, *claim)
    if items.seats or items.places:
        refuse_called_off(store, {session for session, _ in items.drawn()})
        pools.move(store, {(s, CENTRAL_POOL, who.window): n for s, n in items.drawn()})
        # After the pools: whoever counts in the same session at the same time waits there.
        refuse_full_zones(store, items.seats)


def give(
    store: Store, who: Credentials, request_id: str, items: Items, *, rest: bool = False
) -> None:
    """Take back what the window no longer wants; repeating it changes nothing.

    Raises NotHeld, NotEnoughPlaces or CapacityReached where it does not hold all of it; with
    `rest` seats, orders and documents that it does not hold are left out.
    """
    held = (who.window, who.epoch)
    steps = [guard.statement(store, who), _answer(who, request_id, "give", items)]
    steps += [
        (
            "UPDATE custody_seat SET holder = NULL, epoch = NULL "
            "WHERE session_id = ? AND seat_id = ? AND holder = ? AND epoch = ?",
            (session, seat, *held),
        )
        for session, seat in sorted(items.seats)
    ]
    steps += [
        (
            "UPDATE custody_order SET holder = NULL, epoch = NULL "
            "WHERE order_id = ? AND holder = ? AND epoch = ?",
            (order, *held),
        )
        for order in sorted((*items.orders, *items.expired))
    ]
    steps += [
        (
            "DELETE FROM claim WHERE session_id = ? AND document_hash = ? "
            "AND holder = ? AND epoch = ?",
            (session, hashed, *held),
        )
        for session, hashed in sorted(items.claims)
    ]
    try:
        with store.transaction():
            counts = store.batch(steps)
            guard.confirm(store, who, counts[0])
            if counts[1] != 1:
                raise _Repeated
            if set(counts[2:]) - {1} and not rest:
                raise NotHeld(window=who.window)
            # The counts of the seats come first.
            seats = tuple(p for p, n in zip(sorted(items.seats), counts[2:], strict=False) if n)
            came = replace(items, seats=seats).drawn()
            pools.move(store, {(s, who.window, CENTRAL_POOL): n for s, n in came})
    except _Repeated:
        return


def granted(store: Store, who: Credentials, request_ids: list[str]) -> set[str]:
    """Which of these requests central booked; asked after a break."""
    with store.transaction():
        guard.check(store, who)
        return {request for request in request_ids if _answered(store, request)}


def _answered(store: Store, request_id: str) -> bool:
    return store.first("SELECT 1 FROM answer WHERE request_id = ?", (request_id,)) is not None


def _answer(who: Credentials, request_id: str, kind: str, items: Items) -> Statement:
    """The answer, numbered; touches no row where the request has one."""
    return (
        "INSERT INTO answer (request_id, window_id, epoch, kind, number, items) "
        "SELECT ?, ?, ?, ?, coalesce(max(number), 0) + 1, ? FROM answer "
        "WHERE window_id = ? AND epoch = ? ON CONFLICT (request_id) DO NOTHING",
        (request_id, who.window, who.epoch, kind, items.text(), who.window, who.epoch),
    )


def _take_seat(who: Credentials, now: Statement, session: int, seat: int) -> Statement:
    # That one row decides; asking for live tickets too has sold a seat twice (rule 1).
    return (
        "UPDATE custody_seat SET holder = ?, epoch = ? WHERE session_id = ? AND seat_id = ? "
        "AND holder IS NULL AND order_id IS NULL "
        f"AND (free_from IS NULL OR free_from <= {now[0]})",
        (who.window, who.epoch, session, seat, *now[1]),
    )


def _refuse_seat(
    store: Store, who: Credentials, now: Statement, session: int, seat: int, left: int
) -> None:
    """By whom it is held, or sold or reserved at another window."""
    found = store.first(
        "SELECT s.zone, s.row, s.number, h.name, m.name, c.seat_id IS NOT NULL "
        "AND c.holder IS NULL AND c.order_id IS NULL "
        f"AND (c.free_from IS NULL OR c.free_from <= {now[0]}) FROM seat s "
        "LEFT JOIN custody_seat c ON c.seat_id = s.id AND c.session_id = ? "
        "LEFT JOIN ticket_window h ON h.id = c.holder LEFT JOIN orders o ON o.id = c.order_id "
        "LEFT JOIN ticket_window m ON m.id = o.window_id AND m.id <> ? WHERE s.id = ?",
        (*now[1], session, who.window, seat),
    )
    zone, row, number, holder, seller, free = found or ("", "", "", None, None, False)
    if free and left:
        raise _FreeAgain
    if holder is not None:
        raise SeatHeld(zone=zone, row=row, number=number, window=holder)
    if seller is not None:
        raise SeatSold(zone=zone, row=row, number=number, window=seller)
    raise SeatTaken(zone=zone, row=row, number=number)


def refuse_called_off(store: Store, sessions: Iterable[int]) -> None:
    """That all of these sessions are held as far as was decided: nobody sells the others."""
    for session in sorted(sessions):
        found = store.first(
            f"SELECT s.name_zh, s.name_en FROM session s WHERE s.id = ? AND {CALLED_OFF}",
            (session,),
        )
        if found is not None:
            raise SessionCalledOff(session_zh=found[0], session_en=found[1])


def refuse_full_zones(store: Store, seats: Iterable[tuple[int, int]]) -> None:
    """That no zone of these seats is over its cap, after they were taken.

    The pool of the session was touched before: no other window is counting at the same time.
    """
    if not store.first("SELECT 1 FROM rule_row WHERE rule = ?", (RuleKind.CAP.value,)):
        return
    day = clock.business_day(clock.now()).isoformat()
    taken: dict[tuple[int, int, str], int] = {}
    for session, seat in seats:
        found = store.first(
            f"SELECT p.plan_id, p.zone, {CAP} FROM session s JOIN seat p ON p.id = ? "
            "WHERE s.id = ?",
            (day, seat, session),
        )
        if found is not None and found[2] is not None:
            taken[session, int(found[0]), str(found[1])] = int(found[2])
    for (session, plan, zone), cap in sorted(taken.items()):
        gone = store.first(
            "SELECT count(*) FROM seat p JOIN custody_seat c ON c.session_id = ? "
            "AND c.seat_id = p.id WHERE p.plan_id = ? AND p.zone = ? "
            "AND (c.holder IS NOT NULL OR c.order_id IS NOT NULL)",
            (session, plan, zone),
        )
        count = int(gone[0]) if gone else 0
        if count > cap:
            raise LimitReached(rule=RuleKind.CAP.value, limit=cap, count=count, zone=zone)


def _take_order(who: Credentials, order: str) -> Statement:
    return (
        "UPDATE custody_order SET holder = ?, epoch = ? WHERE order_id = ? AND holder IS NULL",
        (who.window, who.epoch, order),
    )


def _refuse_order(store: Store, order: str) -> None:
    found = store.first(
        "SELECT o.number, w.name FROM orders o LEFT JOIN custody_order c ON c.order_id = o.id "
        "LEFT JOIN ticket_window w ON w.id = c.holder WHERE o.id = ?",
        (order,),
    )
    number, holder = found or ("", None)
    raise HeldElsewhere(order=number, window=holder or "")


def _refuse_expired(store: Store, order: str, now: Statement) -> None:
    """Whoever comes after the deadline of a reservation finds it gone (rule 7)."""
    found = store.first(
        "SELECT number, deadline FROM orders WHERE id = ? AND status = 'reserved' "
        f"AND deadline < {now[0]}",
        (order, *now[1]),
    )
    if found is not None:
        raise ReservationOver(order=found[0], deadline=clock.from_text(found[1]))


def _refuse_unexpired(store: Store, order: str, now: Statement) -> None:
    if not store.first(*_expired(order, now)):
        raise WrongStatus(record="order", status="reserved", wanted="released")


def _take_claim(who: Credentials, session: int, hashed: str) -> Statement:
    return (
        "INSERT INTO claim (session_id, document_hash, holder, epoch) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (session_id, document_hash) DO NOTHING",
        (session, hashed, who.window, who.epoch),
    )


def _refuse_claim(store: Store, session: int, hashed: str) -> None:
    found = store.first(
        "SELECT s.name_zh, s.name_en, o.number FROM claim c JOIN session s ON s.id = c.session_id "
        "LEFT JOIN orders o ON o.id = c.order_id WHERE c.session_id = ? AND c.document_hash = ?",
        (session, hashed),
    )
    zh, en, order = found or ("", "", None)
    raise DocumentUsed(session_zh=zh, session_en=en, order=order or "")
