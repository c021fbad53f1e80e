"""Cash that moves without a sale: paid in, paid out, and dropped into the safe by two people."""

from __future__ import annotations

from collections.abc import Callable

from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import DRAWER, PAID_IN, PAID_OUT, SAFE
from boxoffice.domain.money import Money
from boxoffice.errors import NoAmount, ReasonMissing
from boxoffice.records.unit_of_work import Author, Post, Unit
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.services.staff import approvals, shifts
from boxoffice.services.staff.approvals import Approval

DROP = "drop"
"""The act that a second person approves."""


def pay_in(*, office: Office, desk: Desk, amount_fen: int, reason: str) -> None:
    """Cash comes into the drawer from elsewhere, such as change from the bank.

    Raises NoAmount, ReasonMissing, NoShift.
    """
    _move(office, desk, "paid_in", amount_fen, reason, PAID_IN, sign=1)


def pay_out(*, office: Office, desk: Desk, amount_fen: int, reason: str) -> None:
    """Cash leaves the drawer for something bought or owed. Raises NoAmount, ReasonMissing, NoShift.

    Whether the drawer has so much is not told: what it should hold is known after the count only.
    """
    _move(office, desk, "paid_out", amount_fen, reason, PAID_OUT, sign=-1)


def drop(*, office: Office, desk: Desk, amount_fen: int, approval: Approval | None) -> int:
    """Cash goes from the drawer to the safe, counted by two people (act `DROP`).

    Answers the number of its journal entry, by which its slip is printed (`drop_papers`). Raises
    NoAmount, NoShift, NeedsApproval, SamePerson, NotAllowed.
    """
    amount = _amount(amount_fen)
    desk.require(Right.SHIFT, shift=True)

    def move(unit: Unit) -> int:
        second = approvals.require(unit.store, desk, approval, DROP)
        shifts.require_open(unit.store, desk)
        return unit.record(
            DROP,
            author=Author(desk.operator.id, desk.shift_id),
            facts={"amount_fen": amount.fen, "approver": second.number},
            postings=[Post(SAFE, amount), Post(DRAWER, -amount)],
        )

    return _do(office, move)


def _move(
    office: Office, desk: Desk, act: str, fen: int, reason: str, account: str, *, sign: int
) -> None:
    amount = _amount(fen) * sign
    said = " ".join(reason.split())
    if not said:
        raise ReasonMissing()
    desk.require(Right.SHIFT, shift=True)

    def move(unit: Unit) -> int:
        shifts.require_open(unit.store, desk)
        return unit.record(
            act,
            author=Author(desk.operator.id, desk.shift_id),
            facts={"amount_fen": abs(amount.fen), "reason": said},
            postings=[Post(DRAWER, amount), Post(account, -amount)],
        )

    _do(office, move)


def _amount(fen: int) -> Money:
    if fen <= 0:
        raise NoAmount()
    return Money(fen)


def _do(office: Office, move: Callable[[Unit], int]) -> int:
    entry = office.unit(move, ["shift"])
    sync.report(office)
    return entry
