"""One field for everything: each shape of the trade, and the order where a text may be several."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain import short_codes, ticket_code
from boxoffice.domain.recognise import Scan, ScanKind, recognise
from boxoffice.domain.ticket_code import TicketClaim

CLAIM = TicketClaim(b"keyX", UUID(int=7), 3, 4, 1, 1, 1)
TICKET = ticket_code.encode(CLAIM, lambda signed: bytes(range(64)))
MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
RESIDENT = "11010119051025288X"


def kinds(text: str) -> list[str]:
    return [scan.kind.value for scan in recognise(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (TICKET, "ticket_code", TICKET),
        (TICKET.lower() + "\r\n", "ticket_code", TICKET),
        ("5SJT3VDK", "pickup_code", "5SJT3VDK"),
        ("5sjt 3vdk", "pickup_code", "5SJT3VDK"),
        ("5sjt-3vdk", "pickup_code", "5SJT3VDK"),
        ("５ＳＪＴ３ＶＤＫ", "pickup_code", "5SJT3VDK"),
        ("CO250000001", "order_number", "CO250000001"),
        ("co250000001 ", "order_number", "CO250000001"),
        ("YS000000012", "order_number", "YS000000012"),
        ("3A-2K7Q", "order_number", "3A-2K7Q"),
        ("3a2k7q", "order_number", "3A-2K7Q"),
        (RESIDENT, "document", RESIDENT),
        ("110101 19051025 288x", "document", RESIDENT),
        ("E12345678", "document", "E12345678"),
        ("H12345678", "document", "H12345678"),
        (MRZ, "machine_lines", MRZ),
        (MRZ[:44] + "\n" + MRZ[44:].lower(), "machine_lines", MRZ),
        ("19900000001", "phone", "19900000001"),
        ("199 0000 0001", "phone", "19900000001"),
        ("+86 199-0000-0001", "phone", "19900000001"),
        ("008619900000001", "phone", "19900000001"),
        ("王小树", "name", "王小树"),
        ("Björn  Åsenlund", "name", "Björn Åsenlund"),
    ],
)
def test_the_likeliest_reading_of_each_shape(text, kind, value):
    assert recognise(text)[0] == Scan(ScanKind(kind), value)


@pytest.mark.parametrize(
    "code",
    [
        "100000000000000000",
        "159999999999999999",
        "2500000000000000",
        "300000000000000000000000",
        "6200000000000000000",
    ],
    ids=["WeChat 10", "WeChat 15", "Alipay 25, 16 digits", "Alipay 30, 24 digits", "UnionPay"],
)
def test_payment_codes(code):
    assert Scan(ScanKind.PAYMENT_CODE, code) in recognise(code)
    assert "phone" not in kinds(code)


@pytest.mark.parametrize(
    "code",
    [
        "169999999999999999",
        "10000000000000000",
        "240000000000000000",
        "310000000000000000",
        "250000000000000",
        "2500000000000000000000000",
        "620000000000000000",
    ],
)
def test_what_is_nearly_a_payment_code(code):
    assert "payment_code" not in kinds(code)


def test_a_wechat_code_may_be_a_resident_number_by_chance():
    number = "130101189001010028"
    assert kinds(number)[0] == "document"
    assert "payment_code" in kinds(number)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        # A pickup code may also be an order number without its dash, a passport or a name.
        ("5SJT3VDK", ["pickup_code", "order_number", "document", "name"]),
        ("5SJT-3VDK", ["pickup_code", "order_number", "document", "name"]),
        ("23456789", ["pickup_code", "order_number", "document"]),
        # Figures only: a Taiwan permit, a passport of figures, a number of another seller.
        ("01234567", ["order_number", "document"]),
        ("123456789", ["order_number", "document"]),
        ("CO250000001", ["order_number", "order_number", "document", "name"]),
        ("19900000001", ["phone"]),
        ("王小树", ["name"]),
        ("A", ["name"]),
        ("7", []),
        ("", []),
        (" \n\t", []),
    ],
)
def test_the_order_of_readings(text, order):
    found = kinds(text)
    assert list(dict.fromkeys(found)) == list(dict.fromkeys(order))


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 200_000))
def test_our_own_order_numbers_are_found_with_and_without_their_dash(window, epoch, counter):
    number = short_codes.order_number(window, epoch, counter)
    wanted = Scan(ScanKind.ORDER_NUMBER, number)
    assert wanted in recognise(number)
    assert wanted in recognise(number.lower())
    assert wanted in recognise(number.replace("-", " "))


@given(st.lists(st.sampled_from(short_codes.ALPHABET), min_size=8, max_size=8).map("".join))
def test_every_pickup_code_is_found(code):
    wanted = Scan(ScanKind.PICKUP_CODE, code)
    assert wanted in recognise(code)
    assert wanted in recognise(f"{code[:4]}-{code[4:]}".lower())


@given(st.text())
def test_any_text_has_readings_or_none(text):
    for scan in recognise(text):
        assert scan.value == scan.value.strip()
        assert scan.value


def test_a_number_that_nobody_would_wait_for():
    assert "phone" not in kinds("9" * 100_000)
