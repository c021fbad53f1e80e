"""Orders to a bank: valid by the ISO schemas, and refused where no bank would take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from boxoffice.bank.pain001 import VERSIONS, write_orders
from boxoffice.bank.schemas import FOLDER
from boxoffice.bank.transfers import MOST_FEN, Account, Batch, cleaned
from boxoffice.errors import BadTransfer
from boxoffice.rehearsal.gateways.bank_order import read_orders
from tests.bank.bank_files import CHINESE_PAYEE, CHINESE_PAYER, PAYEE, PAYER, orders, transfer

SCHEMAS = {
    version: etree.XMLSchema(etree.parse(str(FOLDER / f"{version}.xsd"))) for version in VERSIONS
}


def valid(version: str, raw: bytes) -> bool:
    return bool(SCHEMAS[version].validate(etree.fromstring(raw)))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("structured", [True, False])
@pytest.mark.parametrize("currency", ["CNY", "EUR"])
def test_a_file_is_valid_and_says_what_was_ordered(version, structured, currency):
    payer, payee = (PAYER, PAYEE) if currency == "EUR" else (CHINESE_PAYER, CHINESE_PAYEE)
    asked = (
        transfer("RB-2026-000001", 98_000, currency=currency, to=payee),
        transfer("RB-2026-000002", 5, currency=currency, to=payee),
    )
    raw = write_orders(orders(*asked, payer=payer, version=version, structured=structured))
    assert valid(version, raw), SCHEMAS[version].error_log
    read = read_orders("orders.xml", raw)
    assert read.trouble == ""
    assert read.message == "F-2026-0001"
    assert [(o.number, o.fen, o.currency, o.batch) for o in read.orders] == [
        ("RB-2026-000001", 98_000, currency, "B-2026-0001"),
        ("RB-2026-000002", 5, currency, "B-2026-0001"),
    ]
    assert {o.payee for o in read.orders} == {payee.name}
    assert {o.payee_account for o in read.orders} == {payee.number}
    assert all("RB-2026" in o.text and "Order K7M2P9" in o.text for o in read.orders)


def test_each_batch_and_the_file_have_their_counts_and_sums():
    first = Batch("B-1", CHINESE_PAYER, date(2026, 10, 5), (transfer("N-0000001", 101),))
    second = Batch(
        "B-2",
        PAYER,
        date(2026, 10, 5),
        (
            transfer("N-0000002", 202, currency="EUR", to=PAYEE),
            transfer("N-0000003", 303, currency="EUR", to=PAYEE),
        ),
        booked_as_one=True,
    )
    raw = write_orders(orders(batches=(first, second)))
    root = etree.fromstring(raw)
    assert [e.text for e in root.iter("{*}NbOfTxs")] == ["3", "1", "2"]
    assert [e.text for e in root.iter("{*}CtrlSum")] == ["6.06", "1.01", "5.05"]
    assert [e.text for e in root.iter("{*}BtchBookg")] == ["false", "true"]
    assert [e.text for e in root.iter("{*}ChrgBr")] == ["SHAR", "SLEV"]
    assert valid("pain.001.001.09", raw)


def test_the_moment_is_written_in_utc():
    raw = write_orders(orders(made_at=datetime(2026, 10, 4, 9, 30, tzinfo=UTC)))
    assert b"<CreDtTm>2026-10-04T09:30:00Z</CreDtTm>" in raw


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(
    lambda text: any(c.isalnum() for c in cleaned(text, False, 70))
)


@given(
    fen=st.integers(1, MOST_FEN),
    name=NAMES,
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    version=st.sampled_from(VERSIONS),
    structured=st.booleans(),
)
def test_whatever_the_name_and_text_the_file_is_valid(fen, name, text, version, structured):
    asked = transfer(fen=fen, to=replace(CHINESE_PAYEE, name=name), text=text)
    raw = write_orders(orders(asked, version=version, structured=structured))
    assert valid(version, raw), SCHEMAS[version].error_log
    (read,) = read_orders("orders.xml", raw).orders
    assert read.fen == fen
    assert read.payee == cleaned(name, False, 70)
    assert 0 < len(read.payee) <= 70


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_latin_text_has_the_letters_of_sepa_only(text):
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")
    clean = cleaned(text, True, 140)
    assert set(clean) <= allowed
    assert len(clean) <= 140
    assert clean == clean.strip()
    assert "//" not in clean
    assert not clean.startswith("/")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café Müller & Søn\n", "Cafe Muller + Son"),
        ("Straße 1/2", "Strasse 1/2"),
        ("a\u202eb\x00c\u200bd", "a b c d"),
        ("测试", ""),
    ],
)
def test_accents_are_dropped_where_a_bank_takes_latin_only(text, expected):
    assert cleaned(text, True, 70) == expected


def test_chinese_names_stay_and_hidden_characters_go():
    assert cleaned("测试\u200b旅行社\u202e\t有限公司\x07", False, 70) == "测试旅行社 有限公司"
    assert len(cleaned("长" * 300, False, 70)) == 70


BAD = {
    "transfer_number": [
        {"number": ""},
        {"number": "N" * 36},
        {"number": "RB 号 1"},
        {"number": "/RB1"},
        {"number": "RB//1"},
        {"number": "RB1/"},
        {"number": " RB1"},
    ],
    "transfer_amount": [{"fen": 0}, {"fen": -1}],
    "transfer_too_much": [{"fen": MOST_FEN + 1}],
    "transfer_currency": [{"currency": "JPY"}],
    "transfer_name": [{"to": Account("  \u200b", "6222000000000000001")}],
    "transfer_iban": [{"to": Account("X", "FR1420041010050500013M02607")}],
    "transfer_account": [{"to": Account("X", "12")}, {"to": Account("X", "1" * 35)}],
    "transfer_bic": [{"to": Account("X", "6222000000000000001", bic="ABC")}],
    "transfer_bank_number": [{"to": Account("X", "6222000000000000001", bank_number="123")}],
}


@pytest.mark.parametrize(
    ("token", "change"), [(token, change) for token, changes in BAD.items() for change in changes]
)
def test_what_no_bank_would_take_is_refused(token, change):
    with pytest.raises(BadTransfer) as refused:
        write_orders(orders(replace(transfer(), **change)))
    assert refused.value.fields["why"].token == token


def test_one_number_stands_in_a_file_once():
    with pytest.raises(BadTransfer) as refused:
        write_orders(orders(transfer(), transfer()))
    assert refused.value.fields["why"].token == "transfer_twice"


def test_a_bool_or_a_float_is_no_amount():
    for fen in (True, 9.8):
        with pytest.raises(TypeError):
            write_orders(orders(transfer(fen=fen)))


def test_nothing_two_currencies_or_another_version_is_refused():
    mixed = (transfer("N-0000001"), transfer("N-0000002", currency="EUR"))
    for wrong, token in (
        (orders(batches=()), "transfer_none"),
        (orders(*mixed), "transfer_currency_mixed"),
        (orders(version="pain.001.001.02"), "transfer_version"),
    ):
        with pytest.raises(BadTransfer) as refused:
            write_orders(wrong)
        assert refused.value.fields["why"].token == token


def test_a_latin_bank_gets_no_chinese_name():
    with pytest.raises(BadTransfer) as refused:
        write_orders(orders(latin=True))
    assert refused.value.fields["why"].token == "transfer_name"


def test_accounts_and_names_stay_out_of_what_is_logged():
    said = repr(orders())
    for secret in (CHINESE_PAYEE.name, CHINESE_PAYEE.number):
        assert secret not in said
