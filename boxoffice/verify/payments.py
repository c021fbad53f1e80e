"""Money fits: what was paid is what was sold, and every attempt has ended."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.verify.sides import Finding, Side, Sides

RULE = "payments"


def check(sides: Sides) -> Iterator[Finding]:
    """Both sides."""
    sides.checked["payments"] = sides.central.count("SELECT count(*) FROM payment")
    sides.checked["attempts"] = sides.central.count("SELECT count(*) FROM attempt")
    for side in (sides.window, sides.central):
        yield from _one_side(side)


def _one_side(side: Side) -> Iterator[Finding]:
    for order_id, seen in side.orders.items():
        if seen.status == "paid" and seen.paid_fen != seen.total_fen:
            yield Finding(
                RULE,
                f"{side.name}: order {seen.number or order_id}",
                f"costs {seen.total_fen} fen, {seen.paid_fen} fen were paid",
            )
    for order_id, number, total, lines in side.store.all(
        "SELECT o.id, o.number, o.total_fen, sum(l.price_fen) FROM orders o "
        "JOIN order_line l ON l.order_id = o.id WHERE o.version > 0 GROUP BY o.id "
        "HAVING sum(l.price_fen) <> o.total_fen"
    ):
        yield Finding(
            RULE,
            f"{side.name}: order {number or order_id}",
            f"costs {total} fen, its lines add up to {lines} fen",
        )
    for number, status in side.store.all(
        "SELECT number, status FROM attempt WHERE ended_at IS NULL"
    ):
        yield Finding("attempts", f"{side.name}: attempt {number}", f"has not ended: {status}")
    for number, paid, posted in side.store.all(
        "SELECT o.number, (SELECT sum(amount_fen) FROM payment p WHERE p.order_id = o.id), "
        "sum(g.amount_fen) FROM posting g JOIN orders o ON o.id = g.order_id "
        "WHERE g.amount_fen > 0 GROUP BY o.id"
    ):
        if paid != posted:
            yield Finding(
                RULE,
                f"{side.name}: order {number}",
                f"{paid} fen were paid, {posted} fen were posted",
            )
