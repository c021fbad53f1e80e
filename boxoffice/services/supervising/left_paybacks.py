"""Money on its way back that a window began which is gone for good: another window takes it on.

A payback has one number for ever, by which no party moves money twice; its window's next epoch
follows it by itself. Where there is none, a supervisor and a second person have this window do it.
"""

from __future__ import annotations

from boxoffice.central import undecided
from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import ASKED, CARD
from boxoffice.errors import EpochRuns, TerminalElsewhere
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import paybacks
from boxoffice.services.sales.order_acts import change_held_order
from boxoffice.services.sales.paybacks import Returning
from boxoffice.services.sharing import sync
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval

TAKE_ON = paybacks.TAKE_ON
"""The act that a second person approves."""
_OPEN = (
    "SELECT id, number, window_id, epoch, tender FROM payback WHERE order_id = ? "
    f"AND ended_at IS NULL AND tender IN ({', '.join(repr(tender) for tender in ASKED)}) "
    "ORDER BY created_at, id"
)


def take_on(
    *, office: Office, desk: Desk, approval: Approval | None, order_id: str
) -> tuple[Returning, ...]:
    """Ask for the money of an order that is on its way back, and follow it from now on.

    Steps, each safe to repeat: custody of the order, with an entry that says who takes it on; each
    payback, as `paybacks.follow` does it. Raises NotAllowed, NeedsApproval, SamePerson, EpochRuns
    where its window follows it, TerminalElsewhere for a card, and what `change_held_order` raises:
    what the ended epoch holds is freed first.
    """
    desk.require(Right.SETTLE_CASES)
    second = office.read(lambda store: approvals.require(store, desk, approval, TAKE_ON))
    office.link.call(lambda store, _: _require_ended(store, order_id))
    taken: list[str] = []

    def act(unit: Unit) -> None:
        rows = [row for row in unit.store.all(_OPEN, (order_id,)) if not _is_own(office, row)]
        _require_terminal(office, rows)
        taken[:] = [str(row[0]) for row in rows]
        if rows:
            unit.record(
                TAKE_ON,
                author=Author(desk.operator.id, desk.shift_id),
                order_id=order_id,
                facts={"numbers": [row[1] for row in rows], "approver": second.operator_id},
            )

    topics = [f"order:{order_id}", "orders", "payments", "cases"]
    change_held_order(office, order_id, act, topics)
    done = tuple(paybacks.follow(office=office, payback_id=one) for one in taken)
    sync.push(office)
    sync.pull(office)
    return done


def _require_ended(store: Store, order_id: str) -> None:
    for _, number, window, _, _ in store.all(_OPEN, (order_id,)):
        if not undecided.has_ended(store, number):
            raise EpochRuns(window=window)


def _is_own(office: Office, row: tuple[object, ...]) -> bool:
    return (row[2], row[3]) == (office.chain.window, office.chain.epoch)


def _require_terminal(office: Office, rows: list[tuple[object, ...]]) -> None:
    """Another terminal does not know what became of it, and would move it twice."""
    for row in rows:
        if row[4] == CARD and row[2] != office.chain.window:
            raise TerminalElsewhere(window=row[2])
