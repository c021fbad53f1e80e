"""Text messages over real HTTP: signatures, what is sent, and every bad day of the service."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from boxoffice import clock
from boxoffice.notices import signed_call
from boxoffice.notices.kinds import Kind
from boxoffice.notices.protocol import Answer, Outcome, Why
from boxoffice.notices.settings import TextSettings
from boxoffice.notices.text_message import TextMessages
from boxoffice.rehearsal.gateways.text_gateway import Sent, TextGateway, TextTrouble
from tests.homes import NOON
from tests.notices.carriers import APPROVED, notice, template_number, text_settings

MOBILE = "13800000000"


@pytest.fixture
def gateway() -> Iterator[TextGateway]:
    clock.use(lambda: NOON)
    with TextGateway(templates=APPROVED) as found:
        yield found


@pytest.fixture
def sender(gateway: TextGateway) -> TextMessages:
    return TextMessages(text_settings(gateway))


def test_the_signature_is_that_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example with fixed values in its own documentation of signatures, version 3."""
    monkeypatch.setattr(
        signed_call.secrets, "token_hex", lambda _: "3156853299f313e23d1673dc12e1703d"
    )
    settings = TextSettings(
        key_id="YourAccessKeyId",
        key="YourAccessKeySecret",
        signs={},
        templates={},
        address="https://ecs.cn-shanghai.aliyuncs.com",
    )
    query = signed_call.canonical_query(
        {
            "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
            "RegionId": "cn-shanghai",
        }
    )
    at = datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC)
    headers = signed_call.signed_headers(settings, "RunInstances", "2014-05-26", query, at)
    assert headers["Authorization"].endswith(
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_what_is_sent(gateway: TextGateway, sender: TextMessages) -> None:
    assert sender.send(notice("+86 138-0000-0000")) == Answer(Outcome.SENT)
    (sent,) = gateway.sent
    assert sent.number == MOBILE
    assert sent.sign == "网球公开赛"
    assert sent.template == template_number(Kind.REFUND_SENT, "zh_CN")
    assert sent.values["amount"] == "1,234.56元"
    assert sent.values["way"] == "微信支付"
    assert sent.out_id == notice().id
    assert sender.send(notice("+44 7700 900123", language="en")).outcome is Outcome.SENT
    assert gateway.sent[1].number == "447700900123"
    assert gateway.sent[1].values["amount"] == "CNY 1,234.56"


def test_a_long_value_is_cut_to_what_the_service_takes(
    gateway: TextGateway, sender: TextMessages
) -> None:
    assert sender.send(notice(MOBILE, event_zh="网" * 80)).outcome is Outcome.SENT
    assert gateway.sent[0].values["event"] == "网" * 35


@pytest.mark.parametrize(
    ("trouble", "answer", "sent"),
    [
        (TextTrouble.THROTTLED, Answer(Outcome.LATER, Why.BUSY), 0),
        (TextTrouble.BALANCE, Answer(Outcome.LATER, Why.BALANCE), 0),
        (TextTrouble.WRONG_SIGNATURE, Answer(Outcome.LATER, Why.SIGN_IN), 0),
        (TextTrouble.NO_SUCH_NUMBER, Answer(Outcome.REFUSED, Why.ADDRESS), 0),
        (TextTrouble.ANSWER_LOST, Answer(Outcome.UNKNOWN, Why.SILENT), 1),
        (TextTrouble.CUT, Answer(Outcome.UNKNOWN, Why.SILENT), 0),
        (TextTrouble.HTML, Answer(Outcome.UNKNOWN, Why.NOT_READABLE), 0),
        (TextTrouble.FAULT, Answer(Outcome.UNKNOWN, Why.BUSY), 0),
    ],
)
def test_bad_days(
    gateway: TextGateway, sender: TextMessages, trouble: TextTrouble, answer: Answer, sent: int
) -> None:
    gateway.spoil(trouble)
    assert sender.send(notice(MOBILE)) == answer
    assert len(gateway.sent) == sent
    # What nobody knows the end of is looked up under our own number.
    assert sender.ask(notice(MOBILE)).outcome is (Outcome.SENT if sent else Outcome.ABSENT)


@pytest.mark.parametrize(
    "trouble", [TextTrouble.THROTTLED, TextTrouble.CUT, TextTrouble.HTML, TextTrouble.UNLISTED]
)
def test_a_question_without_a_sure_answer(
    gateway: TextGateway, sender: TextMessages, trouble: TextTrouble
) -> None:
    gateway.spoil(trouble)
    assert sender.ask(notice(MOBILE)).outcome is Outcome.UNKNOWN


def test_it_is_found_on_a_later_page_and_only_on_its_day(
    gateway: TextGateway, sender: TextMessages
) -> None:
    others = Sent(MOBILE, "x", "SMS_1000", {}, "another", f"{clock.venue(NOON):%Y%m%d}")
    gateway.sent += [others] * 120
    assert sender.ask(notice(MOBILE)).outcome is Outcome.ABSENT
    assert sender.send(notice(MOBILE)).outcome is Outcome.SENT
    assert sender.ask(notice(MOBILE)).outcome is Outcome.SENT
    other_day = dataclasses.replace(notice(MOBILE), sending_at=NOON - timedelta(days=1))
    assert sender.ask(other_day).outcome is Outcome.ABSENT
    gateway.sent[-1] = dataclasses.replace(gateway.sent[-1], status=2)
    assert sender.ask(notice(MOBILE)) == Answer(Outcome.REFUSED, Why.ADDRESS)


def test_another_key_and_a_wrong_clock_are_turned_away(gateway: TextGateway) -> None:
    wrong = TextMessages(text_settings(gateway, key="another"))
    assert wrong.send(notice(MOBILE)) == Answer(Outcome.LATER, Why.SIGN_IN)
    moments = iter([NOON + timedelta(hours=1), NOON])
    told = notice(MOBILE)
    clock.use(lambda: next(moments))
    off = TextMessages(text_settings(gateway))
    assert off.send(told) == Answer(Outcome.LATER, Why.SIGN_IN)
    assert gateway.sent == []


@pytest.mark.parametrize("address", ["", "010-12345678", "12", "+8612345678", "x"])
def test_what_no_text_message_reaches_is_not_tried(
    gateway: TextGateway, sender: TextMessages, address: str
) -> None:
    assert sender.send(notice(address)) == Answer(Outcome.REFUSED, Why.ADDRESS)
    assert gateway.sent == []


def test_without_a_template_nothing_is_sent(gateway: TextGateway) -> None:
    settings = dataclasses.replace(text_settings(gateway), templates={})
    assert TextMessages(settings).send(notice(MOBILE)) == Answer(Outcome.REFUSED, Why.CONTENT)


def test_nobody_there(gateway: TextGateway) -> None:
    settings = dataclasses.replace(text_settings(gateway), address="http://127.0.0.1:9")
    assert TextMessages(settings).send(notice(MOBILE)) == Answer(Outcome.LATER, Why.UNREACHABLE)


def test_neither_address_nor_key_stands_in_a_repr(gateway: TextGateway) -> None:
    shown = repr(text_settings(gateway)) + repr(notice(MOBILE))
    assert gateway.key not in shown
    assert MOBILE not in shown
