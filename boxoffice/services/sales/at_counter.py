"""Tenders that only people know of: a terminal that stands alone, and what is given away."""

from __future__ import annotations

from collections.abc import Sequence

from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import ASKED, CARD_APART, CASH, COMPLIMENTARY
from boxoffice.errors import BadReference, ReasonMissing, TenderNotSetUp
from boxoffice.services.office import Office
from boxoffice.services.sales import checkout
from boxoffice.services.sales.checkout import Share
from boxoffice.services.sales.finishing import Sale
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval


def offered(office: Office) -> tuple[str, ...]:
    """The tenders this window is set up for, the usual ones first."""
    apart = (CARD_APART,) if office.settings.card_apart else ()
    free = (COMPLIMENTARY,) if office.settings.complimentary else ()
    return (CASH, *(tender for tender in ASKED if tender in office.gateways), *apart, *free)


def pay_apart(
    *,
    office: Office,
    desk: Desk,
    basket: str,
    typed: str,
    amount_fen: int | None = None,
    line_ids: Sequence[str] = (),
) -> Sale:
    """Take a share of what is due at a terminal that stands alone, once it said approved.

    `typed` is the number on its slip, `line_ids` what is paid for, where not all is. Raises
    TenderNotSetUp, BadReference where that can be none, and what `checkout.pay` raises; then
    nothing was written down.
    """
    _require_offered(office, CARD_APART)
    reference = office.apart.reference(typed)
    if reference is None:
        raise BadReference(least=office.apart.least, most=office.apart.most)
    share = Share(CARD_APART, amount_fen, reference=reference)
    return checkout.pay(office=office, desk=desk, basket=basket, share=share, line_ids=line_ids)


def give_away(
    *,
    office: Office,
    desk: Desk,
    basket: str,
    reason: str,
    approval: Approval | None,
    line_ids: Sequence[str] = (),
) -> Sale:
    """Let all that is due be complimentary, with a reason and a second person, both on record.

    `line_ids` names what is given away, where not all is. Raises TenderNotSetUp, ReasonMissing,
    NeedsApproval (act `complimentary`), SamePerson, NotAllowed, and what `checkout.pay` raises;
    then nothing was sold.
    """
    desk.require(Right.SELL, shift=True)
    _require_offered(office, COMPLIMENTARY)
    why = " ".join(reason.split())
    if not why:
        raise ReasonMissing()
    second = office.writing.call(
        lambda store: approvals.require(store, desk, approval, COMPLIMENTARY)
    )
    share = Share(COMPLIMENTARY, facts=(("reason", why), ("approver", second.number)))
    return checkout.pay(office=office, desk=desk, basket=basket, share=share, line_ids=line_ids)


def _require_offered(office: Office, tender: str) -> None:
    if tender not in offered(office):
        raise TenderNotSetUp(tender=tender)
