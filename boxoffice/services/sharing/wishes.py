"""Wishes for orders (rule 9): those of others are answered, and those of this window followed.

An order nobody is at here is given at once. Whoever was told here that another window has an order
hears as soon as it is free, or that nobody is asked any more.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from boxoffice.central import wishing
from boxoffice.central.items import Credentials, Items
from boxoffice.records.meta import read_fact
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sharing import custody, held, restoring, sync, wanting

TELL_SECONDS = 5.0


def answer(office: Office) -> list[str]:
    """Give the orders other windows wish for and nobody is at here; answers which.

    Called again and again while on line. One that was changed goes with its push instead. Raises
    CentralUnreachable.
    """
    _tell(office)
    return [order for order in office.link.call(wishing.wanted) if _give(office, order)]


def _tell(office: Office) -> None:
    """Whoever asks for an order of this window is told whether it is on line.

    A central that was restored since it was greeted waits for this window's report (rule 18).
    """
    now = time.monotonic()
    if now - office.underway.told_at < TELL_SECONDS:
        return
    own = (office.chain.window, office.chain.epoch)
    unsent = office.writing.call(lambda store: sync.unsent(store, *own))
    life = office.link.call(lambda store, who: wishing.tell(store, who, unsent))
    office.underway.told_at = now
    if life != office.read(lambda store: read_fact(store, restoring.LIFE, "")):
        office.link.greet()


def _give(office: Office, order: str) -> bool:
    """Give one, if it is as it came and on no screen."""
    underway = office.underway
    gone = False

    def idle(store: Store) -> Items:
        nonlocal gone
        gone = order not in underway.on_screen | underway.payments and bool(
            held.untouched(store, order)
        )
        return Items(orders=(order,) if gone else ())

    custody.give(office, items=idle, order_id=order, topics=[f"order:{order}", "allotment"])
    if gone:
        underway.wished_away.add(order)
    return gone


def follow(office: Office) -> None:
    """Tell of orders this window was refused and that are free by now.

    Called again and again while on line. Raises CentralUnreachable.
    """
    wished = _refused(office)
    if not wished:
        return

    def look(store: Store, who: Credentials) -> list[str]:
        free = [order for order in wished if wishing.holder(store, [order]) is None]
        if free:
            wishing.withdraw(store, who, free)
        return free

    _end(office, office.link.call(look), wanting.FREE)


def lapse(office: Office) -> None:
    """Tell of those the holder is asked for no more: it had its time. On line or off."""
    late = time.monotonic() - wishing.LIFETIME.total_seconds()
    _end(office, [o for o, since in _refused(office).items() if since < late], wanting.OVER)


def _refused(office: Office) -> dict[str, float]:
    """Wishes nobody waits over any more: the clerk was told who has the order."""
    wished = list(office.underway.wished.items())
    return {order: since for order, since in wished if math.isfinite(since)}


def _end(office: Office, orders: Sequence[str], how: str) -> None:
    for order in orders:
        # One that is free is told of once more when it was got.
        office.underway.wished[order] = -math.inf
    office.changes.tell(f"{how}{order}" for order in orders)
