"""Cash that moves without a sale: paid in and out with a reason, dropped by two people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boxoffice.domain import accounts
from boxoffice.domain.cash import counted
from boxoffice.errors import (
    NeedsApproval,
    NoAmount,
    NoShift,
    NotAllowed,
    ReasonMissing,
    SamePerson,
)
from boxoffice.services.staff import approvals, shifts
from boxoffice.services.staff.approvals import Approval
from boxoffice.services.till import cash_moves, drop_papers
from tests.faults.acts import broken, rows, sell
from tests.homes import AtWork


def in_drawer(work: AtWork) -> int:
    found = shifts.figures(office=work.office, desk=work.desk)
    assert found is not None
    return found.drawer_fen


def approved(work: AtWork, act: str = cash_moves.DROP) -> Approval:
    return approvals.approve(office=work.office, desk=work.desk, number="3001", pin="3001", act=act)


def test_paid_in_and_out_move_the_drawer_and_say_why(work: AtWork) -> None:
    cash_moves.pay_in(office=work.office, desk=work.desk, amount_fen=20_000, reason=" change ")
    cash_moves.pay_out(office=work.office, desk=work.desk, amount_fen=3_050, reason="paper")
    assert in_drawer(work) == 50_000 + 20_000 - 3_050
    found = rows(work, "SELECT act, facts FROM journal WHERE act LIKE 'paid%' ORDER BY number")
    assert [row[0] for row in found] == ["paid_in", "paid_out"]
    assert '"reason":"change"' in found[0][1]
    assert broken(work) == ()


@pytest.mark.parametrize("amount", [0, -1])
def test_only_an_amount_above_zero_moves(work: AtWork, amount: int) -> None:
    for move in (cash_moves.pay_in, cash_moves.pay_out):
        with pytest.raises(NoAmount):
            move(office=work.office, desk=work.desk, amount_fen=amount, reason="x")
    with pytest.raises(NoAmount):
        cash_moves.drop(office=work.office, desk=work.desk, amount_fen=amount, approval=None)
    assert in_drawer(work) == 50_000


def test_a_reason_is_needed(work: AtWork) -> None:
    with pytest.raises(ReasonMissing):
        cash_moves.pay_out(office=work.office, desk=work.desk, amount_fen=1, reason=" \n ")


def test_a_drop_goes_to_the_safe_and_names_both(work: AtWork) -> None:
    sell(work, (1, 5))
    cash_moves.drop(office=work.office, desk=work.desk, amount_fen=60_000, approval=approved(work))
    assert in_drawer(work) == 50_000 + 68_000 - 60_000
    act = rows(work, "SELECT number, operator_id, facts FROM journal WHERE act = 'drop'")[0]
    assert act[1] == work.desk.operator.id
    assert '"approver":"3001"' in act[2]
    posted = rows(work, "SELECT account, amount_fen FROM posting WHERE number = ?", act[0])
    assert set(posted) == {(accounts.SAFE, 60_000), (accounts.DRAWER, -60_000)}
    assert broken(work) == ()


def test_nobody_drops_alone(work: AtWork) -> None:
    def drop(approval: Approval | None) -> None:
        cash_moves.drop(office=work.office, desk=work.desk, amount_fen=1, approval=approval)

    with pytest.raises(NeedsApproval):
        drop(None)
    with pytest.raises(NeedsApproval):
        drop(approved(work, "refund"))
    own = work.desk.operator
    with pytest.raises(SamePerson):
        drop(Approval(own.id, own.number, own.name, cash_moves.DROP))
    with pytest.raises(NotAllowed):
        approvals.approve(
            office=work.office, desk=work.desk, number="2001", pin="2001", act=cash_moves.DROP
        )
    assert in_drawer(work) == 50_000


def test_without_a_shift_no_cash_moves(work: AtWork) -> None:
    desk = replace(work.desk, shift_id=None)
    with pytest.raises(NoShift):
        cash_moves.pay_in(office=work.office, desk=desk, amount_fen=1, reason="x")


def test_whose_shift_is_open_here(work: AtWork) -> None:
    found = shifts.open_here(office=work.office)
    assert found is not None
    assert (found.id, found.number) == (work.desk.shift_id, "1001")


def test_a_count_takes_known_notes_and_whole_numbers() -> None:
    assert counted({10_000: 3, 50: 1}).fen == 30_050
    for wrong in ({300: 1}, {100: -1}, {100: 1.0}, {100: True}):
        with pytest.raises(ValueError, match="cannot be counted"):
            counted(wrong)  # type: ignore[arg-type]


def test_the_slip_of_a_drop_is_made_from_its_entry(work: AtWork) -> None:
    entry = cash_moves.drop(
        office=work.office, desk=work.desk, amount_fen=30_000, approval=approved(work)
    )
    cash_moves.pay_in(office=work.office, desk=work.desk, amount_fen=1, reason="x")
    pdf, title = drop_papers.drop_paper(work.office, entry)
    again, _ = drop_papers.drop_paper(work.office, entry)
    assert pdf.startswith(b"%PDF")
    assert pdf == again, "printed once more it says the same"
    assert title == f"cash drop {entry} window 1"
    drop_papers.print_drop(office=work.office, entry=entry)
    assert len(list(work.office.home.prints.glob("*.pdf"))) == 1
    with pytest.raises(LookupError):
        drop_papers.drop_paper(work.office, entry + 1)
