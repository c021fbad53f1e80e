"""A sale made undone: as if never sold, for the full money, while it is fresh and one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import is_channel
from boxoffice.domain.refunding import ReturnKind
from boxoffice.domain.statuses import LineStatus
from boxoffice.errors import NoVoid, ReasonMissing
from boxoffice.queries.sold_lines import SoldLine, sold_lines
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.aftersales import returns, telling
from boxoffice.services.aftersales.returns import Back
from boxoffice.services.office import Office
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.staff import approvals, shifts
from boxoffice.services.staff.approvals import Approval

VOID = ReturnKind.VOID.value
"""The word of the act, in the journal and for its approval."""


def why_approve(
    *, office: Office, desk: Desk, order_id: str, line_ids: Sequence[str] = ()
) -> tuple[str, ...]:
    """Why a void of these lines (all live ones where none are named) needs a second person.

    Reasons: shift (sold in another one), late, clock (in doubt). Raises NoVoid where it cannot be
    voided at all.
    """
    desk.require(Right.SELL, shift=True)

    def look(store: Store) -> tuple[str, ...]:
        lines = _voidable(store, order_id, line_ids)
        return _reasons(office, desk, lines, clock.now())

    return office.read(look)


def void(
    *,
    office: Office,
    desk: Desk,
    order_id: str,
    line_ids: Sequence[str] = (),
    papers_back: bool,
    reason: str,
    approval: Approval | None = None,
) -> Back:
    """Make a sale at a window undone: the full money, no fee; all live tickets, or those named.

    One's own sale of the same shift, within the time set; any other needs a second person. Raises
    NoVoid, ReasonMissing, PapersMissing, NeedsApproval or what `change_order` raises; then nothing
    was changed.
    """
    desk.require(Right.SELL, shift=True)
    if not reason.strip():
        raise ReasonMissing()
    answer: list[Back] = []

    def act(unit: Unit) -> None:
        shifts.require_open(unit.store, desk)
        lines = _voidable(unit.store, order_id, line_ids)
        returns.require_papers(lines, papers_back)
        approver = None
        if _reasons(office, desk, lines, unit.at):
            approver = approvals.require(unit.store, desk, approval, VOID)
        rows = [returns.row(unit, desk, order_id, line, ReturnKind.VOID) for line in lines]
        answer[:] = [returns.take_back(unit, desk, rows, reason, approver)]
        telling.accepted(unit, office, answer[0])

    change_order(office, order_id, act, returns.topics(order_id))
    return answer[0]


def _voidable(store: Store, order_id: str, line_ids: Sequence[str]) -> list[SoldLine]:
    every = sold_lines(store, order_id)
    lines = [line for line in every if line.id in line_ids or (not line_ids and line.live)]
    if any(is_channel(line.tender) for line in every):
        raise NoVoid(why="presale")
    if not lines or any(line.status == LineStatus.RETURNED for line in lines):
        waits = not lines and any(line.status == LineStatus.RESERVED for line in every)
        raise NoVoid(why="reserved" if waits else "returned")
    if not all(line.live for line in lines):
        raise NoVoid(why="reserved")
    return lines


def _reasons(
    office: Office, desk: Desk, lines: Sequence[SoldLine], at: datetime
) -> tuple[str, ...]:
    reasons = []
    if any(line.paid_shift != desk.shift_id for line in lines):
        reasons.append("shift")
    latest = timedelta(minutes=office.settings.void_minutes)
    if any(line.paid_at is None or at > line.paid_at + latest for line in lines):
        reasons.append("late")
    if not clock.trusted():
        reasons.append("clock")
    return tuple(reasons)
