"""Any day at a window ends with Z reports that are the fold of what was done."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boxoffice.queries import reports
from boxoffice.services.aftersales import refunds, voids
from boxoffice.services.staff import approvals, operators
from boxoffice.services.till import cash_moves
from tests.faults.acts import broken, proof, rows, sell
from tests.homes import ROWS, SEATS, AtWork, at_work, small_home
from tests.services.closes import close, drawer, sign_on, z_rows
from tests.services.examples import examples


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


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
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
