"""What other windows wish for: orders nobody is at here are given to them at once (rule 9)."""

from __future__ import annotations

import time

from boxoffice.central import wishing
from boxoffice.central.items import Items
from boxoffice.records.meta import read_fact
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sharing import custody, held, restoring, sync

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


def look_at(office: Office, order: str) -> None:
    """Somebody has the order on the screen: it stays here until `look_away`."""
    office.underway.on_screen.add(order)


def look_away(office: Office, order: str) -> None:
    """The order is on no screen any more."""
    office.underway.on_screen.discard(order)
