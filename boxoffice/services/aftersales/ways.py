"""By which ways the money of returned tickets goes back: the way it came, to the fen.

What was paid in one sum out of a drawer, or through a channel, goes back as it came. Of several
tenders each gives back its part, and what somebody outside took is asked of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from boxoffice.domain.accounts import ASKED
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money, split
from boxoffice.domain.statuses import RefundStatus
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.sales.finishing import Signer
from boxoffice.services.sales.undoing import payback_row
from boxoffice.services.staff.approvals import Approval


def of(
    unit: Unit, signer: Signer, rows: Sequence[dict[str, Any]], approver: Approval | None
) -> list[dict[str, Any]]:
    """Inside a unit of work: the paybacks for these refund rows, not stored yet.

    Rows whose money goes back by paybacks are marked so; the others stay as they are.
    """
    by_checkout: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found = unit.store.first(
            "SELECT p.id, p.tender, p.checkout_id FROM order_line l "
            "JOIN payment p ON p.id = l.payment_id WHERE l.id = ?",
            (row["line_id"],),
        )
        if found is not None and (found[2] is not None or found[1] in ASKED):
            by_checkout.setdefault(found[2] or found[0], []).append(row)
    going: list[dict[str, Any]] = []
    for checkout, belonging in by_checkout.items():
        act_id = new_id()
        for row in belonging:
            row["act_id"], row["status"] = act_id, RefundStatus.PAYBACKS
        whole = sum(row["amount_fen"] for row in belonging)
        for payment_id, tender, fen in _shares(unit.store, checkout, whole):
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
    return going


def _shares(store: Store, checkout: str, whole: int) -> list[tuple[str, str, int]]:
    """(payment, tender, fen) of a sum, in proportion to what each payment of it still holds.

    So no part is above what its payment holds, for the sum is not above them all.
    """
    left = [
        (str(row[0]), str(row[1]), int(row[2]))
        for row in store.all(
            "SELECT p.id, p.tender, p.amount_fen - (SELECT coalesce(sum(b.amount_fen), 0) "
            "FROM payback b WHERE b.payment_id = p.id AND b.status NOT IN ('closed', 'dead')) "
            "FROM payment p WHERE p.checkout_id = ? OR (p.id = ? AND p.checkout_id IS NULL) "
            "ORDER BY p.paid_at, p.id",
            (checkout, checkout),
        )
    ]
    if not whole:
        return []
    parts = split(Money(whole), [fen for *_, fen in left])
    return [
        (payment, tender, part.fen)
        for (payment, tender, _), part in zip(left, parts, strict=True)
        if part.fen
    ]
