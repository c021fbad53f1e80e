"""Handing over tickets that were sold before: the order's custody first, then once per ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.errors import HandedOver, WrongStatus
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.printing import tickets
from boxoffice.services.sales.order_acts import change_order


@dataclass(frozen=True, slots=True)
class Pickup:
    """What was handed over, and the pages that go with it."""

    order_id: str
    tickets: int
    print_jobs: tuple[str, ...]


def hand_over(
    *, office: Office, desk: Desk, order_id: str, ticket_ids: Sequence[str], checked: str
) -> Pickup:
    """Hand over tickets of an order, all or some; each once, ever.

    `checked` notes in one word what was looked at (such as "document"). Raises HandedOver,
    HeldElsewhere or CentralUnreachable; then nothing was handed over.
    """
    desk.require(Right.PICK_UP, shift=True)
    jobs: list[str] = []

    def act(unit: Unit) -> None:
        jobs[:] = _hand_over(unit, desk, order_id, ticket_ids, checked)

    change_order(office, order_id, act, [f"order:{order_id}", "prints", "orders"])
    return Pickup(order_id, len(ticket_ids), tuple(jobs))


def _hand_over(
    unit: Unit, desk: Desk, order_id: str, ticket_ids: Sequence[str], checked: str
) -> list[str]:
    store = unit.store
    for ticket_id in ticket_ids:
        before = store.first(
            "SELECT at, window_id FROM hand_over WHERE ticket_id = ?", (ticket_id,)
        )
        if before is not None:
            raise HandedOver(at=clock.from_text(before[0]), window=before[1])
        found = store.first(
            "SELECT code_window, live, status FROM ticket WHERE id = ? AND order_id = ?",
            (ticket_id, order_id),
        )
        if found is None:
            raise LookupError(f"no ticket {ticket_id} in order {order_id}")
        if not found[1]:
            # Returned at another window since this one looked.
            raise WrongStatus(record="ticket", status=found[2], wanted="handed over")
        if found[0] == 0:
            store.run(
                "UPDATE ticket SET code_window = ?, code_epoch = ? WHERE id = ?",
                (desk.window, desk.epoch, ticket_id),
            )
    jobs = tickets.hand_over_and_queue(unit, desk, order_id, ticket_ids, checked=checked)
    unit.record(
        "hand_over",
        author=Author(desk.operator.id, desk.shift_id),
        order_id=order_id,
        facts={"tickets": len(ticket_ids), "checked": checked},
    )
    return jobs
