"""A clerk without a screen: serves one customer after the other, opens and closes shifts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from boxoffice.queries.reports import ShiftReport
from boxoffice.rehearsal import booking, paying, returning, selling
from boxoffice.rehearsal.counter import SUPERVISOR, Counter
from boxoffice.rehearsal.plan import Customer, Want
from boxoffice.services.staff import shifts
from boxoffice.services.till import closing

FLOAT_FEN = 50_000
YUAN = 100


def serve(counter: Counter, customer: Customer) -> None:
    """See to one customer; what cannot be done they do without."""
    counter.turn_to(customer)
    if counter.random.random() < 0.5:
        counter.look_around()
        paying.clear_up(counter)
    if counter.desk.shift_id is None:
        _open_shift(counter)
    _SERVE[customer.want](counter)


def _open_shift(counter: Counter) -> None:
    desk = counter.attempt(
        "open_shift",
        lambda: shifts.open_shift(office=counter.office, desk=counter.desk, float_fen=FLOAT_FEN),
    )
    if desk is not None:
        counter.desk = desk


def close_shift(counter: Counter) -> None:
    """Close the shift with what ought to be in the drawer, or a little less.

    Where pages wait or baskets stand about, the supervisor closes it.
    """
    shift = counter.desk.shift_id
    if shift is None:
        return
    drawer = counter.office.read(lambda store: shifts.drawer_fen(store, shift))
    counts = {YUAN: max(0, drawer // YUAN - counter.random.choice((0, 0, 1)))}
    standing = counter.office.read(closing.standing)
    above = replace(counter.desk, operator=counter.supervisor, shift_id=None)

    def close() -> ShiftReport:
        if not standing:
            return closing.close_shift(office=counter.office, desk=counter.desk, counts=counts)
        return closing.close_absent(
            office=counter.office,
            desk=above,
            shift_id=shift,
            counts=counts,
            reason="changeover",
            pin=SUPERVISOR.pin,
        )

    if counter.attempt("close_shift", close, lambda _: {"shift": shift}) is not None:
        counter.desk = replace(counter.desk, shift_id=None)


def _change_over(counter: Counter) -> None:
    close_shift(counter)
    if counter.desk.shift_id is None:
        _open_shift(counter)


_SERVE: dict[Want, Callable[[Counter], None]] = {
    Want.SEATS: selling.sell_seats,
    Want.BEST: selling.sell_best,
    Want.PLACES: selling.sell_places,
    Want.MIXED: selling.sell_mixed,
    Want.PARK: selling.park,
    Want.ABANDON: selling.give_up,
    Want.RESERVE: booking.reserve,
    Want.PAY_LATER: booking.pay_later,
    Want.EXTEND: booking.extend,
    Want.RELEASE: booking.release,
    Want.SWAP: booking.swap,
    Want.PICK_UP: returning.pick_up,
    Want.REFUND: returning.refund,
    Want.VOID: returning.void,
    Want.REPRINT: returning.reprint,
    Want.CLOSE: _change_over,
}
