"""What the owner of the central records does with them itself, without a window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boxoffice.central.guard import CENTRAL
from boxoffice.errors import HeldElsewhere
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import unit_of_work


def note(store: Store, act: str, facts: Mapping[str, Any]) -> None:
    """An act and its facts, into the journal of the central records."""
    with unit_of_work(store, CENTRAL) as unit:
        unit.record(act, facts=facts)


def require_in_no_hand(store: Store, order_id: str) -> None:
    """That no window has an order in hand, nor takes it before the transaction ends.

    Raises HeldElsewhere.
    """
    held = store.first(
        "SELECT holder, coalesce(w.name, CAST(c.holder AS TEXT), '') FROM custody_order c "
        "LEFT JOIN window_name w ON w.id = c.holder WHERE c.order_id = ? FOR UPDATE OF c",
        (order_id,),
    )
    if held is not None and held[0] is not None:
        raise HeldElsewhere(window=str(held[1]))
