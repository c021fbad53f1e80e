"""Taking money for a basket: the attempt stored first, then order, tickets and money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.domain import short_codes
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import AttemptStatus, OrderStatus, TicketStatus, step
from boxoffice.errors import BasketEmpty, DocumentsMissing, NotEnoughCash, WrongStatus
from boxoffice.records.custody import HeldOrder
from boxoffice.records.sales import Order, Ticket
from boxoffice.records.store import Store
from boxoffice.records.takings import Attempt, Payment
from boxoffice.records.unit_of_work import Author, Post, Unit
from boxoffice.services import sync, tickets
from boxoffice.services.office import Office

CASH = "cash"
DRAWER = "cash:drawer"
SALES = "revenue:tickets"


@dataclass(frozen=True, slots=True)
class Sale:
    """What the clerk tells the customer; amounts in fen."""

    order_id: str
    number: str
    total_fen: int
    tendered_fen: int
    change_fen: int
    print_jobs: tuple[str, ...]


def pay_cash(*, office: Office, desk: Desk, basket: str, tendered_fen: int) -> Sale:
    """Sell a basket for cash and hand its tickets over.

    Raises BasketEmpty, DocumentsMissing, NotEnoughCash or WrongStatus; then nothing was sold.
    """
    desk.require(Right.SELL, shift=True)
    attempt = office.write(
        lambda store: _intend(store, desk, basket, tendered_fen), [f"order:{basket}"]
    )
    sale = office.unit(
        lambda unit: _finish(unit, desk, basket, attempt, tendered_fen),
        [f"order:{basket}", "baskets", "shift", "prints", "orders"],
    )
    office.afterwards(lambda: sync.push(office))
    return sale


@dataclass(frozen=True, slots=True)
class _Intent:
    attempt_id: str
    total: Money


def _intend(store: Store, desk: Desk, basket: str, tendered_fen: int) -> _Intent:
    found = store.first(
        "SELECT status, total_fen, currency FROM orders WHERE id = ? AND version = 0", (basket,)
    )
    if found is None:
        raise BasketEmpty()
    status = step("order", OrderStatus(found[0]), OrderStatus.PAYING)
    lines = store.first(
        "SELECT count(*), coalesce(sum(l.price_fen), 0), "
        "coalesce(sum(s.real_name = 1 AND l.document_hash = ''), 0) "
        "FROM order_line l JOIN session s ON s.id = l.session_id WHERE l.order_id = ?",
        (basket,),
    )
    assert lines is not None
    count, total, missing = lines
    if not count:
        raise BasketEmpty()
    if missing:
        raise DocumentsMissing(count=missing)
    if tendered_fen < total:
        raise NotEnoughCash(due=total, tendered=tendered_fen)
    last = store.first("SELECT max(rowid) FROM attempt")
    attempt_id = new_id()
    row = {
        "id": attempt_id,
        "number": f"{desk.window}-{desk.epoch}-{int(last[0] or 0) + 1 if last else 1}",
        "order_id": basket,
        "tender": CASH,
        "amount_fen": Money(total),
        "currency": found[2],
        "status": AttemptStatus.SENT,
        "created_at": clock.now(),
        "ended_at": None,
    }
    store.insert(Attempt, [row])
    store.run("UPDATE orders SET status = ?, total_fen = ? WHERE id = ?", (status, total, basket))
    return _Intent(attempt_id, Money(total, found[2]))


def _finish(unit: Unit, desk: Desk, basket: str, intent: _Intent, tendered_fen: int) -> Sale:
    store, total = unit.store, intent.total
    number = _next_number(unit, desk)
    lines = store.all(
        "SELECT id, session_id, seat_id FROM order_line WHERE order_id = ? ORDER BY position",
        (basket,),
    )
    issued = [_ticket(desk, basket, line) for line in lines]
    store.change(
        Order.update(
            status=step("order", OrderStatus.PAYING, OrderStatus.PAID),
            number=number,
            sold_at=unit.at,
            business_day=unit.business_day,
            operator_id=desk.operator.id,
            shift_id=desk.shift_id,
        ).where(Order.id == basket)
    )
    store.insert(Ticket, issued)
    change_fen = tendered_fen - total.fen
    store.insert(Payment, [_payment(unit, desk, basket, intent, tendered_fen)])
    _end_attempt(store, intent.attempt_id, AttemptStatus.SUCCEEDED, unit.stamp)
    for held in ("held_seat", "held_places", "held_claim"):
        store.run(f"DELETE FROM {held} WHERE order_id = ?", (basket,))
    store.insert(HeldOrder, [{"order_id": basket, "base_version": 0, "request_id": None}])
    ids = [str(row["id"]) for row in issued]
    jobs = tickets.hand_over_and_queue(unit, desk, basket, ids, checked="sold", receipt=True)
    unit.record(
        "sale",
        author=Author(desk.operator.id, desk.shift_id),
        order_id=basket,
        facts={
            "number": number,
            "tickets": len(issued),
            "tendered_fen": tendered_fen,
            "change_fen": change_fen,
        },
        postings=[Post(DRAWER, total), Post(SALES, -total)] if total.fen else [],
    )
    return Sale(basket, number, total.fen, tendered_fen, change_fen, tuple(jobs))


def _next_number(unit: Unit, desk: Desk) -> str:
    # The journal number is this window's own and never repeats, so it serves as the count.
    return short_codes.order_number(desk.window, desk.epoch, unit.number + 1)


def _ticket(desk: Desk, basket: str, line: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "id": new_id(),
        "order_id": basket,
        "line_id": line[0],
        "session_id": line[1],
        "seat_id": line[2],
        "status": TicketStatus.ISSUED,
        "live": 1,
        "issue": 1,
        "code_window": desk.window,
        "code_epoch": desk.epoch,
    }


def _payment(
    unit: Unit, desk: Desk, basket: str, intent: _Intent, tendered_fen: int
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "order_id": basket,
        "attempt_id": intent.attempt_id,
        "tender": CASH,
        "amount_fen": intent.total,
        "tendered_fen": tendered_fen,
        "change_fen": tendered_fen - intent.total.fen,
        "currency": intent.total.currency,
        "paid_at": unit.at,
        "business_day": unit.business_day,
        "window_id": desk.window,
        "epoch": desk.epoch,
        "shift_id": desk.shift_id,
    }


def _end_attempt(store: Store, attempt_id: str, status: AttemptStatus, stamp: str) -> None:
    touched = store.run(
        "UPDATE attempt SET status = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL",
        (status, stamp, attempt_id),
    )
    if touched != 1:
        raise WrongStatus(record="attempt", status="ended", wanted=status.value)


def undo_unfinished(office: Office) -> int:
    """After a crash: a cash attempt that did not finish took no money; its basket is open again.

    Answers how many there were. Called once at start, before anybody sells.
    """

    def undo(store: Store) -> int:
        rows = store.all(
            "SELECT id, order_id FROM attempt WHERE ended_at IS NULL AND tender = ?", (CASH,)
        )
        now = clock.to_text(clock.now())
        for attempt_id, order_id in rows:
            _end_attempt(store, attempt_id, AttemptStatus.CANCELLED, now)
            store.run(
                "UPDATE orders SET status = 'open' WHERE id = ? AND status = 'paying'", (order_id,)
            )
        return len(rows)

    return office.write(undo)
