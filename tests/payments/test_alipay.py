"""Alipay: what its codes mean, and answers verified over exactly what came."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice.payments import alipay_words
from boxoffice.payments.alipay import Alipay
from boxoffice.payments.alipay_line import members, to_sign
from boxoffice.payments.protocol import Outcome, Why
from boxoffice.rehearsal.gateways.alipay import SimulatedAlipay
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.days import Day
from boxoffice.rehearsal.gateways.keys import Keys
from boxoffice.rehearsal.gateways.server import Said, Wish
from tests.payments.companies import CODES, NUMBER, PRICE, Till, back, driver, keys, till


class Saying(SimulatedAlipay):
    """A company that says what a test wants, signed."""

    node: dict

    def act(self, wish: Wish, day: Day | None) -> Said:
        return self._written(wish.values["method"], self.node)


@pytest.fixture(scope="module")
def saying() -> Iterator[Saying]:
    company = Saying(Book(), keys())
    company.run()
    with company:
        yield company


@pytest.fixture(scope="module")
def pay(saying: Saying) -> Alipay:
    found = driver(saying, 20.0)
    assert isinstance(found, Alipay)
    return found


def failed(sub_code: str, **more: str) -> dict:
    return {"code": "40004", "msg": "Business Failed", "sub_code": f"ACQ.{sub_code}", **more}


PAID = {"code": "10000", "out_trade_no": NUMBER, "trade_no": "2025", "total_amount": "680.00"}


@pytest.mark.parametrize(
    ("node", "outcome", "why"),
    [
        (PAID, Outcome.PAID, Why.NONE),
        (PAID | {"total_amount": "1,680.00"}, Outcome.PAID, Why.OTHER_AMOUNT),
        (PAID | {"total_amount": "?"}, Outcome.UNKNOWN, Why.NOT_READABLE),
        (PAID | {"out_trade_no": "another"}, Outcome.UNKNOWN, Why.NOT_READABLE),
        ({"code": "10003"}, Outcome.WAITING, Why.PASSWORD),
        ({"code": "20000", "sub_code": "isp.unknow-error"}, Outcome.UNKNOWN, Why.BUSY),
        (failed("SYSTEM_ERROR"), Outcome.UNKNOWN, Why.BUSY),
        (failed("SOMETHING_NEW"), Outcome.UNKNOWN, Why.OTHER),
        (failed("BUYER_BALANCE_NOT_ENOUGH"), Outcome.DECLINED, Why.BALANCE),
        (failed("PAYMENT_REQUEST_HAS_RISK"), Outcome.DECLINED, Why.CUSTOMER),
        (failed("ACCESS_FORBIDDEN"), Outcome.DECLINED, Why.NOT_SET_UP),
        (failed("TRADE_HAS_CLOSE"), Outcome.CLOSED, Why.NUMBER_USED),
        (failed("TRADE_HAS_SUCCESS"), Outcome.UNKNOWN, Why.NUMBER_USED),
        ({"code": "40006", "sub_code": "isv.insufficient-isv-permissions"},
         Outcome.DECLINED, Why.NOT_SET_UP),
        ({"code": "99999"}, Outcome.UNKNOWN, Why.OTHER),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_said_of_a_charge(node, outcome, why, pay: Alipay, saying: Saying):
    saying.node = node
    answer = pay.charge(Till(saying, pay, pay).ask())
    assert (answer.outcome, answer.why) == (outcome, why)


@pytest.mark.parametrize(
    ("node", "outcome", "why", "again"),
    [
        ({"code": "10000", "retry_flag": "N", "action": "close"}, "closed", "", True),
        ({"code": "10000", "retry_flag": "N", "action": "refund"}, "closed", "", True),
        ({"code": "10000", "retry_flag": "N"}, "absent", "", True),
        ({"code": "10000", "retry_flag": "Y"}, "unknown", "busy", True),
        ({"code": "10000", "action": "something new"}, "unknown", "not_readable", True),
        (failed("TRADE_HAS_FINISHED", retry_flag="N"), "paid", "too_late", False),
        (failed("REASON_TRADE_BEEN_FREEZEN", retry_flag="N"), "unknown", "other", False),
        (failed("SELLER_BALANCE_NOT_ENOUGH", retry_flag="Y"), "unknown", "merchant_balance", True),
        (failed("SYSTEM_ERROR"), "unknown", "busy", True),
    ],
    ids=str,
)
def test_what_is_said_of_a_cancellation(node, outcome, why, again, pay, saying):
    saying.node = node
    answer = pay.reverse(NUMBER)
    assert (answer.outcome, answer.why, answer.again) == (outcome, why, again)


@pytest.mark.parametrize(
    ("node", "outcome", "why", "again"),
    [
        ({"code": "10000", "fund_change": "Y", "refund_fee": "999.00"}, "arrived", "", True),
        ({"code": "10000", "fund_change": "N"}, "accepted", "", True),
        ({"code": "20000"}, "unknown", "busy", True),
        (failed("SELLER_BALANCE_NOT_ENOUGH"), "refused", "merchant_balance", True),
        (failed("TRADE_HAS_FINISHED"), "refused", "too_late", False),
        (failed("BUYER_ERROR"), "dead", "customer", False),
        (failed("SOMETHING_NEW"), "unknown", "other", True),
    ],
    ids=str,
)
def test_what_is_said_of_a_refund(node, outcome, why, again, pay, saying):
    saying.node = node
    answer = pay.refund(back())
    assert (answer.outcome, answer.why, answer.again) == (outcome, why, again)


def test_the_money_of_a_refund_is_not_the_sum_of_all(pay: Alipay, saying: Saying) -> None:
    """refund_fee is what went back of the trade so far."""
    saying.node = {"code": "10000", "fund_change": "Y", "refund_fee": "999.00"}
    assert pay.refund(back()).refunded_fen == PRICE


def test_an_application_nobody_knows() -> None:
    with till("alipay") as counter:
        wrong = replace(counter.company.settings(), app_id="0000000000000000")
        answer = Alipay(wrong).charge(counter.ask())
    # Not signed, and so it decides nothing.
    assert (answer.outcome, answer.why) == (Outcome.UNKNOWN, Why.NOT_SET_UP)


def test_another_key_of_ours() -> None:
    with till("alipay") as counter:
        wrong = SimulatedAlipay(Book(), Keys(Keys.make().merchant, keys().company)).settings()
        answer = Alipay(replace(wrong, address=counter.company.settings().address)).charge(
            counter.ask()
        )
    assert (answer.outcome, answer.why) == (Outcome.DECLINED, Why.NOT_SET_UP)


def test_nothing_is_written_anew_before_it_is_verified() -> None:
    text = '{ "sign" :"s", "a_response":{"x" : 1.50, "u":"https:\\/\\/x","y":"网\\u7403"} }'
    found = members(text)
    assert found["a_response"] == '{"x" : 1.50, "u":"https:\\/\\/x","y":"网\\u7403"}'
    assert json.loads(found["sign"]) == "s"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"a":1',
        '{"a":1,}',
        '{"a" 1}',
        '{"a":1}x',
        # Two readers could read two answers.
        '{"a":1,"a":2}',
        "{1:2}",
        "<html>",
    ],
)
def test_what_is_no_object(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words
        members(text)


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=8)


@settings(max_examples=50)
@given(st.dictionaries(st.text(), VALUES, min_size=1), st.sampled_from([None, 1, 3]), st.booleans())
def test_members_are_those_json_finds(values: dict, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(values, indent=indent, ensure_ascii=ascii_only)
    found = members(text)
    assert {name: json.loads(raw) for name, raw in found.items()} == values
    assert all(raw in text for raw in found.values())


def test_what_is_signed_of_a_message() -> None:
    """As in the documents: sorted, without empty values and the signature itself."""
    assert to_sign({"b": "2", "a": "1", "sign": "x", "c": "", "sign_type": "RSA2"}) == (
        "a=1&b=2&sign_type=RSA2"
    )


@pytest.mark.parametrize("number", ["", "a" * 65, "a-b", "a|b", "号"])
def test_a_number_the_company_would_not_take(number: str, pay: Alipay) -> None:
    with pytest.raises(ValueError, match="no number"):
        pay.query(number)


def test_neither_code_nor_key_is_told(pay: Alipay, saying: Saying) -> None:
    saying.node = failed("PAYMENT_AUTH_CODE_INVALID", sub_msg=f"{CODES['alipay']} 无效")
    answer = pay.charge(Till(saying, pay, pay).ask())
    told = repr(pay) + repr(pay._settings) + repr(answer)
    assert CODES["alipay"] not in told
    assert "PRIVATE KEY" not in told


def test_timing_is_that_of_the_trade() -> None:
    """DOMAIN.md, "Payment codes"."""
    timing = alipay_words.TIMING
    assert timing.answer_within_s == 5
    assert 3 <= timing.query_every_s <= 5
    assert timing.give_up_s == 60
