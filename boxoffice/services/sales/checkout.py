"""Taking money for a basket: the attempt stored first, then order, tickets and money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from boxoffice import clock
from boxoffice.central.items import Items
from boxoffice.desk import Desk, Right
from boxoffice.domain import short_codes
from boxoffice.domain.accounts import CASH, DRAWER, SALES
from boxoffice.domain.ids import new_id
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import (
    AttemptStatus,
    LineStatus,
    OrderStatus,
    TicketStatus,
    step,
)
from boxoffice.errors import (
    BasketEmpty,
    BoxOfficeError,
    CentralUnreachable,
    DiskTrouble,
    DocumentsMissing,
    NotEnoughCash,
    WrongStatus,
)
from boxoffice.records.rules import REAL_NAME
from boxoffice.records.sales import Ticket
from boxoffice.records.store import Row, Store
from boxoffice.records.takings import Attempt, Payment
from boxoffice.records.unit_of_work import Author, Post, Unit
from boxoffice.services.office import Office
from boxoffice.services.printing import tickets
from boxoffice.services.sales import limits
from boxoffice.services.sharing import at_hand, custody, sync


@dataclass(frozen=True, slots=True)
class Sale:
    """What the clerk tells the customer; amounts in fen."""

    order_id: str
    number: str
    total_fen: int
    tendered_fen: int
    change_fen: int
    print_jobs: tuple[str, ...]


def pay_cash(
    *,
    office: Office,
    desk: Desk,
    basket: str,
    tendered_fen: int,
    line_ids: Sequence[str] = (),
) -> Sale:
    """Sell a basket, or a reservation this window holds, for cash and hand its tickets over.

    `line_ids` names the tickets paid for where not all are. Steps, each one transaction: the
    attempt with the wish for the documents here; the documents at central; the sale here; then,
    behind, the push. Raises BasketEmpty, DocumentsMissing, NotEnoughCash, LimitReached,
    ProofMissing, DocumentUsed or WrongStatus; then nothing was sold.
    """
    desk.require(Right.SELL, shift=True)
    office.require_trusted()
    with _alone(office, basket):
        sale = _sell(office, desk, basket, tendered_fen, line_ids)
    office.changes.tell([f"order:{basket}", "baskets", "shift", "prints", "orders"])
    sync.report(office)
    return sale


@contextmanager
def _alone(office: Office, basket: str) -> Iterator[None]:
    """One payment of a basket at a time; what ends it early is undone.

    Where the disk does not even take that, the next payment of the basket undoes it, or the
    next start. Raises WrongStatus while another thread is at it.
    """

    def enter(_: Store) -> None:
        if basket in office.underway.payments:
            raise WrongStatus(record="order", status="paying", wanted="paying")
        office.underway.payments.add(basket)

    office.writing.call(enter)
    try:
        undo_unfinished(office, basket)
        try:
            yield
        except BoxOfficeError as error:
            try:
                undo_unfinished(office, basket)
            except DiskTrouble as worse:
                raise error from worse
            raise
    finally:
        office.underway.payments.discard(basket)


@dataclass(frozen=True, slots=True)
class _Intent:
    attempt_id: str
    request_id: str
    total: Money
    lines: tuple[tuple[str, int, int | None], ...]
    """(line, session, seat) of what is paid for."""
    claims: tuple[tuple[int, str], ...]


def _look(
    store: Store, basket: str, tendered_fen: int, line_ids: Sequence[str], request_id: str
) -> _Intent:
    """What is to be paid, or why it cannot be yet."""
    lines = [
        line
        for line in store.all(
            f"SELECT l.id, l.session_id, l.seat_id, l.document_hash, l.price_fen, {REAL_NAME}, "
            "o.currency FROM order_line l JOIN session s ON s.id = l.session_id "
            "JOIN orders o ON o.id = l.order_id "
            "WHERE l.order_id = ? AND l.status IN ('open', 'reserved') ORDER BY l.position",
            (limits.day_of(store, basket), basket),
        )
        if not line_ids or line[0] in line_ids
    ]
    if not lines:
        raise BasketEmpty()
    missing = sum(real_name and not hashed for *_, hashed, _, real_name, _ in lines)
    if missing:
        raise DocumentsMissing(count=missing)
    limits.check(store, basket, {line[0] for line in lines})
    total = Money(sum(line[4] for line in lines), lines[0][6])
    if tendered_fen < total.fen:
        raise NotEnoughCash(due=total.fen, tendered=tendered_fen)
    claims = {(line[1], line[3]) for line in lines if line[3]}
    return _Intent(
        attempt_id=new_id(),
        request_id=request_id,
        total=total,
        lines=tuple((line[0], line[1], line[2]) for line in lines),
        claims=tuple(sorted(claims)),
    )


def _sell(
    office: Office, desk: Desk, basket: str, tendered_fen: int, line_ids: Sequence[str]
) -> Sale:
    """Store the attempt, get the documents, and sell with their grant.

    The cash lies on the counter: nobody is asked for it, so nothing stands between the documents
    and the sale.
    """
    found: list[_Intent] = []
    sold: list[Sale] = []
    request_id = new_id()

    def begin(store: Store) -> Items:
        intent = _look(store, basket, tendered_fen, line_ids, request_id)
        at_hand.require_at_hand(store, basket)
        if office.link.lost is not None:
            limits.refuse_off_line(store, {session for _, session, _ in intent.lines})
        found.append(intent)
        store.insert(Attempt, [_attempt_row(store, desk, basket, intent)])
        return Items(claims=intent.claims)

    def sell(unit: Unit) -> None:
        # Asked again where it is written: the end of this epoch may have been reported meanwhile.
        office.require_trusted()
        sold[:] = [_finish(unit, desk, basket, found[0], tendered_fen)]

    # Off line the claim is provisional; the push tells of a clash, which becomes a case.
    with suppress(CentralUnreachable):
        custody.take(office, order_id=basket, wish=begin, then=sell, request_id=request_id)
    if not sold:  # off line, or without documents
        office.unit(sell)
    return sold[0]


def _attempt_row(store: Store, desk: Desk, basket: str, intent: _Intent) -> dict[str, Any]:
    last = store.first("SELECT max(rowid) FROM attempt")
    return {
        "id": intent.attempt_id,
        "number": f"{desk.window}-{desk.epoch}-{int(last[0] or 0) + 1 if last else 1}",
        "order_id": basket,
        "tender": CASH,
        "amount_fen": intent.total,
        "currency": intent.total.currency,
        "status": AttemptStatus.CREATED,
        "created_at": clock.now(),
        "ended_at": None,
    }


def _finish(unit: Unit, desk: Desk, basket: str, intent: _Intent, tendered_fen: int) -> Sale:
    store, total = unit.store, intent.total
    payment = _payment(unit, desk, basket, intent, tendered_fen)
    issued = [_ticket(desk, basket, line) for line in intent.lines]
    _sell_lines(store, basket, intent, str(payment["id"]))
    number = _sell_order(unit, desk, basket)
    store.insert(Ticket, issued)
    store.insert(Payment, [payment])
    sent = step("attempt", AttemptStatus.CREATED, AttemptStatus.SENT)
    paid = step("attempt", sent, AttemptStatus.SUCCEEDED)
    _end_attempt(store, intent.attempt_id, paid, unit.stamp)
    at_hand.keep_sold(store, basket)
    custody.forget(store, intent.request_id)
    ids = [str(row["id"]) for row in issued]
    jobs = tickets.hand_over_and_queue(
        unit, desk, basket, ids, checked="sold", receipt_for=str(payment["id"])
    )
    unit.record(
        "sale",
        author=Author(desk.operator.id, desk.shift_id),
        order_id=basket,
        facts={
            "number": number,
            "tickets": len(issued),
            "tendered_fen": tendered_fen,
            "change_fen": tendered_fen - total.fen,
        },
        postings=[Post(DRAWER, total), Post(SALES, -total)] if total.fen else [],
    )
    change_fen = tendered_fen - total.fen
    return Sale(basket, number, total.fen, tendered_fen, change_fen, tuple(jobs))


def _sell_lines(store: Store, basket: str, intent: _Intent, payment_id: str) -> None:
    listed = store.all("SELECT id, status FROM order_line WHERE order_id = ?", (basket,))
    status = {str(row[0]): str(row[1]) for row in listed}
    for line_id, _, _ in intent.lines:
        sold = step("order line", LineStatus(status[line_id]), LineStatus.SOLD)
        store.run(
            "UPDATE order_line SET status = ?, payment_id = ? WHERE id = ?",
            (sold, payment_id, line_id),
        )


def _sell_order(unit: Unit, desk: Desk, order_id: str) -> str:
    """The order as it is after a payment; answers its number."""
    store = unit.store
    row = store.first("SELECT status, number, sold_at FROM orders WHERE id = ?", (order_id,))
    waits = store.first(
        "SELECT 1 FROM order_line WHERE order_id = ? AND status = 'reserved'", (order_id,)
    )
    assert row is not None
    status, number = OrderStatus(row[0]), row[1] or next_number(unit, desk)
    if not waits:
        status = step("order", status, OrderStatus.PAID)
    store.run(
        "UPDATE orders SET status = ?, number = ?, sold_at = coalesce(sold_at, ?), "
        "business_day = coalesce(business_day, ?), operator_id = ?, shift_id = ?, total_fen = "
        "(SELECT sum(price_fen) FROM order_line WHERE order_id = orders.id "
        "AND status <> 'released') WHERE id = ?",
        (
            status,
            number,
            unit.stamp,
            unit.business_day,
            desk.operator.id,
            desk.shift_id,
            order_id,
        ),
    )
    return str(number)


def next_number(unit: Unit, desk: Desk) -> str:
    """A new order's number."""
    # The journal number is this window's own and never repeats, so it serves as the count.
    return short_codes.order_number(desk.window, desk.epoch, unit.number + 1)


def _ticket(desk: Desk, basket: str, line: tuple[str, int, int | None]) -> dict[str, Any]:
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


def undo_unfinished(office: Office, basket: str | None = None) -> int:
    """A cash attempt that did not finish took no money: it is over, its documents go back.

    Answers how many there were: of one basket, or after a crash of all that nobody is at.
    """

    def left_open(store: Store) -> list[Row]:
        return [
            row
            for row in store.all(
                "SELECT id, order_id FROM attempt WHERE ended_at IS NULL AND tender = ?", (CASH,)
            )
            if (row[1] not in office.underway.payments if basket is None else row[1] == basket)
        ]

    rows = office.writing.call(left_open)
    for attempt_id, order_id in rows:
        _undo(office, str(attempt_id), str(order_id))
    return len(rows)


def _undo(office: Office, attempt_id: str, order_id: str) -> None:
    def documents(store: Store) -> Items:
        if not store.first(
            "SELECT 1 FROM attempt WHERE id = ? AND ended_at IS NULL", (attempt_id,)
        ):
            return Items()  # ended meanwhile: what is held now belongs to another attempt
        _end_attempt(store, attempt_id, AttemptStatus.CANCELLED, clock.to_text(clock.now()))
        held = store.all(
            "SELECT session_id, document_hash FROM held_claim WHERE order_id = ?", (order_id,)
        )
        return Items(claims=tuple((session, hashed) for session, hashed in held))

    custody.give(office, items=documents, order_id=order_id, topics=[f"order:{order_id}"])
