"""Simulated payment companies: started again, directed from afar, minding their own rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from boxoffice import clock
from boxoffice.payments.opening import open_gateways
from boxoffice.payments.protocol import Outcome, RefundOutcome, Why
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.book_rows import BackState, Rules, State
from boxoffice.rehearsal.gateways.days import ALWAYS, Day, Days, Step, Trouble
from boxoffice.rehearsal.gateways.running import ALIPAY_RULES, WECHAT_RULES, Control, furnish, start
from boxoffice.settings import Home, HomeKind, Settings, save
from tests.payments.companies import CODES, NUMBER, PRICE, Till, back, driver, keys, till

NOON = datetime(2025, 9, 27, 4, 0, tzinfo=UTC)
KINDS = ["wechat", "alipay"]


@pytest.mark.parametrize("kind", KINDS)
def test_it_goes_on_where_it_was_killed(kind: str, tmp_path: Path) -> None:
    with start(kind, folder=tmp_path, keys=keys()) as company:
        first = Till(company, driver(company, 20.0), driver(company, 20.0))
        first.charge()
        first.driver.refund(back(20_000))
        address = company.address
    # A line that the kill cut short is as if it had never been.
    with (tmp_path / "book.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"number": "half')

    with start(kind, folder=tmp_path, keys=keys()) as company:
        assert company.address == address
        asked = first.driver.query(NUMBER)
        state = first.driver.refund_state(back(20_000))
        known = Control.of(tmp_path).state()
    assert [trade["number"] for trade in known["trades"]] == [NUMBER]
    assert (asked.outcome, asked.paid_fen) == (Outcome.PAID, PRICE)
    assert state.outcome is RefundOutcome.ARRIVED
    assert CODES[kind] not in (tmp_path / "book.jsonl").read_text(encoding="utf-8")


def test_a_home_is_furnished_and_pays(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.path.mkdir()
    save(home, Settings(kind=HomeKind.TRAINING))
    with start("wechat", folder=tmp_path / "w") as wechat, start("alipay", keys=keys()) as alipay:
        furnish(home, wechat, alipay)
        gateways = open_gateways(home)
        asks = {company.kind: Till(company, None, None).ask() for company in (wechat, alipay)}
        paid = {kind: gateways[kind].charge(ask).outcome for kind, ask in asks.items()}
    assert paid == {"wechat": Outcome.PAID, "alipay": Outcome.PAID}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_directed_from_another_process(kind: str) -> None:
    with till(kind) as counter:
        control = Control(counter.company.address, counter.company.token)
        control.spoil(Day(Trouble.BALANCE, Step.CHARGE, number=NUMBER))
        declined = counter.charge()
        control.spoil(Day(Trouble.PENDING, Step.REFUND, queries=ALWAYS))
        paid = counter.charge(number="W1B00001", code=CODES[kind][:-1] + "0")
        accepted = counter.driver.refund(replace(back(), charge="W1B00001"))
        control.settle(back().number, BackState.DONE)
        state = control.state()
        control.spoil(Day(Trouble.BUSY, Step.QUERY, times=ALWAYS))
        control.heal()
        healed = counter.driver.query("W1B00001")
    assert (declined.why, paid.outcome, accepted.outcome) == (Why.BALANCE, "paid", "accepted")
    assert [trade["number"] for trade in state["trades"]] == ["W1B00001"]
    assert [refund["state"] for refund in state["refunds"]] == ["done"]
    assert healed.why is Why.NONE


def test_a_stranger_directs_nothing() -> None:
    with till("wechat") as counter:
        with pytest.raises(ValueError, match="403"):
            Control(counter.company.address, "guessed").heal()
        with pytest.raises(ValueError, match="400"):
            Control(counter.company.address, counter.company.token)._tell("something")
        url = counter.company.address + "/v3/pay/transactions/codepay"
        assert requests.post(url, data=b"{}", timeout=20).status_code == 401


def test_a_held_answer_is_let_go() -> None:
    """Released, it is still no answer: the line is closed."""
    with till("wechat") as counter:
        counter.company.spoil(Day(Trouble.SILENT, Step.CHARGE))
        counter.hurried.charge(counter.ask())
        counter.company.release()
        assert counter.driver.query(NUMBER).outcome is Outcome.PAID


def test_days_come_in_their_order_and_only_where_they_belong() -> None:
    days = Days()
    days.add(Day(Trouble.SLOW, Step.CHARGE, number="A"))
    days.add(Day(Trouble.CUT, Step.CHARGE, times=2))
    days.add(Day(Trouble.BUSY, Step.QUERY, times=ALWAYS))
    taken = [days.take(Step.CHARGE, number) for number in ("B", "A", "A", "A")]
    wanted = [Trouble.CUT, Trouble.SLOW, Trouble.CUT, None]
    assert [day.trouble if day else None for day in taken] == wanted
    assert all(days.take(Step.QUERY, "x") for _ in range(5))


@pytest.fixture
def book() -> Book:
    clock.use(lambda: NOON)
    book = Book(rules=WECHAT_RULES)
    book.begin(NUMBER, PRICE, "code", "ticket", "3", None)
    return book


def later(**passed: float) -> None:
    clock.use(lambda: NOON + timedelta(**passed))


def test_too_early_a_reversal_is_a_breach(book: Book) -> None:
    later(seconds=14)
    book.reverse(NUMBER, None)
    assert book.breaches == [f"{NUMBER} was reversed after 14 s"]


def test_a_reversal_in_time_is_none(book: Book) -> None:
    later(seconds=15)
    assert book.reverse(NUMBER, None) == "done"
    assert (book.trades[NUMBER].state, book.breaches) == (State.GIVEN_BACK, [])


def test_a_reversal_after_a_week_is_too_late(book: Book) -> None:
    later(days=7, seconds=1)
    assert book.reverse(NUMBER, None) == "too_late"
    assert book.trades[NUMBER].state is State.PAID


def test_refunds_of_one_payment_stand_a_minute_apart(book: Book) -> None:
    assert book.refund("R1", NUMBER, 100, None) == "done"
    later(seconds=59)
    assert book.refund("R2", NUMBER, 100, None) == "too_early"
    later(seconds=60)
    assert book.refund("R2", NUMBER, 100, None) == "done"
    assert len(book.breaches) == 1


def test_fifty_refunds_and_no_more(book: Book) -> None:
    book.rules = Rules(most_refunds=50)
    verdicts = [book.refund(f"R{n}", NUMBER, 1, None) for n in range(51)]
    assert verdicts == ["done"] * 50 + ["too_much"]


def test_a_refund_after_a_year_is_too_late(book: Book) -> None:
    later(days=365)
    assert book.refund("R1", NUMBER, 100, None) == "too_late"


def test_a_reversed_payment_has_nothing_left(book: Book) -> None:
    later(seconds=20)
    book.reverse(NUMBER, None)
    assert book.refund("R1", NUMBER, 100, None) == "too_much"


def test_money_of_a_closed_refund_comes_back_to_the_merchant(book: Book) -> None:
    book.balance_fen = PRICE
    book.refund("R1", NUMBER, 100, Day(Trouble.REFUND_CLOSED, Step.REFUND))
    assert book.balance_fen == PRICE - 100
    book.look_back("R1")
    assert (book.balance_fen, book.refunded_fen(NUMBER)) == (PRICE, 0)


def test_above_a_thousand_yuan_the_phone_asks_for_a_password() -> None:
    with till("wechat", WECHAT_RULES) as counter:
        small = counter.charge(fen=100_000)
        large = counter.charge("W1B00001", CODES["wechat"][:-1] + "0", fen=100_001)
        asked = [counter.driver.query("W1B00001").outcome for _ in range(2)]
    assert (small.outcome, large.outcome, large.why) == ("paid", "waiting", Why.PASSWORD)
    assert asked == ["waiting", "paid"]


def test_alipay_minds_no_times() -> None:
    assert Rules() == ALIPAY_RULES
