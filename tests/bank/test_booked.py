"""Which of our transfers a booking speaks of, and what follows from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.bank.booked import Effect, FoundBy, booked
from boxoffice.bank.camt import read_statements
from boxoffice.bank.statements import Booking
from boxoffice.domain.money import Money
from tests.bank.bank_files import entry, statement, tx

ONE, TWO = "RB-2026-000001", "RB-2026-000012"
OURS = {ONE: Money(98_000), TWO: Money(5_000), "SHORT1": Money(100)}
BATCHES = {"B-2026-0001": Money(103_000)}


def booking(**said: object) -> Booking:
    values: dict[str, object] = {
        "fen": 98_000,
        "currency": "CNY",
        "credit": False,
        "status": "BOOK",
        "booked_on": None,
        "value_on": None,
        "end_to_end": "",
        "instruction": "",
        "batch": "",
        "bank_reference": "BK1",
        "code": "PMNT-ICDT-DMCT",
        "reversal": False,
        "return_reason": "",
        "charges_fen": 0,
        "line": 7,
    }
    return Booking(**{**values, **said})  # type: ignore[arg-type]


def only(**said: object):
    (found,) = booked([booking(**said)], OURS, BATCHES)
    return found


@pytest.mark.parametrize(
    ("said", "effect"),
    [
        ({}, Effect.LEFT),
        ({"credit": True}, Effect.CAME_BACK),
        ({"credit": True, "return_reason": "AC04"}, Effect.CAME_BACK),
        ({"status": "PDNG"}, Effect.ANNOUNCED),
        ({"status": "INFO", "credit": True}, Effect.ANNOUNCED),
        ({"code": "PMNT-ICDT-CHRG", "fen": 50}, Effect.CHARGE),
    ],
)
def test_our_number_says_which_and_the_direction_says_what(said, effect):
    found = only(end_to_end=ONE, **said)
    assert (found.number, found.found_by, found.effect) == (ONE, FoundBy.NUMBER, effect)
    assert not found.other_amount


def test_another_amount_is_said():
    assert only(end_to_end=ONE, fen=97_500, credit=True).other_amount
    assert only(end_to_end=ONE, currency="EUR").other_amount


def test_the_number_of_the_instruction_counts_too():
    assert only(end_to_end="NOTPROVIDED", instruction=TWO, fen=5_000).number == TWO


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ((f"Refund {ONE} order K7M2P9",), ONE),
        ((f"退款{ONE}订单",), ONE),
        (("refund rb-2026-000001",), ONE),
        (("Refund RB-2026-00", "Refund RB-2026-00 0001 order"), ONE),
        (("RB-2026-\n000012",), TWO),
        ((f"/EREF/{ONE}/REMI/x",), ONE),
        ((f"{ONE} {ONE}",), ONE),
        ((f"{ONE} {TWO}",), ""),
        ((f"X{ONE}",), ""),
        ((f"{ONE}9",), ""),
        (("SHORT1",), ""),
        (("",), ""),
        ((), ""),
    ],
)
def test_our_number_is_found_in_the_text_where_it_stands_alone(text, number):
    found = only(remittance=text)
    assert found.number == number
    assert found.found_by is (FoundBy.TEXT if number else FoundBy.NOTHING)
    assert found.effect is (Effect.LEFT if number else Effect.OTHER)


def test_a_batch_booked_as_one_is_found_by_its_number():
    found = only(batch="B-2026-0001", fen=103_000)
    assert (found.found_by, found.batch, found.number) == (FoundBy.BATCH, "B-2026-0001", "")
    assert not found.other_amount
    assert only(batch="B-2026-0001", fen=98_000).other_amount


@pytest.mark.parametrize(
    ("said", "sure"),
    [
        ({"end_to_end": ONE}, True),
        ({"end_to_end": ONE, "credit": True}, True),
        ({"end_to_end": ONE, "fen": 1}, False),
        ({"end_to_end": ONE, "status": "PDNG"}, False),
        ({"end_to_end": ONE, "code": "PMNT-ICDT-CHRG"}, False),
        ({"remittance": (ONE,)}, True),
        ({"remittance": (ONE,), "credit": True}, False),
        ({"remittance": (ONE,), "credit": True, "return_reason": "AC04"}, True),
        ({"batch": "B-2026-0001", "fen": 103_000}, True),
        ({"batch": "B-2026-0001", "fen": 103_000, "credit": True}, False),
        ({}, False),
    ],
)
def test_what_may_be_acted_on_without_a_person(said, sure):
    assert only(**said).sure is sure


def test_a_charge_of_nothing_of_ours_is_a_charge():
    assert only(code="ACMT-MDOP-CHRG").effect is Effect.CHARGE
    assert only(code="ACMT-MDOP-CHRG", status="PDNG").effect is Effect.OTHER


@given(
    st.text("ABC123-", min_size=8, max_size=35),
    st.text("xyz789 ,;测试\n", max_size=60),
    st.text("xyz789 ,;测试\n", max_size=60),
)
def test_a_number_between_other_words_is_found(number, before, after):
    text = f"{before} {number} {after}"
    (found,) = booked([booking(remittance=(text,))], {number: Money(1)}, {})
    # Another place of the same text may hold the same number; never another one.
    assert found.number == number


def test_thirteen_thousand_bookings_are_told_apart():
    ours = {f"RB-2026-{n:06d}": Money(n) for n in range(13_000)}
    texts = [booking(remittance=(f"退款 {number} 谢谢",)) for number in ours]
    assert [one.number for one in booked(texts, ours, {})] == list(ours)


def test_what_is_read_from_a_file_is_found():
    more = "<RmtInf><Ustrd>Refund RB-2026-</Ustrd><Ustrd>000001 K7M2P9</Ustrd></RmtInf>"
    raw = statement(entry("980.00", details=tx("NOTPROVIDED", "980.00", more=more)))
    (found,) = booked(read_statements("s.xml", raw).statements[0].bookings, OURS, BATCHES)
    assert (found.number, found.found_by) == (ONE, FoundBy.TEXT)
