"""Messages byte by byte, written down by hand; what must not come out of them, and never does."""

from __future__ import annotations

import socket
from contextlib import suppress
from datetime import UTC, datetime

import iso8583
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice import clock
from boxoffice.payments import iso8583_codec as codec
from boxoffice.payments import iso8583_private as private
from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.iso8583_line import answer_kind, frame, take_frame

KEY = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
SALE = Message(
    "0200",
    {
        3: "000000",
        4: "000000098000",
        11: "000123",
        25: "00",
        41: "T0000001",
        42: "898100000000001",
        49: "156",
        60: "22000001000",
        62: "W7-000001",
    },
)


def test_a_sale_is_these_bytes():
    wanted = (
        "0200"  # type
        "3020008000c08015"  # fields 3 4 11 25 41 42 49 60 62 64
        "000000"
        "000000098000"
        "000123"
        "00"
        + b"T0000001".hex()
        + b"898100000000001".hex()
        + b"156".hex()
        + "0011220000010000"  # eleven digits, filled up with a zero
        + "0009"
        + b"W7-000001".hex()
    )
    raw = codec.encode(SALE, KEY)
    assert raw[:-8].hex() == wanted
    assert codec.decode(raw, KEY) == SALE


@pytest.mark.parametrize(
    ("text", "mac"),
    [
        ("", "bb1d6929e9593728"),
        ("6bc1bee22e409f96e93d7e117393172a", "070a16b46b4d4144"),
        (
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411",
            "dfa66747de9ae630",
        ),
    ],
)
def test_the_mac_is_that_of_rfc_4493(text, mac):
    """Examples 1 to 3 of section 4, cut to eight bytes."""
    assert codec.seal(bytes.fromhex(text), KEY).hex() == mac


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_byte_is_never_read(where, change):
    raw = bytearray(codec.encode(SALE, KEY))
    raw[where % len(raw)] ^= change
    with pytest.raises((codec.WrongMac, codec.Unreadable)):
        codec.decode(bytes(raw), KEY)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_without_being_told(raw):
    with pytest.raises((codec.Unreadable, codec.WrongMac)) as refused:
        codec.decode(raw, KEY)
    assert refused.value.args == ()
    assert refused.value.__cause__ is None


CARD = {
    2: "6200000000000000005",
    14: "3012",
    23: "001",
    35: "6200000000000000005D3012",
    45: "B6200000000000000005",
    52: "0011223344556677",
    55: "9F2608",
}


def test_what_names_a_card_is_dropped():
    raw = codec.with_card_fields(SALE, CARD, KEY)
    assert codec.decode(raw, KEY) == SALE
    assert "62000000" not in repr(codec.decode(raw, KEY))


@pytest.mark.parametrize("number", sorted(CARD))
def test_what_names_a_card_is_never_sent(number):
    with pytest.raises(ValueError, match="never sent"):
        codec.encode(Message("0200", SALE.fields | {number: CARD[number]}), KEY)


def test_a_field_behind_the_mac_is_refused():
    raw = codec.with_card_fields(SALE, {102: "1234"}, KEY)
    with pytest.raises(codec.Unreadable):
        codec.decode(raw, KEY)


def test_a_message_without_mac_is_refused():
    plain = {"t": "0210", "39": "00"}
    raw, _ = iso8583.encode(plain, codec.LAYOUT)
    with pytest.raises(codec.WrongMac):
        codec.decode(bytes(raw), KEY)


def test_a_field_of_wrong_length_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="field 4 of a 0200"):
        codec.encode(Message("0200", {4: "1"}), KEY)


def test_a_frame_is_length_tpdu_message():
    assert frame(b"\x02\x00", bytes.fromhex("6000030000")).hex() == "000760000300000200"


@pytest.mark.parametrize("length", [0, 1, 14, 2049, 65535])
def test_a_frame_of_impossible_length_is_not_waited_for(length):
    here, there = socket.socketpair()
    with here, there:
        there.sendall(length.to_bytes(2, "big"))
        with pytest.raises(codec.Unreadable):
            take_frame(here)


@given(st.binary(min_size=2, max_size=400))
def test_no_stream_of_bytes_does_more_than_end(stream):
    here, there = socket.socketpair()
    with here, there:
        there.sendall(stream)
        there.shutdown(socket.SHUT_WR)
        with suppress(codec.Unreadable, ConnectionError):
            assert take_frame(here)


def test_the_answer_to_a_question_has_its_own_type():
    kinds = ("0200", "0220", "0400", "0500", "0320", "0600", "0800")
    assert [answer_kind(kind) for kind in kinds] == [
        *("0210", "0230", "0410", "0510", "0330", "0610", "0810")
    ]


def test_a_date_without_a_year_is_the_nearest_one():
    clock.use(lambda: datetime(2027, 1, 1, 2, tzinfo=UTC))  # ten in the morning at the venue
    assert private.moment("1231", "235900") == datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    assert private.moment("0101", "093000") == datetime(2027, 1, 1, 1, 30, tzinfo=UTC)
    assert private.moment("0229", "120000") == datetime(2028, 2, 29, 4, tzinfo=UTC)
    assert private.moment("9999", "120000") is None
    assert private.moment("", "") is None


@given(st.integers(0, 10**12 - 1), st.integers(0, 999_999), st.integers(0, 999_999))
def test_totals_are_read_as_written(fen, sales, backs):
    totals = private.Totals(fen, sales, fen // 2, backs)
    assert private.Totals.read(totals.text("2")) == (totals, "2")
    assert private.Totals.read(totals.text("2")[1:]) is None
