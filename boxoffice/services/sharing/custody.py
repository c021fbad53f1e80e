"""Taking and giving at the window: stored here, told to central, stored here (rules 3 and 4).

What central is about to be told is stored durably first. Its answer need not be: should a power cut
take it, the request stands unanswered again, as after a break, and `settle` asks once more. It
takes no more than that, for whatever is stored durably later keeps all that was stored before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from boxoffice import clock
from boxoffice.central import taking
from boxoffice.central.items import Items
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import RequestStatus, step
from boxoffice.errors import (
    CapacityReached,
    CentralUnreachable,
    HeldElsewhere,
    NotEnoughPlaces,
    NotHeld,
    Refused,
    SeatHeld,
)
from boxoffice.records import whole_order
from boxoffice.records.custody import Request
from boxoffice.records.store import Row, Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.office import Office
from boxoffice.services.sharing import at_hand, elsewhere, held, wanting

_log = logging.getLogger(__name__)

_NOT_OURS = (NotHeld, NotEnoughPlaces, CapacityReached)
"""What `taking.give` raises where central has this window hold less than it gives: after a restore
of central two may have said that they hold the same."""

Also = Callable[[Store], None]
Wish = Callable[[Store], Items]


def take(
    office: Office,
    *,
    order_id: str | None,
    wish: Wish,
    granted: Also | None = None,
    then: Callable[[Unit], None] | None = None,
    topics: Iterable[str] = (),
    request_id: str | None = None,
) -> None:
    """Get custody of what `wish` names for an order or basket, or raise; None: ahead of time.

    What this window has ahead of time comes from there, without central where that is all.
    `wish` runs in the transaction that stores the request and may refuse, `granted` in the one
    that stores the grant, and so does `then`, with a journal; where nothing is wished for
    `granted` runs at once. What they refuse after the grant is given back. Raises what
    `taking.take` raises, or CentralUnreachable: then the request is asked about later.
    """
    office.require_trusted()
    request_id = request_id or new_id()
    orders: list[whole_order.OrderRows] = []
    own = Items()

    def ask(store: Store) -> Items:
        nonlocal own
        wanted = wish(store)
        _require_at_hand_for(store, order_id, wanted)
        own, items = held.parted(store, wanted) if order_id else (Items(), wanted)
        if items:
            if items != Items(claims=items.claims):
                # Known to be in vain: nothing is stored, and nothing left to be asked about.
                office.link.require_standing()
            _store_request(office, store, request_id, order_id, RequestStatus.ASKED, items)
            office.underway.requests.add(request_id)
        else:
            _draw(store, request_id, order_id, own)
            if granted is not None:
                granted(store)
        return items

    def ask_and_journal(unit: Unit) -> Items:
        items = ask(unit.store)
        if own and not items and then is not None:
            then(unit)
        return items

    def keep(store: Store) -> None:
        office.require_trusted()  # what an ended epoch was granted may be somebody else's by now
        _mark(store, request_id, RequestStatus.GRANTED)
        _require_at_hand_for(store, order_id, items)
        _draw(store, request_id, order_id, own)
        held.hold_orders(store, request_id, orders)
        if order_id is None:
            held.have_ahead(store, items)
        else:
            held.hold(store, request_id, order_id, items)
        if granted is not None:
            granted(store)

    def keep_and_journal(unit: Unit) -> None:
        keep(unit.store)
        if then is not None:
            then(unit)

    with _waited_for(office, request_id):
        items = office.write(ask) if then is None else office.unit(ask_and_journal)
        if not items:
            office.changes.tell(topics)
            return
        orders += _ask_central(office, request_id, items, ahead=order_id is None)
        try:
            if then is None:
                office.write(keep, topics, durable=False)
            else:
                office.unit(keep_and_journal, topics)
        except Refused:
            _give_unwanted(office, request_id, order_id, items, orders)
            raise


@contextmanager
def _waited_for(office: Office, request_id: str) -> Iterator[None]:
    """Somebody waits for the answer to a request; whoever goes without it has it asked about."""
    try:
        yield
    except Refused:
        office.underway.requests.discard(request_id)
        raise
    except BaseException:
        # In this order: a `settle` in between would have passed it over, and none come after.
        office.underway.requests.discard(request_id)
        office.underway.unanswered = True
        raise
    office.underway.requests.discard(request_id)


def _ask_central(
    office: Office, request_id: str, items: Items, *, ahead: bool
) -> list[whole_order.OrderRows]:
    pages = office.underway.pages

    def ask() -> list[whole_order.OrderRows]:
        return office.link.call(lambda store, who: taking.take(store, who, request_id, items))

    try:
        if office.underway.unanswered:
            settle(office)
        try:
            rows = ask()
        except HeldElsewhere as elsewhere:
            if ahead or not items.orders:
                raise
            wanting.wait_for(office, items.orders, elsewhere)
            rows = ask()
        wanting.no_longer(office, items.orders)
        return rows
    except Refused as why:
        _note_refusal(office, request_id, items, why, pages)
        raise


def _note_refusal(office: Office, request_id: str, items: Items, why: Refused, pages: int) -> None:
    def note(store: Store) -> None:
        _mark(store, request_id, RequestStatus.REFUSED)
        if isinstance(why, SeatHeld):
            elsewhere.note(office, store, items, why, pages)

    office.write(note, [f"session:{session}" for session in {s for s, _ in items.seats}])


def give(
    office: Office,
    *,
    items: Items | Wish,
    order_id: str | None,
    also: Also | None = None,
    topics: Iterable[str] = (),
) -> None:
    """Give custody back; what the order does not hold here (any more) is left out.

    What came from the allotment goes back to it; with `order_id` None the allotment itself is
    given back. A function tells the items inside the transaction that lets them go. While central
    is out of reach it waits for `settle`. Raises WrongStatus while a payment is under way.
    """
    request_id = new_id()

    def let_go(store: Store) -> Items:
        going = items if isinstance(items, Items) else items(store)
        if order_id is None:
            left = held.leave(store, going)
        else:
            left, any_of_it = held.let_go(store, order_id, going)
            if any_of_it:
                at_hand.refuse_under_payment(store, order_id)
        if also is not None:
            also(store)
        if left:
            _store_request(office, store, request_id, order_id, RequestStatus.GIVING, left)
            office.underway.requests.add(request_id)
        return left

    with suppress(CentralUnreachable), _waited_for(office, request_id):
        left = office.write(let_go, topics)
        if left:
            _tell(office, request_id, left)


def give_left(
    office: Office, order_id: str, items: Items, *, also: Also, topics: Iterable[str] = ()
) -> None:
    """Give back what central says is held here for an order, whatever stands here of it.

    `also` runs in the transaction that stores it as given. While central is out of reach it waits
    for `settle`.
    """
    request_id = new_id()

    def let_go(store: Store) -> None:
        also(store)
        if items:
            _store_request(office, store, request_id, order_id, RequestStatus.GIVING, items)
            office.underway.requests.add(request_id)

    with suppress(CentralUnreachable), _waited_for(office, request_id):
        office.write(let_go, topics)
        if items:
            _tell(office, request_id, items)


def _draw(store: Store, request_id: str, order_id: str | None, own: Items) -> None:
    if own and order_id is not None:
        held.draw(store, request_id, order_id, own)


def _require_at_hand_for(store: Store, order_id: str | None, items: Items) -> None:
    """Seats and places go to an order that can take them, when asked for and when granted."""
    if order_id is not None and (items.seats or items.places):
        at_hand.require_at_hand(store, order_id)


def forget(store: Store, request_id: str) -> None:
    """Do without the answer to a request: the order was sold, the push brings it (rule 20)."""
    store.run(
        "UPDATE request SET status = 'refused' WHERE id = ? AND status = 'asked'", (request_id,)
    )


def forget_documents(store: Store, order_id: str) -> None:
    """Do without answers about the documents of an order: it was sold, the push brings them.

    A seat that was asked for and not answered is not sold with it: it is asked about, and given
    back (`settle`).
    """
    asked = store.all(
        "SELECT id, items FROM request WHERE order_id = ? AND status = 'asked'", (order_id,)
    )
    for request_id, text in asked:
        items = Items.read(text)
        if items == Items(claims=items.claims):
            forget(store, request_id)


def settle(office: Office) -> None:
    """After a break: ask about requests without an answer, give back what is not wanted.

    Leaves alone what some thread still waits for. Raises CentralUnreachable where the line is
    still broken.
    """
    open_requests = office.writing.call(lambda store: _left_open(office, store))
    office.underway.unanswered = False
    settled = False
    try:
        _settle(office, open_requests)
        settled = True
    finally:
        office.underway.requests.difference_update(row[0] for row in open_requests)
        if not settled:
            office.underway.unanswered = True


def _left_open(office: Office, store: Store) -> list[Row]:
    """Requests of this epoch that nobody sees to (now this thread does)."""
    found = store.all(
        "SELECT id, order_id, status, items FROM request "
        "WHERE status IN ('asked', 'giving') AND epoch = ?",
        (office.chain.epoch,),
    )
    left = [row for row in found if row[0] not in office.underway.requests]
    office.underway.requests.update(row[0] for row in left)
    return left


def _settle(office: Office, open_requests: Sequence[Row]) -> None:
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


def _give_unwanted(
    office: Office,
    taken_id: str,
    order_id: str | None,
    items: Items,
    orders: Sequence[whole_order.OrderRows] = (),
) -> None:
    """Give back what was granted; how its orders stand at central is worth keeping all the same."""
    given_id = new_id()

    def store_both(store: Store) -> None:
        _mark(store, taken_id, RequestStatus.GRANTED)
        for rows in orders:
            whole_order.store_rows(store, rows)
        _store_request(office, store, given_id, order_id, RequestStatus.GIVING, items)
        office.underway.requests.add(given_id)

    with suppress(CentralUnreachable), _waited_for(office, given_id):
        office.write(store_both)
        _tell(office, given_id, items)


def _tell(office: Office, request_id: str, items: Items) -> None:
    """What central does not have this window hold is given already, and stops nothing else."""

    def tell(*, rest: bool) -> None:
        office.link.call(lambda store, who: taking.give(store, who, request_id, items, rest=rest))

    try:
        try:
            tell(rest=False)
        except NotHeld:
            _log.warning("central did not take back all of %s", request_id)
            tell(rest=True)
    except _NOT_OURS as why:
        _log.warning("central did not take back %s: %s", request_id, why.code)
        _answer(office, request_id, RequestStatus.REFUSED)
    else:
        _answer(office, request_id, RequestStatus.GIVEN)


def _answer(office: Office, request_id: str, status: RequestStatus) -> None:
    office.write(lambda store: _mark(store, request_id, status), durable=False)


def _store_request(
    office: Office,
    store: Store,
    request_id: str,
    order_id: str | None,
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
    office.underway.telling = True


def _mark(store: Store, request_id: str, wanted: RequestStatus) -> None:
    found = store.first("SELECT status FROM request WHERE id = ?", (request_id,))
    if found is None:
        raise RuntimeError("a request that was never stored")
    status = step("request", RequestStatus(found[0]), wanted)
    store.run("UPDATE request SET status = ? WHERE id = ?", (status, request_id))
