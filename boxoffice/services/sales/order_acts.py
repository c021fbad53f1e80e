"""An act on an order wherever it was made: with the custody this window has, or takes for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from boxoffice.central.items import Items
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import CentralUnreachable, WrongStatus
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.office import Office
from boxoffice.services.sharing import at_hand, away, custody, sync
from boxoffice.services.sharing.held import holds_order


def change_order(
    office: Office,
    order_id: str,
    act: Callable[[Unit], None],
    topics: Sequence[str],
    *,
    exchanging: bool = False,
) -> None:
    """Do an act on an order, in one unit of work, then report it.

    While an exchange of it waits for its end only an act that is about `exchanging` is done.

    Steps, each safe to repeat: where the order is not held here, custody with its current rows;
    the act; behind it, the push. What the act refuses leaves the order where it was. Raises what
    `act` raises, HeldElsewhere or CentralUnreachable; then nothing was done.
    """

    def act_at_hand(unit: Unit) -> None:
        status = at_hand.require_at_hand(unit.store, order_id)
        if status is OrderStatus.EXCHANGING and not exchanging:
            # Its old tickets are promised back: nothing else is done with them meanwhile.
            raise WrongStatus(record="order", status=status, wanted=OrderStatus.PAID.value)
        act(unit)

    _change(office, order_id, act_at_hand, topics)


def change_held_order(
    office: Office, order_id: str, act: Callable[[Unit], None], topics: Sequence[str]
) -> None:
    """As `change_order`, for what follows money that is on its way: the order stays here for it."""
    _change(office, order_id, act, topics)


def _change(
    office: Office, order_id: str, act_now: Callable[[Unit], None], topics: Sequence[str]
) -> None:
    office.require_trusted()

    def act_if_held(unit: Unit) -> bool:
        held = holds_order(unit.store, order_id) or _is_basket(unit.store, order_id)
        if held:
            act_now(unit)
        return held

    near = office.writing.call(lambda store: _near(store, order_id))
    if not near or not office.unit(act_if_held, topics):
        items = Items(orders=(order_id,))
        try:
            if near:
                # One that is reported just now comes back to us once central has answered.
                sync.push(office)
            custody.take(
                office, order_id=order_id, wish=lambda _: items, then=act_now, topics=topics
            )
        except CentralUnreachable as broken:
            raise away.order(office, broken, order_id) from broken
    sync.report(office)


def _near(store: Store, order_id: str) -> bool:
    """Whether custody may be here already: a basket, or an order that was not given back yet."""
    held = store.first("SELECT 1 FROM held_order WHERE order_id = ?", (order_id,)) is not None
    return held or _is_basket(store, order_id)


def _is_basket(store: Store, order_id: str) -> bool:
    """Central knows nothing of it: there is no custody to take."""
    return store.first("SELECT 1 FROM orders WHERE id = ? AND version = 0", (order_id,)) is not None
