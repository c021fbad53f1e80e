"""Money on its way back that a window began which is gone for good: another window takes it on.

A payback has one number for ever, by which no party moves money twice; its window's next epoch
follows it by itself. Where there is none, a supervisor and a second person have this window do it.
A card is known to its own terminal only: where that is gone, its money is given back in the
acquirer's portal, and the two say by which number, or that it cannot go back that way.
"""

from __future__ import annotations

from boxoffice.central import undecided
from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import ASKED, CARD
from boxoffice.domain.statuses import PaybackStatus, step
from boxoffice.errors import (
    BadReference,
    EpochRuns,
    ReasonMissing,
    TerminalElsewhere,
    WrongStatus,
)
from boxoffice.payments.apart import Apart
from boxoffice.payments.protocol import Why
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import paybacks
from boxoffice.services.sales.order_acts import change_held_order
from boxoffice.services.sales.paybacks import Returning
from boxoffice.services.sharing import sync
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval
from boxoffice.services.telling import queueing

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
    second = _two_people(office, desk, approval, order_id)
    taken: list[str] = []

    def act(unit: Unit) -> None:
        left = [row for row in unit.store.all(_OPEN, (order_id,)) if not _is_own(office, row)]
        # Another terminal does not know what became of a card, and would move it twice.
        rows = [row for row in left if not _elsewhere(office, row)]
        if left and not rows:
            raise TerminalElsewhere(window=left[0][2])
        taken[:] = [str(row[0]) for row in rows]
        if rows:
            unit.record(
                TAKE_ON,
                author=Author(desk.operator.id, desk.shift_id),
                order_id=order_id,
                facts={"numbers": [row[1] for row in rows], "approver": second.operator_id},
            )

    change_held_order(office, order_id, act, _topics(order_id))
    done = tuple(paybacks.follow(office=office, payback_id=one) for one in taken)
    sync.push(office)
    sync.pull(office)
    return done


def end_by_hand(
    *,
    office: Office,
    desk: Desk,
    approval: Approval | None,
    order_id: str,
    reference: str = "",
    reason: str = "",
) -> tuple[Returning, ...]:
    """End the card paybacks of an order whose terminal is gone; answers how each ended.

    With the `reference` by which the acquirer gave the money back in its portal it has arrived;
    with the `reason` why it does not, that way is dead and the money owed still. One unit of work
    under custody of the order. Raises NotAllowed, NeedsApproval, SamePerson, EpochRuns where its
    window follows it, BadReference, ReasonMissing, WrongStatus where somebody can be asked about
    all of it, and what `change_held_order` raises: what the ended epoch holds is freed first.
    """
    second = _two_people(office, desk, approval, order_id)
    number, why = _checked(reference), " ".join(reason.split())
    if not number and not why:
        raise ReasonMissing()
    wanted = PaybackStatus.ARRIVED if number else PaybackStatus.DEAD
    done: list[Returning] = []

    def act(unit: Unit) -> None:
        done.clear()
        left = [row for row in unit.store.all(_OPEN, (order_id,)) if not _is_own(office, row)]
        rows = [row for row in left if _elsewhere(office, row)]
        if left and not rows:
            raise WrongStatus(record="payback", status="open", wanted=wanted.value)
        signed = {"approver": second.operator_id, "said": why}
        for row in rows:
            done.append(_end(unit, office, desk, str(row[0]), wanted, number, signed))

    change_held_order(office, order_id, act, _topics(order_id))
    sync.push(office)
    sync.pull(office)
    return tuple(done)


def is_reference(typed: str) -> bool:
    """Whether what was typed can be the acquirer's number of a refund."""
    return Apart().reference(typed) is not None


def _checked(reference: str) -> str:
    """The acquirer's number as it is kept; "" for none. Raises BadReference."""
    if not reference.strip():
        return ""
    rule = Apart()
    number = rule.reference(reference)
    if number is None:
        raise BadReference(least=rule.least, most=rule.most)
    return number


def _end(
    unit: Unit,
    office: Office,
    desk: Desk,
    payback_id: str,
    wanted: PaybackStatus,
    reference: str,
    signed: dict[str, str],
) -> Returning:
    """One of them, with what it posts and what the customer hears."""
    row = paybacks.row_of(unit.store, payback_id)
    was = PaybackStatus(row["status"])
    if was is PaybackStatus.CREATED and wanted is PaybackStatus.DEAD:
        # It may have been sent by a file that is lost: from there the step leads on.
        was = step("payback", was, PaybackStatus.SENT)
    status = step("payback", was, wanted)
    why = Why.NONE if status is PaybackStatus.ARRIVED else Why.OTHER
    unit.store.run(
        "UPDATE payback SET status = ?, why = ?, reference = coalesce(nullif(?, ''), reference), "
        "ended_at = ? WHERE id = ?",
        (status, why.value, reference, unit.stamp, payback_id),
    )
    queueing.payback_moved(unit, office, row, was, status)
    unit.record(
        "payback",
        author=Author(desk.operator.id, desk.shift_id),
        order_id=row["order_id"],
        facts={
            "tender": row["tender"],
            "number": row["number"],
            "status": status.value,
            "why": why.value,
            "amount_fen": row["amount_fen"],
            "by_hand": True,
            **signed,
        },
        postings=paybacks.moved(row["tender"], row["amount_fen"], row["currency"], was, status),
    )
    fen = row["amount_fen"]
    return Returning(payback_id, row["order_id"], row["tender"], fen, status, why.value)


def _two_people(office: Office, desk: Desk, approval: Approval | None, order_id: str) -> Approval:
    desk.require(Right.SETTLE_CASES)
    second = office.read(lambda store: approvals.require(store, desk, approval, TAKE_ON))
    office.link.call(lambda store, _: _require_ended(store, order_id))
    return second


def _topics(order_id: str) -> list[str]:
    return [f"order:{order_id}", "orders", "payments", "cases"]


def _require_ended(store: Store, order_id: str) -> None:
    for _, number, window, _, _ in store.all(_OPEN, (order_id,)):
        if not undecided.has_ended(store, number):
            raise EpochRuns(window=window)


def _is_own(office: Office, row: tuple[object, ...]) -> bool:
    return (row[2], row[3]) == (office.chain.window, office.chain.epoch)


def _elsewhere(office: Office, row: tuple[object, ...]) -> bool:
    """Whether only the terminal of another window knows of it."""
    return row[4] == CARD and row[2] != office.chain.window
