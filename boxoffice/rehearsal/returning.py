"""What a customer with tickets wants at a rehearsal: to get them, give them back, have new ones."""

from __future__ import annotations

from boxoffice.rehearsal.counter import Counter
from boxoffice.services.aftersales import refunds, reprints, voids
from boxoffice.services.sales import pickups


def pick_up(counter: Counter) -> None:
    """Tickets that were sold before, all or one of them."""
    found = counter.some(
        "SELECT DISTINCT t.order_id FROM ticket t WHERE t.live = 1 AND NOT EXISTS "
        "(SELECT 1 FROM hand_over h WHERE h.ticket_id = t.id) ORDER BY t.order_id"
    )
    if found is None:
        return
    order = str(found[0])
    waiting = [
        str(row[0])
        for row in counter.rows(
            "SELECT t.id FROM ticket t WHERE t.order_id = ? AND t.live = 1 AND NOT EXISTS "
            "(SELECT 1 FROM hand_over h WHERE h.ticket_id = t.id)",
            order,
        )
    ]
    wanted = waiting[:1] if counter.random.random() < 0.2 else waiting
    done = counter.attempt(
        "hand_over",
        lambda: pickups.hand_over(
            office=counter.office,
            desk=counter.desk,
            order_id=order,
            ticket_ids=wanted,
            checked="document",
        ),
        lambda _: {"order": order, "tickets": wanted},
    )
    if done is not None:
        counter.print(done.print_jobs)


def _sold_lines(counter: Counter, *, own: bool) -> tuple[str, list[str]] | None:
    """An order with tickets, and the lines of it that are to come back."""
    found = counter.some(
        "SELECT DISTINCT t.order_id FROM ticket t JOIN orders o ON o.id = t.order_id "
        "WHERE t.live = 1 AND o.version > 0 AND (o.window_id = ? OR ?) "
        "ORDER BY t.order_id DESC",
        counter.office.chain.window,
        not own,
    )
    if found is None:
        return None
    lines = [
        str(row[0])
        for row in counter.rows(
            "SELECT l.id FROM order_line l JOIN ticket t ON t.line_id = l.id AND t.live = 1 "
            "WHERE l.order_id = ? ORDER BY l.position",
            found[0],
        )
    ]
    if not lines:
        return None  # another window took the last of it back meanwhile
    if counter.random.random() < 0.4:
        lines = lines[:1]
    return str(found[0]), lines


def refund(counter: Counter) -> None:
    """Tickets that come back."""
    chosen = _sold_lines(counter, own=False)
    if chosen is None:
        return
    order, lines = chosen
    outlook = counter.attempt(
        "quote",
        lambda: refunds.quote(
            office=counter.office, desk=counter.desk, order_id=order, line_ids=lines
        ),
    )
    if outlook is not None:
        counter.attempt(
            "refund",
            lambda: refunds.refund(
                office=counter.office,
                desk=counter.desk,
                order_id=order,
                line_ids=lines,
                quoted_fen=outlook.quote.amount_fen,
                papers_back=True,
                reason="rain",
                approval=counter.approval(refunds.REFUND),
            ),
            lambda back: {"order": order, "lines": lines, "fen": back.amount_fen},
        )


def void(counter: Counter) -> None:
    """A sale that was wrong."""
    chosen = _sold_lines(counter, own=counter.random.random() < 0.8)
    if chosen is None:
        return
    order, lines = chosen
    counter.attempt(
        "void",
        lambda: voids.void(
            office=counter.office,
            desk=counter.desk,
            order_id=order,
            line_ids=lines,
            papers_back=True,
            reason="wrong seats",
            approval=counter.approval(voids.VOID),
        ),
        lambda back: {"order": order, "lines": lines, "fen": back.amount_fen},
    )


def reprint(counter: Counter) -> None:
    """A ticket that cannot be read any more."""
    found = counter.some(
        "SELECT t.order_id, t.id FROM ticket t JOIN hand_over h ON h.ticket_id = t.id "
        "WHERE t.live = 1 ORDER BY t.id DESC"
    )
    if found is not None:
        counter.attempt(
            "reprint",
            lambda: reprints.reprint(
                office=counter.office,
                desk=counter.desk,
                order_id=found[0],
                ticket_ids=[found[1]],
                reason="wet",
            ),
            lambda _: {"order": found[0], "tickets": [found[1]]},
        )
