"""Money fits: what was paid is what was sold, and every attempt has ended."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.domain import accounts
from boxoffice.verify.sides import Finding, Side, Sides

RULE = "payments"


def check(sides: Sides) -> Iterator[Finding]:
    """Both sides."""
    sides.checked["payments"] = sides.central.count("SELECT count(*) FROM payment")
    sides.checked["refunds"] = sides.central.count("SELECT count(*) FROM refund")
    sides.checked["attempts"] = sides.central.count("SELECT count(*) FROM attempt")
    for side in (sides.window, sides.central):
        yield from _one_side(side)


def _one_side(side: Side) -> Iterator[Finding]:
    for number, total, lines, sold, paid in side.store.all(
        "SELECT coalesce(o.number, o.id), o.total_fen, "
        "(SELECT coalesce(sum(price_fen), 0) FROM order_line l WHERE l.order_id = o.id "
        "AND l.status <> 'released'), "
        "(SELECT coalesce(sum(price_fen), 0) FROM order_line l WHERE l.order_id = o.id "
        "AND l.status IN ('sold', 'returned')), "
        "(SELECT coalesce(sum(amount_fen), 0) FROM payment p WHERE p.order_id = o.id) "
        "FROM orders o WHERE o.version > 0"
    ):
        record = f"{side.name}: order {number}"
        if sold != paid:
            yield Finding(RULE, record, f"sold for {sold} fen, {paid} fen were paid")
        if total != lines:
            yield Finding(RULE, record, f"costs {total} fen, its lines add up to {lines} fen")
    for number, status in side.store.all(
        "SELECT number, status FROM attempt WHERE ended_at IS NULL"
    ):
        yield Finding("attempts", f"{side.name}: attempt {number}", f"has not ended: {status}")
    yield from _posted(side)
    yield from _refunds(side)


def _posted(side: Side) -> Iterator[Finding]:
    """What the tickets of an order brought stands in the postings: sales less what was returned."""
    for number, paid, back, posted in side.store.all(
        "SELECT o.number, (SELECT coalesce(sum(amount_fen), 0) FROM payment p "
        "WHERE p.order_id = o.id), "
        "(SELECT coalesce(sum(price_fen), 0) FROM refund r WHERE r.order_id = o.id), "
        "-sum(g.amount_fen) FROM posting g JOIN orders o ON o.id = g.order_id "
        "WHERE g.account = ? GROUP BY o.id",
        (accounts.SALES,),
    ):
        if paid - back != posted:
            yield Finding(
                RULE,
                f"{side.name}: order {number}",
                f"{paid} fen were paid and {back} returned, {posted} fen were posted",
            )


def _refunds(side: Side) -> Iterator[Finding]:
    for ticket, count in side.store.all(
        "SELECT ticket_id, count(*) FROM refund NOT INDEXED GROUP BY ticket_id HAVING count(*) > 1"
    ):
        yield Finding("refunds", f"{side.name}: ticket {ticket}", f"was refunded {count} times")
    for ticket, price, amount in side.store.all(
        "SELECT r.ticket_id, l.price_fen, r.amount_fen FROM refund r "
        "LEFT JOIN order_line l ON l.id = r.line_id LEFT JOIN ticket t ON t.id = r.ticket_id "
        "WHERE l.id IS NULL OR r.price_fen <> l.price_fen OR r.amount_fen > l.price_fen "
        "OR l.status <> 'returned' OR t.live <> 0 OR t.id IS NULL"
    ):
        yield Finding(
            "refunds",
            f"{side.name}: ticket {ticket}",
            f"brought {amount} fen back; its line says {price} fen, or is not returned",
        )
