"""What the tests of reservations share: short acts on the small court, and how things stand."""

from __future__ import annotations

from datetime import datetime, timedelta

from boxoffice import clock
from boxoffice.queries import orders
from boxoffice.services.sales import checkout, releases, reservations
from boxoffice.services.sales.reservations import Reservation
from tests.faults.acts import broken, rows, take, there
from tests.homes import NOON, AtWork

WAIT = 60
"""Minutes a reservation of the tests waits."""
PRICE = 68_000
"""Fen of a seat of level A."""


def at(minutes: float) -> datetime:
    """Set the clock that long after noon."""
    now = NOON + timedelta(minutes=minutes)
    clock.use(lambda: now)
    return now


def reserve(
    work: AtWork,
    *places: tuple[int, int],
    name: str = "张伟",
    phone: str = "",
    minutes: int = WAIT,
) -> Reservation:
    """Seats of session O2 (tomorrow, no documents) reserved."""
    return reservations.reserve(
        office=work.office,
        desk=work.desk,
        basket=take(work, *places),
        name=name,
        phone=phone,
        minutes=minutes,
    )


def pay(work: AtWork, order: str, *lines: str, tendered: int = 1_000_000) -> checkout.Sale:
    return reservations.pay_cash(
        office=work.office, desk=work.desk, order_id=order, line_ids=lines, tendered_fen=tendered
    )


def let_go(work: AtWork, order: str, *lines: str, reason: str = "顾客取消") -> int:
    return releases.release(
        office=work.office, desk=work.desk, order_id=order, line_ids=lines, reason=reason
    )


def view(work: AtWork, order: str) -> orders.OrderView:
    return work.office.read(lambda store: orders.order(store, work.office.seal, order))


def lines_of(work: AtWork, order: str) -> list[str]:
    return [line.id for line in view(work, order).lines]


def statuses(work: AtWork, order: str) -> tuple[str, list[str]]:
    """Of the order, and of its lines."""
    found = view(work, order)
    return found.status, [line.status for line in found.lines]


def pools(work: AtWork, session: str = "O2") -> dict[str, int]:
    """Places of a session at central: free, sold, reserved, at this window."""
    names = {0: "free", -1: "sold", -2: "reserved", 1: "window"}
    found = there(
        work, "SELECT holder, places FROM pool WHERE session_id = ?", work.session(session)
    )
    return {names[holder]: places for holder, places in found if places}


def all_well(work: AtWork) -> None:
    """`verify` finds nothing, and nothing waits to be sent or is held for nobody."""
    assert broken(work) == ()
    for table in ("held_order", "held_seat", "held_claim", "held_places"):
        assert rows(work, f"SELECT * FROM {table}") == [], table
