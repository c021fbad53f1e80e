"""Custody fits: sold seats bear their order, pools add up, holders know what they hold."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.records.custody import RESERVED_POOL, SOLD_POOL, WITHDRAWN_POOL
from boxoffice.records.store import Row
from boxoffice.verify.sides import Finding, Side, Sides, WindowSide

RULE = "custody"


def check(sides: Sides) -> Iterator[Finding]:
    """Central by itself, then what central says each window holds."""
    central = sides.central
    sides.checked["custody"] = central.count(
        "SELECT (SELECT count(*) FROM custody_seat) + (SELECT count(*) FROM custody_order) "
        "+ (SELECT count(*) FROM pool)"
    )
    yield from _seats(central)
    yield from _orders(central)
    yield from _pools(central)
    yield from _claims(central)
    for window in sides.windows:
        if not _asks(window) and not _has_ended(window, central):
            yield from _held(window, central)
            yield from _places(window, central)
        if central.store.shared and sides.has_read_all(window):
            yield from _elsewhere(window, central)


def _asks(window: WindowSide) -> bool:
    """Whether a take or give of it has no answer yet."""
    return bool(window.count("SELECT count(*) FROM request WHERE status IN ('asked', 'giving')"))


def _has_ended(window: WindowSide, central: Side) -> bool:
    """What an ended epoch held stays off sale as central has it, whatever its window says."""
    return bool(
        central.store.first(
            "SELECT 1 FROM window_epoch WHERE window_id = ? AND epoch = ? AND ended_at IS NOT NULL",
            (window.number, window.epoch),
        )
    )


_PLACED = """(
  SELECT t.session_id, t.seat_id, t.order_id FROM ticket t WHERE t.live = 1
  UNION ALL SELECT l.session_id, l.seat_id, l.order_id FROM order_line l
  WHERE l.status = 'reserved')"""
"""Seats that belong to an order: a live ticket's, or reserved."""


def _seats(central: Side) -> Iterator[Finding]:
    for session, zone, row, number, has, wants in central.store.all(
        "SELECT s.code, p.zone, p.row, p.number, c.order_id, t.order_id "
        f"FROM {_PLACED} t JOIN session s ON s.id = t.session_id JOIN seat p ON p.id = t.seat_id "
        "LEFT JOIN custody_seat c ON c.session_id = t.session_id AND c.seat_id = t.seat_id "
        "WHERE c.order_id IS DISTINCT FROM t.order_id"
    ):
        yield Finding(
            RULE,
            f"central: session {session} seat {zone}-{row}-{number}",
            f"belongs to order {wants}; its custody names {has or 'none'}",
        )
    for session, zone, row, number, order in central.store.all(
        "SELECT s.code, p.zone, p.row, p.number, c.order_id FROM custody_seat c "
        "JOIN session s ON s.id = c.session_id JOIN seat p ON p.id = c.seat_id "
        "WHERE c.order_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ticket t WHERE "
        "t.session_id = c.session_id AND t.seat_id = c.seat_id AND t.live = 1) "
        "AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = c.order_id "
        "AND l.seat_id = c.seat_id AND l.session_id = c.session_id AND l.status = 'reserved')"
    ):
        yield Finding(
            RULE,
            f"central: session {session} seat {zone}-{row}-{number}",
            f"belongs to order {order}, which has neither ticket nor reservation for it",
        )
    for session, found, wanted in central.store.all(
        "SELECT s.code, (SELECT count(*) FROM custody_seat c WHERE c.session_id = s.id), "
        "(SELECT count(*) FROM seat p WHERE p.plan_id = s.plan_id) FROM session s "
        "WHERE s.plan_id IS NOT NULL"
    ):
        if found != wanted:
            yield Finding(
                RULE, f"central: session {session}", f"has {found} custody rows for {wanted} seats"
            )


def _orders(central: Side) -> Iterator[Finding]:
    for (order,) in central.store.all(
        "SELECT o.id FROM orders o LEFT JOIN custody_order c ON c.order_id = o.id "
        "WHERE c.order_id IS NULL"
    ):
        yield Finding(RULE, f"central: order {order}", "has no custody row")


def _pools(central: Side) -> Iterator[Finding]:
    moved: dict[tuple[int, int], int] = {}
    for session, giver, taker, places in central.store.all(
        "SELECT session_id, giver, taker, sum(places) FROM pool_transfer GROUP BY 1, 2, 3"
    ):
        if giver is not None:
            moved[session, giver] = moved.get((session, giver), 0) - places
        moved[session, taker] = moved.get((session, taker), 0) + places
    for session, code, capacity, total, sold, live, reserved, waiting in central.store.all(
        "SELECT s.id, s.code, s.capacity, "
        "(SELECT coalesce(sum(places), 0) FROM pool WHERE session_id = s.id AND holder <> ?), "
        "(SELECT coalesce(sum(places), 0) FROM pool WHERE session_id = s.id AND holder = ?), "
        "(SELECT count(*) FROM ticket t WHERE t.session_id = s.id AND t.live = 1), "
        "(SELECT coalesce(sum(places), 0) FROM pool WHERE session_id = s.id AND holder = ?), "
        "(SELECT count(*) FROM order_line l WHERE l.session_id = s.id AND l.status = 'reserved') "
        "FROM session s",
        (WITHDRAWN_POOL, SOLD_POOL, RESERVED_POOL),
    ):
        record = f"central: session {code}"
        if total != capacity:
            yield Finding("capacity", record, f"pools hold {total} places of {capacity}")
        if sold != live:
            yield Finding("capacity", record, f"{sold} places are sold, {live} tickets live")
        if reserved != waiting:
            detail = f"{reserved} places are reserved, {waiting} lines are"
            yield Finding("capacity", record, detail)
        if live > capacity:
            yield Finding("capacity", record, f"{live} tickets live, capacity is {capacity}")
        for holder, places in central.store.all(
            "SELECT holder, places FROM pool WHERE session_id = ?", (session,)
        ):
            if moved.get((session, holder), 0) != places:
                yield Finding("capacity", f"{record} pool {holder}", "does not fit its transfers")


def _claims(central: Side) -> Iterator[Finding]:
    # Two windows may have taken the same document off line: then a case names it (rule 20).
    for session, order in central.store.all(
        "SELECT s.code, l.order_id FROM order_line l JOIN session s ON s.id = l.session_id "
        "JOIN ticket t ON t.line_id = l.id AND t.live = 1 "
        "LEFT JOIN claim c ON c.session_id = l.session_id AND c.document_hash = l.document_hash "
        "WHERE l.document_hash <> '' AND c.order_id IS DISTINCT FROM l.order_id AND NOT EXISTS "
        "(SELECT 1 FROM cases k WHERE k.kind = 'document_clash' AND k.key = "
        "l.session_id || ':' || l.document_hash || ':' || l.order_id)"
    ):
        yield Finding(
            RULE,
            f"central: order {order}",
            f"a document of it is not claimed for session {session}",
        )


def _held(window: WindowSide, central: Side) -> Iterator[Finding]:
    """What was sold and is not pushed yet is still this window's at central."""
    own = (window.number, window.epoch)
    there = set(
        central.store.all(
            "SELECT session_id, seat_id FROM custody_seat WHERE holder = ? AND epoch = ?", own
        )
    )
    here = {
        (session, seat): order
        for session, seat, order in window.store.all(
            "SELECT session_id, seat_id, order_id FROM held_seat UNION "
            "SELECT session_id, seat_id, '' FROM allotted_seat UNION "
            "SELECT l.session_id, l.seat_id, l.order_id FROM order_line l JOIN held_order h "
            "ON h.order_id = l.order_id WHERE h.base_version = 0 AND l.seat_id IS NOT NULL "
            "AND l.status <> 'open'"
        )
    }
    for session, seat in sorted(there ^ here.keys()):
        if (session, seat) in here and central.store.first(
            "SELECT 1 FROM custody_seat WHERE session_id = ? AND seat_id = ? AND order_id = ?",
            (session, seat, here[session, seat]),
        ):
            continue  # the push arrived, its answer did not yet
        side = "central" if (session, seat) in there else "it"
        yield Finding(
            RULE,
            f"{window.name}: seat {seat} of session {session}",
            f"is this window's only as {side} says",
        )
    held = {str(r[0]) for r in window.store.all("SELECT order_id FROM held_order")}
    for (order,) in central.store.all(
        "SELECT order_id FROM custody_order WHERE holder = ? AND epoch = ?", own
    ):
        if order not in held:
            record = f"{window.name}: order {order}"
            yield Finding(RULE, record, "is this window's only as central says")
    # Here a document is held for a basket, or belongs to a line of an order that is held.
    known = set(
        window.store.all(
            "SELECT session_id, document_hash FROM held_claim UNION "
            "SELECT l.session_id, l.document_hash FROM order_line l "
            "JOIN held_order h ON h.order_id = l.order_id WHERE l.document_hash <> ''"
        )
    )
    for session, hashed in central.store.all(
        "SELECT session_id, document_hash FROM claim WHERE holder = ? AND epoch = ?", own
    ):
        if (session, hashed) not in known:
            record = f"{window.name}: a document for session {session}"
            yield Finding(RULE, record, "is this window's only as central says")


_HERE = """
SELECT session_id, count(*) AS places FROM held_seat GROUP BY 1
UNION ALL SELECT session_id, count(*) FROM allotted_seat GROUP BY 1
UNION ALL SELECT session_id, places FROM held_places
UNION ALL SELECT session_id, places FROM allotted_places
UNION ALL SELECT l.session_id, count(*) FROM order_line l JOIN held_order h
  ON h.order_id = l.order_id WHERE h.base_version = 0 AND l.status <> 'open' GROUP BY 1"""
"""Places of each session that a window has: in baskets, ahead of time, and sold but not pushed."""


def _places(window: WindowSide, central: Side) -> Iterator[Finding]:
    """A window's pool is what it holds; told while it knows how far its reports came."""
    if central.heads.get((window.number, window.epoch), (0, ""))[0] != window.pushed:
        return
    here: dict[int, int] = dict(
        window.store.all(f"SELECT session_id, sum(places) FROM ({_HERE}) GROUP BY session_id")
    )
    there: dict[int, int] = dict(
        central.store.all("SELECT session_id, places FROM pool WHERE holder = ?", (window.number,))
    )
    for session in sorted(here.keys() | there.keys()):
        if here.get(session, 0) != there.get(session, 0):
            detail = f"has {here.get(session, 0)} places, {there.get(session, 0)} as central says"
            yield Finding("capacity", f"{window.name}: session {session}", detail)


def _elsewhere(window: WindowSide, central: Side) -> Iterator[Finding]:
    """The map of a window that heard all shows what others hold, and nothing else as theirs."""
    there: set[Row] = {
        (session, seat, holder)
        for session, seat, holder, epoch in central.store.all(
            "SELECT session_id, seat_id, holder, epoch FROM custody_seat WHERE holder IS NOT NULL"
        )
        if (holder, epoch) != (window.number, window.epoch)
    }
    here = set(window.store.all("SELECT session_id, seat_id, window_id FROM elsewhere_seat"))
    for session, seat, holder in sorted(there ^ here):
        has = "does not show" if (session, seat, holder) in there else "shows"
        detail = f"the map {has} it as held at window {holder}"
        yield Finding(RULE, f"{window.name}: seat {seat} of session {session}", detail)
