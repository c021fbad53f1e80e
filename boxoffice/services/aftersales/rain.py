"""Deciding what the tickets of a session bring: by the rules in force, or by two people."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.central import playing
from boxoffice.desk import Desk, Right
from boxoffice.domain.ids import new_id
from boxoffice.domain.rain import Outcome
from boxoffice.domain.refunding import ReturnKind
from boxoffice.errors import NotDecidable, ReasonMissing
from boxoffice.queries import rain
from boxoffice.queries.rain import Decided, Judgement
from boxoffice.records.journal import canonical
from boxoffice.records.rain import RainDecision
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval

DECIDE = "rain_decision"
"""The word of the act, in the journal and for its approval."""


def judge(*, office: Office, desk: Desk, session_id: int) -> Judgement:
    """What the rules answer now, with every number they used.

    Raises NotAllowed, LookupError for an unknown session, ImpossiblePlay for a ledger at odds.
    """
    desk.require(Right.SETTLE_CASES)
    return office.read(lambda store: rain.judge(store, session_id, clock.now()))


def decide(
    *,
    office: Office,
    desk: Desk,
    session_id: int,
    kind: ReturnKind = ReturnKind.RAIN,
    outcome: Outcome | None = None,
    reason: str = "",
    approval: Approval | None = None,
) -> Decided:
    """Decide what the tickets of a session bring; what was decided before counts no more.

    Without an `outcome` it is what the rules answer; any other needs a reason and a second person,
    and so does a session that was cancelled or moved. Steps: at central, where one decision counts;
    then here, with a journal entry. Raises NotDecidable where the rules have no final answer,
    ReasonMissing, NeedsApproval, DecidedMeanwhile, CentralUnreachable.
    """
    desk.require(Right.SETTLE_CASES)
    office.require_trusted()
    sync.pull(office)
    if kind is not ReturnKind.RAIN and outcome is None:
        outcome = Outcome.FULL if kind is ReturnKind.CANCELLED else Outcome.EXCHANGE
    said = reason.strip()
    if outcome is not None and not said:
        raise ReasonMissing()

    def reckon(store: Store) -> tuple[Judgement, Decided | None, Approval | None]:
        approver = None
        if outcome is not None:
            approver = approvals.require(store, desk, approval, DECIDE)
        found = rain.judge(store, session_id, clock.now())
        return found, rain.decided(store, session_id), approver

    found, before, approver = office.read(reckon)
    if outcome is None and found.why_not_final:
        raise NotDecidable(why=found.why_not_final)
    row = {
        "id": new_id(),
        "session_id": session_id,
        "kind": kind,
        "outcome": outcome or "",
        "facts": canonical(found.facts()),
        "reason": said,
        "decided_at": clock.now(),
        "operator_id": desk.operator.id,
        "approver_id": None if approver is None else approver.operator_id,
        "window_id": desk.window,
        "epoch": desk.epoch,
        "replaces": None if before is None else before.id,
    }
    office.link.call(lambda store, who: playing.decide(store, who, row))

    def keep(unit: Unit) -> None:
        unit.store.insert(RainDecision, [row], conflict="ON CONFLICT (id) DO NOTHING")
        unit.record(
            DECIDE,
            author=Author(desk.operator.id),
            facts={
                "decision": row["id"],
                "session": session_id,
                "kind": kind.value,
                "outcome": row["outcome"],
                "reason": said,
                "approver": "" if approver is None else approver.number,
            },
        )

    office.unit(keep, ["play"])
    sync.report(office)
    answer = office.writing.call(lambda store: rain.decided(store, session_id))
    assert answer is not None
    return answer
