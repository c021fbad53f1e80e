"""Voids: one's own fresh sale, the paper in hand, the full money; anything else takes two."""

from __future__ import annotations

import pytest

from boxoffice.errors import NeedsApproval, NoVoid, PapersMissing, ReasonMissing
from boxoffice.services.aftersales import voids
from boxoffice.services.printing import tickets
from boxoffice.services.sales import checkout
from boxoffice.services.staff import shifts
from boxoffice.services.till import closing
from tests.faults.acts import broken, central_away, hand_over, pay, rows, take, tickets_of
from tests.homes import AtWork, at_work, small_home
from tests.services.return_acts import (
    account,
    be,
    by_number,
    drawer,
    lines,
    refund,
    sell_at,
    supervisor,
    view,
    void,
)


def reasons(work: AtWork, order: str) -> tuple[str, ...]:
    return voids.why_approve(office=work.office, desk=work.desk, order_id=order)


def test_a_fresh_sale_is_undone_for_its_full_money(work: AtWork) -> None:
    before = (drawer(work), account(work, "revenue:tickets"))
    order = sell_at(work, "O1", (1, 5), (1, 6))
    assert reasons(work, order) == ()
    done = void(work, order)
    assert (done.tickets, done.cash_fen, done.fee_fen, done.whole) == (2, 136_000, 0, True)
    assert (drawer(work), account(work, "revenue:tickets")) == before
    assert view(work, order).status == "returned"
    assert rows(work, "SELECT DISTINCT status, live FROM ticket WHERE order_id = ?", order) == [
        ("void", 0)
    ]
    found = rows(work, "SELECT DISTINCT kind, status, tier, reason, approver_id FROM refund")
    assert found == [("void", "paid", 0, "选错场次", None)]
    assert sell_at(work, "O1", (1, 5), (1, 6)) != order, "seats and documents are free again"
    assert broken(work) == ()


def test_one_ticket_of_a_sale(work: AtWork) -> None:
    order = sell_at(work, "O1", (1, 5), (1, 6))
    assert void(work, order, lines(work, order)[:1]).whole is False
    assert [line.status for line in view(work, order).lines] == ["returned", "sold"]
    assert broken(work) == ()


def test_in_the_time_that_is_set(work: AtWork) -> None:
    order = sell_at(work, "O2", (1, 5))
    be("2025-09-27T12:15:00")
    assert reasons(work, order) == ()
    be("2025-09-27T12:15:01")
    assert reasons(work, order) == ("late",)
    with pytest.raises(NeedsApproval):
        void(work, order)
    with pytest.raises(NeedsApproval):
        void(work, order, approval=supervisor(work, "refund"))
    given = supervisor(work, "void")
    void(work, order, approval=given)
    assert rows(work, "SELECT approver_id FROM refund") == [(given.operator_id,)]
    assert broken(work) == ()


def test_the_sale_of_another_shift_takes_two(tmp_path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        order = sell_at(work, "O2", (1, 5))
        jobs = [str(row[0]) for row in rows(work, "SELECT id FROM print_job")]
        tickets.print_jobs(office=work.office, desk=work.desk, job_ids=jobs)
        closing.close_shift(office=work.office, desk=work.desk, counts={})
        desk = shifts.desk_for(office=work.office, operator=work.desk.operator)
        later = AtWork(
            work.office, shifts.open_shift(office=work.office, desk=desk, float_fen=90_000)
        )
        assert reasons(later, order) == ("shift",)
        with pytest.raises(NeedsApproval):
            void(later, order)
        void(later, order, approval=supervisor(later, "void"))


def test_what_is_needed(work: AtWork) -> None:
    order = sell_at(work, "O2", (1, 5))
    with pytest.raises(ReasonMissing):
        void(work, order, reason="  ")
    with pytest.raises(PapersMissing):
        void(work, order, papers=False)
    assert view(work, order).status == "paid"


@pytest.mark.parametrize("handed_over", [False, True])
def test_a_presold_order_is_never_voided(work: AtWork, handed_over: bool) -> None:
    order = by_number(work, "TT0001")
    if handed_over:
        hand_over(work, order, tickets_of(work, "TT0001")[1])
    with pytest.raises(NoVoid) as refused:
        void(work, order, approval=supervisor(work, "void"))
    assert refused.value.fields["why"] == "presale"
    assert broken(work) == ()


def test_what_came_back_is_not_voided_again(work: AtWork) -> None:
    order = sell_at(work, "O2", (1, 5), (1, 6))
    first, second = lines(work, order)
    refund(work, order, [first])
    for wanted in ([first], [first, second]):
        with pytest.raises(NoVoid):
            void(work, order, wanted)
    assert void(work, order).tickets == 1
    with pytest.raises(NoVoid):
        void(work, order)
    assert broken(work) == ()


def test_a_basket_is_not_voided(work: AtWork) -> None:
    with pytest.raises(NoVoid):
        void(work, take(work, (1, 5)))


def test_voided_off_line_before_central_heard_of_the_sale(work: AtWork) -> None:
    first, basket = take(work, (1, 1)), take(work, (1, 5), (1, 6))
    with central_away(work.office.home):
        pay(work, first)
        sale = pay(work, basket)
        assert isinstance(sale, checkout.Sale)
        void(work, basket)
    again = take(work, (1, 2))
    pay(work, again)
    assert broken(work) == ()
    pay(work, take(work, (1, 5), (1, 6)))
    assert broken(work) == ()
