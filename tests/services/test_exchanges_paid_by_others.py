"""Exchanges whose difference somebody outside takes or gives back, killed at any step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from boxoffice import clock
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import BoxOfficeError, WrongStatus
from boxoffice.services.aftersales import exchanges
from boxoffice.services.sales import asking, checkout, paybacks
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from tests.faults.acts import DEAF, DIES, LOST, Crash, broken, faulty, rows, take
from tests.gateways import Hours, Killed, Party, with_parties
from tests.homes import AtWork, at_work
from tests.services.exchange_acts import (
    begin,
    books,
    cash,
    clean,
    complete,
    exchange,
    give_up,
    lines,
    live,
    to_seats,
)
from tests.services.return_acts import refund, void

A, B = 68_000, 28_000


@pytest.fixture
def work(paid_by_code: AtWork) -> AtWork:
    return paid_by_code


def ask(work: AtWork, time: Hours, order: str, amount: int | None = None) -> AttemptStatus:
    return asking.ask(
        office=work.office,
        desk=work.desk,
        basket=order,
        tender="wechat",
        amount_fen=amount,
        pause=time.wait,
    ).status


def sold(work: AtWork, time: Hours, *seats: tuple[int, int]) -> str:
    """Paid by code."""
    basket = take(work, *seats)
    ask(work, time, basket)
    return basket


def follow(work: AtWork) -> None:
    """All money that is on its way back."""
    for one in work.office.read(lambda s: paybacks.waiting(s, 1, 1)):
        paybacks.follow(office=work.office, payback_id=one)


def agreed(work: AtWork, party: Party) -> None:
    clean(work)
    assert party.held == books(work, "wechat")
    assert books(work, "owed:refunds") == books(work, "owed:deposits") == 0


def test_the_difference_by_code_and_by_two_tenders(work: AtWork, time: Hours, party: Party) -> None:
    order = sold(work, time, (3, 5), (3, 6))
    begin(work, order, to_seats(work, order, (1, 5)))
    assert ask(work, time, order) is AttemptStatus.SUCCEEDED
    assert (party.held, live(work, order)) == (A + B, [("O2", 1, 5), ("O2", 3, 6)])
    agreed(work, party)
    begin(work, order, to_seats(work, order, (1, 6)))
    assert cash(work, order, 15_000).left_fen == A - B - 15_000
    clean(work)
    assert ask(work, time, order) is AttemptStatus.SUCCEEDED
    assert party.held == 2 * A - 15_000
    agreed(work, party)
    # All of it back: through two exchanges to the charges it was paid by.
    drawer = books(work, "cash:drawer")
    back = void(work, order, lines(work, order))
    assert (back.cash_fen, back.requests) == (15_000, (("wechat", 2 * A - 15_000),))
    clean(work)
    follow(work)
    agreed(work, party)
    assert (party.held, drawer - books(work, "cash:drawer")) == (0, 15_000)


def test_what_is_above_goes_back_the_way_it_came(work: AtWork, time: Hours, party: Party) -> None:
    order = sold(work, time, (1, 5))
    sale = exchange(work, order, to_seats(work, order, (3, 5)))
    assert (sale.returned, books(work, "owed:refunds")) == ((("wechat", A - B),), -(A - B))
    clean(work)
    follow(work)
    agreed(work, party)
    assert party.held == B
    back = refund(work, order, lines(work, order))
    follow(work)
    assert party.held == B - back.amount_fen == B // 5
    agreed(work, party)


@pytest.mark.parametrize(
    ("days", "status"),
    [(["declined"], "declined"), (["lost", *["silent"] * 40], "unknown"), (["silent"], None)],
)
def test_bad_days_of_the_difference(
    home: Home, work: AtWork, time: Hours, party: Party, days: list[str], status: str | None
) -> None:
    order = sold(work, time, (3, 5))
    begin(work, order, to_seats(work, order, (1, 5)))
    party.days = list(days)
    found = ask(work, time, order)
    if status is None:
        assert found is AttemptStatus.SUCCEEDED
        assert live(work, order) == [("O2", 1, 5)]
        agreed(work, party)
        return
    # The old ticket is good whatever became of the money.
    assert (found, live(work, order)) == (status, [("O2", 3, 5)])
    party.days = []
    if status == "unknown":
        with pytest.raises(WrongStatus):
            give_up(work, order)
        for attempt in work.office.read(partial(asking.unfinished, chain=work.office.chain)):
            time.pass_(400)
            asking.look_again(office=work.office, attempt_id=attempt)
    give_up(work, order)
    agreed(work, party)
    assert (live(work, order), books(work, "wechat")) == ([("O2", 3, 5)], B)


@pytest.mark.parametrize("where", ["killed_before", "killed_after"])
def test_killed_while_the_difference_is_asked_for(
    home: Home, time: Hours, party: Party, where: str
) -> None:
    with at_work(home) as found:
        clock.use(lambda: time.at)
        work = with_parties(found, party)
        order = sold(work, time, (3, 5))
        begin(work, order, to_seats(work, order, (1, 5)))
        party.days = [where]
        with pytest.raises(Killed):
            ask(work, time, order)
    with at_work(home) as found:
        clock.use(lambda: time.at)
        work = with_parties(found, party)
        time.pass_(400)  # it is asked about first
        for attempt in work.office.read(partial(asking.unfinished, chain=work.office.chain)):
            asking.look_again(office=work.office, attempt_id=attempt)
        if where == "killed_before":
            assert exchanges.give_up_left(work.office) == 1
        # Money that came ends it; the ticket waits to be picked up.
        there = ("O2", 1, 5) if where == "killed_after" else ("O2", 3, 5)
        assert live(work, order) == [there]
        agreed(work, party)


def _begin(work: AtWork, order: str) -> None:
    begin(work, order, to_seats(work, order, (1, 5), (3, 7)))


def _pay(work: AtWork, order: str) -> None:
    cash(work, order)


def _give_up(work: AtWork, order: str) -> None:
    give_up(work, order)


@pytest.mark.parametrize("fault", [DEAF, LOST, DIES])
@pytest.mark.parametrize("call", range(4))
@pytest.mark.parametrize("act", [_begin, _pay, _give_up])
def test_the_line_breaks_or_the_program_ends_at_any_call(
    home: Home, fault: str, call: int, act: Callable[[AtWork, str], None]
) -> None:
    with at_work(home) as work:
        order = checkout.pay_cash(
            office=work.office, desk=work.desk, basket=take(work, (3, 5), (3, 6)),
            tendered_fen=100_000,
        ).order_id  # fmt: skip
        sync.push(work.office)
        if act is not _begin:
            _begin(work, order)
        with suppress(Crash, BoxOfficeError):
            act(faulty(work, *[""] * call, fault), order)
    with at_work(home) as work:
        sync.push(work.office)
        assert broken(work) == ()
        (status,) = rows(work, "SELECT status FROM orders WHERE id = ?", order)[0]
        assert status == "paid"
        seats = live(work, order)
        moved = books(work, "cash:drawer") - 50_000 - 2 * B
        assert (seats, moved) in (
            ([("O2", 3, 5), ("O2", 3, 6)], 0),
            ([("O2", 1, 5), ("O2", 3, 7)], A - B),
        )
        # Whatever happened, it can be exchanged, and was lost to nobody.
        exchange(work, order, to_seats(work, order, (2, 5)))
        clean(work)


def test_a_kept_order_goes_back_once_it_is_over(work: AtWork, time: Hours) -> None:
    order = sold(work, time, (3, 5))
    begin(work, order, to_seats(work, order, (3, 6)))
    assert rows(work, "SELECT order_id FROM held_order") == [(order,)]
    complete(work, order)
    assert rows(work, "SELECT order_id FROM held_order") == []
