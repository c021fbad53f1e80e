"""Reviews: orders of this window that central could not apply, until a supervisor settles them.

Nothing of them is ever dropped: the order stays here and whole at central, and its money in the
journal. Settling names two persons, an outcome and a reason.
"""

from __future__ import annotations

import json
from collections import Counter

from boxoffice.central import guard, reviewing
from boxoffice.central.items import Credentials, Items
from boxoffice.central.reviewing import Outcome, Review, Settled
from boxoffice.desk import Desk, Right
from boxoffice.errors import ReasonMissing
from boxoffice.records import whole_order
from boxoffice.records.meta import read_fact, write_fact
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import NOBODY, Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sharing import custody, sync
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval

SETTLE = "settle_review"
"""The act that a second person approves."""


def waiting(office: Office) -> list[Review]:
    """Orders of this window that wait, as central has them. Raises CentralUnreachable."""
    window = office.chain.window
    return office.link.call(lambda store, _: reviewing.waiting(store, window))


def settle(
    *,
    office: Office,
    desk: Desk,
    approval: Approval,
    review: Review,
    outcome: Outcome,
    reason: str,
) -> None:
    """End a review of this window.

    Steps, each safe to repeat: the outcome at central; a journal entry here; what follows from it
    for the order here (`follow`). Raises ReasonMissing, NotAllowed, SamePerson, NeedsApproval,
    WrongStatus where it was settled before, OfEndedEpoch where it cannot be reported again,
    CentralUnreachable.
    """
    desk.require(Right.SETTLE_CASES)
    why = reason.strip()
    if not why:
        raise ReasonMissing()
    second = office.read(lambda store: approvals.require(store, desk, approval, SETTLE))
    by = f"{desk.operator.number} {second.number}"

    def at_central(store: Store, who: Credentials) -> None:
        with store.transaction():
            guard.check(store, who)
            if outcome is Outcome.AGAIN:
                reviewing.require_reportable(store, who, review.id)
            reviewing.settle(store, review.id, outcome, by, why)

    office.link.call(at_central)
    facts = {
        "review": review.id,
        "order": review.order_id,
        "outcome": outcome.value,
        "reason": why,
        "approver": second.operator_id,
    }
    author = Author(desk.operator.id, desk.shift_id)
    office.unit(lambda unit: unit.record(SETTLE, author=author, facts=facts), ["central"])
    follow(office)
    sync.report(office)


def follow(office: Office) -> list[str]:
    """Do what follows from reviews that were settled, here or at central; answers which orders.

    Called again and again while on line. Raises CentralUnreachable.
    """
    ended = []
    for order_id in office.read(under_review):
        found = _ask(office, order_id)
        if found is None:
            continue
        if found.outcome is Outcome.AGAIN:
            _again(office, order_id)
        else:
            _as_central_has_it(office, order_id, found)
        ended.append(order_id)
    return ended


def _ask(office: Office, order_id: str) -> Settled | None:
    mine, besides = office.read(
        lambda store: (whole_order.load(store, order_id), _besides(store, order_id))
    )
    return office.link.call(
        lambda store, who: reviewing.settled(store, who, order_id, mine, besides)
    )


_PLACES = """
SELECT session_id, places FROM held_places UNION ALL SELECT session_id, places FROM allotted_places
UNION ALL SELECT l.session_id, 1 FROM order_line l JOIN held_order h ON h.order_id = l.order_id
  WHERE h.base_version = 0 AND l.status <> 'open' AND l.seat_id IS NULL AND h.order_id <> ?"""


def _besides(store: Store, order_id: str) -> Counter[int]:
    """Unnumbered places by session that are here for anything but this order, or on their way."""
    found: Counter[int] = Counter()
    for session, places in store.all(_PLACES, (order_id,)):
        found[session] += places
    for (text,) in store.all("SELECT items FROM request WHERE status IN ('asked', 'giving')"):
        found.update(dict(Items.read(text).places))
    return found


def under_review(store: Store) -> list[str]:
    """Orders of this window that went to the review list when they were reported."""
    return list(json.loads(read_fact(store, sync.UNDER_REVIEW, "[]")))


def _forget(store: Store, order_id: str) -> None:
    left = [other for other in under_review(store) if other != order_id]
    write_fact(store, sync.UNDER_REVIEW, json.dumps(left))


def _again(office: Office, order_id: str) -> None:
    """A new entry brings the order to central once more, on top of what it had at the taking."""

    def report(unit: Unit) -> None:
        _forget(unit.store, order_id)
        if unit.store.first("SELECT 1 FROM held_order WHERE order_id = ?", (order_id,)):
            unit.record("report_again", author=NOBODY, order_id=order_id)

    office.unit(report, [f"order:{order_id}"])
    sync.report(office)


def _as_central_has_it(office: Office, order_id: str, found: Settled) -> None:
    """The order is let go of; what central has of it stands here too."""

    def let_go(store: Store) -> None:
        _forget(store, order_id)
        store.run("DELETE FROM held_order WHERE order_id = ?", (order_id,))
        if found.rows["orders"]:
            whole_order.store_rows(store, found.rows)

    custody.give_left(office, order_id, found.held, also=let_go, topics=[f"order:{order_id}"])
