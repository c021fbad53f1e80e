"""Payments that an ended epoch left open: settled by a supervisor and a second person (rule 17).

Nobody else asks after them. What was paid is undone, so that the customer has the money back;
nothing is ever sold by it. What cannot be undone from here is seen to by hand, with a reason.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from threading import Event
from typing import Any

from boxoffice import clock
from boxoffice.central import settling, undecided
from boxoffice.central.items import Credentials
from boxoffice.central.settling import End
from boxoffice.central.undecided import LeftAttempt
from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import ASKED, CARD
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import EpochRuns, ReasonMissing, WrongStatus
from boxoffice.payments.protocol import Answer, Outcome
from boxoffice.payments.undoing import BY_HAND, ENDED, Found, Undone, Wait, undo
from boxoffice.records.store import Row, Store
from boxoffice.records.unit_of_work import Author
from boxoffice.services.office import Office
from boxoffice.services.sales.attempts import gateway_number, gateway_of, is_of
from boxoffice.services.sharing import sync
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval

SETTLE = settling.ACT
"""The act that a second person approves."""
DONE = "left_settled"
"""The entry that says what came of it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a left payment, for the screen; amount in fen."""

    order_id: str
    over: bool
    """Nothing of it is open any more, and its case is settled."""
    found: Found | None = None
    """None where it had an end already."""
    window: int = 0
    tender: str = ""
    amount_fen: int = 0


def _wait(seconds: float) -> None:
    Event().wait(seconds)


def settle(
    *, office: Office, desk: Desk, approval: Approval | None, order_id: str, wait: Wait = _wait
) -> Settled:
    """Ask what became of the left payment of an order, undo it where it was paid, write its end.

    Steps, each safe to repeat: an entry in this window's journal, at central before anyone is
    asked; the questions; the end at central, if it is one, and the case; an entry that says what
    was found. Where no answer came it says so, and is done again later. Raises NotAllowed,
    NeedsApproval, SamePerson, EpochRuns where its window sees to it, TenderNotSetUp,
    CentralUnreachable, Fenced or ForkedJournal.
    """
    return _settle(office, desk, approval, order_id, "", wait)


def settle_by_hand(
    *, office: Office, desk: Desk, approval: Approval | None, order_id: str, reason: str
) -> Settled:
    """It is settled with the company, or at the till: two say so, with a reason.

    Only for what `settle` found to be so. Raises ReasonMissing, WrongStatus where it can be asked
    about, and what `settle` raises.
    """
    why = " ".join(reason.split())
    if not why:
        raise ReasonMissing()
    return _settle(office, desk, approval, order_id, why, _wait)


def _settle(
    office: Office,
    desk: Desk,
    approval: Approval | None,
    order_id: str,
    reason: str,
    wait: Wait,
) -> Settled:
    desk.require(Right.SETTLE_CASES)
    office.require_trusted()
    second = office.read(lambda store: approvals.require(store, desk, approval, SETTLE))
    left, noted = office.link.call(
        lambda store, _: (
            undecided.open_attempt(store, order_id),
            settling.noted(store, order_id),
        )
    )
    if left is None:
        return _end_case(office, order_id, noted)
    if not left.ended:
        raise EpochRuns(window=left.window)
    if reason:
        _require_by_hand(noted)
    elif _by_hand(office, left) is None:
        gateway_of(office, left.tender)  # before anybody signs for it in the journal
    by = {"by": desk.operator.number, "approver": second.number}
    author = Author(desk.operator.id, desk.shift_id)
    facts = _about(left) | {"order": order_id, "approver": second.operator_id, "reason": reason}
    entry = office.unit(lambda unit: unit.record(SETTLE, author=author, facts=facts))
    while office.read(sync.acknowledged) < entry:
        sync.push_page(office)
    done = Undone(Found.NOBODY, Answer(Outcome.UNKNOWN)) if reason else _ask(office, left, wait)
    if reason or done.found in ENDED:
        end = _end_of(left, done, by | {"reason": reason} if reason else by)
        office.link.call(lambda store, who: settling.end(store, who, entry, left, end))
    known_as = gateway_number(office, left.number)
    said = _about(left) | {"found": done.found.value, "why": done.answer.why.value} | by
    said |= {"known_as": known_as}
    result = _end_case(office, order_id, said | {"at": clock.to_text(clock.now())}, left, done)
    outcome = said | {"order": order_id, "over": result.over, "reason": reason}
    office.unit(lambda unit: unit.record(DONE, author=author, facts=outcome), ["cases"])
    sync.report(office)
    return result


def _about(left: LeftAttempt) -> dict[str, Any]:
    return {
        "window": left.window,
        "number": left.number,
        "tender": left.tender,
        "fen": left.amount_fen,
    }


def _require_by_hand(noted: dict[str, Any]) -> None:
    """That somebody was asked, and can do nothing more about it."""
    found = str(noted.get("found", ""))
    if found not in BY_HAND:
        raise WrongStatus(record="attempt", status=found or "unknown", wanted=Found.STUCK.value)


def _by_hand(office: Office, left: LeftAttempt) -> Found | None:
    """Why nobody can be asked about it from here, if so."""
    if left.tender not in ASKED:
        return Found.NOBODY
    if left.tender == CARD and left.window != office.chain.window:
        return Found.ELSEWHERE  # ours would say that it knows no such number
    return None


def _ask(office: Office, left: LeftAttempt, wait: Wait) -> Undone:
    by_hand = _by_hand(office, left)
    if by_hand is not None:
        return Undone(by_hand, Answer(Outcome.UNKNOWN))
    since = (clock.now() - left.since).total_seconds()
    number = gateway_number(office, left.number)
    return undo(gateway_of(office, left.tender), number, left.amount_fen, since, wait)


def _end_of(left: LeftAttempt, done: Undone, settled: dict[str, str]) -> End:
    if left.status is AttemptStatus.CREATED and done.found is Found.NEVER:
        status = AttemptStatus.CANCELLED
    elif done.found is Found.DECLINED:
        status = AttemptStatus.DECLINED
    else:
        status = AttemptStatus.REVERSED
    answer = done.answer
    facts = {**answer.facts, "said": answer.said, "settled": settled}
    return End(status, answer.why.value, answer.reference, json.dumps(facts, ensure_ascii=False))


def _end_case(
    office: Office,
    order_id: str,
    said: dict[str, Any],
    left: LeftAttempt | None = None,
    done: Undone | None = None,
) -> Settled:
    """The case at central, and what follows from it here."""

    def note(store: Store, who: Credentials) -> bool:
        return settling.note(store, who, order_id, said)

    over = office.link.call(note)
    sync.pull(office)
    follow(office)
    if left is None or done is None:
        return Settled(order_id, over)
    return Settled(order_id, over, done.found, left.window, left.tender, left.amount_fen)


# --- what was settled, here or elsewhere, is over in this window's file too


def follow(office: Office) -> int:
    """End what an ended epoch left in this file once it has an end at central; answers how many.

    The basket of one is over. Called again and again while on line. Raises CentralUnreachable.
    """
    left = office.read(lambda store: _left_here(office, store))
    ends = office.link.call(lambda store, _: undecided.ends(store, left)) if left else {}
    if ends:
        office.write(lambda store: _learn(store, ends), ["payments", "baskets", "orders", "shift"])
    return len(ends)


def _left_here(office: Office, store: Store) -> list[str]:
    """Those of which no case is open any more, as far as is known here."""
    return [
        str(attempt_id)
        for attempt_id, number, waits in store.all(
            "SELECT a.id, a.number, EXISTS (SELECT 1 FROM cases c WHERE c.kind = ? "
            "AND c.key = a.order_id AND c.status = 'open') FROM attempt a "
            "WHERE a.ended_at IS NULL",
            (undecided.LEFT,),
        )
        if not waits and not is_of(number, office.chain)
    ]


def _learn(store: Store, ends: dict[str, Row]) -> None:
    changes = ", ".join(f"{name} = ?" for name in undecided.LEARNT)
    for attempt_id, row in ends.items():
        store.run(
            f"UPDATE attempt SET {changes} WHERE id = ? AND ended_at IS NULL", (*row, attempt_id)
        )
        basket = (
            "SELECT o.id FROM orders o JOIN attempt a ON a.order_id = o.id WHERE a.id = ? "
            "AND o.version = 0 AND o.status IN ('open', 'parked')"
        )
        store.run(f"DELETE FROM order_line WHERE order_id IN ({basket})", (attempt_id,))
        store.run(
            "UPDATE orders SET status = 'abandoned', total_fen = 0, buyer = '', phone_sealed = '', "
            f"phone_hash = '', phone_end_hash = '' WHERE id IN ({basket})",
            (attempt_id,),
        )
