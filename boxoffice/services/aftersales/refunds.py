"""Refunds: tickets that come back by the policy they were sold under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import DRAWER
from boxoffice.domain.refunding import ReturnKind
from boxoffice.errors import QuoteChanged
from boxoffice.queries import refunds
from boxoffice.queries.refunds import Quote
from boxoffice.queries.returned import taken_without_approval
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.aftersales import returns, telling
from boxoffice.services.aftersales.returns import Back
from boxoffice.services.office import Office
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.staff import approvals, shifts
from boxoffice.services.staff.approvals import Approval

REFUND = ReturnKind.REFUND.value
"""The word of the act, in the journal and for its approval."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would go back for some tickets now, and whether a second person has to approve."""

    quote: Quote
    approval: tuple[str, ...]
    """Why one has to: limit, gates, clock; none where it is empty."""
    drawer_fen: int
    """What ought to be in the drawer now; less than the cash that goes out is worth a warning."""


def quote(*, office: Office, desk: Desk, order_id: str, line_ids: Sequence[str]) -> Outlook:
    """What these lines of an order bring back now, as far as this window knows.

    Raises NoRefund with the reason where one of them brings nothing.
    """
    desk.require(Right.SELL, shift=True)

    def reckon(store: Store) -> Outlook:
        found = refunds.quote(store, order_id, line_ids, clock.now())
        drawer = store.first(
            "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE shift_id = ? AND account = ?",
            (desk.shift_id, DRAWER),
        )
        return Outlook(found, _why_approve(office, store, found), int(drawer[0]) if drawer else 0)

    # On the write lane: its pages are warm, those of a reader are gone with every commit.
    return office.writing.call(reckon)


def _why_approve(office: Office, store: Store, found: Quote) -> tuple[str, ...]:
    reasons = []
    # Counted over the order, so that a large sum does not go in small parts.
    before = taken_without_approval(store, found.order_id)
    if before + found.amount_fen > office.settings.refund_limit_fen:
        reasons.append("limit")
    # Whether a ticket was used is not known here once visitors are let in (custody rule 22).
    if any(found.at >= part.line.gates_open for part in found.lines):
        reasons.append("gates")
    # What comes back depends on the time, and this computer's clock is in doubt (rule 19).
    if not clock.trusted():
        reasons.append("clock")
    return tuple(reasons)


def refund(
    *,
    office: Office,
    desk: Desk,
    order_id: str,
    line_ids: Sequence[str],
    quoted_fen: int,
    papers_back: bool,
    reason: str = "",
    approval: Approval | None = None,
) -> Back:
    """Refund tickets by their policy; `quoted_fen` is what the customer agreed to.

    `papers_back`: the clerk has the paper of all that were handed over. What was paid in cash comes
    out of the drawer, what a channel took is asked of that channel. Raises NoRefund, QuoteChanged,
    PapersMissing, NeedsApproval or what `change_order` raises; then nothing was changed.
    """
    desk.require(Right.SELL, shift=True)
    answer: list[Back] = []

    def act(unit: Unit) -> None:
        shifts.require_open(unit.store, desk)
        found = refunds.quote(unit.store, order_id, line_ids, unit.at)
        if found.amount_fen != quoted_fen:
            raise QuoteChanged()
        returns.require_papers([part.line for part in found.lines], papers_back)
        approver = None
        if _why_approve(office, unit.store, found):
            approver = approvals.require(unit.store, desk, approval, REFUND)
        rows = [
            {
                **returns.row(unit, desk, found.order_id, part.line, ReturnKind.REFUND),
                "fee_fen": part.fee_fen,
                "amount_fen": part.amount_fen,
                "policy": part.tier.policy,
                "valid_from": part.tier.valid_from,
                "tier": part.tier.position,
                "free_from": part.free_from,
            }
            for part in found.lines
        ]
        answer[:] = [returns.take_back(unit, desk, rows, reason, approver)]
        telling.accepted(unit, office, answer[0])

    change_order(office, order_id, act, returns.topics(order_id))
    return answer[0]
