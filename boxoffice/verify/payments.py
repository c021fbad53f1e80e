"""Money fits: what was paid is what was sold, what went back was paid, every attempt has ended."""

from __future__ import annotations

from collections.abc import Iterator

from boxoffice.domain import accounts
from boxoffice.verify.sides import Finding, Side, Sides, WindowSide

RULE = "payments"


def check(sides: Sides) -> Iterator[Finding]:
    """Every side."""
    sides.checked["payments"] = sides.central.count("SELECT count(*) FROM payment")
    sides.checked["refunds"] = sides.central.count("SELECT count(*) FROM refund")
    sides.checked["paybacks"] = sides.central.count("SELECT count(*) FROM payback")
    sides.checked["attempts"] = sides.central.count("SELECT count(*) FROM attempt")
    for side in sides.all:
        yield from _one_side(side)
    for window in sides.windows:
        yield from _posted(window, window)
    yield from _posted(sides.central, None)


_UNDONE = (
    "(SELECT coalesce(sum(amount_fen), 0) FROM payback b WHERE b.order_id = o.id "
    "AND b.kind IN ('undo', 'late') AND b.status NOT IN ('closed', 'dead'))"
)
"""Of what was paid, what goes back because nothing was sold for it."""


_WAITING = ("part_paid", "exchanging")
"""Orders in these have money that nothing was sold for yet."""


def _one_side(side: Side) -> Iterator[Finding]:
    for number, status, total, lines, sold, paid, undone in side.store.all(
        "SELECT coalesce(o.number, o.id), o.status, o.total_fen, "
        "(SELECT coalesce(sum(price_fen), 0) FROM order_line l WHERE l.order_id = o.id "
        "AND l.status <> 'released'), "
        "(SELECT coalesce(sum(price_fen), 0) FROM order_line l WHERE l.order_id = o.id "
        "AND l.status IN ('sold', 'returned')), "
        "(SELECT coalesce(sum(amount_fen), 0) FROM payment p WHERE p.order_id = o.id), "
        f"{_UNDONE} FROM orders o WHERE o.version > 0"
    ):
        record = f"{side.name}: order {number}"
        waits = paid - undone - sold
        if waits < 0 or (waits and status not in _WAITING and not _lost_way(side, number)):
            yield Finding(
                RULE,
                record,
                f"sold for {sold} fen, {paid} fen were paid, {undone} fen of them went back",
            )
        if total != lines:
            yield Finding(RULE, record, f"costs {total} fen, its lines add up to {lines} fen")
    # A window hears of the case first, and of the end after it.
    waits = "" if isinstance(side, WindowSide) else "AND c.status = 'open'"
    for number, status in side.store.all(
        # One that a lost window left open is a case for a supervisor.
        "SELECT number, status FROM attempt a WHERE ended_at IS NULL AND NOT EXISTS "
        f"(SELECT 1 FROM cases c WHERE c.kind = 'attempt_left' AND c.key = a.order_id {waits})"
    ):
        yield Finding("attempts", f"{side.name}: attempt {number}", f"has not ended: {status}")
    yield from _refunds(side)
    yield from _paybacks(side)


def _lost_way(side: Side, number: str) -> bool:
    """Whether money that should have gone back could not yet: another way is to be found."""
    return bool(
        side.store.first(
            "SELECT 1 FROM payback b JOIN orders o ON o.id = b.order_id "
            "WHERE coalesce(o.number, o.id) = ? AND b.kind IN ('undo', 'late') "
            "AND b.status IN ('closed', 'dead') AND NOT EXISTS "
            "(SELECT 1 FROM payback n WHERE n.replaces = b.id)",
            (number,),
        )
    )


_WAY = f"CASE tender WHEN '{accounts.CASH}' THEN '{accounts.DRAWER}' ELSE tender END"
_AT_ONCE = f"(tender NOT IN ({', '.join(repr(t) for t in (*accounts.ASKED, accounts.TRANSFER))}))"
_NAMED = "EXISTS (SELECT 1 FROM order_line l WHERE l.payment_id = p.id)"
"""Whether a payment was the last one of its checkout: the lines it sold name it."""
_WANTED = f"""
  SELECT order_id, window_id, epoch, {_WAY} AS account, amount_fen AS wanted, 0 AS posted
    FROM payment
  UNION ALL SELECT order_id, window_id, epoch, '{accounts.SALES}', -amount_fen, 0 FROM payment p
    WHERE checkout_id IS NULL
  UNION ALL SELECT order_id, window_id, epoch, '{accounts.DEPOSITS}', -amount_fen, 0
    FROM payment p WHERE checkout_id IS NOT NULL AND NOT {_NAMED}
  UNION ALL SELECT p.order_id, p.window_id, p.epoch, '{accounts.SALES}', -sum(q.amount_fen), 0
    FROM payment p JOIN payment q ON q.checkout_id = p.checkout_id AND q.order_id = p.order_id
    WHERE p.checkout_id IS NOT NULL AND {_NAMED} GROUP BY p.id
  UNION ALL SELECT p.order_id, p.window_id, p.epoch, '{accounts.DEPOSITS}', sum(q.amount_fen), 0
    FROM payment p JOIN payment q ON q.checkout_id = p.checkout_id AND q.order_id = p.order_id
    AND q.id <> p.id WHERE p.checkout_id IS NOT NULL AND {_NAMED} GROUP BY p.id
  UNION ALL SELECT order_id, window_id, epoch, {_WAY}, -amount_fen, 0 FROM refund
    WHERE status <> 'paybacks'
  UNION ALL SELECT order_id, window_id, epoch, '{accounts.SALES}', price_fen, 0 FROM refund
  UNION ALL SELECT order_id, window_id, epoch, '{accounts.FEES}', -fee_fen, 0 FROM refund
  UNION ALL SELECT order_id, window_id, epoch, '{accounts.DEPOSITS}', amount_fen, 0
    FROM payback WHERE kind IN ('undo', 'late') AND replaces IS NULL
  UNION ALL SELECT order_id, window_id, epoch, '{accounts.REFUNDS_DUE}', -amount_fen, 0
    FROM payback WHERE replaces IS NULL AND (NOT {_AT_ONCE} OR status IN ('owed', 'closed'))
  UNION ALL SELECT order_id, window_id, epoch, '{accounts.REFUNDS_DUE}', amount_fen, 0
    FROM payback WHERE status IN ('accepted', 'arrived') AND (replaces IS NOT NULL
    OR NOT {_AT_ONCE})
  UNION ALL SELECT order_id, window_id, epoch, {_WAY}, -amount_fen, 0
    FROM payback WHERE status IN ('accepted', 'arrived')
"""
"""What every account of an order ought to have been posted, by window and epoch.

A replaced payback was owed since the one it replaces; one at once was never owed, unless it
replaces one, which was owed until somebody came for it.
"""
_FOLLOWED = ", ".join(f"'{name}'" for name in (accounts.REFUNDS_DUE, *accounts.ASKED))
_ANYWHERE = (
    f"(b.account IN ('{accounts.REFUNDS_DUE}', '{accounts.TRANSFER}') AND EXISTS (SELECT 1 "
    f"FROM payback t WHERE t.order_id = b.order_id AND t.tender = '{accounts.TRANSFER}') OR "
    f"b.account IN ({_FOLLOWED}) AND EXISTS (SELECT 1 FROM payback t JOIN journal j "
    "ON j.order_id = t.order_id WHERE t.order_id = b.order_id AND j.act = 'payback' "
    "AND (j.window_id <> t.window_id OR j.epoch <> t.epoch)))"
)
"""What the bank booked is posted by the window that read its statement, whoever ordered it; and
what became of money on its way back by the window that follows it, whoever began it."""
_BOOKED = f"""
SELECT max(o.number), max(b.window_id), b.account, sum(b.wanted), sum(b.posted) FROM ({_WANTED}
  UNION ALL SELECT order_id, window_id, epoch, account, 0, amount_fen FROM posting
    WHERE order_id IS NOT NULL
) b JOIN orders o ON o.id = b.order_id
WHERE {{whose}}
GROUP BY b.order_id, CASE WHEN {_ANYWHERE} THEN -1 ELSE b.window_id END, b.account
HAVING sum(b.wanted) <> sum(b.posted)
"""


def _posted(side: Side, window: WindowSide | None) -> Iterator[Finding]:
    """What each window took and paid back for an order is what it posted, account by account.

    A window's file has the postings of its own epoch only; the others' are left out there.
    """
    whose = "1 = 1"
    own: tuple[int, ...] = ()
    if window is not None:
        whose = f"b.window_id = ? AND b.epoch = ? AND NOT {_ANYWHERE}"
        own = (window.number, window.epoch)
    for number, where, account, booked, posted in side.store.all(_BOOKED.format(whose=whose), own):
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


def _paybacks(side: Side) -> Iterator[Finding]:
    """Never more than the payment holds, and of each act as much as its refunds say."""
    for payment, paid, back in side.store.all(
        "SELECT p.id, p.amount_fen, sum(b.amount_fen) FROM payback b "
        "JOIN payment p ON p.id = b.payment_id WHERE b.status NOT IN ('closed', 'dead') "
        "GROUP BY p.id, p.amount_fen HAVING sum(b.amount_fen) > p.amount_fen"
    ):
        yield Finding(
            "paybacks", f"{side.name}: payment {payment}", f"of {paid} fen {back} fen went back"
        )
    for act, wanted, back in side.store.all(
        "SELECT r.act_id, r.wanted, coalesce(b.back, 0) FROM (SELECT act_id, "
        "sum(amount_fen) AS wanted FROM refund WHERE act_id IS NOT NULL GROUP BY act_id) r "
        "LEFT JOIN (SELECT act_id, sum(amount_fen) AS back FROM payback WHERE replaces IS NULL "
        "GROUP BY act_id) b ON b.act_id = r.act_id WHERE r.wanted <> coalesce(b.back, 0)"
    ):
        yield Finding(
            "paybacks", f"{side.name}: refund {act}", f"of {wanted} fen, {back} fen go back"
        )
    for number, order in side.store.all(
        "SELECT b.number, b.order_id FROM payback b LEFT JOIN payment p ON p.id = b.payment_id "
        "WHERE p.order_id IS NULL OR p.order_id <> b.order_id"
    ):
        yield Finding(
            "paybacks", f"{side.name}: payback {number}", f"of order {order} has no payment there"
        )
