"""A transfer's payback takes a step: by what the bank answered, and with what it booked."""

from __future__ import annotations

from typing import Any

from boxoffice.central import by_owner
from boxoffice.central.guard import CENTRAL
from boxoffice.domain import accounts
from boxoffice.domain.statuses import NEXT, PaybackStatus
from boxoffice.payments.protocol import Why
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import NOBODY, Unit, unit_of_work
from boxoffice.services.office import Office
from boxoffice.services.sales import paybacks
from boxoffice.services.sales.order_acts import change_held_order

_ENDED = (PaybackStatus.ARRIVED, PaybackStatus.CLOSED, PaybackStatus.DEAD)


def status_of(store: Store, payback_id: str) -> PaybackStatus | None:
    """How a payback stands, wherever it is looked up; None where it is not known."""
    row = store.first("SELECT status FROM payback WHERE id = ?", (payback_id,))
    return None if row is None else PaybackStatus(row[0])


def move(
    office: Office,
    payback_id: str,
    order_id: str,
    wanted: PaybackStatus,
    reference: str = "",
    said: str = "",
) -> bool:
    """One step of a transfer, in one unit of work with what it posts; safe to repeat.

    Answers whether it stands there now: not where no step leads from how it stood. Raises what
    `change_held_order` raises.
    """
    done: list[bool] = []

    def act(unit: Unit) -> None:
        done[:] = [_move(unit, payback_id, order_id, wanted, reference, said)]

    topics = [f"order:{order_id}", "orders", "payments"]
    change_held_order(office, order_id, act, topics)
    return done[0]


def move_at_central(
    store: Store,
    payback_id: str,
    order_id: str,
    wanted: PaybackStatus,
    reference: str = "",
    said: str = "",
) -> bool:
    """The same by the owner of the central records, for an order that no window has in hand.

    Raises HeldElsewhere otherwise.
    """
    with unit_of_work(store, CENTRAL) as unit:
        by_owner.require_in_no_hand(store, order_id)
        return _move(unit, payback_id, order_id, wanted, reference, said)


def _move(
    unit: Unit,
    payback_id: str,
    order_id: str,
    wanted: PaybackStatus,
    reference: str,
    said: str,
) -> bool:
    row = unit.store.first(
        "SELECT tender, number, amount_fen, currency, status FROM payback WHERE id = ?",
        (payback_id,),
    )
    if row is None or row[0] != accounts.TRANSFER:
        raise LookupError(f"no transfer {payback_id}")
    tender, number, fen, currency, status = row
    was = PaybackStatus(status)
    if was is wanted:
        return True
    if wanted not in NEXT[PaybackStatus].get(was, ()):
        return False
    why = Why.OTHER if wanted is PaybackStatus.DEAD else Why.NONE
    unit.store.run(
        "UPDATE payback SET status = ?, why = ?, reference = coalesce(nullif(?, ''), reference), "
        "ended_at = ? WHERE id = ?",
        (wanted, why.value, reference, unit.stamp if wanted in _ENDED else None, payback_id),
    )
    facts: dict[str, Any] = {
        "tender": tender,
        "number": number,
        "status": wanted.value,
        "why": why.value,
        "said": said,
        "amount_fen": fen,
    }
    # The bank moved it, whoever reads its files: no shift answers for that.
    unit.record(
        "payback",
        author=NOBODY,
        order_id=order_id,
        facts=facts,
        postings=paybacks.moved(tender, fen, currency, was, wanted),
    )
    return True
