"""Closing: blind, whole or not at all, over and short apart, and a Z that never changes."""

from __future__ import annotations

from dataclasses import replace

import peewee
import pytest

from boxoffice import bootstrap
from boxoffice.errors import NoShift, ShiftBusy
from boxoffice.queries import reports
from boxoffice.services.sales import holds
from boxoffice.services.sharing import sync
from boxoffice.services.staff import approvals
from boxoffice.services.till import cash_moves, closing
from tests.faults.acts import (
    DEAF,
    broken,
    faulty,
    hand_over,
    pay,
    rows,
    sell,
    take,
    there,
    tickets_of,
)
from tests.homes import AtWork
from tests.services.closes import close, drawer, sign_on, z_rows


def test_a_day_at_the_window_in_one_report(work: AtWork) -> None:
    sell(work, (1, 5), (1, 6))
    pay(work, take(work, (3, 1)), 30_000)
    order, ticket_ids = tickets_of(work, "TT0001")
    hand_over(work, order, ticket_ids)
    office, desk = work.office, work.desk
    cash_moves.pay_in(office=office, desk=desk, amount_fen=10_000, reason="change")
    cash_moves.pay_out(office=office, desk=desk, amount_fen=2_500, reason="paper")
    second = approvals.approve(office=office, desk=desk, number="3001", pin="3001", act="drop")
    cash_moves.drop(office=office, desk=desk, amount_fen=100_000, approval=second)
    found = close(work, 50_000 + 164_000 + 7_500 - 100_000)
    assert (found.orders, found.tickets, found.sales_fen) == (2, 3, 164_000)
    assert found.change_fen == 1_000_000 - 136_000 + 2_000
    assert (found.hand_overs, found.float_fen) == (1, 50_000)
    assert (found.paid_in.fen, found.paid_out.fen, found.drops.fen) == (10_000, 2_500, 100_000)
    assert found.tenders["cash:drawer"] == reports.Tender(164_000, 0)
    assert (found.expected_fen, found.over_fen, found.short_fen) == (121_500, 0, 0)
    assert found.close is not None
    assert (found.close.number, found.close.counted_fen) == (1, 121_500)
    assert (found.close.float_returned_fen, found.close.takings_fen) == (50_000, 71_500)
    assert drawer(work, desk.shift_id) == 0
    assert broken(work) == ()
    assert there(work, "SELECT content FROM z_report") == [(found.content(),)]
    assert there(work, "SELECT status FROM shift") == [("closed",)]


@pytest.mark.parametrize(("more", "over", "short"), [(500, 500, 0), (-500, 0, 500), (0, 0, 0)])
def test_over_and_short_are_two_lines(work: AtWork, more: int, over: int, short: int) -> None:
    found = close(work, 50_000 + more)
    assert (found.over_fen, found.short_fen) == (over, short)
    accounts = dict(
        rows(work, "SELECT account, amount_fen FROM posting WHERE account LIKE 'cash:%r%t'")
    )
    assert accounts == ({"cash:short": short} if short else {})
    assert drawer(work, work.desk.shift_id) == 0
    assert broken(work) == ()


def test_over_never_makes_good_for_short(work: AtWork) -> None:
    close(work, 50_500)
    close(sign_on(work, "1001", float_fen=50_000), 49_500)
    sums = rows(
        work,
        "SELECT account, sum(amount_fen) FROM posting WHERE account IN ('cash:over', 'cash:short') "
        "GROUP BY 1 ORDER BY 1",
    )
    assert sums == [("cash:over", -500), ("cash:short", 500)]


def test_an_empty_drawer_can_be_counted(work: AtWork) -> None:
    found = closing.close_shift(office=work.office, desk=work.desk, counts={})
    assert (found.short_fen, found.over_fen) == (50_000, 0)
    assert drawer(work, work.desk.shift_id) == 0
    assert broken(work) == ()


def test_x_at_any_time_is_the_z_that_a_close_would_give(work: AtWork) -> None:
    sell(work, (1, 5))
    shift_id = str(work.desk.shift_id)
    read = work.office.read(lambda store: reports.shift_report(store, shift_id))
    found = close(work, 118_000)
    assert read.close is None
    assert replace(found, close=None) == read
    kept = work.office.read(lambda store: reports.z_reports(store, 1))
    assert [row.report for row in kept] == [found]


# --- what stands in the way ---------------------------------------------------------------------


def refused(work: AtWork) -> dict[str, object]:
    with pytest.raises(ShiftBusy) as found:
        closing.close_shift(office=work.office, desk=work.desk, counts={})
    assert rows(work, "SELECT status FROM shift") == [("open",)]
    return found.value.fields


def test_baskets_and_pages_have_to_be_cleared_first(work: AtWork) -> None:
    basket = take(work, (1, 5))
    parked = take(work, (1, 6))
    holds.park(office=work.office, desk=work.desk, basket=parked, label="")
    assert refused(work) == {"baskets": 1, "parked": 1, "payments": 0, "pages": 0}
    for left in (basket, parked):
        holds.abandon(office=work.office, desk=work.desk, basket=left)
    sell(work, (1, 7))
    assert refused(work) == {"baskets": 0, "parked": 0, "payments": 0, "pages": 2}
    close(work, 118_000)
    assert broken(work) == ()


def test_a_payment_under_way_keeps_the_shift_open(work: AtWork) -> None:
    basket = take(work, (1, 5))
    work.office.write(
        lambda store: store.run(
            "INSERT INTO attempt (id, number, order_id, tender, amount_fen, currency, "
            "status, created_at, "
            "ended_at) VALUES ('a', '1-1-9', ?, 'cash', 1, 'CNY', 'sent', 'x', NULL)",
            (basket,),
        )
    )
    assert refused(work)["payments"] == 1


def test_an_empty_basket_is_in_nobodys_way(work: AtWork) -> None:
    basket = take(work, (1, 5))
    lines = [str(r[0]) for r in rows(work, "SELECT id FROM order_line WHERE order_id = ?", basket)]
    holds.drop_lines(office=work.office, desk=work.desk, basket=basket, line_ids=lines)
    close(work, 50_000)


# --- afterwards ----------------------------------------------------------------------------------


def test_a_closed_shift_takes_nothing_more(work: AtWork) -> None:
    basket = take(work, (1, 5))
    holds.abandon(office=work.office, desk=work.desk, basket=basket)
    close(work, 50_000)
    with pytest.raises(NoShift):
        closing.close_shift(office=work.office, desk=work.desk, counts={})
    with pytest.raises(NoShift):
        cash_moves.pay_in(office=work.office, desk=work.desk, amount_fen=1, reason="x")
    with pytest.raises(NoShift):
        sell(work, (1, 5))
    assert rows(work, "SELECT count(*) FROM attempt WHERE ended_at IS NULL") == [(0,)]
    order, ticket_ids = tickets_of(work, "TT0001")
    with pytest.raises(NoShift):
        hand_over(work, order, ticket_ids)
    with pytest.raises(peewee.IntegrityError, match="closed shift"):
        work.office.write(
            lambda store: store.run(
                "INSERT INTO posting SELECT window_id, epoch, number, 9, at, business_day, "
                "shift_id, account, 5, currency, NULL FROM posting LIMIT 1"
            )
        )
    bootstrap.recover(work.office)
    assert broken(work) == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE z_report SET content = '{}'",
        "UPDATE z_report SET number = 7",
        "DELETE FROM z_report",
    ],
)
def test_a_z_report_never_changes(work: AtWork, sql: str) -> None:
    close(work, 50_000)
    with pytest.raises(peewee.IntegrityError, match="never changed"):
        work.office.write(lambda store: store.run(sql))


def test_numbers_have_no_gaps_over_several_shifts(work: AtWork) -> None:
    for number, who in enumerate(["1001", "2001", "3001", "1001"], start=1):
        desk = work if number == 1 else sign_on(work, who, float_fen=1_000 * number)
        assert close(desk, 1_000).close.number == number  # type: ignore[union-attr]
    assert [row[0] for row in z_rows(work)] == [1, 2, 3, 4]
    assert broken(work) == ()


# --- off line, and in pages ---------------------------------------------------------------------


def test_several_shifts_off_line_arrive_page_by_page(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that ends inside a shift does not bring its close before its postings."""
    off = faulty(work, *[DEAF] * 99)
    for basket in [take(work, (1, 3 + n)) for n in range(4)]:
        pay(off, basket)
    close(off, 50_000 + 4 * 68_000)
    late = sign_on(off, "2001", float_fen=1_000)
    cash_moves.pay_in(office=late.office, desk=late.desk, amount_fen=500, reason="x")
    close(late, 1_500)
    assert there(work, "SELECT count(*) FROM z_report") == [(0,)]
    monkeypatch.setattr(sync, "ENTRIES_A_PAGE", 3)
    page = work.office.write(lambda store: sync.page_of(work.office.chain, store))
    sync.push(work.office)
    assert page.shifts[0][4] == "open"
    assert there(work, "SELECT number FROM z_report ORDER BY number") == [(1,), (2,)]
    assert there(work, "SELECT DISTINCT status FROM shift") == [("closed",)]
    assert broken(work) == ()
