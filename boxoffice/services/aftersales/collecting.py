"""Money that waits for its customer, paid out at any window once somebody comes for it."""

from __future__ import annotations

from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import PaybackStatus, step
from boxoffice.errors import NotOwed
from boxoffice.records.sales import Payback
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.office import Office
from boxoffice.services.sales.finishing import Signer
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.sales.paybacks import moved
from boxoffice.services.sales.undoing import payback_row
from boxoffice.services.staff import shifts


def collect(*, office: Office, desk: Desk, payback_id: str, shown: str) -> int:
    """Pay out what is owed, by its tender: cash out of this drawer; answers the fen.

    `shown` says what the customer proved it with (a ticket, a document): it is kept. In one unit of
    work the owed money ends and is replaced by what was paid here, so that nobody pays it twice,
    whichever window they come to. Raises NotOwed, NoShift or what `change_order` raises.
    """
    desk.require(Right.SELL, shift=True)
    found = office.read(
        lambda store: store.first("SELECT order_id FROM payback WHERE id = ?", (payback_id,))
    )
    if found is None:
        raise NotOwed()
    order_id = str(found[0])
    paid: list[int] = []

    def act(unit: Unit) -> None:
        shifts.require_open(unit.store, desk)
        paid[:] = [_collect(unit, desk, order_id, payback_id, shown.strip())]

    topics = [f"order:{order_id}", "orders", "payments", "shift"]
    change_order(office, order_id, act, topics)
    return paid[0]


def _collect(unit: Unit, desk: Desk, order_id: str, payback_id: str, shown: str) -> int:
    row = unit.store.first(
        "SELECT status, payment_id, tender, amount_fen, currency, kind, act_id, approver_id "
        "FROM payback WHERE id = ? AND order_id = ?",
        (payback_id, order_id),
    )
    if row is None or row[0] != PaybackStatus.OWED:
        raise NotOwed()
    _, payment_id, tender, fen, currency, kind, act_id, approver_id = row
    closed = step("payback", PaybackStatus.OWED, PaybackStatus.CLOSED)
    unit.store.run(
        "UPDATE payback SET status = ?, ended_at = ? WHERE id = ?",
        (closed, unit.stamp, payback_id),
    )
    signer = Signer.at(desk)
    fresh = payback_row(
        unit, signer, order_id, payment_id, tender, fen, currency, kind, act_id, 0,
        approver_id, payback_id,
    )  # fmt: skip
    unit.store.insert(Payback, [fresh])
    unit.record(
        "payback",
        author=signer.author,
        order_id=order_id,
        facts={
            "tender": tender,
            "number": fresh["number"],
            "status": PaybackStatus(fresh["status"]).value,
            "amount_fen": fen,
            "shown": shown,
        },
        postings=moved(tender, fen, currency, PaybackStatus.OWED, PaybackStatus.ARRIVED),
    )
    return int(fen)
