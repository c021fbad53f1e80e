"""One live ticket per seat and session, and per line; a ticket fits the line it was sold by."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.verify.sides import Finding, Side, Sides

RULE = "one_ticket_per_seat"


def check(sides: Sides) -> Iterator[Finding]:
    """Every side; the tables forbid it too, but an index can be dropped."""
    sides.checked["seats"] = sides.central.count("SELECT count(*) FROM seat")
    sides.checked["sessions"] = sides.central.count("SELECT count(*) FROM session")
    sides.checked["tickets"] = sides.central.count("SELECT count(*) FROM ticket WHERE live = 1")
    for side in sides.all:
        yield from _one_side(side)


def _one_side(side: Side) -> Iterator[Finding]:
    # NOT INDEXED: a damaged file may lack the index or have it out of step.
    for session, zone, row, number, count, tickets in side.store.all(
        "SELECT s.code, p.zone, p.row, p.number, count(*), string_agg(t.id, ' ') "
        f"FROM ticket t {side.unindexed} JOIN session s ON s.id = t.session_id "
        "JOIN seat p ON p.id = t.seat_id WHERE t.live = 1 "
        "GROUP BY s.id, s.code, p.id, p.zone, p.row, p.number HAVING count(*) > 1"
    ):
        yield Finding(
            RULE,
            f"{side.name}: session {session} seat {zone}-{row}-{number}",
            f"has {count} live tickets: {tickets}",
        )
    for ticket, order in side.store.all(
        f"SELECT t.id, t.order_id FROM ticket t {side.unindexed} "
        "LEFT JOIN order_line l ON l.id = t.line_id "
        "WHERE l.id IS NULL OR l.order_id <> t.order_id OR l.session_id <> t.session_id "
        "OR l.seat_id IS DISTINCT FROM t.seat_id"
    ):
        yield Finding(
            RULE, f"{side.name}: ticket {ticket}", f"does not fit its line of order {order}"
        )
    for line, count in side.store.all(
        f"SELECT line_id, count(*) FROM ticket {side.unindexed} WHERE live = 1 "
        "GROUP BY line_id HAVING count(*) > 1"
    ):
        yield Finding(RULE, f"{side.name}: order line {line}", f"has {count} live tickets")
