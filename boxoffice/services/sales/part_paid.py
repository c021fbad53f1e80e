"""Orders left half done: paid in part, or an exchange nobody ended.

They never expire, and become cases for a supervisor (rule 8).
"""

from __future__ import annotations

from datetime import timedelta

from boxoffice import clock
from boxoffice.central import pushing
from boxoffice.central.money_cases import EXCHANGE_LEFT, PART_PAID
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import CentralUnreachable
from boxoffice.records import whole_order
from boxoffice.records.store import Store
from boxoffice.services.office import Office

_KINDS = {OrderStatus.PART_PAID: PART_PAID, OrderStatus.EXCHANGING: EXCHANGE_LEFT}
_BEGUN = "('exchange_begin', 'deposit')"
"""Acts after which somebody is expected to go on."""


def list_left(office: Office, *, at_once: bool = False) -> list[str]:
    """Open a case for each order held here that was left half done; answers which.

    Left: nobody went on within the time a basket is held; or `at_once`, when whoever began it
    closes the shift. Raises CentralUnreachable.
    """
    if office.underway.stopped is not None or not clock.trusted():
        return []
    waits = timedelta() if at_once else timedelta(minutes=office.settings.hold_minutes)
    since = clock.to_text(clock.now() - waits)
    left = office.read(lambda store: _left(store, since, at_once=at_once))
    if not left:
        return []
    if office.link.lost is not None:
        raise CentralUnreachable(why="the line is known to be broken")

    def open_cases(central: Store) -> None:
        with central.transaction():
            for order_id, kind in left:
                rows = whole_order.load(central, order_id)
                # It may be over at central by now; nobody would end a case that comes behind that.
                if rows["orders"] and _KINDS.get(whole_order.head(rows, "status")) == kind:
                    pushing.open_case(central, kind, order_id, rows)

    office.link.call(lambda store, _: open_cases(store))
    return [order_id for order_id, _ in left]


def _left(store: Store, since: str, *, at_once: bool) -> list[tuple[str, str]]:
    rows = store.all(
        "SELECT o.id, o.status FROM orders o JOIN held_order h ON h.order_id = o.id "
        "WHERE o.status IN (?, ?) AND (? OR coalesce((SELECT max(j.at) FROM journal j "
        f"WHERE j.order_id = o.id AND j.act IN {_BEGUN}), "
        "(SELECT max(p.paid_at) FROM payment p WHERE p.order_id = o.id)) < ?)",
        (*_KINDS, int(at_once), since),
    )
    return [
        (str(order_id), kind)
        for order_id, status in rows
        if not store.first(
            "SELECT 1 FROM cases WHERE kind = ? AND key = ? AND status = 'open'",
            (kind := _KINDS[OrderStatus(status)], order_id),
        )
    ]
