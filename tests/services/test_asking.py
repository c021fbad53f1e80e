"""Money asked of somebody outside: whatever they say or do not say, books and money agree."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial

import pytest

from boxoffice import clock
from boxoffice.domain.gateway_numbers import known_as, number_of
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import TenderNotSetUp, TooMuch, WrongStatus
from boxoffice.services.sales import asking, checkout, paybacks, undoing
from boxoffice.services.sales.attempts import CODE, Paying, Talk
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from boxoffice.verify.proof import Proof
from tests.faults.acts import LOST, faulty, name_all, proof, rows, take, there
from tests.gateways import Hours, Killed, Party, Trade
from tests.homes import AtWork

PRICE = 68_000


@pytest.fixture
def work(paid_by_code: AtWork) -> AtWork:
    return paid_by_code


def ask(work: AtWork, time: Hours, basket: str, amount: int | None = None) -> Paying:
    return asking.ask(
        office=work.office,
        desk=work.desk,
        basket=basket,
        tender="wechat",
        code="134567890123456789",
        amount_fen=amount,
        pause=time.wait,
    )


def proved(home: Home) -> Proof:
    return proof(home)


def books(work: AtWork, account: str) -> int:
    found = rows(
        work, "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = ?", account
    )
    return int(found[0][0])


def test_paid_at_once_is_sold_and_handed_over(
    home: Home, work: AtWork, time: Hours, party: Party
) -> None:
    basket = take(work, (1, 5), (1, 6))
    paying = ask(work, time, basket)
    assert paying.status is AttemptStatus.SUCCEEDED
    assert paying.sale is not None
    assert paying.sale.finished
    assert len(paying.sale.print_jobs) == 3
    assert party.held == books(work, "wechat") == paying.sale.total_fen
    ((reference, facts),) = rows(work, "SELECT reference, facts FROM payment WHERE window_id = 1")
    assert reference
    assert (
        number_of("v1", json.loads(facts)[CODE]) == there(work, "SELECT number FROM attempt")[0][0]
    )
    assert "1345678" not in facts
    assert there(work, "SELECT status FROM attempt") == [("succeeded",)]
    assert proved_after(home, work).broken == ()


def proved_after(home: Home, work: AtWork) -> Proof:
    sync.push(work.office)
    return proof(home)


@pytest.mark.parametrize(
    ("days", "status", "money"),
    [
        ([""], "succeeded", True),
        (["silent", ""], "succeeded", True),
        (["waiting", "", "", "pays"], "succeeded", True),
        (["declined"], "declined", False),
        (["lost", "", "", "", "", "", "", "", "", ""], "reversed", False),
        (["waiting"], "reversed", False),
        (["silent"] + ["silent"] * 9 + ["refused", ""], "reversed", False),
        (["waiting", *[""] * 8, "refused", "pays"], "reversed", False),
    ],
    ids=["good", "answer lost", "password", "declined", "never came", "nobody pays", "silent",
         "reversal refused once"],
)  # fmt: skip
def test_what_a_day_ends_in(
    home: Home, work: AtWork, time: Hours, party: Party, days: list[str], status: str, money: bool
) -> None:
    party.days = list(days)
    basket = take(work, (1, 5))
    paying = ask(work, time, basket)
    assert paying.status == status
    assert (party.held > 0) is money
    assert party.held == books(work, "wechat")
    if not money:  # the basket is as it was, and can be paid otherwise
        checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=1_000_000)
    assert proved_after(home, work).broken == ()


def test_silence_without_end_is_unknown_and_holds_its_seats(
    home: Home, work: AtWork, time: Hours, party: Party
) -> None:
    party.days = ["silent"] * 60
    basket = take(work, (1, 5))
    paying = ask(work, time, basket)
    assert paying.status is AttemptStatus.UNKNOWN
    assert work.office.read(partial(asking.unfinished, chain=work.office.chain)) == [
        paying.attempt_id
    ]
    with pytest.raises(WrongStatus):
        checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=PRICE)
    assert there(work, "SELECT status FROM attempt") == [("unknown",)]
    # The line is back, and the customer's money there: it was given up, so it goes back.
    party.days = []
    time.pass_(60)
    again = asking.look_again(office=work.office, attempt_id=paying.attempt_id)
    assert again.status is AttemptStatus.REVERSED
    assert party.held == 0
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=1_000_000)
    assert proved_after(home, work).broken == ()


def test_one_that_cannot_be_reversed_is_recorded_and_paid_back(
    home: Home, work: AtWork, time: Hours, party: Party
) -> None:
    party.days = ["silent", *["silent"] * 9, "never"]
    basket = take(work, (1, 5))
    ask(work, time, basket)
    assert rows(work, "SELECT status FROM orders WHERE id = ?", basket) == [("part_paid",)]
    (back,) = work.office.read(lambda s: paybacks.waiting(s, 1, 1))
    assert books(work, "owed:refunds") == -party.held != 0
    paybacks.follow(office=work.office, payback_id=back)
    assert party.held == books(work, "wechat") == books(work, "owed:refunds") == 0
    sync.push(work.office)
    assert there(work, "SELECT kind FROM cases WHERE kind = 'late_payment'") == [("late_payment",)]
    undoing.undo(office=work.office, desk=work.desk, order_id=basket)
    assert proved_after(home, work).broken == ()


@pytest.mark.parametrize("where", ["killed_before", "killed_after"])
def test_killed_around_the_charge(
    home: Home, work: AtWork, time: Hours, party: Party, where: str
) -> None:
    party.days = [where]
    basket = take(work, (1, 5))
    with pytest.raises(Killed):
        ask(work, time, basket)
    work.office.underway.talks.clear()
    work.office.underway.payments.clear()
    (open_one,) = work.office.read(partial(asking.unfinished, chain=work.office.chain))
    time.pass_(5)
    found = asking.look_again(office=work.office, attempt_id=open_one)
    if where == "killed_after":
        assert found.status is AttemptStatus.SUCCEEDED
        assert party.held == books(work, "wechat") == PRICE
        # The customer may be gone: the tickets wait to be picked up.
        assert rows(work, "SELECT count(*) FROM hand_over") == [(0,)]
    else:
        assert found.status is AttemptStatus.UNKNOWN
        time.pass_(600)
        found = asking.look_again(office=work.office, attempt_id=open_one)
        assert found.status is AttemptStatus.REVERSED
        assert party.held == 0
    assert proved_after(home, work).broken == ()


def test_given_up_by_the_clerk(home: Home, work: AtWork, time: Hours, party: Party) -> None:
    party.days = ["waiting"]
    basket = take(work, (1, 5))

    def give_up(talk: Talk, seconds: float) -> None:
        (attempt,) = work.office.underway.talks
        if not talk.given_up:
            assert asking.give_up(office=work.office, attempt_id=attempt)
        else:
            time.pass_(seconds)

    paying = asking.ask(
        office=work.office, desk=work.desk, basket=basket, tender="wechat", pause=give_up
    )
    assert paying.status is AttemptStatus.REVERSED
    # Not before the time the party asks for.
    assert [act for act, _ in party.asked] == ["charge", "reverse", "query"]
    assert (time.at.minute, time.at.second) == (0, 15)
    assert proved_after(home, work).broken == ()


# --- several tenders


def test_cash_and_a_code_together(home: Home, work: AtWork, time: Hours, party: Party) -> None:
    basket = take(work, (1, 5), (1, 6))
    name_all(work, basket)
    first = checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=30_000, amount_fen=30_000
    )
    assert not first.finished
    assert not first.print_jobs
    assert rows(work, "SELECT status FROM orders WHERE id = ?", basket) == [("part_paid",)]
    assert books(work, "owed:deposits") == -30_000
    assert proved_after(home, work).broken == ()
    second = ask(work, time, basket)
    assert second.sale is not None
    assert second.sale.finished
    assert books(work, "owed:deposits") == 0
    assert party.held == books(work, "wechat") == first.total_fen - 30_000
    assert proved_after(home, work).broken == ()
    with pytest.raises(TooMuch):
        checkout.pay_cash(
            office=work.office, desk=work.desk, basket=take(work, (2, 1)), tendered_fen=10_000_000,
            amount_fen=9_000_000,
        )  # fmt: skip


def test_part_paid_is_undone_with_one_act(
    home: Home, work: AtWork, time: Hours, party: Party
) -> None:
    basket = take(work, (1, 5), (1, 6))
    ask(work, time, basket, 20_000)
    checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=50_000, amount_fen=30_000
    )
    sync.push(work.office)
    done = undoing.undo(office=work.office, desk=work.desk, order_id=basket)
    assert done.cash_fen == 30_000
    assert done.asked == (("wechat", 20_000),)
    with pytest.raises(WrongStatus):
        undoing.undo(office=work.office, desk=work.desk, order_id=basket)
    assert proved_after(home, work).broken == ()
    party.days = ["silent", "lost"]
    (back,) = work.office.read(lambda s: paybacks.waiting(s, 1, 1))
    for _ in range(3):
        paybacks.follow(office=work.office, payback_id=back)
        assert proved_after(home, work).broken == ()
    assert party.held == books(work, "wechat") == books(work, "owed:refunds") == 0
    assert rows(work, "SELECT status FROM orders WHERE id = ?", basket) == [("released",)]
    # The seats are on sale again.
    take(work, (1, 5), (1, 6))


def test_a_tender_nobody_set_up(work: AtWork, time: Hours) -> None:
    basket = take(work, (1, 5))
    with pytest.raises(TenderNotSetUp):
        asking.ask(office=work.office, desk=work.desk, basket=basket, tender="alipay")
    assert rows(work, "SELECT count(*) FROM attempt") == [(0,)]


def test_a_document_claimed_while_the_line_broke(
    home: Home, work: AtWork, time: Hours, party: Party
) -> None:
    """The grant got lost; what was sold keeps its document, what was declined gives it back."""
    for days, seat in (([""], (1, 5)), (["declined"], (1, 6))):
        basket = take(work, seat, at="O1")
        name_all(work, basket, first=600 + seat[1])
        party.days = list(days)
        ask(faulty(work, LOST), time, basket)
        sync.push(work.office)
    claims = there(work, "SELECT holder, order_id IS NOT NULL FROM claim WHERE holder IS NOT NULL")
    assert claims == []
    assert proved_after(home, work).broken == ()


def test_a_clock_that_jumps_decides_nothing(
    home: Home, work: AtWork, time: Hours, party: Party
) -> None:
    """Not known is not never charged: what is on its way may arrive after the clock jumped."""
    clock.use(lambda: time.at, lambda: 0.0)
    party.days = ["lost", "silent", *["silent"] * 40]
    basket = take(work, (1, 5))
    paying = ask(work, time, basket)
    party.days = []
    time.at += timedelta(hours=3)
    party.days = ["", "silent"]
    found = asking.look_again(office=work.office, attempt_id=paying.attempt_id)
    assert found.status is AttemptStatus.UNKNOWN
    (number,) = (known_as("v1", each) for (each,) in there(work, "SELECT number FROM attempt"))
    party.trades[number] = Trade(PRICE)  # it arrives
    again = asking.look_again(office=work.office, attempt_id=paying.attempt_id)
    assert again.status is AttemptStatus.REVERSED
    assert party.held == books(work, "wechat") == 0
    assert proved_after(home, work).broken == ()


def test_one_that_its_party_says_it_never_had_is_reversed_all_the_same(
    home: Home, work: AtWork, time: Hours, party: Party
) -> None:
    """What is asked may not know yet what was charged; the reversal does."""
    party.days = ["silent"] * 60
    basket = take(work, (1, 5))
    paying = ask(work, time, basket)
    assert paying.status is AttemptStatus.UNKNOWN
    assert party.held == PRICE
    party.days = ["not_known_yet", "silent"]
    again = asking.look_again(office=work.office, attempt_id=paying.attempt_id)
    assert again.status is AttemptStatus.UNKNOWN
    time.pass_(party.timing.forget_after_s)
    party.days = ["not_known_yet"]
    ended = asking.look_again(office=work.office, attempt_id=paying.attempt_id)
    assert ended.status is AttemptStatus.REVERSED
    assert party.held == 0
    assert proved(home).broken == ()
