"""The tables [card] and [card_apart]: what they take, and how they refuse."""

from __future__ import annotations

import pytest

from boxoffice.errors import BadSetting
from boxoffice.payments.apart import Apart
from boxoffice.payments.card_settings import CardSettings
from boxoffice.payments.gateway_settings import read
from boxoffice.payments.opening import open_gateways
from boxoffice.settings import Home

GOOD = {
    "host": "acquirer.example",
    "port": 8583,
    "terminal": "T0000001",
    "merchant": "898100000000001",
    "mac_key": "00112233445566778899AABBCCDDEEFF",
}


def test_what_is_not_said_has_a_working_default():
    made = CardSettings.from_table(GOOD)
    assert (made.port, made.tpdu, made.answer_within_s) == (8583, "6000030000", 60)
    assert made.mac_key == bytes.fromhex(GOOD["mac_key"])
    assert "0011" not in repr(made)
    assert "x11" not in repr(made)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("host", ""),
        ("host", 7),
        ("port", 0),
        ("port", True),
        ("port", "8583"),
        ("terminal", "T1"),
        ("terminal", "T000000１"),
        ("merchant", "8981000000000012"),
        ("mac_key", "00"),
        ("mac_key", "zz112233445566778899AABBCCDDEEFF"),
        ("tpdu", "7000030000"),
        ("answer_within_s", 0),
        ("answer_within_s", 1.5),
        ("refund_within_days", -1),
        ("colour", "red"),
    ],
)
def test_what_cannot_be_used_is_named(key, value):
    with pytest.raises(BadSetting) as refused:
        CardSettings.from_table(GOOD | {key: value})
    assert refused.value.fields["key"] == f"card.{key}"
    assert GOOD["mac_key"] not in str(refused.value)


@pytest.mark.parametrize("key", sorted(GOOD))
def test_what_is_needed_is_asked_for(key):
    with pytest.raises(BadSetting) as refused:
        CardSettings.from_table({k: v for k, v in GOOD.items() if k != key})
    assert refused.value.fields["key"] == f"card.{key}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("123456", "123456"),
        (" 1234 5678-9012 ", "123456789012"),
        ("１２３４５６", "123456"),
        ("12345", None),
        ("1234567890123", None),
        ("12345a", None),
        ("", None),
        ("000000", None),
        ("٣٤٥٦٧٨", None),
    ],
)
def test_a_slips_number_is_taken_as_it_is_typed(typed, kept):
    assert Apart().reference(typed) == kept


def test_how_long_a_slips_number_is_can_be_set():
    made = Apart.from_table({"least": 12})
    assert (made.reference("123456"), made.reference("123456789012")) == (None, "123456789012")


@pytest.mark.parametrize(
    "table", [{"least": 0}, {"most": 13}, {"least": "6"}, {"least": 9, "most": 8}, {"digits": 6}]
)
def test_lengths_that_cannot_be_are_refused(table):
    with pytest.raises(BadSetting):
        Apart.from_table(table)


def test_a_training_home_may_name_this_computer_only():
    with pytest.raises(BadSetting):
        CardSettings.from_table(GOOD, real=False)
    assert CardSettings.from_table(GOOD | {"host": "127.0.0.1"}, real=False).port == 8583


def a_home(tmp_path, text: str) -> Home:
    home = Home(tmp_path)
    home.settings_file.write_text('kind = "training"\n', encoding="utf-8")
    path = tmp_path / "payments.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return home


def test_a_home_opens_the_terminal_of_its_file(tmp_path):
    table = GOOD | {"host": "127.0.0.1"}
    lines = [f"{key} = {value!r}" for key, value in table.items()]
    home = a_home(tmp_path, "\n".join(["[card_apart]", "least = 8", "[card]", *lines]))
    assert open_gateways(home)["card"].tender == "card"
    assert read(home).apart == Apart(least=8)


def test_a_home_without_a_terminal_opens_none(tmp_path):
    home = a_home(tmp_path, "")
    assert (open_gateways(home), read(home).apart) == ({}, Apart())


@pytest.mark.parametrize("text", ["card = 1", "card_apart = 1", "[card]\nport = 1"])
def test_a_home_with_a_wrong_table_is_refused(tmp_path, text):
    with pytest.raises(BadSetting):
        read(a_home(tmp_path, text))
