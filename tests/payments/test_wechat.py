"""WeChat Pay: what its words mean, who really speaks, and the library that we stand in."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from wechatpayv3 import WeChatPay, WeChatPayType

from boxoffice.payments import wechat_line, wechat_words
from boxoffice.payments.protocol import Outcome, RefundOutcome, Why
from boxoffice.payments.wechat import WeChat, _cut
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.days import Day, Step, Trouble
from boxoffice.rehearsal.gateways.keys import public_text
from boxoffice.rehearsal.gateways.server import Said, Wish
from boxoffice.rehearsal.gateways.wechat import SimulatedWeChat
from tests.payments.companies import CODES, NUMBER, PRICE, back, driver, keys
from tests.payments.companies import Till as _Till


class Saying(SimulatedWeChat):
    """A company that says what a test wants, signed."""

    said = Said(204)

    def act(self, wish: Wish, day: Day | None) -> Said:
        return self.said

    def says(self, http: int, **values: object) -> None:
        self.said = Said(http, json.dumps(values).encode())


@pytest.fixture(scope="module")
def saying() -> Iterator[Saying]:
    company = Saying(Book(), keys())
    company.run()
    with company:
        yield company


@pytest.fixture(scope="module")
def pay(saying: Saying) -> WeChat:
    found = driver(saying, 20.0)
    assert isinstance(found, WeChat)
    return found


def ask(pay: WeChat, saying: Saying):
    return _Till(saying, pay, pay).ask()


INVALID = {"code": "INVALID_REQUEST"}
PAID = {"out_trade_no": NUMBER, "transaction_id": "42", "amount": {"total": PRICE}}


@pytest.mark.parametrize(
    ("status", "values", "outcome", "why"),
    [
        (200, PAID, Outcome.PAID, Why.NONE),
        (200, PAID | {"trade_state": "REFUND"}, Outcome.PAID, Why.NONE),
        # 202 is "taken on", whatever number it names.
        (202, PAID, Outcome.UNKNOWN, Why.NOT_READABLE),
        (202, {"code": "USERPAYING"}, Outcome.WAITING, Why.PASSWORD),
        (400, {"code": "USERPAYING"}, Outcome.WAITING, Why.PASSWORD),
        (200, {"trade_state": "NOTPAY"}, Outcome.WAITING, Why.CUSTOMER),
        (200, {"trade_state": "CLOSED"}, Outcome.CLOSED, Why.NONE),
        (200, {"trade_state": "SOMETHING_NEW"}, Outcome.UNKNOWN, Why.NOT_READABLE),
        (200, PAID | {"amount": {"total": 680.0}}, Outcome.UNKNOWN, Why.NOT_READABLE),
        (200, PAID | {"out_trade_no": "another"}, Outcome.UNKNOWN, Why.NOT_READABLE),
        (400, {"code": "SOMETHING_NEW"}, Outcome.UNKNOWN, Why.OTHER),
        (500, {"code": "SOMETHING_NEW"}, Outcome.UNKNOWN, Why.BUSY),
        (500, {"code": "SYSTEMERROR"}, Outcome.UNKNOWN, Why.BUSY),
        (500, {"code": "BANK_ERROR"}, Outcome.UNKNOWN, Why.BUSY),
        (403, {"code": "NO_AUTH"}, Outcome.DECLINED, Why.NOT_SET_UP),
        (403, {"code": "NOTENOUGH"}, Outcome.DECLINED, Why.BALANCE),
        (403, {"code": "TRADE_ERROR"}, Outcome.DECLINED, Why.CUSTOMER),
        (400, {"code": "ORDERPAID"}, Outcome.UNKNOWN, Why.NUMBER_USED),
        (400, {"code": "ORDERREVERSED"}, Outcome.CLOSED, Why.NUMBER_USED),
    ],
    ids=str,
)
def test_what_is_said_of_a_charge(status, values, outcome, why, pay: WeChat, saying: Saying):
    saying.says(status, **values)
    answer = pay.charge(ask(pay, saying))
    assert (answer.outcome, answer.why) == (outcome, why)


@pytest.mark.parametrize(
    ("status", "values", "outcome", "why", "again"),
    [
        (400, INVALID | {"message": "订单已超过可退款期限"}, "refused", "too_late", False),
        (400, INVALID | {"message": "部分退款次数超过"}, "refused", "too_much", False),
        (400, INVALID | {"message": "?"}, "unknown", "other", False),
        (404, {"code": "RESOURCE_NOT_EXISTS"}, "refused", "other", False),
        (403, {"code": "NO_AUTH"}, "refused", "not_set_up", True),
        (400, {"code": "SOMETHING_NEW"}, "unknown", "other", True),
        (200, {"status": "NEW", "out_refund_no": "W1R20250927T000001", "amount": {"refund": PRICE}},
         "unknown", "not_readable", True),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_said_of_a_refund(status, values, outcome, why, again, pay, saying):
    saying.says(status, **values)
    answer = pay.refund(back())
    assert (answer.outcome, answer.why, answer.again) == (outcome, why, again)


def test_a_reversal_of_what_is_not_known_is_absent(pay: WeChat, saying: Saying) -> None:
    saying.says(404, code="ORDERNOTEXIST")
    assert pay.reverse(NUMBER).outcome is Outcome.ABSENT


def test_another_key_of_the_company_is_not_believed(saying: Saying) -> None:
    settings = replace(saying.settings(), public_key=public_text(keys().merchant))
    saying.says(200, **PAID)
    answer = WeChat(settings).query(NUMBER)
    assert (answer.outcome, answer.why) == (Outcome.UNKNOWN, Why.BAD_SIGNATURE)


def test_another_key_of_ours_is_not_set_up(saying: Saying) -> None:
    wrong = replace(saying.settings(), serial="00000000")
    answer = WeChat(wrong).charge(ask(WeChat(wrong), saying))
    assert (answer.outcome, answer.why) == (Outcome.UNKNOWN, Why.NOT_SET_UP)


@pytest.mark.parametrize("number", ["short", "a" * 33, "半角123", "a b c d", "", "W1/../x"])
def test_a_number_the_company_would_not_take(number: str, pay: WeChat) -> None:
    with pytest.raises(ValueError, match="no number"):
        pay.query(number)


def test_a_number_with_every_letter_is_signed_as_it_is_sent() -> None:
    """A path that is written anew on its way would not fit its signature."""
    number = "A-_|*z0"
    with SimulatedWeChat(Book(), keys()) as company:
        company.run()
        assert driver(company, 20.0).query(number).outcome is Outcome.ABSENT
        assert driver(company, 20.0).reverse(number).outcome is Outcome.ABSENT


def test_text_is_cut_between_characters() -> None:
    assert _cut("网球" * 30, 127) == ("网球" * 30)[:42]
    assert _cut("", 127) == "-"


def test_neither_code_nor_key_is_told(saying: Saying, caplog: pytest.LogCaptureFixture) -> None:
    pay = WeChat(saying.settings())
    with caplog.at_level(logging.DEBUG):
        saying.says(400, code="AUTH_CODE_INVALID", message=f"付款码 {CODES['wechat']} 无效")
        answer = pay.charge(ask(pay, saying))
    told = "\n".join([repr(pay), repr(pay._settings), repr(ask(pay, saying)), repr(answer)])
    told += caplog.text
    assert CODES["wechat"] not in told
    assert "PRIVATE KEY" not in told
    assert answer.said == "400 AUTH_CODE_INVALID 付款码 … 无效"


def test_the_library_has_the_insides_that_we_stand_in_for(saying: Saying) -> None:
    """Fails where a new version keeps its address, keys or sending somewhere else."""
    settings = saying.settings()
    made = WeChatPay(
        WeChatPayType.CODEPAY, settings.mchid, settings.key, settings.serial, settings.appid, "",
        public_key=settings.public_key, public_key_id=settings.public_key_id,
    )  # fmt: skip
    assert made._core._gate_way == "https://api.mch.weixin.qq.com"
    assert made._core._private_key.key_size == 2048
    changed = type("Changed", (), {"__init__": lambda self, **_: None})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wechat_line, "WeChatPay", changed)
        with pytest.raises(RuntimeError):
            wechat_line.library(settings, 5)


def test_timing_is_that_of_the_trade() -> None:
    """DOMAIN.md, "Payment codes"."""
    timing = wechat_words.TIMING
    assert (timing.query_every_s, timing.give_up_s, timing.reverse_not_before_s) == (5, 45, 15)
    assert (timing.reverse_within_days, timing.refund_within_days) == (7, 365)
    assert (timing.most_refunds, timing.refund_apart_s) == (50, 60)


def test_an_accepted_refund_arrives_when_asked_later(pay: WeChat) -> None:
    with SimulatedWeChat(Book(), keys()) as company:
        company.run()
        till = _Till(company, driver(company, 20.0), pay)
        till.charge()
        company.spoil(Day(Trouble.PENDING, Step.REFUND, queries=2))
        states = [till.driver.refund(back()).outcome]
        states += [till.driver.refund_state(back()).outcome for _ in range(3)]
    wanted = [RefundOutcome.ACCEPTED, RefundOutcome.ACCEPTED, *[RefundOutcome.ARRIVED] * 2]
    assert states == wanted
