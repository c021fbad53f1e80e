"""An order another window holds: it is asked for, and waited for a moment (rule 9)."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from contextlib import suppress
from threading import Event

from boxoffice.central import wishing
from boxoffice.central.wishing import Holder
from boxoffice.errors import CentralUnreachable, HeldElsewhere, HeldOffLine
from boxoffice.services.office import Office

PATIENCE_SECONDS = 2.0
"""An idle holder that is on line answers in less; a clerk waits no longer without a word."""
LOOK_SECONDS = 0.05
GOT, FREE, OVER = "wish_got:", "wish_free:", "wish_over:"
"""Topics, each with an order: how a wish ended of which a clerk was told who has the order."""


def wait_for(office: Office, orders: Sequence[str], refused: HeldElsewhere) -> None:
    """Ask the holder for the orders; comes back once they are free.

    Raises HeldOffLine, or `refused` where the holder is on line and does not give them. The wish
    stands for a while: a holder that comes back on line gives them then.
    """
    office.link.call(lambda store, who: wishing.want(store, who, orders))
    office.underway.wished.update(dict.fromkeys(orders, math.inf))
    # Where everything runs in one thread nobody could answer meanwhile.
    ends = time.monotonic() + (PATIENCE_SECONDS if office.acts is not None else 0)
    pause = Event()
    try:
        while (found := _holder(office, orders)) is not None:
            if found.silent_since is not None:
                order = refused.fields["order"]
                raise HeldOffLine(order=order, window=found.window, since=found.silent_since)
            if time.monotonic() >= ends:
                raise refused
            pause.wait(LOOK_SECONDS)
    except BaseException:
        office.underway.wished.update(dict.fromkeys(orders, time.monotonic()))
        raise


def no_longer(office: Office, orders: Sequence[str]) -> None:
    """What may have been waited for is here; a wish that stays behind runs out by itself."""
    wished = [order for order in orders if office.underway.wished.pop(order, None) is not None]
    if not wished:
        return
    office.changes.tell(f"{GOT}{order}" for order in wished)
    with suppress(CentralUnreachable):
        office.link.call(lambda store, who: wishing.withdraw(store, who, sorted(wished)))


def _holder(office: Office, orders: Sequence[str]) -> Holder | None:
    return office.link.call(lambda store, _: wishing.holder(store, orders))
