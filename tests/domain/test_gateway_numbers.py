"""Numbers that outside parties know us by."""

from __future__ import annotations

import re

import pytest

from boxoffice.domain.gateway_numbers import known_as, new_number, number_of, to_a_bank

VENUE = "a1b2c3"


@pytest.mark.parametrize("kind", ["", "r", "b"])
def test_what_a_gateway_knows_leads_back_to_the_number(kind: str) -> None:
    number = new_number(3, 2, 17, kind)
    known = known_as(VENUE, number)
    assert number_of(VENUE, known) == number
    assert known.startswith(f"{VENUE}_3_2_{kind}")


@pytest.mark.parametrize("known", ["", "stranger", "d4e5f6_3_2_000017", VENUE, f"{VENUE}_3"])
def test_what_is_a_strangers_has_none(known: str) -> None:
    assert number_of(VENUE, known) == ""


def test_every_gateway_takes_even_the_longest() -> None:
    longest = new_number(999, 1_048_576 + 60_000, 999_999, "r")
    assert re.fullmatch(r"[0-9A-Za-z_]{1,32}", known_as(VENUE, longest))
    assert re.fullmatch(r"[0-9A-Za-z-]{1,35}", to_a_bank(VENUE, longest))


def test_terminals_take_the_count_of_its_last_six_digits() -> None:
    assert [known_as(VENUE, new_number(3, 2, count))[-6:] for count in (1, 2, 999_999)] == [
        "000001",
        "000002",
        "999999",
    ]


def test_two_copies_that_count_alike_ask_by_other_numbers() -> None:
    assert len({new_number(3, 2, 17) for _ in range(50)}) == 50
