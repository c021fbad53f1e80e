"""Closing a shift: a blind count, what is over or short, the drawer emptied, and the Z report.

All of a close is one transaction: a shift is open, or closed whole with its Z report. What the
drawer should have held is told only with the closed shift, when nothing can be changed any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from boxoffice.desk import Desk, Operator, Right
from boxoffice.domain.accounts import DRAWER, OVER, SAFE, SHORT
from boxoffice.domain.cash import counted as worth
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import ShiftStatus, step
from boxoffice.errors import (
    NoShift,
    NotAllowed,
    ReasonMissing,
    SamePerson,
    ShiftBusy,
    WrongStatus,
)
from boxoffice.queries import folding, reports
from boxoffice.queries.reports import ShiftReport
from boxoffice.records.store import Store
from boxoffice.records.takings import ZReport
from boxoffice.records.unit_of_work import Author, Post, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import holds, part_paid
from boxoffice.services.sharing import allotments, sync
from boxoffice.services.staff import operators, shifts

Counts = Mapping[int, int]
"""Number of notes and coins by fen."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the way of a close: each has to be finished or cleared first."""

    baskets: int
    parked: int
    payments: int
    pages: int

    def __bool__(self) -> bool:
        return any((self.baskets, self.parked, self.payments, self.pages))


_UNKNOWN = (
    "EXISTS (SELECT 1 FROM attempt a WHERE a.order_id = o.id AND a.status = 'unknown' "
    "AND a.ended_at IS NULL)"
)
"""A basket whose payment nobody knows the end of: it outlives the shift, in sight (rule 23)."""


def standing(store: Store) -> Standing:
    """Baskets with something in them, payments under way and pages not settled, at this window."""
    found = store.first(
        "SELECT (SELECT count(*) FROM orders o WHERE o.version = 0 AND o.status = 'open' "
        f"AND EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id) AND NOT {_UNKNOWN}), "
        f"(SELECT count(*) FROM orders o WHERE o.version = 0 AND o.status = 'parked' "
        f"AND NOT {_UNKNOWN}), "
        "(SELECT count(*) FROM attempt WHERE ended_at IS NULL AND status <> 'unknown'), "
        "(SELECT count(*) FROM print_job WHERE status <> 'printed' AND status <> 'dropped')"
    )
    assert found is not None
    return Standing(*found)


def close_shift(*, office: Office, desk: Desk, counts: Counts) -> ShiftReport:
    """Close the shift of who works here with what was counted; answers its Z report.

    Raises ShiftBusy, NoShift where it was closed meanwhile; then nothing was changed.
    """
    desk.require(Right.SHIFT, shift=True)
    assert desk.shift_id is not None
    return _close(office, desk.operator, desk.shift_id, counts)


def close_absent(
    *, office: Office, desk: Desk, shift_id: str, counts: Counts, reason: str, pin: str
) -> ShiftReport:
    """A supervisor closes the shift of somebody who left, with their own PIN and a reason.

    Steps, each safe to repeat: the PIN is checked; baskets left behind are cleared, each by
    itself; the shift is closed. Pages in doubt stay listed for whoever comes next. Raises
    NotAllowed, WrongPin, TooManyPins, ReasonMissing, SamePerson for one's own shift, ShiftBusy.
    """
    desk.require(Right.APPROVE)
    said = " ".join(reason.split())
    if not said:
        raise ReasonMissing()
    operators.sign_in(office=office, number=desk.operator.number, pin=pin)
    owner = office.read(
        lambda store: store.first("SELECT operator_id FROM shift WHERE id = ?", (shift_id,))
    )
    if owner is None:
        raise LookupError(f"no shift {shift_id}")
    if owner[0] == desk.operator.id:
        raise SamePerson()
    for (basket,) in office.read(
        lambda store: store.all(
            "SELECT id FROM orders WHERE version = 0 AND status IN ('open', 'parked') "
            "AND id NOT IN (SELECT order_id FROM attempt WHERE ended_at IS NULL)"
        )
    ):
        holds.abandon(office=office, desk=desk, basket=basket)
    return _close(office, desk.operator, shift_id, counts, reason=said)


def _close(
    office: Office, closer: Operator, shift_id: str, counts: Counts, *, reason: str = ""
) -> ShiftReport:
    found: list[ShiftReport] = []

    def close(unit: Unit) -> None:
        _require_finished(unit.store, shift_id, absent=bool(reason))
        z_number = _next_number(unit.store, unit.chain.window, unit.chain.epoch)
        entry = _count_and_empty(unit, closer, shift_id, counts, reason, z_number)
        unit.at_last(lambda store: found.append(_keep_z(unit, store, shift_id, z_number, entry)))
        unit.at_last(lambda store: _end(store, shift_id, unit.stamp))

    office.unit(close, ["shift"])
    sync.report(office)
    office.afterwards(lambda: allotments.keep(office))
    # Whoever began them goes home.
    office.afterwards(lambda: part_paid.list_left(office, at_once=True))
    return found[0]


def _require_finished(store: Store, shift_id: str, *, absent: bool) -> None:
    row = store.first("SELECT status FROM shift WHERE id = ?", (shift_id,))
    if row is None or row[0] != ShiftStatus.OPEN:
        raise NoShift()
    open_ = standing(store)
    if absent:
        # Nobody who is there can say what came out; a page under the printer's hands is waited for.
        printing = store.first("SELECT count(*) FROM print_job WHERE status = 'printing'")
        open_ = replace(open_, pages=printing[0] if printing else 0)
    if open_:
        raise ShiftBusy(
            baskets=open_.baskets, parked=open_.parked, payments=open_.payments, pages=open_.pages
        )


def _count_and_empty(
    unit: Unit, closer: Operator, shift_id: str, counts: Counts, reason: str, z_number: int
) -> int:
    """The entries of the close: the count, the float returned, the takings; answers the last."""
    store, author = unit.store, Author(closer.id, shift_id)
    shift = store.first(
        "SELECT s.float_fen, o.number, o.name FROM shift s JOIN operator o "
        "ON o.id = s.operator_id WHERE s.id = ?",
        (shift_id,),
    )
    assert shift is not None
    held = worth(counts)
    returned = min(Money(shift[0]), held)
    unit.record(
        folding.COUNTING,
        author=author,
        facts={
            "counts": {str(fen): number for fen, number in sorted(counts.items()) if number},
            "counted_fen": held.fen,
        },
        postings=_difference(held - Money(shifts.drawer_fen(store, shift_id))),
    )
    unit.record(folding.RETURNING, author=author, postings=_to_safe(returned))
    return unit.record(
        folding.CLOSING,
        author=author,
        facts={
            "z": z_number,
            "operator": shift[1],
            "name": shift[2],
            "closed_by": closer.number,
            "reason": reason,
        },
        postings=_to_safe(held - returned),
    )


def _difference(over: Money) -> list[Post]:
    """Over and short are accounts of their own: one never makes good for the other."""
    if not over.fen:
        return []
    return [Post(DRAWER, over), Post(OVER if over.fen > 0 else SHORT, -over)]


def _to_safe(amount: Money) -> list[Post]:
    return [Post(SAFE, amount), Post(DRAWER, -amount)] if amount.fen else []


def _next_number(store: Store, window: int, epoch: int) -> int:
    found = store.first(
        "SELECT max(number) FROM z_report WHERE window_id = ? AND epoch = ?", (window, epoch)
    )
    return int(found[0] or 0) + 1 if found else 1


def _keep_z(unit: Unit, store: Store, shift_id: str, number: int, entry: int) -> ShiftReport:
    """After the postings: their fold, which is never changed again."""
    report = reports.shift_report(store, shift_id)
    row = {
        "id": new_id(),
        "window_id": unit.chain.window,
        "epoch": unit.chain.epoch,
        "number": number,
        "shift_id": shift_id,
        "at": unit.at,
        "business_day": unit.business_day,
        "journal_number": entry,
        "content": report.content(),
    }
    store.insert(ZReport, [row])
    return report


def _end(store: Store, shift_id: str, stamp: str) -> None:
    status = step("shift", ShiftStatus.OPEN, ShiftStatus.CLOSED)
    touched = store.run(
        "UPDATE shift SET status = ?, closed_at = ? WHERE id = ? AND status = 'open'",
        (status, stamp, shift_id),
    )
    if touched != 1:
        raise WrongStatus(record="shift", status="closed", wanted=status.value)


def take_over(*, office: Office, shift_id: str, number: str, pin: str) -> Desk:
    """Hand-over: who comes signs at the same screen for what who left has counted.

    Opens their shift with the counted amount as its float. Raises WrongPin, TooManyPins,
    SamePerson, NotAllowed, ShiftOpen, NoShift where the drawer was handed on already.
    """
    operator = operators.sign_in(office=office, number=number, pin=pin)
    if not operator.may(Right.SHIFT):
        raise NotAllowed(act=Right.SHIFT.value, role=operator.role.value)
    desk = Desk(office.chain.window, office.chain.epoch, operator, new_id())

    def begin(unit: Unit) -> None:
        last = unit.store.first(
            "SELECT s.id, s.operator_id, z.number FROM shift s "
            "JOIN z_report z ON z.shift_id = s.id WHERE s.window_id = ? "
            "ORDER BY z.epoch DESC, z.number DESC",
            (desk.window,),
        )
        if last is None or last[0] != shift_id:
            raise NoShift()
        if last[1] == operator.id:
            raise SamePerson()
        close = reports.shift_report(unit.store, shift_id).close
        assert close is not None
        assert desk.shift_id is not None
        shifts.begin(
            unit,
            desk,
            desk.shift_id,
            Money(close.counted_fen),
            {"taken_over": last[2], "handed_over_by": close.closed_by},
        )

    office.unit(begin, ["shift"])
    sync.report(office)
    return desk
