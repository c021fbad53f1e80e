"""By which ways the money of returned tickets goes back: the way it came, to the fen.

What was paid in one sum out of a drawer, or through a channel, goes back as it came. Of several
tenders each gives back its part, and what somebody outside took is asked of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from boxoffice.domain.accounts import ASKED, COMPLIMENTARY, IN_PERSON, is_channel
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import PaybackStatus, RefundStatus
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.sales.finishing import Signer
from boxoffice.services.sales.shares import shares
from boxoffice.services.sales.undoing import payback_row
from boxoffice.services.staff.approvals import Approval


def of(
    unit: Unit,
    signer: Signer,
    rows: Sequence[dict[str, Any]],
    approver: Approval | None,
    *,
    away: bool = False,
) -> list[dict[str, Any]]:
    """Inside a unit of work: the paybacks for these refund rows, not stored yet.

    Rows whose money goes back by paybacks are marked so; the others stay as they are. With the
    customer `away`, what only goes back in person is owed until somebody comes for it.
    """
    by_checkout: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found = unit.store.first(
            "SELECT p.id, p.tender, p.checkout_id FROM order_line l "
            "JOIN payment p ON p.id = l.payment_id WHERE l.id = ?",
            (row["line_id"],),
        )
        if found is None:
            continue
        by_hand = not (is_channel(found[1]) or found[1] == COMPLIMENTARY)
        if found[2] is not None or found[1] in ASKED or (away and by_hand):
            by_checkout.setdefault(found[2] or found[0], []).append(row)
    going: list[dict[str, Any]] = []
    for checkout, belonging in by_checkout.items():
        act_id = new_id()
        for row in belonging:
            row["act_id"], row["status"] = act_id, RefundStatus.PAYBACKS
        whole = sum(row["amount_fen"] for row in belonging)
        for payment_id, tender, fen in shares(unit.store, checkout, whole):
            going.append(
                payback_row(
                    unit,
                    signer,
                    belonging[0]["order_id"],
                    payment_id,
                    tender,
                    fen,
                    belonging[0]["currency"],
                    belonging[0]["kind"],
                    act_id,
                    len(going),
                    None if approver is None else approver.operator_id,
                )
            )
    if away:
        for payback in going:
            if payback["tender"] in IN_PERSON:
                payback |= {"status": PaybackStatus.OWED, "ended_at": None}
    return going
