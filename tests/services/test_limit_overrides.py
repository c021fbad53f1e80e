"""A purchase limit passed for one order: with a reason and a second person, on record."""

from __future__ import annotations

import json

import pytest

from boxoffice.errors import NeedsApproval, NotAllowed, ReasonMissing, SamePerson
from boxoffice.services.sales import limit_overrides, limits, reservations
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval
from tests.homes import AtWork
from tests.services import reserving
from tests.services.limiting import (
    DOCUMENT,
    PHONE,
    TURN,
    bind,
    buyer,
    passes,
    pay,
    refused,
    rule,
    take,
    view,
)


def supervisor(work: AtWork, act: str = limits.PASS) -> Approval:
    return approvals.approve(office=work.office, desk=work.desk, number="3001", pin="3001", act=act)


def let_pass(work: AtWork, order: str | None, name: str, count: int, **changed: object) -> str:
    wanted = {"reason": "a school class", "approval": supervisor(work), **changed}
    return limit_overrides.let_pass(
        office=work.office, desk=work.desk, order_id=order, rule=name, count=count, **wanted
    )


def entries(work: AtWork, order: str) -> list[dict[str, object]]:
    rows = work.office.read(
        lambda store: store.all(
            "SELECT facts FROM journal WHERE act = ? ORDER BY number", (limits.PASS,)
        )
    )
    found = [json.loads(row[0]) for row in rows]
    return [facts for facts in found if facts["order"] == order]


def test_a_basket_may_pass_the_limit_up_to_what_was_allowed(work: AtWork):
    rule(work, f"{TURN},2025-09-01,,2")
    basket = take(work, (1, 1), (1, 2))
    with refused(TURN, 2, 4):
        take(work, (1, 3), (1, 4), into=basket)
    assert let_pass(work, basket, TURN, 4) == basket
    take(work, (1, 3), (1, 4), into=basket)
    with refused(TURN, 2, 5):
        take(work, (1, 5), into=basket)
    assert pay(work, basket).total_fen == 4 * 68_000
    (facts,) = entries(work, basket)
    assert facts == {
        "order": basket,
        "rule": TURN,
        "up_to": 4,
        "reason": "a school class",
        "approver": "3001",
    }


def test_another_basket_and_another_limit_stay_refused(work: AtWork):
    rule(work, f"{TURN},2025-09-01,,2", f"{PHONE},2025-09-01,,1")
    basket = take(work, (1, 1), (1, 2))
    let_pass(work, basket, TURN, 3)
    take(work, (1, 3), into=basket)
    with refused(PHONE, 1, 3):
        buyer(work, basket)
    with refused(TURN, 2, 3):
        take(work, (2, 1), (2, 2), (2, 3))


def test_a_basket_that_is_not_there_yet_begins_empty(work: AtWork):
    rule(work, f"{TURN},2025-09-01,,2")
    with refused(TURN, 2, 3):
        passes(work, 3)
    basket = let_pass(work, None, TURN, 3)
    assert view(work, basket).lines == ()
    assert passes(work, 3, into=basket) == basket
    assert len(view(work, basket).lines) == 3


def test_a_document_and_a_phone(work: AtWork):
    rule(work, f"{DOCUMENT},2025-09-01,,1", f"{PHONE},2025-09-01,,2")
    first = take(work, (2, 1), session="O1")
    bind(work, first, 7)
    pay(work, first)
    second = take(work, (1, 1), session="O2")
    with refused(DOCUMENT, 1, 2):
        bind(work, second, 7)
    let_pass(work, second, DOCUMENT, 2)
    bind(work, second, 7)
    take(work, (1, 2), (1, 3), into=second)
    with refused(PHONE, 2, 3):
        buyer(work, second)
    let_pass(work, second, PHONE, 3)
    buyer(work, second)
    assert pay(work, second).number


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"reason": "  "}, ReasonMissing),
        ({"approval": None}, NeedsApproval),
        ({"approval": Approval("0" * 32, "3001", "主管", limits.PASS)}, NotAllowed),
    ],
)
def test_without_a_reason_or_a_second_person_nothing_is_allowed(work: AtWork, changed, error):
    rule(work, f"{TURN},2025-09-01,,1")
    basket = take(work, (1, 1))
    with pytest.raises(error):
        let_pass(work, basket, TURN, 2, **changed)
    with pytest.raises(NeedsApproval):
        let_pass(work, basket, TURN, 2, approval=supervisor(work, "refund"))
    clerk = work.desk.operator
    own = Approval(clerk.id, clerk.number, clerk.name, limits.PASS)
    with pytest.raises(SamePerson):
        let_pass(work, basket, TURN, 2, approval=own)
    assert entries(work, basket) == []
    with refused(TURN, 1, 2):
        take(work, (1, 2), into=basket)


def test_a_zone_stays_as_full_as_it_may_be(work: AtWork):
    assert not limit_overrides.may_pass("capacity_cap")
    with pytest.raises(ValueError, match="capacity_cap"):
        let_pass(work, None, "capacity_cap", 99)


def test_a_reservation_keeps_what_was_allowed(work: AtWork):
    rule(work, f"{TURN},2025-09-01,,1")
    basket = let_pass(work, take(work, (1, 1)), TURN, 2)
    take(work, (1, 2), into=basket)
    made = reservations.reserve(
        office=work.office, desk=work.desk, basket=basket, name="张伟", phone="", minutes=60
    )
    assert reserving.pay(work, made.order_id).total_fen == 2 * 68_000
