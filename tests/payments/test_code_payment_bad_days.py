"""Every bad day of a payment company at every step, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from boxoffice.payments.protocol import Answer, BackAnswer, Why
from boxoffice.rehearsal.gateways.days import Day, Step, Trouble
from tests.payments.bad_days import CASES, Row
from tests.payments.companies import NUMBER, PRICE, Till, back, both, till


@pytest.fixture(scope="module")
def tills() -> Iterator[dict[str, Till]]:
    with both() as found:
        yield found


@pytest.fixture(params=["wechat", "alipay"])
def counter(request: pytest.FixtureRequest, tills: dict[str, Till]) -> Till:
    """A till at each company in turn."""
    return tills[request.param].fresh()


@pytest.mark.parametrize(("kind", "row"), CASES, ids=[row.name(kind) for kind, row in CASES])
def test_a_bad_day(kind: str, row: Row, tills: dict[str, Till]) -> None:
    counter = tills[kind].fresh()
    prepare(counter, row)
    counter.company.spoil(Day(row.trouble, row.step, **row.options))

    answer = act(counter, row)

    assert (answer.outcome, answer.why, answer.again) == (row.said, row.why, row.again)
    counter.company.heal()
    assert ask(counter, row.step).outcome == row.then
    assert counter.company.book.breaches == []


def prepare(counter: Till, row: Row) -> None:
    """What has to be there before the step: a charge, and a refund to ask about."""
    if row.step is Step.CHARGE:
        return
    if row.waiting:
        counter.company.spoil(Day(Trouble.PASSWORD, Step.CHARGE, queries=9))
    counter.charge()
    if row.step is Step.REFUND_QUERY:
        counter.driver.refund(back())


def act(counter: Till, row: Row) -> Answer | BackAnswer:
    driver = counter.hurried if row.trouble is Trouble.SILENT else counter.driver
    if row.step is Step.CHARGE:
        return driver.charge(counter.ask())
    if row.step is Step.QUERY:
        return driver.query(NUMBER)
    if row.step is Step.REVERSE:
        return driver.reverse(NUMBER)
    return driver.refund(back()) if row.step is Step.REFUND else driver.refund_state(back())


def ask(counter: Till, step: Step) -> Answer | BackAnswer:
    if step in (Step.REFUND, Step.REFUND_QUERY):
        return counter.driver.refund_state(back())
    return counter.driver.query(NUMBER)


def test_a_good_day(counter: Till) -> None:
    paid = counter.charge()
    asked = counter.driver.query(NUMBER)
    part = counter.driver.refund(back(20_000))
    closed = counter.driver.refund_state(back(20_000))

    trade = counter.company.book.trades[NUMBER]
    for answer in (paid, asked):
        assert (answer.outcome, answer.why) == ("paid", Why.NONE)
        assert (answer.reference, answer.paid_fen) == (trade.reference, PRICE)
        assert answer.at == trade.paid_at.replace(microsecond=0)
    assert (part.outcome, closed.outcome) == ("arrived", "arrived")
    assert closed.refunded_fen == 20_000
    assert counter.company.book.refunded_fen(NUMBER) == 20_000


@pytest.mark.parametrize("kind", ["wechat", "alipay"])
def test_nobody_there(kind: str) -> None:
    """Nothing was sent, and the driver says so."""
    with till(kind) as counter:
        counter.company.close()
        answer = counter.charge()
    assert (answer.outcome, answer.why) == ("unknown", Why.UNREACHABLE)


def test_a_number_used_before(counter: Till) -> None:
    """With another amount or another code: what is under the number is asked about, not guessed."""
    counter.charge()
    other = counter.charge(fen=PRICE + 1)
    asked = counter.driver.query(NUMBER)
    assert (other.outcome, other.why) == ("unknown", Why.NUMBER_USED)
    assert (asked.outcome, asked.paid_fen) == ("paid", PRICE)


def test_a_code_used_before(counter: Till) -> None:
    counter.charge()
    again = counter.charge(number=NUMBER + "B")
    assert (again.outcome, again.why) == ("declined", Why.CODE_USED)
    assert counter.company.book.breaches == [f"the code of {NUMBER}B was sent before"]


def test_nothing_known_under_a_number(counter: Till) -> None:
    answers = [counter.driver.query(NUMBER), counter.driver.reverse(NUMBER)]
    assert [answer.outcome for answer in answers] == ["absent", "absent"]


def test_a_refund_repeated_moves_nothing(counter: Till) -> None:
    counter.charge()
    first = counter.driver.refund(back())
    second = counter.driver.refund(back())
    asked = counter.driver.refund_state(back())
    other = counter.driver.refund(back(100))
    assert list(counter.company.book.refunds) == [back().number]
    assert (first.outcome, asked.outcome) == ("arrived", "arrived")
    assert second.outcome in ("arrived", "accepted")
    assert (other.outcome, other.why) == ("unknown", Why.NUMBER_USED)


def test_more_than_is_left(counter: Till) -> None:
    counter.charge()
    counter.driver.refund(back(60_000))
    answer = counter.driver.refund(back(8_001, number="W1R2"))
    assert (answer.outcome, answer.why, answer.again) == ("refused", Why.TOO_MUCH, False)


def test_a_short_merchant_account_takes_the_same_number_later(counter: Till) -> None:
    counter.charge()
    counter.company.book.balance_fen = 100
    short = counter.driver.refund(back())
    counter.company.book.balance_fen = PRICE
    filled = counter.driver.refund(back())
    assert (short.outcome, short.why, short.again) == ("refused", Why.MERCHANT_BALANCE, True)
    assert filled.outcome == "arrived"
    assert counter.company.book.balance_fen == 0
