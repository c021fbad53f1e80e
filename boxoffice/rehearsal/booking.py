"""What a customer with a reservation wants at a rehearsal: made, paid, changed, let go."""

from __future__ import annotations

from datetime import timedelta

from boxoffice import clock
from boxoffice.rehearsal import paying, selling
from boxoffice.rehearsal.counter import Counter
from boxoffice.services.sales import releases, reservations, swaps
from boxoffice.services.sharing import sync


def reserve(counter: Counter) -> None:
    """Seats without money."""
    basket = (
        selling.take_best(counter)
        if counter.random.random() < 0.7
        else selling.take_places(counter)
    )
    if basket is None:
        return
    made = counter.attempt(
        "reserve",
        lambda: reservations.reserve(
            office=counter.office,
            desk=counter.desk,
            basket=basket,
            name=f"试{counter.customer.number}",
            minutes=counter.random.choice((5, 60, 240)),
            seats_open=counter.random.random() < 0.4,
        ),
        lambda made: {"order": made.order_id, "number": made.number},
    )
    if made is None:
        selling.abandon(counter, basket)


def _reservation(counter: Counter) -> str | None:
    found = counter.some(
        "SELECT id FROM orders WHERE status = 'reserved' AND version > 0 ORDER BY id DESC"
    )
    return None if found is None else str(found[0])


def pay_later(counter: Counter) -> None:
    """The money for a reservation, wherever it was made; now and then for a part of it."""
    counter.done("pull", lambda: sync.pull(counter.office))
    order = _reservation(counter)
    if order is None:
        return
    if not counter.done(
        "take_up",
        lambda: reservations.take_up(office=counter.office, desk=counter.desk, order_id=order),
    ):
        return

    def name(counter: Counter, line: str, document: str) -> None:
        counter.done(
            "name",
            lambda: reservations.name_attendee(
                office=counter.office,
                desk=counter.desk,
                order_id=order,
                line_id=line,
                name=selling.NAME,
                document_type=selling.DOCUMENT,
                document=document,
            ),
        )

    selling.name_all(counter, order, name)
    lines = [
        row[0]
        for row in counter.rows(
            "SELECT id FROM order_line WHERE order_id = ? AND status = 'reserved' "
            "ORDER BY position",
            order,
        )
    ]
    some = lines[:1] if len(lines) > 1 and counter.random.random() < 0.2 else []
    sale = paying.take(counter, order, some)
    if sale is None:
        counter.attempt(
            "put_back", lambda: reservations.put_back(office=counter.office, order_id=order)
        )
    else:
        counter.print(sale.print_jobs)


def extend(counter: Counter) -> None:
    """A reservation that waits longer."""
    order = _reservation(counter)
    if order is not None:
        until = clock.now() + timedelta(minutes=counter.random.choice((30, 180)))
        counter.attempt(
            "extend",
            lambda: reservations.extend(
                office=counter.office,
                desk=counter.desk,
                order_id=order,
                until=until,
                reason="late",
            ),
            lambda _: {"order": order},
        )


def release(counter: Counter) -> None:
    """A reservation nobody wants any more."""
    order = _reservation(counter)
    if order is not None:
        counter.attempt(
            "release",
            lambda: releases.release(
                office=counter.office, desk=counter.desk, order_id=order, reason="not wanted"
            ),
            lambda _: {"order": order},
        )


def swap(counter: Counter) -> None:
    """Other seats for a reservation by level."""
    line = counter.some(
        "SELECT l.order_id, l.id, l.session_id, l.category, l.seat_id FROM order_line l "
        "JOIN orders o ON o.id = l.order_id WHERE o.status = 'reserved' AND o.seats_open = 1 "
        "AND o.version > 0 AND l.status = 'reserved' AND l.seat_id IS NOT NULL "
        "ORDER BY l.id DESC"
    )
    if line is None:
        return
    other = counter.some(
        "SELECT p.id FROM seat p JOIN session s ON s.plan_id = p.plan_id WHERE s.id = ? "
        "AND p.category = ? AND p.id NOT IN (SELECT seat_id FROM ticket WHERE session_id = "
        "s.id AND live = 1 AND seat_id IS NOT NULL) ORDER BY p.id DESC",
        line[2],
        line[3],
    )
    if other is not None and other[0] != line[4]:
        counter.attempt(
            "swap",
            lambda: swaps.swap_seats(
                office=counter.office,
                desk=counter.desk,
                order_id=line[0],
                seats={line[1]: other[0]},
            ),
            lambda _: {"order": line[0]},
        )
