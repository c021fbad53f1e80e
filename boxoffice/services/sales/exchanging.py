"""The end of an exchange: old tickets dead, others sold, the money moved; one unit of work.

What was paid for the old tickets, less the fee, pays for the others: it goes back by the tender
`exchange` and comes again by it, so that every payment holds what it held, and a later refund finds
its way to who took the money first. What is above goes back, what is missing was paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boxoffice.desk import Desk
from boxoffice.domain import accounts
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money, split
from boxoffice.domain.refunding import ReturnKind
from boxoffice.domain.statuses import LineStatus, RefundStatus, TicketStatus, step
from boxoffice.queries.sold_lines import SoldLine, sold_lines
from boxoffice.records.sales import Payback, Refund
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Post, Unit
from boxoffice.services.office import Office
from boxoffice.services.printing import tickets
from boxoffice.services.sales import finishing
from boxoffice.services.sales.dues import Due
from boxoffice.services.sales.finishing import Carried, Received, Sale, Signer
from boxoffice.services.sales.shares import shares
from boxoffice.services.sales.undoing import payback_row
from boxoffice.services.telling import exchanged

KIND = ReturnKind.EXCHANGE.value
"""Of the refunds and the paybacks, and the word of the act in the journal and for its approval."""


def write_down(
    unit: Unit,
    office: Office,
    signer: Signer,
    order_id: str,
    due: Due,
    got: Received,
    *,
    desk: Desk | None,
    facts: Mapping[str, Any] | None = None,
) -> Sale:
    """As `finishing.write_down`; an exchange is done where nothing is left to pay for it, and the
    customer is told."""
    carried = None
    if due.instead and got.amount_fen >= due.due_fen:
        carried = _give_back(unit, signer, order_id, due, got)
    sale = finishing.write_down(
        unit, signer, order_id, due, got, desk=desk, facts=facts, carried=carried
    )
    if carried is not None:
        exchanged.tell(unit, office, order_id, [one.line_id for one in due.instead])
    return sale


def _give_back(unit: Unit, signer: Signer, order_id: str, due: Due, got: Received) -> Carried:
    """Old tickets dead and their money free: what pays for the others, and what goes back."""
    store, currency, act_id = unit.store, due.total.currency, new_id()
    every = {line.id: line for line in sold_lines(store, order_id)}
    rows = [
        _refund_row(unit, signer, order_id, every[one.line_id], one.fee_fen, currency, act_id)
        for one in due.instead
    ]
    for row in rows:
        _end(store, row)
    held = _held(store, [every[one.line_id] for one in due.instead], due)
    whole = sum(fen for *_, fen in held)
    paying = min(whole, due.total.fen - due.paid_fen - got.amount_fen)
    stays = [0] * len(held)
    if paying:
        stays = [part.fen for part in split(Money(paying), [fen for *_, fen in held])]
    going: list[dict[str, Any]] = []

    def back(payment_id: str, tender: str, fen: int) -> dict[str, Any]:
        row = payback_row(
            unit, signer, order_id, payment_id, tender, fen, currency, KIND, act_id, len(going)
        )
        going.append(row)
        return row

    paid: list[tuple[str, int]] = []
    returned: list[dict[str, Any]] = []
    for (payment_id, tender, fen), stay in zip(held, stays, strict=True):
        if stay:
            paid.append((back(payment_id, accounts.EXCHANGE, stay)["id"], stay))
        if fen > stay:
            returned.append(back(payment_id, tender, fen - stay))
    store.insert(Refund, rows)
    store.insert(Payback, going)
    return Carried(
        paid=tuple(paid),
        returned=_by_tender(returned),
        postings=_postings(rows, returned, currency),
        facts={
            "fee_fen": sum(row["fee_fen"] for row in rows),
            "given_back": len(rows),
            "returned": dict(_by_tender(returned)),
        },
        slip_for=str(rows[0]["id"]) if returned else None,
    )


def _held(store: Store, lines: list[SoldLine], due: Due) -> list[tuple[str, str, int]]:
    """(payment, tender, fen) of what is free of what was paid for these lines."""
    fees = {one.line_id: one.fee_fen for one in due.instead}
    by_checkout: dict[str, int] = {}
    for line in lines:
        row = store.first(
            "SELECT coalesce(checkout_id, id) FROM payment WHERE id = ?", (line.payment_id,)
        )
        assert row is not None  # a sold line was paid, if with nothing
        credit = line.price_fen - fees[line.id]
        by_checkout[str(row[0])] = by_checkout.get(str(row[0]), 0) + credit
    return [part for checkout, fen in by_checkout.items() for part in shares(store, checkout, fen)]


def _refund_row(
    unit: Unit,
    signer: Signer,
    order_id: str,
    line: SoldLine,
    fee_fen: int,
    currency: str,
    act_id: str,
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "order_id": order_id,
        "line_id": line.id,
        "ticket_id": line.ticket_id,
        "kind": ReturnKind.EXCHANGE,
        "price_fen": line.price_fen,
        "fee_fen": fee_fen,
        "amount_fen": line.price_fen - fee_fen,
        "currency": currency,
        "tender": accounts.EXCHANGE,
        "status": RefundStatus.PAYBACKS,
        "policy": line.policy,
        "valid_from": "",
        "tier": 0,
        "reason": "",
        "at": unit.at,
        "business_day": unit.business_day,
        "window_id": signer.window,
        "epoch": signer.epoch,
        "shift_id": signer.shift_id,
        "operator_id": signer.operator_id,
        "approver_id": None,
        "free_from": None,
        "act_id": act_id,
    }


def _end(store: Store, row: dict[str, Any]) -> None:
    """Its code is dead from now on, its page not wanted any more."""
    status = step("ticket", TicketStatus.ISSUED, TicketStatus.EXCHANGED)
    store.run(
        "UPDATE ticket SET status = ?, live = 0 WHERE id = ? AND live = 1",
        (status, row["ticket_id"]),
    )
    returned = step("order line", LineStatus.SOLD, LineStatus.RETURNED)
    store.run("UPDATE order_line SET status = ? WHERE id = ?", (returned, row["line_id"]))
    tickets.drop(store, row["ticket_id"])


def _by_tender(rows: list[dict[str, Any]]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for row in rows:
        found[row["tender"]] = found.get(row["tender"], 0) + row["amount_fen"]
    return tuple(sorted(found.items()))


def _postings(
    rows: list[dict[str, Any]], returned: list[dict[str, Any]], currency: str
) -> list[Post]:
    """The old sale taken off, the fee kept, what goes back out or owed."""
    posts = [
        (accounts.SALES, sum(row["price_fen"] for row in rows)),
        (accounts.FEES, -sum(row["fee_fen"] for row in rows)),
    ]
    for row in returned:
        owed = row["ended_at"] is None
        account = accounts.REFUNDS_DUE if owed else accounts.account_of(row["tender"])
        posts.append((account, -row["amount_fen"]))
    return [Post(account, Money(fen, currency)) for account, fen in posts if fen]
