"""Taking and giving at the window: stored here, told to central, stored here (rules 3 and 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from boxoffice import clock
from boxoffice.central import taking
from boxoffice.central.items import Items
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import OrderStatus, RequestStatus, step
from boxoffice.errors import CentralUnreachable, Refused, WrongStatus
from boxoffice.records import whole_order
from boxoffice.records.custody import HeldClaim, HeldOrder, HeldPlaces, HeldSeat, Request
from boxoffice.records.store import Store
from boxoffice.services.office import Office

Also = Callable[[Store], None]
Wish = Callable[[Store], Items]


def take(
    office: Office,
    *,
    order_id: str,
    wish: Wish,
    granted: Also | None = None,
    topics: Iterable[str] = (),
) -> None:
    """Get custody of what `wish` names for an order or basket, or raise.

    `wish` runs in the transaction that stores the request and may refuse, `granted` in the one
    that stores the grant; where nothing is wished for both run in one. Raises what `taking.take`
    raises, or CentralUnreachable: then the request stays open and is asked about later.
    """
    request_id = new_id()

    def ask(store: Store) -> Items:
        items = wish(store)
        if items:
            _store_request(office, store, request_id, order_id, RequestStatus.ASKED, items)
        elif granted is not None:
            granted(store)
        return items

    items = office.write(ask)
    if not items:
        office.changes.tell(topics)
        return
    try:
        orders = office.link.call(lambda store, who: taking.take(store, who, request_id, items))
    except Refused:
        office.write(lambda store: _mark(store, request_id, RequestStatus.REFUSED))
        raise

    def keep(store: Store) -> None:
        _mark(store, request_id, RequestStatus.GRANTED)
        _hold(store, request_id, order_id, items)
        for rows in orders:
            whole_order.store_rows(store, rows)
            held = {
                "order_id": whole_order.head(rows, "id"),
                "base_version": whole_order.head(rows, "version"),
                "request_id": request_id,
            }
            store.insert(HeldOrder, [held])
        if granted is not None:
            granted(store)

    office.write(keep, topics)


def give(
    office: Office,
    *,
    items: Items,
    order_id: str,
    also: Also | None = None,
    topics: Iterable[str] = (),
) -> None:
    """Give custody back. While central is out of reach it waits for `settle`."""
    request_id = new_id()

    def let_go(store: Store) -> None:
        _let_go(store, order_id, items)
        if also is not None:
            also(store)
        if items:
            _store_request(office, store, request_id, order_id, RequestStatus.GIVING, items)

    office.write(let_go, topics)
    if items:
        try:
            _tell(office, request_id, items)
        except CentralUnreachable:
            return  # stored as giving: `settle` repeats it when the line is back


def require_at_hand(store: Store, order_id: str) -> OrderStatus:
    """That an order may be changed here now: an open basket, or an order this window holds.

    Raises WrongStatus otherwise, or while a payment or refund of it is under way (rule 8).
    """
    found = store.first(
        "SELECT o.status, o.version, h.order_id, a.id FROM orders o "
        "LEFT JOIN held_order h ON h.order_id = o.id "
        "LEFT JOIN attempt a ON a.order_id = o.id AND a.ended_at IS NULL WHERE o.id = ?",
        (order_id,),
    )
    status, version, held, attempt = found or ("", 0, None, None)
    at_hand = held is not None if version else status == OrderStatus.OPEN
    if not at_hand or attempt is not None:
        wanted = "paying" if attempt is not None else OrderStatus.OPEN.value
        raise WrongStatus(record="order", status=status, wanted=wanted)
    return OrderStatus(status)


def keep_sold(store: Store, order_id: str) -> None:
    """What a basket held now belongs to its order, which this window holds until the push."""
    for held in ("held_seat", "held_places", "held_claim"):
        store.run(f"DELETE FROM {held} WHERE order_id = ?", (order_id,))
    store.insert(
        HeldOrder,
        [{"order_id": order_id, "base_version": 0, "request_id": None}],
        conflict="ON CONFLICT (order_id) DO NOTHING",
    )


def forget(office: Office, order_id: str) -> None:
    """Do without the answer to an order's open requests (provisional claims, rule 20)."""
    office.write(
        lambda store: store.run(
            "UPDATE request SET status = 'refused' WHERE order_id = ? AND status = 'asked'",
            (order_id,),
        )
    )


def settle(office: Office) -> None:
    """After a break: ask about requests without an answer, give back what is not wanted.

    Raises CentralUnreachable where the line is still broken.
    """
    open_requests = office.read(
        lambda store: store.rows(
            Request.select(Request.id, Request.order_id, Request.status, Request.items).where(
                Request.status.in_([RequestStatus.ASKED, RequestStatus.GIVING])
            )
        )
    )
    asked = [row for row in open_requests if row[2] == RequestStatus.ASKED]
    if asked:
        booked = office.link.call(
            lambda store, who: taking.granted(store, who, [row[0] for row in asked])
        )
        for request_id, order_id, _, text in asked:
            if request_id in booked:
                _give_unwanted(office, request_id, order_id, Items.read(text))
            else:
                _answer(office, request_id, RequestStatus.REFUSED)
    for request_id, _, status, text in open_requests:
        if status == RequestStatus.GIVING:
            _tell(office, request_id, Items.read(text))


def _give_unwanted(office: Office, taken_id: str, order_id: str, items: Items) -> None:
    given_id = new_id()

    def store_both(store: Store) -> None:
        _mark(store, taken_id, RequestStatus.GRANTED)
        _store_request(office, store, given_id, order_id, RequestStatus.GIVING, items)

    office.write(store_both)
    _tell(office, given_id, items)


def _tell(office: Office, request_id: str, items: Items) -> None:
    office.link.call(lambda store, who: taking.give(store, who, request_id, items))
    _answer(office, request_id, RequestStatus.GIVEN)


def _answer(office: Office, request_id: str, status: RequestStatus) -> None:
    office.write(lambda store: _mark(store, request_id, status))


def _store_request(
    office: Office,
    store: Store,
    request_id: str,
    order_id: str,
    status: RequestStatus,
    items: Items,
) -> None:
    row = {
        "id": request_id,
        "epoch": office.chain.epoch,
        "order_id": order_id,
        "status": status,
        "items": items.text(),
        "at": clock.now(),
    }
    store.insert(Request, [row])


def _mark(store: Store, request_id: str, wanted: RequestStatus) -> None:
    found = store.first("SELECT status FROM request WHERE id = ?", (request_id,))
    if found is None:
        raise RuntimeError("a request that was never stored")
    status = step("request", RequestStatus(found[0]), wanted)
    store.run("UPDATE request SET status = ? WHERE id = ?", (status, request_id))


def _hold(store: Store, request_id: str, order_id: str, items: Items) -> None:
    store.insert(
        HeldSeat,
        [
            {"session_id": s, "seat_id": seat, "order_id": order_id, "request_id": request_id}
            for s, seat in items.seats
        ],
    )
    store.insert(
        HeldPlaces,
        [{"order_id": order_id, "session_id": s, "places": count} for s, count in items.places],
        conflict="ON CONFLICT (order_id, session_id) "
        "DO UPDATE SET places = places + excluded.places",
    )
    store.insert(
        HeldClaim,
        [
            {"session_id": s, "document_hash": h, "order_id": order_id, "request_id": request_id}
            for s, h in items.claims
        ],
    )


def _let_go(store: Store, order_id: str, items: Items) -> None:
    for session, seat in items.seats:
        store.run("DELETE FROM held_seat WHERE session_id = ? AND seat_id = ?", (session, seat))
    for session, hashed in items.claims:
        store.run(
            "DELETE FROM held_claim WHERE session_id = ? AND document_hash = ?", (session, hashed)
        )
    for session, count in items.places:
        key = (order_id, session)
        held = store.first(
            "SELECT places FROM held_places WHERE order_id = ? AND session_id = ?", key
        )
        if held is not None and held[0] == count:
            store.run("DELETE FROM held_places WHERE order_id = ? AND session_id = ?", key)
        else:
            store.run(
                "UPDATE held_places SET places = places - ? WHERE order_id = ? AND session_id = ?",
                (count, *key),
            )
    for order in (*items.orders, *items.expired):
        store.run("DELETE FROM held_order WHERE order_id = ?", (order,))
