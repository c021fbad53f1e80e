"""Whose hands file tax invoices: a window's, or those of who looks after the central records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from boxoffice.central import by_owner
from boxoffice.central.guard import CENTRAL
from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import WrongStatus
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import NOBODY, Author, Chain, Unit, unit_of_work
from boxoffice.services.aftersales import invoices
from boxoffice.services.office import Office
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.sharing import sync
from boxoffice.services.sharing.at_hand import MONEY_UNDER_WAY


@dataclass(frozen=True, slots=True)
class Hands:
    """How orders and the journal are reached from here."""

    chain: Chain
    """Whose journal says what was done; it names the files too."""
    seal: Seal
    author: Author
    read: Callable[[Callable[[Store], Any]], Any]
    change: Callable[[str, Callable[[Unit], None]], None]
    """Does an act on an order (its id) in one unit of work. Raises what the act raises, WrongStatus
    while money of it is under way, HeldElsewhere, CentralUnreachable; then nothing was done."""
    note: Callable[[str, Mapping[str, Any]], None]
    """An act and its facts, into the journal."""


def of_window(office: Office, desk: Desk | None) -> Hands:
    """A window's, which takes each order into custody; no `desk`: who runs the venue does it, by a
    command. Raises NotAllowed."""
    if desk is not None:
        desk.require(Right.APPROVE)
    author = NOBODY if desk is None else Author(desk.operator.id, desk.shift_id)

    def note(act: str, facts: Mapping[str, Any]) -> None:
        office.unit(lambda unit: unit.record(act, author=author, facts=facts))
        sync.report(office)

    return Hands(
        chain=office.chain,
        seal=office.seal,
        author=author,
        read=office.read,
        change=lambda order_id, act: change_order(office, order_id, act, invoices.topics(order_id)),
        note=note,
    )


def of_central(store: Store, seal: Seal) -> Hands:
    """Those of the owner of the central records on a server: orders that no window has in hand."""

    def change(order_id: str, act: Callable[[Unit], None]) -> None:
        with unit_of_work(store, CENTRAL) as unit:
            _require_free(store, order_id)
            act(unit)

    return Hands(
        chain=CENTRAL,
        seal=seal,
        author=NOBODY,
        read=lambda work: work(store),
        change=change,
        note=partial(by_owner.note, store),
    )


def _require_free(store: Store, order_id: str) -> None:
    """That no window has an order in hand, nor takes it before the commit.

    Raises HeldElsewhere, or WrongStatus while money of it is under way.
    """
    by_owner.require_in_no_hand(store, order_id)
    status, under_way = store.first(
        f"SELECT o.status, {MONEY_UNDER_WAY} FROM orders o WHERE o.id = ?", (order_id,)
    ) or ("", True)
    if under_way or status == OrderStatus.EXCHANGING:
        said = "paying" if under_way else str(status)
        raise WrongStatus(record="order", status=said, wanted=OrderStatus.PAID.value)
