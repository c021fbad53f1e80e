"""Risks two persons took: what was freed of a lost window although paper may exist (rule 17)."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.verify.sides import Finding, Sides

RULE = "accepted"


def check(sides: Sides) -> Iterator[Finding]:
    """Lists them; nothing here is broken."""
    store = sides.central.store
    rows = store.all(
        "SELECT s.code, p.zone, p.row, p.number, f.places, f.window_id, f.epoch, f.operator, "
        "f.approver, f.reason FROM freed_seat f JOIN session s ON s.id = f.session_id "
        "LEFT JOIN seat p ON p.id = f.seat_id ORDER BY f.at, f.id"
    )
    for session, zone, row, number, places, *about in rows:
        what = f"{places} places" if zone is None else f"seat {zone}-{row}-{number}"
        sides.accepted.append(_risk(f"session {session} {what}", *about))
    for order, *about in store.all(
        "SELECT o.number, f.window_id, f.epoch, f.operator, f.approver, f.reason "
        "FROM freed_order f JOIN orders o ON o.id = f.order_id ORDER BY f.at, f.id"
    ):
        sides.accepted.append(_risk(f"order {order}", *about))
    sides.checked["accepted_risks"] = len(sides.accepted)
    yield from ()


def _risk(
    record: str, window: object, epoch: object, operator: str, approver: str, reason: str
) -> Finding:
    return Finding(
        RULE,
        f"central: {record}",
        f"was freed from window {window}, epoch {epoch}, by {operator} and {approver}: {reason}",
    )
