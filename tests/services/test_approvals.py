"""A second person approves: somebody else, who may, for that act alone."""

from __future__ import annotations

import pytest

from boxoffice.errors import NeedsApproval, NotAllowed, SamePerson, WrongPin
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval
from tests.homes import AtWork, at_work, small_home


def approve(work: AtWork, number: str, pin: str, act: str = "refund") -> Approval:
    return approvals.approve(office=work.office, desk=work.desk, number=number, pin=pin, act=act)


def test_a_supervisor_approves(work: AtWork) -> None:
    given = approve(work, "3001", "3001")
    assert (given.number, given.act) == ("3001", "refund")
    found = work.office.read(lambda s: approvals.require(s, work.desk, given, "refund"))
    assert found is given


@pytest.mark.parametrize(
    ("number", "pin", "error"),
    [
        ("3001", "1111", WrongPin),
        ("7777", "7777", WrongPin),
        ("1001", "1001", SamePerson),
        ("2001", "2001", NotAllowed),
        ("9001", "9001", NotAllowed),
    ],
)
def test_who_does_not_approve(work: AtWork, number: str, pin: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        approve(work, number, pin)


def test_a_supervisor_does_not_approve_what_they_do_themselves(tmp_path) -> None:
    with at_work(small_home(tmp_path), number="3001") as work, pytest.raises(SamePerson):
        approve(work, "3001", "3001")


def test_an_approval_serves_its_act_alone(work: AtWork) -> None:
    given = approve(work, "3001", "3001", act="void")
    for approval in (None, given):
        with pytest.raises(NeedsApproval):
            work.office.read(
                lambda s, approval=approval: approvals.require(s, work.desk, approval, "refund")
            )


def test_a_made_up_approval_is_refused(work: AtWork) -> None:
    clerk = work.desk.operator
    made_up = [
        (Approval(clerk.id, clerk.number, clerk.name, "refund"), SamePerson),
        (Approval("0" * 32, "3001", "主管", "refund"), NotAllowed),
    ]
    for approval, error in made_up:
        with pytest.raises(error):
            work.office.read(
                lambda s, approval=approval: approvals.require(s, work.desk, approval, "refund")
            )


def test_an_approver_who_left_approves_nothing(work: AtWork) -> None:
    given = approve(work, "3001", "3001")
    work.office.write(lambda s: s.run("UPDATE operator SET active = 0 WHERE number = '3001'"))
    with pytest.raises(NotAllowed):
        work.office.read(lambda s: approvals.require(s, work.desk, given, "refund"))
