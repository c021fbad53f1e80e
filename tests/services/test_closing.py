"""Closing: blind, whole or not at all, over and short apart, and a Z that never changes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import peewee
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boxoffice import bootstrap
from boxoffice.desk import Desk
from boxoffice.domain.cash import DENOMINATIONS
from boxoffice.errors import (
    NoShift,
    NotAllowed,
    ReasonMissing,
    SamePerson,
    ShiftBusy,
    ShiftOpen,
    WrongPin,
)
from boxoffice.queries import reports
from boxoffice.queries.reports import ShiftReport
from boxoffice.services import (
    approvals,
    cash_moves,
    closing,
    holds,
    operators,
    refunds,
    shifts,
    sync,
    tickets,
    voids,
)
from tests.faults.acts import (
    DEAF,
    broken,
    faulty,
    hand_over,
    pay,
    proof,
    rows,
    sell,
    take,
    there,
    tickets_of,
)
from tests.homes import ROWS, SEATS, AtWork, at_work, small_home


def settle_pages(work: AtWork) -> None:
    """What was sold is printed."""
    jobs = [str(row[0]) for row in rows(work, "SELECT id FROM print_job WHERE status = 'queued'")]
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=jobs)


def notes(fen: int) -> dict[int, int]:
    """An amount in as few notes as there are."""
    found = {}
    for note in DENOMINATIONS:
        found[note], fen = divmod(fen, note)
    assert fen == 0
    return found


def close(work: AtWork, fen: int) -> ShiftReport:
    settle_pages(work)
    return closing.close_shift(office=work.office, desk=work.desk, counts=notes(fen))


def sign_on(work: AtWork, number: str, *, float_fen: int | None = None) -> AtWork:
    operator = operators.operator_by_number(office=work.office, number=number)
    desk = shifts.desk_for(office=work.office, operator=operator)
    if float_fen is not None:
        desk = shifts.open_shift(office=work.office, desk=desk, float_fen=float_fen)
    return AtWork(work.office, desk)


def drawer(work: AtWork, shift_id: str | None) -> int:
    return work.office.read(lambda store: shifts.drawer_fen(store, str(shift_id)))


def z_rows(work: AtWork) -> list[tuple[object, ...]]:
    return rows(work, "SELECT number, shift_id, content FROM z_report ORDER BY number")


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
            "INSERT INTO attempt VALUES ('a', '1-1-9', ?, 'cash', 1, 'CNY', 'sent', 'x', NULL)",
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
    page = work.office.write(lambda store: sync._page(work.office, store))
    sync.push(work.office)
    assert page.shifts[0][4] == "open"
    assert there(work, "SELECT number FROM z_report ORDER BY number") == [(1,), (2,)]
    assert there(work, "SELECT DISTINCT status FROM shift") == [("closed",)]
    assert broken(work) == ()


# --- any day --------------------------------------------------------------------------------------


def boss(work: AtWork, act: str) -> approvals.Approval:
    """The supervisor has signed for it."""
    found = operators.operator_by_number(office=work.office, number="3001")
    return approvals.Approval(found.id, found.number, found.name, act)


def send_back(work: AtWork, act: str, order_id: str) -> None:
    """All tickets of an order come back, voided or refunded by the policy."""
    office, desk = work.office, work.desk
    if act == "void":
        voids.void(
            office=office,
            desk=desk,
            order_id=order_id,
            papers_back=True,
            reason="x",
            approval=boss(work, "void"),
        )
        return
    lines = [
        str(r[0]) for r in rows(work, "SELECT id FROM order_line WHERE order_id = ?", order_id)
    ]
    quote = refunds.quote(office=office, desk=desk, order_id=order_id, line_ids=lines).quote
    refunds.refund(
        office=office,
        desk=desk,
        order_id=order_id,
        line_ids=lines,
        quoted_fen=quote.amount_fen,
        papers_back=True,
    )


def test_what_came_back_has_lines_of_its_own(work: AtWork) -> None:
    """20 % of 680 yuan are kept of a refund, nothing of a void."""
    first, second = sell(work, (1, 5)), sell(work, (1, 6), (1, 7))
    send_back(work, "refund", first.order_id)
    send_back(work, "void", second.order_id)
    found = close(work, 50_000 + 13_600)
    assert found.refunds == reports.Returned(1, 1, 68_000, 13_600, 54_400)
    assert found.voids == reports.Returned(1, 2, 136_000, 0, 136_000)
    assert found.sales_fen == 3 * 68_000
    assert found.tenders == {"cash:drawer": reports.Tender(204_000, 190_400)}
    assert broken(work) == ()


_AMOUNT = st.integers(1, 300).map(lambda n: n * 10)
_ACT = st.one_of(
    st.tuples(st.sampled_from(["sell", "sell", "void", "refund"]), st.just(0)),
    st.tuples(st.sampled_from(["in", "out", "drop"]), _AMOUNT),
    st.tuples(st.just("close"), st.integers(-30, 30).map(lambda n: n * 10)),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ACT, max_size=12))
def test_any_day_ends_with_a_z_that_is_its_fold(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("day")
    home = small_home(folder)
    with at_work(home) as work:
        free = [(r, n) for r in range(1, ROWS + 1) for n in range(1, SEATS + 1) if (r, n) < (4, 9)]
        own, sold = work.desk.operator, []
        for act, amount in [*acts, ("close", 0)]:
            office, desk = work.office, work.desk
            if act == "sell":
                sold.append(sell(work, free.pop()).order_id)
            elif act in ("void", "refund"):
                if sold:
                    send_back(work, act, sold.pop())
            elif act == "in":
                cash_moves.pay_in(office=office, desk=desk, amount_fen=amount, reason="x")
            elif act == "out":
                cash_moves.pay_out(office=office, desk=desk, amount_fen=amount, reason="x")
            elif act == "drop":
                second = boss(work, cash_moves.DROP)
                cash_moves.drop(office=office, desk=desk, amount_fen=amount, approval=second)
            else:
                held = drawer(work, desk.shift_id)
                found = close(work, max(0, held + amount))
                difference = max(0, held + amount) - held
                assert found.over_fen - found.short_fen == difference
                assert 0 in (found.over_fen, found.short_fen)
                assert found.expected_fen == held
                assert held == found.float_fen + found.paid_in.fen + sum(
                    tender.taken_fen - tender.given_fen for tender in found.tenders.values()
                ) - (found.paid_out.fen + found.drops.fen)
                assert drawer(work, desk.shift_id) == 0
                work = sign_on(work, own.number, float_fen=20_000)
        numbers = [row[0] for row in z_rows(work)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert broken(work) == ()
    assert proof(home).broken == ()
