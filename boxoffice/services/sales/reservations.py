"""Reservations (预约): made without money, paid later at any window, extended with a reason.

Central judges the deadline of what it holds, when a window takes custody of it (rule 7). What was
made here and is not reported yet is this window's alone, and is judged by its clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from boxoffice import clock
from boxoffice.central.items import Items
from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import LineStatus, OrderStatus, step
from boxoffice.errors import (
    BasketEmpty,
    CentralUnreachable,
    ReasonMissing,
    ReservationNeedsName,
    ReservationOver,
    TooLateToReserve,
    WrongStatus,
)
from boxoffice.queries import reservations
from boxoffice.records.sales import Order
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.printing import tickets
from boxoffice.services.sales import checkout, finishing, limits
from boxoffice.services.sales import orders as baskets
from boxoffice.services.sales.finishing import Sale
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.sharing import at_hand, away, custody, held, sync
from boxoffice.services.sharing.held import holds_order

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reservation:
    """What the clerk tells the customer: the code to pay with, and until when."""

    order_id: str
    number: str
    code: str
    deadline: datetime
    print_jobs: tuple[str, ...]


def reserve(
    *,
    office: Office,
    desk: Desk,
    basket: str,
    name: str = "",
    phone: str = "",
    minutes: int | None = None,
    seats_open: bool = False,
) -> Reservation:
    """Turn an open basket into a reservation for a name or a phone; no money moves.

    It waits `minutes` (None: as the settings say), but ends before its first session starts. With
    `seats_open` it is for so many of a level: its seats are told to nobody and may be swapped.
    Raises BasketEmpty, ReservationNeedsName, LimitReached or TooLateToReserve.
    """
    desk.require(Right.SELL, shift=True)
    office.require_trusted()
    usual = office.settings.reservation_minutes
    wait = timedelta(minutes=usual if minutes is None else minutes)

    def act(unit: Unit) -> Reservation:
        store = unit.store
        step("order", at_hand.require_at_hand(store, basket), OrderStatus.RESERVED)
        deadline = _deadline(office, store, basket, unit.at, unit.at + wait)
        _note_buyer(office, store, basket, name.strip(), _digits(phone))
        number, code = finishing.next_number(unit, desk), finishing.new_code(store)
        count = _reserve_lines(store, basket)
        store.change(
            Order.update(
                status=OrderStatus.RESERVED,
                number=number,
                pickup_code=code,
                deadline=deadline,
                seats_open=int(seats_open),
                label="",
                operator_id=desk.operator.id,
                shift_id=desk.shift_id,
            ).where(Order.id == basket)
        )
        at_hand.keep_sold(store, basket)
        jobs = tickets.queue(unit, basket, [(basket, tickets.SLIP)])
        unit.record(
            "reserve",
            author=Author(desk.operator.id, desk.shift_id),
            order_id=basket,
            facts={
                "number": number,
                "tickets": count,
                "deadline": clock.to_text(deadline),
                "seats_open": seats_open,
            },
        )
        return Reservation(basket, number, code, deadline, tuple(jobs))

    made = office.unit(act, [*topics(basket), "baskets", "prints"])
    sync.report(office)
    return made


def take_up(*, office: Office, desk: Desk, order_id: str) -> None:
    """Have a reservation, or an order paid in part, in hand to be paid; `put_back` ends that.

    Raises ReservationOver after its deadline, WrongStatus where nothing in it waits to be paid,
    HeldElsewhere or CentralUnreachable.
    """
    desk.require(Right.SELL)
    office.require_trusted()

    def in_hand(store: Store) -> bool:
        held = holds_order(store, order_id)
        if held:
            _require_payable(store, order_id)
        return held

    def check(unit: Unit) -> None:
        _require_payable(unit.store, order_id)

    office.underway.on_screen.add(order_id)
    try:
        if not office.writing.call(in_hand):
            # One that is reported just now comes back to us once central has answered.
            sync.push(office)
            custody.take(
                office,
                order_id=order_id,
                wish=lambda _: Items(orders=(order_id,)),
                then=check,
                topics=[f"order:{order_id}"],
            )
    except BaseException as error:
        office.underway.on_screen.discard(order_id)
        if isinstance(error, CentralUnreachable):
            raise away.order(office, error, order_id) from error
        raise


def in_hand(office: Office, desk: Desk, order_id: str, work: Callable[[], T]) -> T:
    """Do something with a reservation in hand, such as taking cash for it.

    A push behind our back may take it out of it: then once more, so nobody outside may be asked
    by `work`. Raises what `take_up` and `work` raise.
    """
    take_up(office=office, desk=desk, order_id=order_id)
    try:
        return work()
    except WrongStatus:
        if office.writing.call(lambda store: holds_order(store, order_id)):
            raise
    take_up(office=office, desk=desk, order_id=order_id)
    return work()


def put_back(*, office: Office, order_id: str) -> None:
    """Nobody works on it here any more: custody goes back, with the push where it was changed."""
    office.underway.on_screen.discard(order_id)
    custody.give(
        office,
        items=lambda store: Items(orders=tuple(_untouched(store, order_id))),
        order_id=order_id,
        topics=[f"order:{order_id}"],
    )
    sync.report(office)


def put_back_untouched(office: Office) -> int:
    """After a crash: orders that were in hand and not changed. Answers how many."""
    left = office.writing.call(_untouched)
    for order_id in left:
        put_back(office=office, order_id=order_id)
    return len(left)


def name_attendee(
    *,
    office: Office,
    desk: Desk,
    order_id: str,
    line_id: str,
    name: str,
    document_type: str,
    document: str,
) -> None:
    """Bind a reserved ticket to a person's document; raises what `orders.set_attendee` raises."""

    def bind() -> None:
        baskets.set_attendee(
            office=office,
            desk=desk,
            basket=order_id,
            line_id=line_id,
            name=name,
            document_type=document_type,
            document=document,
        )

    in_hand(office, desk, order_id, bind)


def confirm_proof(*, office: Office, desk: Desk, order_id: str, line_id: str, seen: str) -> None:
    """Note that what gives the right to a concession was seen, as `orders.confirm_proof` does."""
    in_hand(
        office,
        desk,
        order_id,
        lambda: baskets.confirm_proof(
            office=office, desk=desk, basket=order_id, line_id=line_id, seen=seen
        ),
    )


def pay_cash(
    *, office: Office, desk: Desk, order_id: str, line_ids: Sequence[str] = (), tendered_fen: int
) -> Sale:
    """Take the money for a reservation, or for some of its tickets, and hand those over.

    Raises what `take_up` and `checkout.pay_cash` raise; then nothing was sold.
    """
    return in_hand(
        office,
        desk,
        order_id,
        lambda: checkout.pay_cash(
            office=office, desk=desk, basket=order_id, tendered_fen=tendered_fen, line_ids=line_ids
        ),
    )


def extend(*, office: Office, desk: Desk, order_id: str, until: datetime, reason: str) -> datetime:
    """Let a reservation wait longer, at most as long before its session as the settings say.

    Answers the new deadline. Raises ReasonMissing, ReservationOver, or TooLateToReserve where it
    waits as long as it may.
    """
    desk.require(Right.SELL)
    why = required(reason)
    found: list[datetime] = []

    def act(unit: Unit) -> None:
        store = unit.store
        before = require_reserved(store, order_id)
        deadline = _deadline(office, store, order_id, max(unit.at, before), until)
        store.change(Order.update(deadline=deadline).where(Order.id == order_id))
        found[:] = [deadline]
        unit.record(
            "extend",
            author=Author(desk.operator.id, desk.shift_id),
            order_id=order_id,
            facts={
                "from": clock.to_text(before),
                "until": clock.to_text(deadline),
                "reason": why,
            },
        )

    change_order(office, order_id, act, topics(order_id))
    return found[0]


def require_reserved(store: Store, order_id: str) -> datetime:
    """The deadline of a reservation held here; what was made here is judged by this clock.

    Raises WrongStatus for any other order, ReservationOver after the deadline.
    """
    found = store.first(
        "SELECT o.status, o.number, o.deadline, h.request_id FROM orders o "
        "LEFT JOIN held_order h ON h.order_id = o.id WHERE o.id = ?",
        (order_id,),
    )
    status, number, deadline, taken = found or ("", "", None, None)
    if status != OrderStatus.RESERVED:
        wanted = OrderStatus.RESERVED.value
        raise WrongStatus(record="order", status=status, wanted=wanted)
    ends = clock.from_text(deadline)
    if taken is None and ends < clock.now():
        raise ReservationOver(order=number, deadline=ends)
    return ends


def _require_payable(store: Store, order_id: str) -> None:
    """That something in an order held here waits for its money; one paid in part waits on."""
    found = store.first("SELECT status FROM orders WHERE id = ?", (order_id,))
    if found is None or found[0] not in (OrderStatus.PART_PAID, OrderStatus.EXCHANGING):
        require_reserved(store, order_id)


def required(reason: str) -> str:
    """The reason, tidied. Raises ReasonMissing where there is none."""
    why = " ".join(reason.split())
    if not why:
        raise ReasonMissing()
    return why


def topics(order_id: str) -> list[str]:
    """What is told after an act on a reservation."""
    return [f"order:{order_id}", "orders"]


def _deadline(
    office: Office, store: Store, order_id: str, after: datetime, wanted: datetime
) -> datetime:
    before_start = timedelta(minutes=office.settings.reservation_ends_before_start_minutes)
    latest = reservations.latest(store, order_id, before_start)
    if latest is None:
        raise BasketEmpty()
    deadline = min(wanted, latest)
    if deadline <= after:
        raise TooLateToReserve(latest=latest)
    return deadline


def _digits(phone: str) -> str:
    return "".join(phone.split()).replace("-", "")


def _note_buyer(office: Office, store: Store, order_id: str, name: str, phone: str) -> None:
    """Who it is for; what the basket knows already stays where nothing else is said."""
    changes: dict[str, str] = {"buyer": name} if name else {}
    if phone:
        limits.refuse_phone(store, order_id, office.seal.hash(phone))
        changes |= {
            "phone_sealed": office.seal.seal(phone),
            "phone_hash": office.seal.hash(phone),
            "phone_end_hash": office.seal.phone_end(phone),
        }
    if changes:
        store.change(Order.update(**changes).where(Order.id == order_id))
        return
    if not store.first(
        "SELECT 1 FROM orders WHERE id = ? AND (buyer <> '' OR phone_hash <> '')", (order_id,)
    ):
        raise ReservationNeedsName()


def _reserve_lines(store: Store, order_id: str) -> int:
    reserved = step("order line", LineStatus.OPEN, LineStatus.RESERVED)
    return store.run(
        "UPDATE order_line SET status = ? WHERE order_id = ? AND status = ?",
        (reserved, order_id, LineStatus.OPEN),
    )


def _untouched(store: Store, order_id: str | None = None) -> list[str]:
    """Orders (all, or that one) in hand as they were; those had ahead of time stay here."""
    return [found for found, ahead in held.untouched(store, order_id) if not ahead]
