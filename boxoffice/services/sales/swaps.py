"""Other seats for a reservation by level: until they are paid for, nobody was told which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from boxoffice.central.items import SEATS_LEFT, SWAP, Items
from boxoffice.desk import Desk
from boxoffice.errors import CentralUnreachable, Refused, WrongStatus
from boxoffice.records.store import Row, Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import holds
from boxoffice.services.sales.reservations import put_back, require_reserved, take_up, topics
from boxoffice.services.sharing import custody, sync


def swap_seats(*, office: Office, desk: Desk, order_id: str, seats: Mapping[str, int]) -> None:
    """Give reserved tickets (line ids) other seats of their level; the old ones go back to sale.

    Steps, each safe to repeat: custody of the reservation; the new seats, and with their grant the
    swap in one unit of work; the push, which frees the old ones. Raises SeatTaken,
    ReservationOver, HeldElsewhere or CentralUnreachable; then the seats are as they were.
    """
    # What this window has not reported yet has its old seats still in this window's hands.
    sync.push(office)
    take_up(office=office, desk=desk, order_id=order_id)
    told = topics(order_id)

    def wish(store: Store) -> Items:
        lines = {line: _line(store, order_id, line) for line in seats}
        told.extend(f"session:{row[0]}" for row in lines.values())
        for line, seat in seats.items():
            _require_same_level(store, lines[line], seat)
        if not store.first(
            "SELECT 1 FROM held_order h JOIN orders o ON o.id = h.order_id "
            "WHERE o.id = ? AND o.version = h.base_version",
            (order_id,),
        ):
            raise CentralUnreachable(why="changes of this reservation are not reported yet")
        return Items(seats=tuple((lines[line][0], seat) for line, seat in seats.items()))

    def swap(unit: Unit) -> None:
        require_reserved(unit.store, order_id)
        left = []
        for line, seat in seats.items():
            session, _, before = _line(unit.store, order_id, line)
            left.append([session, before])
            unit.store.run("UPDATE order_line SET seat_id = ? WHERE id = ?", (seat, line))
        # No row of the order names them any more, and other windows have to hear of them.
        unit.record(
            SWAP,
            author=Author(desk.operator.id, desk.shift_id),
            order_id=order_id,
            facts={"tickets": len(seats), SEATS_LEFT: left},
        )

    try:
        custody.take(office, order_id=order_id, wish=wish, then=swap, topics=told)
    except Refused:
        put_back(office=office, order_id=order_id)
        raise
    sync.report(office)


def swap_for_others(*, office: Office, desk: Desk, order_id: str, line_ids: Sequence[str]) -> None:
    """Give tickets of one session and level the best other seats together that are free.

    Raises NotEnoughTogether, and what `swap_seats` raises.
    """

    def choose(store: Store) -> list[int]:
        found = {_line(store, order_id, line)[:2] for line in line_ids}
        if len(found) != 1:
            raise LookupError(f"{len(found)} levels at once")
        session, category = found.pop()
        return holds.best_seats(store, session, category, len(line_ids))

    chosen = office.read(choose)
    swap_seats(
        office=office,
        desk=desk,
        order_id=order_id,
        seats=dict(zip(line_ids, chosen, strict=True)),
    )


def _line(store: Store, order_id: str, line_id: str) -> Row:
    """(session, level, seat) of a ticket whose seat may be swapped. Raises WrongStatus."""
    found = store.first(
        "SELECT l.session_id, l.category, l.seat_id FROM order_line l "
        "JOIN orders o ON o.id = l.order_id WHERE l.id = ? AND o.id = ? "
        "AND o.seats_open = 1 AND l.status = 'reserved' AND l.seat_id IS NOT NULL",
        (line_id, order_id),
    )
    if found is None:
        # Paid for or let go at another window since this one looked.
        raise WrongStatus(record="order line", status="paid or released", wanted="swapped")
    return found


def _require_same_level(store: Store, line: Row, seat: int) -> None:
    session, category, _ = line
    if not store.first(
        "SELECT 1 FROM seat p JOIN session s ON s.plan_id = p.plan_id "
        "WHERE p.id = ? AND s.id = ? AND p.category = ?",
        (seat, session, category),
    ):
        raise LookupError(f"seat {seat} is not of level {category}")
