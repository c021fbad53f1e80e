"""How a window stands with central: since when it is away, and what would be lost with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice.domain.accounts import SALES
from boxoffice.records.meta import read_fact
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sharing import following, sync


@dataclass(frozen=True, slots=True)
class InHand:
    """What this window can sell and hand over without central."""

    seats: int = 0
    places: int = 0
    orders: int = 0


@dataclass(frozen=True, slots=True)
class LineState:
    """One look at the line.

    `sales` and `sold_fen` are the worst case: what nobody but this computer knows of.
    """

    lost_since: datetime | None
    unsent: int
    sales: int
    sold_fen: int
    in_hand: InHand
    reviews: int
    """Orders of this window that central could not apply and nobody has settled yet."""
    fetched: tuple[int, int] | None
    """So many orders of so many are here, while a new window still fetches them."""


def look(office: Office) -> LineState:
    """How things are now; asks the window's own file only."""
    lost = office.link.lost

    def read(store: Store) -> LineState:
        own = (office.chain.window, office.chain.epoch)
        unsent = sync.unsent(store, *own)
        sales, sold = _unsent_sales(store, *own) if unsent else (0, 0)
        return LineState(
            lost_since=lost.since if lost is not None else None,
            unsent=unsent,
            sales=sales,
            sold_fen=sold,
            in_hand=_in_hand(store) if lost is not None else InHand(),
            reviews=int(read_fact(store, following.REVIEWS, "0")),
            fetched=following.fetched(store) if office.settings.central else None,
        )

    return office.read(read)


def _unsent_sales(store: Store, window: int, epoch: int) -> tuple[int, int]:
    chain = (window, epoch, sync.acknowledged(store))
    count = store.first(
        "SELECT count(*) FROM journal WHERE window_id = ? AND epoch = ? AND number > ? "
        "AND act = 'sale'",
        chain,
    )
    fen = store.first(
        "SELECT coalesce(-sum(amount_fen), 0) FROM posting WHERE window_id = ? AND epoch = ? "
        "AND number > ? AND account = ? AND amount_fen < 0",
        (*chain, SALES),
    )
    return int(count[0]) if count else 0, int(fen[0]) if fen else 0


def _in_hand(store: Store) -> InHand:
    found = store.first(
        "SELECT (SELECT count(*) FROM allotted_seat), "
        "(SELECT coalesce(sum(places), 0) FROM allotted_places), "
        "(SELECT count(*) FROM held_order)"
    )
    assert found is not None
    return InHand(*(int(count) for count in found))
