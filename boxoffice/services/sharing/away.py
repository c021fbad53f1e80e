"""While central is out of reach: why something cannot be had, and who has it as far as is known."""

from __future__ import annotations

from collections.abc import Sequence

from boxoffice.errors import (
    CentralRecovering,
    CentralUnreachable,
    NotEnoughTogether,
    OrderAway,
    PlacesAway,
    SeatAway,
    SeatAwayAt,
    TogetherAway,
)
from boxoffice.records.store import Store
from boxoffice.services.office import Office


def known(office: Office) -> bool:
    """Whether the line is known to be broken: then only what is held here is offered."""
    unreached = office.underway.unanswered and not office.link.greeted
    return office.link.lost is not None or unreached


def explained(
    office: Office,
    broken: CentralUnreachable,
    seats: Sequence[tuple[int, int]],
    places: tuple[int, int],
) -> CentralUnreachable:
    """Which of the seats (session, seat), or how many of the places, this window does not hold."""
    if isinstance(broken, CentralRecovering):
        return broken  # it says itself which windows it waits for
    why = broken.fields.get("why", "")

    def look(store: Store) -> CentralUnreachable:
        for place in seats:
            found = store.first(
                "SELECT p.zone, p.row, p.number, w.name FROM seat p "
                "LEFT JOIN elsewhere_seat e ON e.session_id = ? AND e.seat_id = p.id "
                "LEFT JOIN window_name w ON w.id = e.window_id WHERE p.id = ? AND p.id NOT IN "
                "(SELECT seat_id FROM allotted_seat WHERE session_id = ?)",
                (*place, place[0]),
            )
            if found is None:
                continue
            zone, row, number, window = found
            if window is None:
                return SeatAway(zone=zone, row=row, number=number, why=why)
            return SeatAwayAt(zone=zone, row=row, number=number, window=window, why=why)
        if seats:
            return broken
        session, count = places
        here = store.first("SELECT places FROM allotted_places WHERE session_id = ?", (session,))
        return PlacesAway(count=count, left=here[0] if here else 0, why=why)

    return office.read(look)


def together(broken: CentralUnreachable | None, few: NotEnoughTogether) -> CentralUnreachable:
    """Seats together were wanted, and what this window has ahead of time is not enough."""
    if isinstance(broken, CentralRecovering):
        return broken
    return TogetherAway(**few.fields)


def order(office: Office, broken: CentralUnreachable, order_id: str) -> CentralUnreachable:
    """Something was to be done with an order that is not held here."""
    if isinstance(broken, CentralRecovering):
        return broken
    number = office.read(lambda s: s.first("SELECT number FROM orders WHERE id = ?", (order_id,)))
    if number is None or number[0] is None:
        return broken
    return OrderAway(order=number[0], why=broken.fields.get("why", ""))
