"""Reserved tickets that go back to sale: let go by a clerk, or because their time is over."""

from __future__ import annotations

from collections.abc import Sequence

from boxoffice import clock
from boxoffice.central.items import Items
from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import LineStatus, OrderStatus, step
from boxoffice.errors import CentralUnreachable, Refused, WrongStatus
from boxoffice.queries import reservations
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import NOBODY, Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.sales.reservations import require_reserved, required, topics
from boxoffice.services.sharing import at_hand, custody, sync
from boxoffice.services.sharing.held import holds_order, under_report


def release(
    *, office: Office, desk: Desk, order_id: str, line_ids: Sequence[str] = (), reason: str
) -> int:
    """Let go of a reservation, or of some of its tickets (`line_ids`); answers how many.

    Raises ReasonMissing, ReservationOver, WrongStatus where there is nothing to let go.
    """
    desk.require(Right.SELL)
    why = required(reason)
    count = 0

    def act(unit: Unit) -> None:
        nonlocal count
        require_reserved(unit.store, order_id)
        author = Author(desk.operator.id, desk.shift_id)
        count = _release(unit, "release", author, order_id, line_ids, {"reason": why})

    sessions = office.read(lambda store: _sessions(store, order_id))
    change_order(office, order_id, act, [*topics(order_id), *sessions])
    return count


def release_expired(office: Office) -> list[str]:
    """Let go of reservations whose time is over; answers which. Called in the background.

    Central judges those it holds, by its clock; this window those it made and has not reported.
    One that is being paid for, or is in some window's hands, is left alone; so is each while
    nobody can say what time it is.
    """
    if office.underway.stopped is not None or not clock.trusted():
        return []
    ended: list[str] = []
    stale = False
    if office.underway.unanswered:
        sync.push(office)
    # While central is known to be away it is not asked: each time would leave a question open.
    away = office.underway.unanswered
    for order_id in office.read(lambda store: reservations.over(store, clock.now())):
        try:
            if _end(office, order_id, away=away):
                ended.append(order_id)
        except Refused:
            stale = True  # paid, extended or being worked on elsewhere: what we know is old
        except CentralUnreachable:
            away = True
    if ended:
        sync.report(office)
    if stale:
        try:
            sync.pull(office)
        except CentralUnreachable:
            office.changes.tell(["central"])
    return ended


def _end(office: Office, order_id: str, *, away: bool) -> bool:
    told = [*topics(order_id), *office.read(lambda store: _sessions(store, order_id))]
    ended = False

    def release_now(unit: Unit) -> None:
        nonlocal ended
        ended = False
        if _waits(unit.store, order_id):
            _release(unit, "expire", NOBODY, order_id, (), {})
            ended = True

    def release_own(unit: Unit) -> bool:
        """True where it is in this window's hands, whatever is done with it there."""
        store = unit.store
        if under_report(store, order_id):
            return True
        if not holds_order(store, order_id):
            return False
        made_here = store.first(
            "SELECT 1 FROM held_order WHERE order_id = ? AND request_id IS NULL", (order_id,)
        )
        if made_here and order_id not in office.underway.payments:
            at_hand.require_at_hand(store, order_id)
            release_now(unit)
        return True

    if not office.unit(release_own, told) and not away:
        custody.take(
            office,
            order_id=order_id,
            wish=lambda store: Items(expired=(order_id,)) if _waits(store, order_id) else Items(),
            then=release_now,
            topics=told,
        )
    return ended


def _waits(store: Store, order_id: str) -> bool:
    """Whether it is a reservation whose deadline has passed, as it stands here now."""
    found = store.first("SELECT status, deadline FROM orders WHERE id = ?", (order_id,))
    return (
        found is not None
        and found[0] == OrderStatus.RESERVED
        and found[1] < clock.to_text(clock.now())
    )


def _release(
    unit: Unit,
    act: str,
    author: Author,
    order_id: str,
    line_ids: Sequence[str],
    facts: dict[str, object],
) -> int:
    """Inside a unit of work: reserved lines become released, and the order what is left of it."""
    store = unit.store
    reserved = [
        str(row[0])
        for row in store.all(
            "SELECT id FROM order_line WHERE order_id = ? AND status = ? ORDER BY position",
            (order_id, LineStatus.RESERVED),
        )
    ]
    going = [line for line in reserved if not line_ids or line in line_ids]
    if len(going) != len(line_ids or reserved) or not going:
        raise WrongStatus(record="order line", status="paid or released", wanted="released")
    released = step("order line", LineStatus.RESERVED, LineStatus.RELEASED)
    store.many(
        "UPDATE order_line SET status = ? WHERE id = ?", [(released, line) for line in going]
    )
    if len(going) == len(reserved):
        store.run("UPDATE orders SET status = ? WHERE id = ?", (_left(store, order_id), order_id))
    store.run(
        "UPDATE orders SET total_fen = (SELECT coalesce(sum(price_fen), 0) FROM order_line "
        "WHERE order_id = orders.id AND status <> 'released') WHERE id = ?",
        (order_id,),
    )
    unit.record(act, author=author, order_id=order_id, facts={"tickets": len(going), **facts})
    return len(going)


def _left(store: Store, order_id: str) -> OrderStatus:
    """What an order is once nothing in it waits any more: some of it may have been paid before."""
    kept = {
        row[0] for row in store.all("SELECT status FROM order_line WHERE order_id = ?", (order_id,))
    }
    if not kept & {LineStatus.SOLD, LineStatus.RETURNED}:
        return step("order", OrderStatus.RESERVED, OrderStatus.RELEASED)
    paid = step("order", OrderStatus.RESERVED, OrderStatus.PAID)
    return paid if LineStatus.SOLD in kept else step("order", paid, OrderStatus.RETURNED)


def _sessions(store: Store, order_id: str) -> list[str]:
    rows = store.all("SELECT DISTINCT session_id FROM order_line WHERE order_id = ?", (order_id,))
    return [f"session:{row[0]}" for row in rows]
