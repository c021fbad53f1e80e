"""One live ticket per seat and session, and per line; a ticket fits the line it was sold by."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.verify.sides import Finding, Side, Sides

RULE = "one_ticket_per_seat"


def check(sides: Sides) -> Iterator[Finding]:
    """Both sides; the tables forbid it too, but an index can be dropped."""
    sides.checked["seats"] = sides.central.count("SELECT count(*) FROM seat")
    sides.checked["sessions"] = sides.central.count("SELECT count(*) FROM session")
    sides.checked["tickets"] = sides.central.count("SELECT count(*) FROM ticket WHERE live = 1")
    for side in (sides.window, sides.central):
        yield from _one_side(side)


def _one_side(side: Side) -> Iterator[Finding]:
    # NOT INDEXED: a damaged file may lack the index or have it out of step.
    for session, zone, row, number, count, tickets in side.store.all(
        "SELECT s.code, p.zone, p.row, p.number, count(*), group_concat(t.id, ' ') "
        "FROM ticket t NOT INDEXED JOIN session s ON s.id = t.session_id "
        "JOIN seat p ON p.id = t.seat_id WHERE t.live = 1 "
        "GROUP BY t.session_id, t.seat_id HAVING count(*) > 1"
    ):
        yield Finding(
            RULE,
            f"{side.name}: session {session} seat {zone}-{row}-{number}",
            f"has {count} live tickets: {tickets}",
        )
    for ticket, order in side.store.all(
        "SELECT t.id, t.order_id FROM ticket t NOT INDEXED "
        "LEFT JOIN order_line l ON l.id = t.line_id "
        "WHERE l.id IS NULL OR l.order_id <> t.order_id OR l.session_id <> t.session_id "
        "OR l.seat_id IS NOT t.seat_id"
    ):
        yield Finding(
            RULE, f"{side.name}: ticket {ticket}", f"does not fit its line of order {order}"
        )
    for line, count in side.store.all(
        "SELECT line_id, count(*) FROM ticket NOT INDEXED WHERE live = 1 "
        "GROUP BY line_id HAVING count(*) > 1"
    ):
        yield Finding(RULE, f"{side.name}: order line {line}", f"has {count} live tickets")
