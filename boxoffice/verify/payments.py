"""Money fits: what was paid is what was sold, and every attempt has ended."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.domain import accounts
from boxoffice.verify.sides import Finding, Side, Sides, WindowSide

RULE = "payments"


def check(sides: Sides) -> Iterator[Finding]:
    """Every side."""
    sides.checked["payments"] = sides.central.count("SELECT count(*) FROM payment")
    sides.checked["refunds"] = sides.central.count("SELECT count(*) FROM refund")
    sides.checked["attempts"] = sides.central.count("SELECT count(*) FROM attempt")
    for side in sides.all:
        yield from _one_side(side)
    for window in sides.windows:
        yield from _posted(window, window)
    yield from _posted(sides.central, None)


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
        # One that a lost window left open is a case for a supervisor.
        "SELECT number, status FROM attempt a WHERE ended_at IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM cases c WHERE c.kind = 'attempt_left' AND c.key = a.order_id)"
    ):
        yield Finding("attempts", f"{side.name}: attempt {number}", f"has not ended: {status}")
    yield from _refunds(side)


_BOOKED = """
SELECT max(o.number), b.window_id, b.account, sum(b.wanted), sum(b.posted) FROM (
  SELECT order_id, window_id, epoch, CASE tender WHEN ? THEN ? ELSE tender END AS account,
    amount_fen AS wanted, 0 AS posted FROM payment
  UNION ALL SELECT order_id, window_id, epoch, ?, -amount_fen, 0 FROM payment
  UNION ALL SELECT order_id, window_id, epoch, CASE tender WHEN ? THEN ? ELSE tender END,
    -amount_fen, 0 FROM refund
  UNION ALL SELECT order_id, window_id, epoch, ?, price_fen, 0 FROM refund
  UNION ALL SELECT order_id, window_id, epoch, ?, -fee_fen, 0 FROM refund
  UNION ALL SELECT order_id, window_id, epoch, account, 0, amount_fen FROM posting
    WHERE order_id IS NOT NULL
) b JOIN orders o ON o.id = b.order_id
WHERE {whose}
GROUP BY b.order_id, b.window_id, b.account HAVING sum(b.wanted) <> sum(b.posted)
"""


def _posted(side: Side, window: WindowSide | None) -> Iterator[Finding]:
    """What each window took and paid back for an order is what it posted, account by account.

    A window's file has the postings of its own epoch only; the others' are left out there.
    """
    way, sales, fees = (accounts.CASH, accounts.DRAWER), accounts.SALES, accounts.FEES
    wanted: tuple[object, ...] = (*way, sales, *way, sales, fees)
    whose = "1 = 1"
    if window is not None:
        whose, wanted = "b.window_id = ? AND b.epoch = ?", (*wanted, window.number, window.epoch)
    for number, where, account, booked, posted in side.store.all(
        _BOOKED.format(whose=whose), wanted
    ):
        yield Finding(
            RULE,
            f"{side.name}: order {number}",
            f"window {where} took {booked} fen for {account}, {posted} fen were posted",
        )


def _refunds(side: Side) -> Iterator[Finding]:
    for ticket, count in side.store.all(
        f"SELECT ticket_id, count(*) FROM refund {side.unindexed} "
        "GROUP BY ticket_id HAVING count(*) > 1"
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
