"""A shift begins with a counted float; its figures are folds of its postings."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice.desk import Desk
from boxoffice.errors import ShiftOpen
from boxoffice.services.staff import operators, shifts
from tests.faults.acts import broken, hand_over, proof, rows, sell, there, tickets_of
from tests.homes import AtWork, at_work, small_home


def test_the_float_goes_from_the_safe_into_the_drawer(work: AtWork) -> None:
    posted = rows(work, "SELECT account, amount_fen FROM posting ORDER BY line")
    assert posted == [("cash:drawer", 50_000), ("cash:safe", -50_000)]
    assert there(work, "SELECT account, amount_fen FROM posting WHERE window_id = 1") == posted
    assert there(work, "SELECT status, float_fen FROM shift") == [("open", 50_000)]
    assert broken(work) == ()


def test_one_shift_at_a_window(work: AtWork) -> None:
    other = operators.operator_by_number(office=work.office, number="3001")
    desk = shifts.desk_for(office=work.office, operator=other)
    assert desk.shift_id is None
    for again in (desk, Desk(1, 1, work.desk.operator)):
        with pytest.raises(ShiftOpen) as refused:
            shifts.open_shift(office=work.office, desk=again, float_fen=0)
        assert "售票员" in str(refused.value.fields["operator"])
    assert rows(work, "SELECT count(*) FROM shift") == [(1,)]


def test_the_shift_is_found_again_after_a_restart(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        shift = work.desk.shift_id
    with at_work(home) as work:
        assert work.desk.shift_id == shift
        other = operators.operator_by_number(office=work.office, number="2001")
        assert shifts.desk_for(office=work.office, operator=other).shift_id is None
    assert proof(home).broken == ()


def test_an_empty_drawer_is_a_float_too(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home, number="9001") as work:
        operator = operators.operator_by_number(office=work.office, number="1001")
        desk = shifts.desk_for(office=work.office, operator=operator)
        desk = shifts.open_shift(office=work.office, desk=desk, float_fen=0)
        found = shifts.figures(office=work.office, desk=desk)
        assert found is not None
        assert (found.float_fen, found.drawer_fen) == (0, 0)
        assert rows(work, "SELECT * FROM posting") == []
    assert proof(home).broken == ()


@pytest.mark.parametrize("wrong", [-1, 5.0, True])
def test_a_float_is_whole_fen_from_zero_up(tmp_path: Path, wrong: object) -> None:
    home = small_home(tmp_path)
    with at_work(home, number="9001") as work:
        operator = operators.operator_by_number(office=work.office, number="1001")
        desk = shifts.desk_for(office=work.office, operator=operator)
        with pytest.raises(Exception, match=r"CHECK|int"):
            shifts.open_shift(office=work.office, desk=desk, float_fen=wrong)
        assert rows(work, "SELECT * FROM shift") == rows(work, "SELECT * FROM journal") == []


def test_figures_fold_the_postings(work: AtWork) -> None:
    assert shifts.figures(office=work.office, desk=Desk(1, 1, work.desk.operator)) is None
    first, second = sell(work, (1, 5)), sell(work, (1, 6), (3, 5))
    hand_over(work, *tickets_of(work, "TT0001"))
    found = shifts.figures(office=work.office, desk=work.desk)
    assert found is not None
    assert (found.sales, found.hand_overs) == (2, 1)
    assert found.drawer_fen == 50_000 + first.total_fen + second.total_fen
