"""A ticket is handed over once, ever."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.verify.sides import Finding, Side, Sides

RULE = "handed_over_once"


def check(sides: Sides) -> Iterator[Finding]:
    """Every side."""
    sides.checked["hand_overs"] = sides.central.count("SELECT count(*) FROM hand_over")
    for side in sides.all:
        yield from _one_side(side)


def _one_side(side: Side) -> Iterator[Finding]:
    for ticket, count, order in side.store.all(
        "SELECT h.ticket_id, count(*), max(coalesce(o.number, h.order_id)) "
        f"FROM hand_over h {side.unindexed} "
        "LEFT JOIN orders o ON o.id = h.order_id GROUP BY h.ticket_id HAVING count(*) > 1"
    ):
        yield Finding(
            RULE, f"{side.name}: ticket {ticket}", f"of order {order} was handed over {count} times"
        )
    for record, ticket in side.store.all(
        f"SELECT h.id, h.ticket_id FROM hand_over h {side.unindexed} "
        "LEFT JOIN ticket t ON t.id = h.ticket_id AND t.order_id = h.order_id WHERE t.id IS NULL"
    ):
        yield Finding(
            RULE, f"{side.name}: hand-over {record}", f"names ticket {ticket} of another order"
        )
