"""Baskets: seats and places taken for a customer who has not paid yet, parked and recalled."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from boxoffice import clock
from boxoffice.central.items import Items
from boxoffice.desk import Desk, Right
from boxoffice.domain.adjacency import best_together
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import LineStatus, OrderStatus, step
from boxoffice.errors import CentralUnreachable, NoPrice, NotEnoughTogether
from boxoffice.queries import catalogue, free_seats, rules
from boxoffice.queries.catalogue import PriceTag, SessionTerms
from boxoffice.records.sales import Order, OrderLine
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sales import limits, on_sale
from boxoffice.services.sharing import at_hand, away, custody

USUAL_TYPES = ("adult", "companion")
"""Ticket types a seat is sold as unless the clerk says otherwise, first fitting one."""


def take_seats(
    *, office: Office, desk: Desk, session_id: int, seat_ids: Sequence[int], basket: str | None
) -> str:
    """Put named seats into a basket (a new one where `basket` is None); answers the basket's id.

    All or none. Raises SeatTaken, CapacityReached, NoPrice, SessionOver, SessionCalledOff or
    CentralUnreachable.
    """
    desk.require(Right.SELL, shift=True)

    def priced(store: Store) -> list[_Wanted]:
        terms = on_sale.require(store, session_id)
        found = store.all(
            "SELECT id, category FROM seat WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(seat_ids)),),
        )
        category = {int(row[0]): str(row[1]) for row in found}
        tags = _price_tags(store, terms)
        return [_Wanted(terms, seat, _usual(tags, category[seat])) for seat in seat_ids]

    return _take(office, desk, basket, session_id, priced)


def take_best(
    *,
    office: Office,
    desk: Desk,
    session_id: int,
    category: str,
    count: int,
    basket: str | None,
) -> str:
    """Put the best `count` seats together of a level into a basket; answers the basket's id.

    Raises NotEnoughTogether with the longest run there is, TogetherAway off line, and what
    `take_seats` raises.
    """
    desk.require(Right.SELL, shift=True)

    def take(*, ahead: bool) -> str:
        chosen = office.read(
            lambda store: best_seats(store, session_id, category, count, ahead=ahead)
        )
        return take_seats(
            office=office, desk=desk, session_id=session_id, seat_ids=chosen, basket=basket
        )

    broken: CentralUnreachable | None = None
    if not away.known(office):
        try:
            return take(ahead=False)
        except CentralUnreachable as error:
            broken = error
    try:
        return take(ahead=True)
    except NotEnoughTogether as few:
        raise away.together(broken, few) from few


def best_seats(
    store: Store, session_id: int, category: str, count: int, *, ahead: bool = False
) -> list[int]:
    """The best free seats together of a level; `ahead`: of those this window has ahead of time.

    Raises NotEnoughTogether.
    """
    if ahead:
        free = free_seats.ahead(store, session_id, category)
    else:
        today = clock.business_day(clock.now()).isoformat()
        full = {z.zone for z in rules.zones_left(store, session_id, today) if z.left < count}
        free = free_seats.free(store, session_id, category, full)
    found = best_together(free, count)
    if found.seats is None:
        raise NotEnoughTogether(count=count, category=category, longest=found.longest)
    return list(found.seats)


def take_places(
    *,
    office: Office,
    desk: Desk,
    session_id: int,
    count: int,
    basket: str | None,
    ticket_type: str = "adult",
) -> str:
    """Put unnumbered places into a basket; answers the basket's id.

    Raises NotEnoughPlaces, NoPrice, SessionOver, SessionCalledOff or CentralUnreachable.
    """
    desk.require(Right.SELL, shift=True)

    def priced(store: Store) -> list[_Wanted]:
        terms = on_sale.require(store, session_id)
        tag = _price_tags(store, terms).get(("", ticket_type))
        if terms.numbered or tag is None:
            raise NoPrice(category="", ticket_type=ticket_type)
        return [_Wanted(terms, None, tag)] * count

    return _take(office, desk, basket, session_id, priced)


def drop_lines(*, office: Office, desk: Desk, basket: str, line_ids: Sequence[str]) -> None:
    """Take tickets out of a basket; their seats, places and documents go back to sale."""
    desk.require(Right.SELL)

    def wanted(store: Store) -> Items:
        _require_open(store, basket)
        return _items_of(store, basket, line_ids)

    def remove(store: Store) -> None:
        for line in line_ids:
            store.run("DELETE FROM order_line WHERE id = ? AND order_id = ?", (line, basket))
        _total(store, basket)

    topics = [f"order:{basket}", "baskets"]
    custody.give(office, items=wanted, order_id=basket, also=remove, topics=topics)


def abandon(*, office: Office, desk: Desk, basket: str) -> None:
    """Empty a basket for good; everything in it goes back to sale."""
    desk.require(Right.SELL)
    _abandon(office, basket)


def abandon_expired(*, office: Office, now_open: str | None = None) -> list[str]:
    """Empty baskets nobody paid within the hold time; answers which ones.

    A payment that came to nothing begins it anew. The basket on the screen (`now_open`) is left to
    the clerk, who sees its time run out.
    """
    if not clock.trusted():
        return []  # nobody can say how long they have waited
    since = clock.to_text(clock.now() - timedelta(minutes=office.settings.hold_minutes))
    expired = office.read(
        lambda store: store.all(
            "SELECT o.id FROM orders o WHERE o.version = 0 AND o.status = 'open' "
            "AND o.created_at < ? AND NOT EXISTS "
            "(SELECT 1 FROM attempt a WHERE a.order_id = o.id "
            "AND (a.ended_at IS NULL OR a.ended_at >= ?))",
            (since, since),
        )
    )
    dropped = [str(row[0]) for row in expired if row[0] != now_open]
    for basket in dropped:
        _abandon(office, basket)
    return dropped


def park(*, office: Office, desk: Desk, basket: str, label: str = "") -> None:
    """Set a basket aside (挂单) with its seats, to serve the next customer."""
    desk.require(Right.SELL)
    _step(office, basket, OrderStatus.PARKED, label, at_hand.require_at_hand)


def recall(*, office: Office, desk: Desk, basket: str) -> None:
    """Bring a parked basket back (取单), or one whose payment came to nothing.

    Raises WrongStatus where it is neither any more, or is being paid for.
    """
    desk.require(Right.SELL)
    _step(office, basket, OrderStatus.OPEN, "", at_hand.refuse_under_payment)


def _abandon(office: Office, basket: str) -> None:
    def everything(store: Store) -> Items:
        lines = store.all("SELECT id FROM order_line WHERE order_id = ?", (basket,))
        return _items_of(store, basket, [str(row[0]) for row in lines])

    def end(store: Store) -> None:
        status = _status(store, basket)
        store.run("DELETE FROM order_line WHERE order_id = ?", (basket,))
        store.change(
            Order.update(
                status=step("order", status, OrderStatus.ABANDONED),
                total_fen=0,
                buyer="",
                phone_sealed="",
                phone_hash="",
                phone_end_hash="",
            ).where(Order.id == basket)
        )

    topics = [f"order:{basket}", "baskets"]
    custody.give(office, items=everything, order_id=basket, also=end, topics=topics)


def _step(
    office: Office,
    basket: str,
    wanted: OrderStatus,
    label: str,
    check: Callable[[Store, str], object] = lambda _store, _basket: None,
) -> None:
    def change(store: Store) -> None:
        check(store, basket)
        was = _status(store, basket)
        status = wanted if was is wanted else step("order", was, wanted)
        # The hold begins anew: a parked basket waits for its customer, not for the clock.
        store.run(
            "UPDATE orders SET status = ?, label = ?, created_at = ? WHERE id = ?",
            (status, label, clock.to_text(clock.now()), basket),
        )

    office.write(change, ["baskets", f"order:{basket}"])


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A ticket to be: where, on which seat, at what price."""

    terms: SessionTerms
    seat: int | None
    tag: PriceTag


def _take(
    office: Office,
    desk: Desk,
    basket: str | None,
    session_id: int,
    priced: Callable[[Store], list[_Wanted]],
) -> str:
    order_id = basket or new_id()
    wanted: list[_Wanted] = []

    def wish(store: Store) -> Items:
        wanted.extend(priced(store))
        if basket is None:
            store.insert(Order, [new_basket(desk, order_id)])
        else:
            _require_open(store, order_id)
        limits.refuse_turn(store, order_id, [session_id] * len(wanted))
        if away.known(office):
            limits.refuse_off_line(store, [session_id])
        seats = tuple((session_id, want.seat) for want in wanted if want.seat is not None)
        places = ((session_id, len(wanted)),) if not seats else ()
        return Items(seats=seats, places=places)

    def add(store: Store) -> None:
        last = store.first("SELECT max(position) FROM order_line WHERE order_id = ?", (order_id,))
        first = int(last[0] or 0) + 1 if last else 1
        store.insert(
            OrderLine,
            [_new_line(order_id, position, want) for position, want in enumerate(wanted, first)],
        )
        _total(store, order_id)

    topics = [f"order:{order_id}", "baskets", f"session:{session_id}"]
    try:
        custody.take(office, order_id=order_id, wish=wish, granted=add, topics=topics)
    except CentralUnreachable as broken:
        seats = [(session_id, want.seat) for want in wanted if want.seat is not None]
        raise away.explained(office, broken, seats, (session_id, len(wanted))) from broken
    return order_id


def new_basket(desk: Desk, order_id: str) -> dict[str, object]:
    """The row of an empty basket."""
    return {
        "id": order_id,
        "version": 0,
        "number": None,
        "pickup_code": None,
        "channel": "window",
        "status": OrderStatus.OPEN,
        "created_at": clock.now(),
        "window_id": desk.window,
        "epoch": desk.epoch,
        "operator_id": desk.operator.id,
        "shift_id": desk.shift_id,
        "total_fen": 0,
        "currency": "CNY",
        "buyer": "",
        "phone_sealed": "",
        "phone_hash": "",
        "phone_end_hash": "",
        "label": "",
        "deadline": None,
        "seats_open": 0,
    }


def _new_line(order_id: str, position: int, want: _Wanted) -> dict[str, object]:
    return {
        "id": new_id(),
        "order_id": order_id,
        "position": position,
        "session_id": want.terms.id,
        "seat_id": want.seat,
        "category": want.tag.category,
        "ticket_type": want.tag.ticket_type,
        "status": LineStatus.OPEN,
        "payment_id": None,
        "price_fen": want.tag.fen,
        "price_id": want.tag.id,
        "policy": want.terms.policy,
        "attendee": "",
        "document_type": "",
        "document_sealed": "",
        "document_hash": "",
        "proof": "",
        "replaces": None,
        "exchange_fee_fen": None,
    }


def _price_tags(store: Store, terms: SessionTerms) -> dict[tuple[str, str], PriceTag]:
    today = clock.business_day(clock.now()).isoformat()
    return catalogue.prices(store, terms.price_plan, today)


def _usual(tags: dict[tuple[str, str], PriceTag], category: str) -> PriceTag:
    for ticket_type in USUAL_TYPES:
        if (category, ticket_type) in tags:
            return tags[category, ticket_type]
    raise NoPrice(category=category, ticket_type=USUAL_TYPES[0])


def _items_of(store: Store, basket: str, line_ids: Sequence[str]) -> Items:
    """The seats and places the lines hold."""
    seats = []
    places: dict[int, int] = {}
    for line in line_ids:
        found = store.first(
            "SELECT session_id, seat_id FROM order_line WHERE id = ? AND order_id = ?",
            (line, basket),
        )
        if found is None:
            continue
        session, seat = found
        if seat is None:
            places[session] = places.get(session, 0) + 1
        else:
            seats.append((session, seat))
    return Items(seats=tuple(seats), places=tuple(places.items()))


def _status(store: Store, basket: str) -> OrderStatus:
    found = store.first("SELECT status FROM orders WHERE id = ?", (basket,))
    if found is None:
        raise LookupError(f"no basket {basket}")
    return OrderStatus(found[0])


def _require_open(store: Store, basket: str) -> None:
    status = _status(store, basket)
    if status is not OrderStatus.OPEN:
        step("order", status, OrderStatus.OPEN)


def _total(store: Store, basket: str) -> None:
    store.run(
        "UPDATE orders SET total_fen = "
        "(SELECT coalesce(sum(price_fen), 0) FROM order_line WHERE order_id = orders.id) "
        "WHERE id = ?",
        (basket,),
    )
