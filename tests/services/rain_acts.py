"""What the tests of rain share: rules, a supervisor, play in few words, a run and who is paid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from boxoffice.desk import Role
from boxoffice.domain.play import PlayKind
from boxoffice.domain.rain import Outcome
from boxoffice.domain.refunding import ReturnKind
from boxoffice.queries.play import Ledger
from boxoffice.queries.rain import Decided
from boxoffice.queries.rain_runs import RunState
from boxoffice.services.aftersales import play, rain, rain_run
from boxoffice.services.setup import training
from boxoffice.services.staff import approvals, operators
from tests.faults.acts import rows
from tests.homes import AtWork
from tests.services.return_acts import at, take_in

RULES = """policy,valid_from,held_if_matches_completed,held_if_minutes_over,half_if_matches_completed,half_if_minutes_over,remedy
standard,2025-08-01,1,30,,10,refund
"""  # noqa: E501


def in_charge(work: AtWork) -> AtWork:
    """The same window with a supervisor signed on, without a shift; there is another one."""
    if not rows(work, "SELECT 1 FROM operator WHERE number = '3002'"):
        other = training.Person("3002", "副主管 Deputy", Role.SUPERVISOR, "3002")
        training.enter(office=work.office, person=other)
    person = operators.operator_by_number(office=work.office, number="3001")
    return AtWork(work.office, replace(work.desk, operator=person, shift_id=None))


def approved(boss: AtWork, act: str) -> approvals.Approval:
    """By another supervisor."""
    person = operators.operator_by_number(office=boss.office, number="3002")
    return approvals.Approval(person.id, person.number, person.name, act)


def rules(work: AtWork, folder: Path, text: str = RULES) -> None:
    take_in(work, folder, "rain.csv", text)


def court_of(work: AtWork, code: str) -> tuple[int, int]:
    """A session and its first court."""
    found = rows(
        work,
        "SELECT k.session_id, k.court_id FROM session_court k JOIN session s "
        "ON s.id = k.session_id WHERE s.code = ? ORDER BY 2",
        code,
    )
    return int(found[0][0]), int(found[0][1])


def played(boss: AtWork, code: str, *events: tuple[str, str]) -> Ledger:
    """Kind and moment, one after the other."""
    session, court = court_of(boss, code)
    for kind, moment in events:
        ledger = play.enter(
            office=boss.office,
            desk=boss.desk,
            session_id=session,
            court_id=court,
            kind=PlayKind(kind),
            at=at(moment),
        )
    return ledger


def decide(
    boss: AtWork,
    code: str,
    outcome: Outcome | None = None,
    kind: ReturnKind = ReturnKind.RAIN,
    reason: str = "大雨",
) -> Decided:
    return rain.decide(
        office=boss.office,
        desk=boss.desk,
        session_id=boss.session(code),
        kind=kind,
        outcome=outcome,
        reason=reason,
        approval=approved(boss, rain.DECIDE),
    )


def begin(boss: AtWork, code: str) -> str:
    return rain_run.start(
        office=boss.office,
        desk=boss.desk,
        session_id=boss.session(code),
        approval=approved(boss, rain_run.RUN),
    )


def run(boss: AtWork, code: str) -> RunState:
    """Begun and gone through."""
    return rain_run.go(office=boss.office, desk=boss.desk, run_id=begin(boss, code))


@contextmanager
def batches_of(count: int) -> Iterator[None]:
    """So many orders in a unit of work."""
    before, rain_run.BATCH = rain_run.BATCH, count
    try:
        yield
    finally:
        rain_run.BATCH = before
