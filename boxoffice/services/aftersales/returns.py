"""What a refund and a void share: tickets dead, lines returned, money posted, a slip queued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from boxoffice.desk import Desk
from boxoffice.domain.accounts import CASH, DRAWER, FEES, REFUNDS_DUE, SALES, account_of, is_channel
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money
from boxoffice.domain.refunding import ReturnKind
from boxoffice.domain.statuses import LineStatus, OrderStatus, RefundStatus, TicketStatus, step
from boxoffice.errors import PapersMissing
from boxoffice.queries.sold_lines import SoldLine
from boxoffice.records.sales import Payback, Refund
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Post, Unit
from boxoffice.services.aftersales import ways
from boxoffice.services.printing import tickets
from boxoffice.services.sales import invoiced
from boxoffice.services.sales.finishing import Signer
from boxoffice.services.staff.approvals import Approval


@dataclass(frozen=True, slots=True)
class Back:
    """What went back; amounts in fen."""

    order_id: str
    number: str
    tickets: int
    fee_fen: int
    cash_fen: int
    """To be handed out of the drawer."""
    requests: tuple[tuple[str, int], ...]
    """(tender, fen) asked of the channels it was paid through."""
    whole: bool
    """Nothing of the order is left."""
    print_jobs: tuple[str, ...]

    @property
    def amount_fen(self) -> int:
        """All that goes back, whatever way."""
        return self.cash_fen + sum(fen for _, fen in self.requests)


def require_papers(lines: Sequence[SoldLine], papers_back: bool) -> None:
    """Raises PapersMissing while tickets are out on paper that the clerk does not have."""
    out = sum(line.handed_over for line in lines)
    if out and not papers_back:
        raise PapersMissing(count=out)


def row(unit: Unit, desk: Desk, order_id: str, line: SoldLine, kind: ReturnKind) -> dict[str, Any]:
    """A refund of the full price, its seat at once on sale again."""
    return {
        "id": new_id(),
        "order_id": order_id,
        "line_id": line.id,
        "ticket_id": line.ticket_id,
        "kind": kind,
        "price_fen": line.price_fen,
        "fee_fen": 0,
        "amount_fen": line.price_fen,
        "currency": "",
        "tender": line.tender,
        "status": RefundStatus.REQUESTED if is_channel(line.tender) else RefundStatus.PAID,
        "policy": line.policy,
        "valid_from": "",
        "tier": 0,
        "reason": "",
        "at": unit.at,
        "business_day": unit.business_day,
        "window_id": desk.window,
        "epoch": desk.epoch,
        "shift_id": desk.shift_id,
        "operator_id": desk.operator.id,
        "approver_id": None,
        "free_from": None,
        "act_id": None,
    }


def take_back(
    unit: Unit,
    desk: Desk,
    rows: list[dict[str, Any]],
    reason: str,
    approver: Approval | None,
    *,
    away: bool = False,
) -> Back:
    """Tickets dead, lines returned, the money posted, the slip queued: one unit of work.

    With the customer `away` no slip is printed, and cash is owed (`ways.of`).
    """
    store, order_id, kind = unit.store, rows[0]["order_id"], ReturnKind(rows[0]["kind"])
    head = store.first("SELECT number, currency FROM orders WHERE id = ?", (order_id,))
    assert head is not None
    said = reason.strip()
    for row in rows:
        row["currency"], row["reason"] = head[1], said
        row["approver_id"] = None if approver is None else approver.operator_id
        _end_ticket(store, row, kind)
    going = ways.of(unit, Signer.at(desk), rows, approver, away=away)
    store.insert(Refund, rows)
    store.insert(Payback, going)
    invoiced.follow(unit, order_id)
    whole = _end_order(store, order_id)
    jobs: Sequence[str] = ()
    if not away:
        jobs = tickets.queue(unit, order_id, [(rows[0]["id"], tickets.REFUND_SLIP)])
    requests: dict[str, int] = {}
    cash = 0
    direct = [row for row in rows if row["act_id"] is None]
    for row in (*direct, *going):
        if row["tender"] == CASH and not away:
            cash += row["amount_fen"]
        else:
            requests[row["tender"]] = requests.get(row["tender"], 0) + row["amount_fen"]
    fee = sum(row["fee_fen"] for row in rows)
    unit.record(
        kind.value,
        author=Author(desk.operator.id, desk.shift_id),
        order_id=order_id,
        facts={
            "tickets": len(rows),
            "cash_fen": cash,
            "requested": requests,
            "fee_fen": fee,
            "reason": said,
            "approver": "" if approver is None else approver.number,
        },
        postings=_postings(direct, going, fee, head[1]),
    )
    asked = tuple(sorted(requests.items()))
    return Back(order_id, head[0], len(rows), fee, cash, asked, whole, tuple(jobs))


def _end_ticket(store: Store, row: dict[str, Any], kind: ReturnKind) -> None:
    ended = TicketStatus.VOID if kind is ReturnKind.VOID else TicketStatus.REFUNDED
    status = step("ticket", TicketStatus.ISSUED, ended)
    store.run(
        "UPDATE ticket SET status = ?, live = 0 WHERE id = ? AND live = 1",
        (status, row["ticket_id"]),
    )
    returned = step("order line", LineStatus.SOLD, LineStatus.RETURNED)
    store.run("UPDATE order_line SET status = ? WHERE id = ?", (returned, row["line_id"]))
    tickets.drop(store, row["ticket_id"])


def _end_order(store: Store, order_id: str) -> bool:
    """Whether nothing of the order is left; then it is returned as a whole."""
    left = store.first(
        "SELECT 1 FROM order_line WHERE order_id = ? AND status IN ('sold', 'reserved', 'open')",
        (order_id,),
    )
    if left is not None:
        return False
    found = store.first("SELECT status FROM orders WHERE id = ?", (order_id,))
    status = OrderStatus(found[0] if found else "")
    store.run(
        "UPDATE orders SET status = ? WHERE id = ?",
        (step("order", status, OrderStatus.RETURNED), order_id),
    )
    return True


def _postings(
    direct: Sequence[dict[str, Any]], going: Sequence[dict[str, Any]], fee: int, currency: str
) -> list[Post]:
    """Revenue less what went back or is owed, by each way, and the fee that was kept."""
    credits: dict[str, int] = {}
    for row in (*direct, *going):
        owed = row in going and row["ended_at"] is None
        account = REFUNDS_DUE if owed else account_of(row["tender"])
        credits[account] = credits.get(account, 0) + row["amount_fen"]
    ways = [(DRAWER, credits.pop(DRAWER, 0)), *sorted(credits.items()), (FEES, fee)]
    price = sum(fen for _, fen in ways)
    posts = [(SALES, price), *((account, -fen) for account, fen in ways)]
    return [Post(account, Money(fen, currency)) for account, fen in posts if fen]


def topics(order_id: str) -> list[str]:
    """What a return changes."""
    return [f"order:{order_id}", "orders", "shift", "prints"]
