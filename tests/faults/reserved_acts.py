"""What a window does with reservations, as one act each, for the tests that kill it meanwhile."""

from __future__ import annotations

from datetime import timedelta

from boxoffice import clock
from boxoffice.services.printing import tickets
from boxoffice.services.sales import releases, reservations, swaps
from tests.faults.acts import rows, take
from tests.homes import NOON, AtWork, resident_id

WAIT = 60
"""Minutes a reservation of these tests waits."""
RESERVE, PAY_LATER, PAY_SOME = "reserve", "pay_later", "pay_some"
EXTEND, LET_GO, EXPIRE, SWAP = "extend", "let_go", "expire", "swap"
SEATS = (1, 5), (1, 6)
OTHERS = (1, 1), (1, 2)
PHONE = "19900000077"


def reserve(work: AtWork, *, at: str = "O2", seats_open: bool = False) -> None:
    """Two seats for a name and a phone, with the slip."""
    made = reservations.reserve(
        office=work.office,
        desk=work.desk,
        basket=_basket(work) or take(work, *SEATS, at=at),
        name="张伟",
        phone=PHONE,
        minutes=WAIT,
        seats_open=seats_open,
    )
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=made.print_jobs)


def _basket(work: AtWork) -> str | None:
    """The one the last run left behind, with its seats."""
    left = rows(work, "SELECT order_id FROM order_line WHERE status = 'open'")
    return str(left[0][0]) if left else None


def made(work: AtWork) -> str:
    """The reservation of this window."""
    ((order,),) = rows(work, "SELECT id FROM orders WHERE pickup_code IS NOT NULL "
                             "AND window_id = 1 AND deadline IS NOT NULL")  # fmt: skip
    return str(order)


def lines(work: AtWork) -> list[str]:
    """Its tickets, in their order."""
    sql = "SELECT id FROM order_line WHERE order_id = ? ORDER BY position"
    return [str(row[0]) for row in rows(work, sql, made(work))]


def pay_later(work: AtWork) -> None:
    """Both named, paid for, handed over and printed."""
    for serial, line in enumerate(lines(work), start=700):
        reservations.name_attendee(
            office=work.office,
            desk=work.desk,
            order_id=made(work),
            line_id=line,
            name="试",
            document_type="resident_id",
            document=resident_id(serial),
        )
    _pay(work)


def pay_some(work: AtWork) -> None:
    """One of the two."""
    _pay(work, lines(work)[0])


def _pay(work: AtWork, *wanted: str) -> None:
    sale = reservations.pay_cash(
        office=work.office,
        desk=work.desk,
        order_id=made(work),
        line_ids=wanted,
        tendered_fen=1_000_000,
    )
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=sale.print_jobs)


def extend(work: AtWork) -> None:
    """Half an hour more."""
    until = NOON + timedelta(minutes=WAIT + 30)
    reservations.extend(
        office=work.office, desk=work.desk, order_id=made(work), until=until, reason="堵车"
    )


def let_go(work: AtWork) -> None:
    """The customer does not come."""
    releases.release(office=work.office, desk=work.desk, order_id=made(work), reason="顾客取消")


def expire(work: AtWork) -> None:
    """Its time is over."""
    late = NOON + timedelta(minutes=WAIT + 1)
    clock.use(lambda: late)
    releases.release_expired(work.office)


def swap(work: AtWork) -> None:
    """Other seats of the level."""
    seats = dict(zip(lines(work), (work.seat(*place) for place in OTHERS), strict=True))
    swaps.swap_seats(office=work.office, desk=work.desk, order_id=made(work), seats=seats)


ACTS = {
    RESERVE: reserve,
    PAY_LATER: pay_later,
    PAY_SOME: pay_some,
    EXTEND: extend,
    LET_GO: let_go,
    EXPIRE: expire,
    SWAP: swap,
}
