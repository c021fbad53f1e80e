"""A purchase limit passed for one order: a reason, a second person, and an entry on record.

A zone's cap is no such limit: how many a zone holds is not for a window to decide.
"""

from __future__ import annotations

from boxoffice.desk import Desk, Right
from boxoffice.domain.ids import new_id
from boxoffice.errors import ReasonMissing
from boxoffice.records.rules import LIMITS, RuleKind
from boxoffice.records.sales import Order
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import holds, limits
from boxoffice.services.sharing import at_hand, sync
from boxoffice.services.staff import approvals, shifts
from boxoffice.services.staff.approvals import Approval


def may_pass(rule: str) -> bool:
    """Whether a second person may let an order pass that rule."""
    return rule in LIMITS


def let_pass(
    *,
    office: Office,
    desk: Desk,
    order_id: str | None,
    rule: str,
    count: int,
    reason: str,
    approval: Approval | None,
) -> str:
    """Let a basket or a reservation here count up to `count` tickets against a purchase limit.

    Answers the order; where there is none yet, an empty basket begins. What was refused is then
    done again, and is measured against what was allowed. Raises ReasonMissing, NeedsApproval (act
    `limits.PASS`), SamePerson, NotAllowed, NoShift or WrongStatus where the order is not at hand.
    """
    desk.require(Right.SELL, shift=True)
    kind = RuleKind(rule)
    if kind not in LIMITS:
        raise ValueError(f"{rule} is no limit that may be passed")
    why = " ".join(reason.split())
    if not why:
        raise ReasonMissing()
    allowed = order_id or new_id()

    def note(unit: Unit) -> None:
        second = approvals.require(unit.store, desk, approval, limits.PASS)
        shifts.require_open(unit.store, desk)
        if order_id is None:
            unit.store.insert(Order, [holds.new_basket(desk, allowed)])
        else:
            at_hand.require_at_hand(unit.store, allowed)
        unit.record(
            limits.PASS,
            author=Author(desk.operator.id, desk.shift_id),
            facts={
                "order": allowed,
                "rule": kind.value,
                "up_to": count,
                "reason": why,
                "approver": second.number,
            },
        )

    office.unit(note, [f"order:{allowed}", "baskets"])
    sync.report(office)
    return allowed
