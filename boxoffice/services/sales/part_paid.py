"""Orders that stay paid in part: they never expire, and become cases for a supervisor (rule 8)."""

from __future__ import annotations

from datetime import timedelta

from boxoffice import clock
from boxoffice.central import pushing
from boxoffice.central.money_cases import PART_PAID
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import CentralUnreachable
from boxoffice.records import whole_order
from boxoffice.records.store import Store
from boxoffice.services.office import Office


def list_left(office: Office) -> list[str]:
    """Open a case for each order held here that was paid in part and left so; answers which.

    Left: nobody paid more within the time a basket is held. Raises CentralUnreachable.
    """
    if office.underway.stopped is not None or not clock.trusted():
        return []
    since = clock.now() - timedelta(minutes=office.settings.hold_minutes)
    left = office.read(lambda store: _left(store, clock.to_text(since)))
    if not left:
        return []
    if office.link.lost is not None:
        raise CentralUnreachable(why="the line is known to be broken")

    def open_cases(central: Store) -> None:
        with central.transaction():
            for order_id in left:
                rows = whole_order.load(central, order_id)
                if rows["orders"]:
                    pushing.open_case(central, PART_PAID, order_id, rows)

    office.link.call(lambda store, _: open_cases(store))
    return left


def _left(store: Store, since: str) -> list[str]:
    return [
        str(row[0])
        for row in store.all(
            "SELECT o.id FROM orders o JOIN held_order h ON h.order_id = o.id "
            "WHERE o.status = ? AND (SELECT max(paid_at) FROM payment p WHERE p.order_id = o.id) "
            "< ? AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.kind = ? AND c.key = o.id)",
            (OrderStatus.PART_PAID, since, PART_PAID),
        )
    ]
