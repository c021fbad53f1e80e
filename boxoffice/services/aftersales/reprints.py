"""Printing tickets again: a new issue with its own code; the old paper admits nobody any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boxoffice.desk import Desk, Right
from boxoffice.errors import NoReprint, ReasonMissing
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.printing import tickets
from boxoffice.services.sales.order_acts import change_order


@dataclass(frozen=True, slots=True)
class Reprint:
    """The tickets that got a new issue, and the pages that go with them."""

    order_id: str
    tickets: int
    print_jobs: tuple[str, ...]


def reprint(
    *, office: Office, desk: Desk, order_id: str, ticket_ids: Sequence[str], reason: str
) -> Reprint:
    """Print tickets of an order again that were handed over: DUPLICATE stands on them.

    Their old code is dead from now on; a page of theirs that was in doubt is not wanted any more.
    Raises ReasonMissing, NoReprint or what `change_order` raises; then nothing was changed.
    """
    desk.require(Right.PICK_UP, shift=True)
    if not reason.strip():
        raise ReasonMissing()
    wanted = list(dict.fromkeys(ticket_ids))
    jobs: list[str] = []

    def act(unit: Unit) -> None:
        issues = [_new_issue(unit.store, desk, order_id, ticket) for ticket in wanted]
        jobs[:] = tickets.queue(unit, order_id, [(ticket, tickets.TICKET) for ticket in wanted])
        unit.record(
            "reprint",
            author=Author(desk.operator.id, desk.shift_id),
            order_id=order_id,
            facts={"tickets": len(wanted), "issues": issues, "reason": reason.strip()},
        )

    change_order(office, order_id, act, [f"order:{order_id}", "orders", "prints"])
    return Reprint(order_id, len(wanted), tuple(jobs))


def _new_issue(store: Store, desk: Desk, order_id: str, ticket_id: str) -> int:
    found = store.first(
        "SELECT t.live, t.issue, h.id FROM ticket t LEFT JOIN hand_over h ON h.ticket_id = t.id "
        "WHERE t.id = ? AND t.order_id = ?",
        (ticket_id, order_id),
    )
    if found is None:
        raise LookupError(f"no ticket {ticket_id} in order {order_id}")
    live, issue, handed_over = found
    if not live:
        raise NoReprint(why="returned")
    if handed_over is None:
        raise NoReprint(why="not_handed_over")
    tickets.drop(store, ticket_id)
    store.run(
        "UPDATE ticket SET issue = ?, code_window = ?, code_epoch = ? WHERE id = ?",
        (issue + 1, desk.window, desk.epoch, ticket_id),
    )
    return int(issue) + 1
