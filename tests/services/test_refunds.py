"""Refunds: by two above a limit, back the way it was paid, the papers in hand."""

from __future__ import annotations

import peewee
import pytest

from boxoffice.errors import (
    NeedsApproval,
    NoShift,
    NotAllowed,
    PapersMissing,
    QuoteChanged,
    SamePerson,
)
from boxoffice.services.aftersales import refunds
from boxoffice.services.staff import operators, shifts
from boxoffice.services.staff.approvals import Approval
from tests.faults.acts import (
    broken,
    hand_over,
    rows,
    there,
    tickets_of,
)
from tests.homes import AtWork, at_work, small_home
from tests.services.return_acts import (
    account,
    be,
    by_number,
    drawer,
    lines,
    policy,
    quote,
    refund,
    sell_at,
    session,
    supervisor,
    view,
)


def test_above_the_limit_a_second_person_approves(open_: AtWork) -> None:
    order = sell_at(open_, "X1", *[(1, n) for n in range(1, 5)])
    seen = quote(open_, order)
    assert (seen.quote.amount_fen, seen.approval) == (217_600, ("limit",))
    with pytest.raises(NeedsApproval):
        refund(open_, order)
    for wrong, error in (
        (supervisor(open_, "void"), NeedsApproval),
        (Approval(open_.desk.operator.id, "1001", "", "refund"), SamePerson),
    ):
        with pytest.raises(error):
            refund(open_, order, approval=wrong)
    assert rows(open_, "SELECT count(*) FROM refund") == [(0,)]
    assert rows(open_, "SELECT count(*) FROM held_order") == [(0,)]
    given = supervisor(open_, "refund")
    refund(open_, order, approval=given)
    found = rows(open_, "SELECT DISTINCT operator_id, approver_id FROM refund")
    assert found == [(open_.desk.operator.id, given.operator_id)]
    (facts,) = rows(open_, "SELECT facts FROM journal WHERE act = 'refund'")
    assert '"approver":"3001"' in facts[0]
    assert broken(open_) == ()


def test_a_large_sum_does_not_go_in_small_parts(open_: AtWork) -> None:
    order = sell_at(open_, "X1", *[(1, n) for n in range(1, 5)])
    every = lines(open_, order)
    for line in every[:3]:
        refund(open_, order, [line])
    assert quote(open_, order, every[3:]).approval == ("limit",)
    with pytest.raises(NeedsApproval):
        refund(open_, order, every[3:])
    refund(open_, order, every[3:], approval=supervisor(open_, "refund"))
    assert broken(open_) == ()


def test_exactly_the_limit_needs_nobody(open_: AtWork, tmp_path) -> None:
    policy(open_, tmp_path, "even,2025-08-01,0,,yes,,100,order,no,说明,note")
    session(open_, tmp_path, "E1", "2025-10-03T12:30", "even")
    order = sell_at(open_, "E1", *[(1, n) for n in range(1, 4)], (3, 1))
    seen = quote(open_, order, lines(open_, order)[:3])
    assert (seen.quote.amount_fen, seen.approval) == (194_000, ())
    assert quote(open_, order).approval == ("limit",)


def test_once_the_gates_are_open_a_second_person_approves(work: AtWork, tmp_path) -> None:
    policy(work, tmp_path, "kind,2025-08-01,0,,yes,10,,ticket,no,说明,note")
    session(work, tmp_path, "K1", "2025-10-03T12:30", "kind")
    order = sell_at(work, "K1", (1, 5))
    be("2025-10-03T09:59:59")
    assert quote(work, order).approval == ()
    be("2025-10-03T10:00:00")
    assert quote(work, order).approval == ("gates",)
    with pytest.raises(NeedsApproval):
        refund(work, order)
    refund(work, order, approval=supervisor(work, "refund"))


def test_the_table_takes_no_approval_of_oneself(open_: AtWork) -> None:
    order = sell_at(open_, "X1", (1, 5))
    refund(open_, order)
    (row,) = rows(open_, "SELECT * FROM refund")
    names = [r[1] for r in rows(open_, "PRAGMA table_info(refund)")]
    values = dict(zip(names, row, strict=True))
    values |= {"id": "x", "ticket_id": "y", "approver_id": values["operator_id"]}
    marks = ", ".join("?" * len(names))
    with pytest.raises(peewee.IntegrityError):
        open_.office.write(
            lambda s: s.run(f"INSERT INTO refund VALUES ({marks})", tuple(values.values()))
        )


def test_a_presold_order_is_asked_of_its_channel(open_: AtWork) -> None:
    order = by_number(open_, "TT0001")
    be("2025-09-20T10:00")
    before, taken = drawer(open_), account(open_, "channel:app")
    seen = quote(open_, order)
    assert (seen.quote.cash_fen, seen.quote.requests) == (0, (("channel:app", 108_800),))
    assert seen.quote.papers == 0
    done = refund(open_, order)
    assert (done.cash_fen, done.requests, done.whole) == (0, (("channel:app", 108_800),), True)
    assert drawer(open_) == before
    assert account(open_, "channel:app") == taken - 108_800
    found = rows(open_, "SELECT DISTINCT tender, status, kind FROM refund")
    assert found == [("channel:app", "requested", "refund")]
    assert broken(open_) == ()


def test_a_free_ticket_brings_nothing_and_posts_nothing(work: AtWork) -> None:
    order = sell_at(work, "O2", (4, 9))
    done = refund(work, order)
    assert (done.amount_fen, done.whole) == (0, True)
    assert broken(work) == ()


def test_what_was_agreed_goes_back_or_nothing(open_: AtWork) -> None:
    order = sell_at(open_, "X1", (1, 5))
    be("2025-09-24T12:30")
    seen = quote(open_, order)
    be("2025-09-24T12:30:01")
    with pytest.raises(QuoteChanged):
        refunds.refund(
            office=open_.office,
            desk=open_.desk,
            order_id=order,
            line_ids=lines(open_, order),
            quoted_fen=seen.quote.amount_fen,
            papers_back=True,
        )
    assert view(open_, order).status == "paid"
    assert there(open_, "SELECT holder FROM custody_order WHERE order_id = ?", order) == [(None,)]


def test_paper_that_is_out_comes_back_first(open_: AtWork) -> None:
    order = sell_at(open_, "X1", (1, 5))
    assert quote(open_, order).quote.papers == 1
    with pytest.raises(PapersMissing):
        refund(open_, order, papers=False)
    presold = by_number(open_, "TT0002")
    be("2025-09-20T10:00")
    refund(open_, presold, papers=False)


def test_who_may_refund(tmp_path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        order = sell_at(work, "O2", (1, 5))
        nobody = shifts.desk_for(
            office=work.office,
            operator=operators.operator_by_number(office=work.office, number="3001"),
        )
        pickup = shifts.desk_for(
            office=work.office,
            operator=operators.operator_by_number(office=work.office, number="2001"),
        )
        for desk, error in ((nobody, NoShift), (pickup, NotAllowed)):
            with pytest.raises(error):
                quote(AtWork(work.office, desk), order)


def test_a_ticket_handed_over_at_pickup_comes_back(open_: AtWork) -> None:
    order, every = tickets_of(open_, "TT0001")
    be("2025-09-20T10:00")
    hand_over(open_, order, every[:1])
    assert quote(open_, order).quote.papers == 1
    refund(open_, order)
    assert broken(open_) == ()
