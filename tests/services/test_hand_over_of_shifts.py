"""Two people at one drawer: who comes signs for it; a supervisor closes for who is not there."""

from __future__ import annotations

import json

import pytest

from boxoffice.desk import Desk
from boxoffice.errors import (
    NoShift,
    NotAllowed,
    ReasonMissing,
    SamePerson,
    ShiftOpen,
    WrongPin,
)
from boxoffice.queries.reports import ShiftReport
from boxoffice.services.sales import holds
from boxoffice.services.staff import shifts
from boxoffice.services.till import closing
from tests.faults.acts import broken, rows, sell, take, there
from tests.homes import AtWork
from tests.services.closes import close, notes, sign_on

# --- handing over --------------------------------------------------------------------------------


def take_over(work: AtWork, number: str = "2001", pin: str | None = None) -> Desk:
    return closing.take_over(
        office=work.office, shift_id=str(work.desk.shift_id), number=number, pin=pin or number
    )


def test_who_comes_signs_for_what_was_counted(work: AtWork) -> None:
    sell(work, (1, 5))
    close(work, 117_000)
    desk = take_over(work)
    found = shifts.figures(office=work.office, desk=desk)
    assert found is not None
    assert (found.float_fen, found.drawer_fen) == (117_000, 117_000)
    facts = rows(work, "SELECT facts FROM journal WHERE act = 'open_shift' ORDER BY number DESC")
    assert json.loads(facts[0][0]) == {
        "float_fen": 117_000,
        "handed_over_by": "1001",
        "taken_over": 1,
    }
    with pytest.raises(ShiftOpen):
        take_over(work, "3001")
    close(AtWork(work.office, desk), 117_000)
    with pytest.raises(NoShift):
        take_over(work, "3001")
    assert broken(work) == ()


def test_a_hand_over_has_two_people(work: AtWork) -> None:
    with pytest.raises(NoShift):
        take_over(work)
    close(work, 50_000)
    with pytest.raises(SamePerson):
        take_over(work, "1001")
    with pytest.raises(NotAllowed):
        take_over(work, "9001")
    with pytest.raises(WrongPin):
        take_over(work, "2001", "1001")
    assert shifts.open_here(office=work.office) is None


# --- somebody who is not there --------------------------------------------------------------------


def close_for(
    work: AtWork, shift_id: object, *, reason: str = "ill", pin: str = "3001"
) -> ShiftReport:
    return closing.close_absent(
        office=work.office,
        desk=work.desk,
        shift_id=str(shift_id),
        counts=notes(50_000),
        reason=reason,
        pin=pin,
    )


def test_a_supervisor_closes_for_somebody_absent(work: AtWork) -> None:
    take(work, (1, 5))
    holds.park(office=work.office, desk=work.desk, basket=take(work, (1, 6)), label="")
    boss = sign_on(work, "3001")
    found = close_for(boss, work.desk.shift_id)
    assert found.operator == "1001"
    assert found.close is not None
    assert (found.close.closed_by, found.close.reason) == ("3001", "ill")
    author = rows(work, "SELECT operator_id FROM journal WHERE act = 'close_shift'")
    assert author == [(boss.desk.operator.id,)]
    assert there(work, "SELECT count(*) FROM custody_seat WHERE holder = 1") == [(0,)]
    assert broken(work) == ()
    sign_on(work, "3001", float_fen=0)


def test_pages_in_doubt_do_not_keep_an_absent_shift_open(work: AtWork) -> None:
    sell(work, (1, 5))
    boss = sign_on(work, "3001")
    close_for(boss, work.desk.shift_id)
    assert rows(work, "SELECT count(*) FROM print_job WHERE status = 'queued'") == [(2,)]


def test_closing_for_somebody_wants_right_reason_and_pin(work: AtWork) -> None:
    shift_id = work.desk.shift_id
    with pytest.raises(NotAllowed):
        close_for(work, shift_id)
    boss = sign_on(work, "3001")
    with pytest.raises(ReasonMissing):
        close_for(boss, shift_id, reason=" ")
    with pytest.raises(WrongPin):
        close_for(boss, shift_id, pin="1001")
    close(work, 50_000)
    own = sign_on(work, "3001", float_fen=0)
    with pytest.raises(SamePerson):
        close_for(own, own.desk.shift_id)
