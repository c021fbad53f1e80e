"""The run that pays a decision out: every live ticket of a session, each exactly once.

Orders are taken in batches. Each batch is one unit of work: its tickets die, its money is posted
and sent on its way, and the run notes the orders, or nothing of it happens. So it may be stopped or
killed anywhere and gone on with; a ticket that went back has nothing left to be paid for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from boxoffice.central.items import Items
from boxoffice.desk import Desk, Right
from boxoffice.domain.ids import new_id
from boxoffice.domain.rain import Outcome
from boxoffice.errors import HeldElsewhere, NothingToPay
from boxoffice.queries import rain, rain_runs
from boxoffice.queries.rain import Decided, Rules
from boxoffice.queries.rain_runs import ELSEWHERE, RunState
from boxoffice.records.rain import RainRun
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, Unit
from boxoffice.services.aftersales import rain_paying
from boxoffice.services.aftersales.rain_paying import Run
from boxoffice.services.office import Office
from boxoffice.services.sharing import custody, sync
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval

RUN = "rain_run"
"""The word of the act, in the journal and for its approval."""
BATCH = 50
"""Orders in one unit of work: a clerk who sells beside a run waits for one of them."""
Progress = Callable[[RunState], object]


def start(*, office: Office, desk: Desk, session_id: int, approval: Approval | None) -> str:
    """Begin the run of the decision that counts, or find the one begun; answers its id.

    Nothing is paid yet: that is `go`. Raises NothingToPay, NeedsApproval, NotAllowed.
    """
    desk.require(Right.SETTLE_CASES)
    office.require_trusted()
    sync.pull(office)

    def begin(unit: Unit) -> str:
        store = unit.store
        decision = rain.decided(store, session_id)
        why = _why_nothing(decision)
        if decision is None or why:
            raise NothingToPay(why=why)
        known = store.first(
            "SELECT id, decision_id FROM rain_run WHERE session_id = ? AND status = 'open'",
            (session_id,),
        )
        if known is not None and known[1] == decision.id:
            return str(known[0])
        approver = approvals.require(store, desk, approval, RUN)
        if known is not None:
            _end(store, known[0], unit.stamp)
        run_id = new_id()
        store.insert(
            RainRun,
            [
                {
                    "id": run_id,
                    "decision_id": decision.id,
                    "session_id": session_id,
                    "status": "open",
                    "began_at": unit.at,
                    "ended_at": None,
                    "operator_id": desk.operator.id,
                    "approver_id": approver.operator_id,
                }
            ],
        )
        facts = {"run": run_id, "decision": decision.id, "approver": approver.number}
        unit.record(RUN, author=Author(desk.operator.id), facts=facts)
        return run_id

    return office.unit(begin, ["rain"])


def _why_nothing(decision: Decided | None) -> str:
    if decision is None:
        return "not_decided"
    if decision.outcomes & {Outcome.HALF, Outcome.FULL}:
        return ""
    return "exchange_only" if Outcome.EXCHANGE in decision.outcomes else "counts_as_held"


def go(
    *,
    office: Office,
    desk: Desk,
    run_id: str,
    stop: Callable[[], bool] = lambda: False,
    progress: Progress = lambda _: None,
) -> RunState:
    """Pay on until every ticket was dealt with, or `stop` says so; asked between batches.

    What other windows hold, or has money under way, is tried once more at the end, and listed then;
    the run stays open for it. Raises CentralUnreachable, Fenced: what was paid is paid, and the run
    goes on from there.
    """
    desk.require(Right.SETTLE_CASES)
    office.require_trusted()
    sync.push(office)
    sync.pull(office)
    run = office.writing.call(lambda store: _read(office, store, desk, run_id))
    for patient in (False, True):
        ids = office.writing.call(lambda store: rain_runs.pending(store, run_id))
        for at in range(0, len(ids), BATCH):
            if stop():
                return _state(office, run_id)
            _batch(office, run, ids[at : at + BATCH], patient=patient)
            progress(_state(office, run_id))
        sync.push(office)
    office.unit(lambda unit: _end_if_done(unit, run), ["rain"])
    sync.report(office)
    return _state(office, run_id)


def _state(office: Office, run_id: str) -> RunState:
    return office.writing.call(lambda store: rain_runs.run_state(store, run_id))


def _read(office: Office, store: Store, desk: Desk, run_id: str) -> Run:
    found = store.first(
        "SELECT u.session_id, u.decision_id, a.id, a.number, a.name FROM rain_run u "
        "JOIN operator a ON a.id = u.approver_id WHERE u.id = ?",
        (run_id,),
    )
    if found is None:
        raise LookupError(f"no run {run_id}")
    decision = rain.decided(store, found[0])
    if decision is None or decision.id != found[1]:
        raise NothingToPay(why="not_decided")  # what it was begun for counts no more
    # It belongs to nobody's shift: no money goes through a drawer.
    alone = replace(desk, shift_id=None)
    approver = Approval(found[2], found[3], found[4], RUN)
    return Run(office, run_id, decision, alone, approver, Rules(store))


# --- a batch


def _batch(office: Office, run: Run, ids: Sequence[str], *, patient: bool) -> None:
    """Pay the orders that can be had now; the others are noted with why not."""

    def held_here(store: Store) -> set[str]:
        return {i for i in ids if store.first("SELECT 1 FROM held_order WHERE order_id = ?", (i,))}

    here = office.writing.call(held_here)
    near, far = [i for i in ids if i in here], [i for i in ids if i not in here]
    if near:
        office.unit(lambda unit: rain_paying.pay_all(unit, run, near), _TOPICS)
    if far:
        _take_and_pay(office, run, far, patient=patient)
    sync.report(office)


_TOPICS = ("orders", "rain")


def _take_and_pay(office: Office, run: Run, ids: Sequence[str], *, patient: bool) -> None:
    left: list[str] = []

    def pay(unit: Unit) -> None:
        left[:] = rain_paying.pay_all(unit, run, ids)

    try:
        custody.take(
            office,
            # As for no order: nobody waits for windows that hold one, but at the end.
            order_id=ids[0] if patient and len(ids) == 1 else None,
            wish=lambda _: Items(orders=tuple(ids)),
            then=pay,
            topics=_TOPICS,
        )
    except HeldElsewhere as why:
        if len(ids) == 1:
            window = str(why.fields["window"])
            office.write(lambda store: rain_paying.note(store, run, ids[0], ELSEWHERE, why=window))
            return
        for one in ids:
            _take_and_pay(office, run, [one], patient=patient)
    if left:
        custody.give(office, items=Items(orders=tuple(left)), order_id=None)


def _end_if_done(unit: Unit, run: Run) -> None:
    if rain_runs.pending(unit.store, run.id):
        return
    _end(unit.store, run.id, unit.stamp)
    found = rain_runs.run_state(unit.store, run.id)
    facts = {"run": run.id, "tickets": found.tickets, "amount_fen": found.amount_fen}
    unit.record("rain_run_done", author=Author(run.desk.operator.id), facts=facts)


def _end(store: Store, run_id: str, stamp: str) -> None:
    store.run("UPDATE rain_run SET status = 'done', ended_at = ? WHERE id = ?", (stamp, run_id))
