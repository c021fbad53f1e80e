"""Writing down what a tender brought: the sale where all is paid, a deposit where it is not.

Called inside a unit of work. Nothing here refuses: the money is on the counter, or was taken.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from boxoffice.desk import Desk
from boxoffice.domain import accounts, short_codes
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import LineStatus, OrderStatus, TicketStatus, step
from boxoffice.queries.deposits import LINES
from boxoffice.records.sales import Ticket
from boxoffice.records.store import Store
from boxoffice.records.takings import Payment
from boxoffice.records.unit_of_work import Author, Post, Unit
from boxoffice.services.printing import tickets
from boxoffice.services.sales import invoiced
from boxoffice.services.sales.dues import Due
from boxoffice.services.sharing import at_hand


@dataclass(frozen=True, slots=True)
class Sale:
    """What the clerk tells the customer; amounts in fen."""

    order_id: str
    number: str
    total_fen: int
    tendered_fen: int
    change_fen: int
    print_jobs: tuple[str, ...]
    left_fen: int = 0
    """Still to be paid; the tickets come when nothing is."""
    tender: str = accounts.CASH
    returned: tuple[tuple[str, int], ...] = ()
    """(tender, fen) that goes back after an exchange; cash out of the drawer, now."""

    @property
    def finished(self) -> bool:
        """Whether all is paid."""
        return not self.left_fen


@dataclass(frozen=True, slots=True)
class Received:
    """What one tender brought for an order, change taken off."""

    tender: str
    amount_fen: int
    tendered_fen: int
    attempt_id: str | None
    reference: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """What tickets that were given back for these bring along, already on its way."""

    paid: tuple[tuple[str, int], ...]
    """(payback, fen) that pays for the new ones."""
    returned: tuple[tuple[str, int], ...]
    """(tender, fen) that goes back."""
    postings: Sequence[Post]
    facts: Mapping[str, Any]
    slip_for: str | None
    """The refund whose slip says what goes back, where something does."""


@dataclass(frozen=True, slots=True)
class Signer:
    """At which window, in which epoch and shift money is written down, and by whom."""

    window: int
    epoch: int
    operator_id: str | None
    shift_id: str | None

    @classmethod
    def at(cls, desk: Desk) -> Signer:
        """Of who works at a desk."""
        return cls(desk.window, desk.epoch, desk.operator.id, desk.shift_id)

    @property
    def author(self) -> Author:
        return Author(self.operator_id, self.shift_id)


def write_down(
    unit: Unit,
    signer: Signer,
    order_id: str,
    due: Due,
    got: Received,
    *,
    desk: Desk | None,
    facts: Mapping[str, Any] | None = None,
    deposit: bool = False,
    carried: Carried | None = None,
) -> Sale:
    """Order, payment and postings of what came; tickets where nothing is left to pay.

    With a `desk` the customer stands there, and the tickets are handed over; without, they wait to
    be picked up. A `deposit` sells nothing whatever it comes to. `carried` are tickets that were
    given back for these, in the same unit of work.
    """
    left = due.due_fen - got.amount_fen
    part = deposit or left > 0
    checkout_id = due.checkout_id or (new_id() if part or carried else None)
    payments = _payments(unit, signer, order_id, due, got, checkout_id, carried)
    last = str(payments[-1]["id"])
    number, code = _number(unit, signer, order_id, coded=part or desk is None)
    jobs: list[str] = []
    if part:
        _part_paid(unit.store, order_id)
        unit.store.insert(Payment, payments)
    else:
        issued = [_ticket(signer, order_id, line) for line in due.lines]
        _sell_lines(unit.store, order_id, due, last)
        unit.store.insert(Ticket, issued)
        unit.store.insert(Payment, payments)
    _head(unit, signer, order_id, number, code, part=part)
    at_hand.keep_sold(unit.store, order_id, documents=not part)
    if not part and desk is not None:
        jobs = tickets.hand_over_and_queue(
            unit,
            desk,
            order_id,
            [str(row["id"]) for row in issued],
            checked="sold",
            receipt_for=last if carried is None or got.amount_fen else None,
        )
        if carried is not None and carried.slip_for is not None:
            jobs += tickets.queue(unit, order_id, [(carried.slip_for, tickets.REFUND_SLIP)])
    if carried is not None:
        invoiced.follow(unit, order_id)
    act = "sale" if carried is None else accounts.EXCHANGE
    unit.record(
        "deposit" if part else act,
        author=signer.author,
        order_id=order_id,
        facts={
            "number": number,
            "tender": got.tender,
            "amount_fen": got.amount_fen,
            "tickets": 0 if part else len(due.lines),
            "tendered_fen": got.tendered_fen,
            "change_fen": got.tendered_fen - got.amount_fen,
            **({} if carried is None else carried.facts),
            **(facts or {}),
        },
        postings=[*_postings(due, got, part=part), *([] if carried is None else carried.postings)],
    )
    return Sale(
        order_id,
        number,
        due.total.fen,
        got.tendered_fen,
        got.tendered_fen - got.amount_fen,
        tuple(jobs),
        left,
        got.tender,
        () if carried is None else carried.returned,
    )


def _postings(due: Due, got: Received, *, part: bool) -> list[Post]:
    """What came, against a deposit until all has come; then the sale, deposits and all."""
    currency = due.total.currency
    # Nothing came where tickets were exchanged for others that cost no more.
    sums = [(accounts.account_of(got.tender), got.amount_fen)]
    if part:
        sums.append((accounts.DEPOSITS, -got.amount_fen))
    else:
        sums += [(accounts.DEPOSITS, due.paid_fen), (accounts.SALES, -due.total.fen)]
    return [Post(account, Money(fen, currency)) for account, fen in sums if fen]


def _payments(
    unit: Unit,
    signer: Signer,
    order_id: str,
    due: Due,
    got: Received,
    checkout_id: str | None,
    carried: Carried | None,
) -> list[dict[str, Any]]:
    """What came, last; before it what was carried over, which may be all there is."""

    def payment(of: Received) -> dict[str, Any]:
        return _payment(unit, signer, order_id, due, of, checkout_id)

    before = [] if carried is None else carried.paid
    over = [
        payment(Received(accounts.EXCHANGE, fen, fen, None, payback)) for payback, fen in before
    ]
    return over if over and not got.amount_fen else [*over, payment(got)]


def _payment(
    unit: Unit, signer: Signer, order_id: str, due: Due, got: Received, checkout_id: str | None
) -> dict[str, Any]:
    facts = dict(got.facts)
    if checkout_id is not None and not due.whole:
        facts[LINES] = list(due.line_ids)
    return {
        "id": new_id(),
        "order_id": order_id,
        "attempt_id": got.attempt_id,
        "tender": got.tender,
        "amount_fen": Money(got.amount_fen, due.total.currency),
        "tendered_fen": got.tendered_fen,
        "change_fen": got.tendered_fen - got.amount_fen,
        "currency": due.total.currency,
        "paid_at": unit.at,
        "business_day": unit.business_day,
        "window_id": signer.window,
        "epoch": signer.epoch,
        "shift_id": signer.shift_id,
        "checkout_id": checkout_id,
        "reference": got.reference,
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True) if facts else None,
    }


def _part_paid(store: Store, order_id: str) -> None:
    """Its seats are the order's own now, as those of a reservation."""
    reserved = step("order line", LineStatus.OPEN, LineStatus.RESERVED)
    store.run(
        "UPDATE order_line SET status = ? WHERE order_id = ? AND status = ?",
        (reserved, order_id, LineStatus.OPEN),
    )


def _sell_lines(store: Store, order_id: str, due: Due, payment_id: str) -> None:
    listed = store.all("SELECT id, status FROM order_line WHERE order_id = ?", (order_id,))
    status = {str(row[0]): str(row[1]) for row in listed}
    for line_id, _, _ in due.lines:
        sold = step("order line", LineStatus(status[line_id]), LineStatus.SOLD)
        store.run(
            "UPDATE order_line SET status = ?, payment_id = ? WHERE id = ?",
            (sold, payment_id, line_id),
        )


def _status(store: Store, order_id: str, *, part: bool) -> OrderStatus:
    """What follows: part paid, paid, or a reservation for what it still has."""
    row = store.first("SELECT status FROM orders WHERE id = ?", (order_id,))
    status = OrderStatus(row[0] if row else "")
    if part:
        exchanging = status is OrderStatus.EXCHANGING
        wanted = status if exchanging else OrderStatus.PART_PAID
    elif store.first(
        "SELECT 1 FROM order_line WHERE order_id = ? AND status = 'reserved'", (order_id,)
    ):
        wanted = OrderStatus.RESERVED
    else:
        wanted = OrderStatus.PAID
    return status if status is wanted else step("order", status, wanted)


def _head(
    unit: Unit, signer: Signer, order_id: str, number: str, code: str | None, *, part: bool
) -> None:
    """Status, number, code, sum and who did it."""
    stamp, day = (None, None) if part else (unit.stamp, unit.business_day)
    unit.store.run(
        "UPDATE orders SET status = ?, number = ?, pickup_code = coalesce(pickup_code, ?), "
        "sold_at = coalesce(sold_at, ?), business_day = coalesce(business_day, ?), "
        "operator_id = coalesce(?, operator_id), shift_id = ?, label = '', total_fen = "
        "(SELECT sum(price_fen) FROM order_line WHERE order_id = orders.id "
        "AND status <> 'released') WHERE id = ?",
        (
            _status(unit.store, order_id, part=part),
            number,
            code,
            stamp,
            day,
            signer.operator_id,
            signer.shift_id,
            order_id,
        ),
    )


def _number(unit: Unit, signer: Signer, order_id: str, *, coded: bool) -> tuple[str, str | None]:
    """The order's number, and a new pickup code where it needs one and has none.

    One that was told to central keeps what it has: its code never changes.
    """
    row = unit.store.first(
        "SELECT number, pickup_code, version FROM orders WHERE id = ?", (order_id,)
    )
    assert row is not None
    number = row[0] or next_number(unit, signer)
    coded = coded and not row[1] and not row[2]
    return str(number), new_code(unit.store) if coded else None


def next_number(unit: Unit, who: Desk | Signer) -> str:
    """A new order's number."""
    # The journal number is this window's own and never repeats, so it serves as the count.
    return short_codes.order_number(who.window, who.epoch, unit.number + 1)


def new_code(store: Store) -> str:
    """A pickup code that no order has."""
    while True:
        code = short_codes.pickup_code(secrets.randbelow)
        if not store.first("SELECT 1 FROM orders WHERE pickup_code = ?", (code,)):
            return code


def _ticket(signer: Signer, order_id: str, line: Sequence[Any]) -> dict[str, Any]:
    return {
        "id": new_id(),
        "order_id": order_id,
        "line_id": line[0],
        "session_id": line[1],
        "seat_id": line[2],
        "status": TicketStatus.ISSUED,
        "live": 1,
        "issue": 1,
        "code_window": signer.window,
        "code_epoch": signer.epoch,
    }
