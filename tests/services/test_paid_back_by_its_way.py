"""Returned tickets whose money somebody outside took: back the way it came, once, to the fen."""

from __future__ import annotations

import pytest

from boxoffice.domain.statuses import PaybackStatus
from boxoffice.errors import WrongStatus
from boxoffice.services.aftersales import voids
from boxoffice.services.follower import Rounds
from boxoffice.services.sales import asking, checkout, paybacks
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from tests.faults.acts import proof, rows, take
from tests.gateways import Hours, Killed, Party
from tests.homes import AtWork
from tests.services.return_acts import quote, refund


@pytest.fixture
def work(paid_by_code: AtWork) -> AtWork:
    return paid_by_code


def by_code(work: AtWork, basket: str, amount: int | None = None) -> None:
    asking.ask(
        office=work.office, desk=work.desk, basket=basket, tender="wechat", amount_fen=amount
    )


def books(work: AtWork, account: str) -> int:
    found = rows(
        work, "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = ?", account
    )
    return int(found[0][0])


def clean(home: Home, work: AtWork) -> None:
    sync.push(work.office)
    assert proof(home).broken == ()


def follow_all(work: AtWork) -> None:
    """Every payback once."""
    for one in work.office.read(lambda s: paybacks.waiting(s, 1, 1)):
        paybacks.follow(office=work.office, payback_id=one)


@pytest.mark.parametrize("mixed", [False, True])
def test_refunded_in_parts(home: Home, work: AtWork, party: Party, mixed: bool) -> None:
    basket = take(work, (1, 5), (1, 6), (1, 7))
    if mixed:
        checkout.pay_cash(
            office=work.office, desk=work.desk, basket=basket, tendered_fen=40_001,
            amount_fen=40_001,
        )  # fmt: skip
    by_code(work, basket)
    paid = party.held
    drawer = books(work, "cash:drawer")
    lines = [str(r[0]) for r in rows(work, "SELECT id FROM order_line WHERE order_id = ?", basket)]
    given = 0
    for line in lines:
        found = quote(work, basket, [line])
        back = refund(work, basket, [line])
        assert back.amount_fen == found.quote.amount_fen
        given += back.amount_fen
        # Until it is decided nothing else is done with the order.
        with pytest.raises(WrongStatus):
            voids.void(
                office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x"
            )
        clean(home, work)
        follow_all(work)
        clean(home, work)
    assert paid - party.held + drawer - books(work, "cash:drawer") == given > 0
    assert party.held == books(work, "wechat")
    assert books(work, "owed:refunds") == books(work, "owed:deposits") == 0


@pytest.mark.parametrize(
    ("days", "ends"),
    [
        (["silent"], ["unknown", "arrived"]),
        (["lost"], ["unknown", "arrived"]),
        (["short", "short"], ["sent", "sent", "arrived"]),
        (["pending", ""], ["accepted", "arrived"]),
        (["pending", "closed"], ["accepted", "closed"]),
        (["dead"], ["dead"]),
    ],
)
def test_bad_days_of_a_payback(
    home: Home, work: AtWork, party: Party, days: list[str], ends: list[str]
) -> None:
    basket = take(work, (1, 5))
    by_code(work, basket)
    voids.void(office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x")
    party.days = list(days)
    (back,) = work.office.read(lambda s: paybacks.waiting(s, 1, 1))
    for end in ends:
        found = paybacks.follow(office=work.office, payback_id=back)
        assert found.status == end
        # What they did and did not say is owed in our books until they say it.
        assert party.held <= books(work, "wechat")
        clean(home, work)
    assert party.held == books(work, "wechat")
    if ends[-1] == "closed":  # under a new number, by itself
        (again,) = work.office.read(lambda s: paybacks.waiting(s, 1, 1))
        found = paybacks.follow(office=work.office, payback_id=again)
        assert found.status is PaybackStatus.ARRIVED
        assert party.held == books(work, "wechat") == books(work, "owed:refunds") == 0
        clean(home, work)
    numbers = {number for act, number in party.asked if act == "refund"}
    assert len(numbers) == (2 if ends[-1] == "closed" else 1)


@pytest.mark.parametrize("where", ["killed_before", "killed_after"])
def test_killed_around_a_refund(home: Home, work: AtWork, party: Party, where: str) -> None:
    basket = take(work, (1, 5))
    by_code(work, basket)
    voids.void(office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x")
    party.days = [where]
    (back,) = work.office.read(lambda s: paybacks.waiting(s, 1, 1))
    with pytest.raises(Killed):
        paybacks.follow(office=work.office, payback_id=back)
    clean(home, work)
    rounds = Rounds(work.office)
    assert rounds.go(0.0) == 1
    assert party.held == books(work, "wechat") == 0
    clean(home, work)
    assert rounds.go(1.0) == 0


def test_the_follower_asks_again_in_the_rhythm_of_who_is_asked(
    work: AtWork, time: Hours, party: Party
) -> None:
    party.days = ["silent"] * 30
    basket = take(work, (1, 5))
    asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat", pause=time.wait)
    rounds = Rounds(work.office)
    assert [rounds.go(now) for now in (0, 1, 30, 60, 61)] == [1, 0, 0, 1, 0]
    party.days = []
    assert rounds.go(120.0) == 1
    assert rows(work, "SELECT status FROM attempt") == [("reversed",)]
