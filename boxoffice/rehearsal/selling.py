"""What a customer without an order wants at a rehearsal: baskets filled, parked, paid, given up."""

from __future__ import annotations

from collections.abc import Callable

from boxoffice.rehearsal import paying, venue
from boxoffice.rehearsal.counter import Counter
from boxoffice.services.sales import holds
from boxoffice.services.sales import orders as baskets

NAME, DOCUMENT = "试", "resident_id"
TICKETS_EACH = 16
"""Serials of invented documents that belong to one customer."""
USED_DOCUMENTS = 0.05


def take_best(counter: Counter, basket: str | None = None) -> str | None:
    """The best seats together of a level."""
    session = counter.session(numbered=True)
    level = counter.some(
        "SELECT DISTINCT p.category FROM session s JOIN seat p ON p.plan_id = s.plan_id "
        "JOIN price t ON t.price_plan = s.price_plan AND t.category = p.category "
        "AND t.ticket_type = 'adult' WHERE s.id = ?",
        session,
    )
    if session is None or level is None:
        return None
    count = counter.random.choice((1, 2, 2, 2, 3, 4))
    return counter.attempt(
        "best",
        lambda: holds.take_best(
            office=counter.office,
            desk=counter.desk,
            session_id=session,
            category=level[0],
            count=count,
            basket=basket,
        ),
    )


def _take_seats(counter: Counter, basket: str | None = None) -> str | None:
    """Seats somebody points at on the map, taken or not: neighbours in a row."""
    session = counter.session(numbered=True)
    found = counter.rows(
        "SELECT p.id, p.row_no FROM session s JOIN seat p ON p.plan_id = s.plan_id "
        "JOIN price t ON t.price_plan = s.price_plan AND t.category = p.category "
        "AND t.ticket_type = 'adult' WHERE s.id = ? AND p.id NOT IN "
        "(SELECT seat_id FROM ticket WHERE session_id = ? AND live = 1 "
        "AND seat_id IS NOT NULL) ORDER BY p.id",
        session,
        session,
    )
    if session is None or not found:
        return None
    first = counter.random.randrange(len(found))
    row = found[first][1]
    near = [seat for seat, its_row in found[first : first + 3] if its_row == row]
    wanted = near[: counter.random.choice((1, 2, 2, 3))]
    return counter.attempt(
        "take",
        lambda: holds.take_seats(
            office=counter.office,
            desk=counter.desk,
            session_id=session,
            seat_ids=wanted,
            basket=basket,
        ),
    )


def take_places(counter: Counter, basket: str | None = None) -> str | None:
    """Unnumbered places."""
    session = counter.session(numbered=False)
    if session is None:
        return None
    count = counter.random.choice((1, 1, 2, 3))
    return counter.attempt(
        "places",
        lambda: holds.take_places(
            office=counter.office,
            desk=counter.desk,
            session_id=session,
            count=count,
            basket=basket,
        ),
    )


Naming = Callable[[Counter, str, str], object]
"""Binds a line to a document."""


def name_all(counter: Counter, order: str, name: Naming) -> None:
    """Documents for the tickets that want them; now and then one that somebody else used."""
    lines = counter.rows(
        "SELECT l.id FROM order_line l JOIN session s ON s.id = l.session_id "
        "WHERE l.order_id = ? AND l.document_hash = '' AND s.real_name = 1 "
        "AND l.status IN ('open', 'reserved') ORDER BY l.position",
        order,
    )
    for place, (line,) in enumerate(lines):
        serial = counter.customer.number * TICKETS_EACH + place
        if counter.random.random() < USED_DOCUMENTS:
            serial = counter.random.randrange(1, counter.customer.number * TICKETS_EACH)
        name(counter, str(line), venue.resident_id(serial))


def _pay(counter: Counter, basket: str | None) -> None:
    if basket is None:
        return

    def name(counter: Counter, line: str, document: str) -> None:
        counter.done(
            "name",
            lambda: baskets.set_attendee(
                office=counter.office,
                desk=counter.desk,
                basket=basket,
                line_id=line,
                name=NAME,
                document_type=DOCUMENT,
                document=document,
            ),
        )

    name_all(counter, basket, name)
    sale = paying.take(counter, basket)
    if sale is None:
        abandon(counter, basket)
    else:
        counter.print(sale.print_jobs)


def abandon(counter: Counter, basket: str) -> None:
    """Nothing came of it."""
    counter.done(
        "abandon", lambda: holds.abandon(office=counter.office, desk=counter.desk, basket=basket)
    )


def sell_seats(counter: Counter) -> None:
    """Seats of the customer's choice."""
    _pay(counter, _take_seats(counter))


def sell_best(counter: Counter) -> None:
    """The best there are."""
    _pay(counter, take_best(counter))


def sell_places(counter: Counter) -> None:
    """A day without a seat."""
    _pay(counter, take_places(counter))


def sell_mixed(counter: Counter) -> None:
    """Seats and places in one basket."""
    basket = take_best(counter)
    _pay(counter, take_places(counter, basket) or basket)


def give_up(counter: Counter) -> None:
    """Somebody who changes their mind: about a ticket, then about all of it."""
    basket = _take_seats(counter) or take_places(counter)
    if basket is None:
        return
    line = counter.some("SELECT id FROM order_line WHERE order_id = ?", basket)
    if line is not None and counter.random.random() < 0.5:
        counter.done(
            "drop",
            lambda: holds.drop_lines(
                office=counter.office, desk=counter.desk, basket=basket, line_ids=[line[0]]
            ),
        )
    abandon(counter, basket)


def park(counter: Counter) -> None:
    """A basket set aside; one that waits, if there is one, is brought back and paid."""
    basket = take_best(counter)
    if basket is not None:
        counter.done(
            "park", lambda: holds.park(office=counter.office, desk=counter.desk, basket=basket)
        )
    waiting = counter.some("SELECT id FROM orders WHERE version = 0 AND status = 'parked'")
    if waiting is not None:
        back = str(waiting[0])
        counter.done(
            "recall", lambda: holds.recall(office=counter.office, desk=counter.desk, basket=back)
        )
        _pay(counter, back)
