"""Short codes: unique across windows, epochs and counts, and found however they are typed."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain import short_codes
from boxoffice.domain.short_codes import ALPHABET, OrderNumber

sixteen_bits = st.integers(0, 0xFFFF)


def test_alphabet_leaves_out_what_is_misread() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("0O1I") & set(ALPHABET)


@given(sixteen_bits, sixteen_bits, st.integers(0, 2**40))
def test_an_order_number_tells_window_epoch_and_count(
    window: int, epoch: int, counter: int
) -> None:
    text = short_codes.order_number(window, epoch, counter)
    assert short_codes.parse_order_number(text) == OrderNumber(window, epoch, counter)


def test_numbers_stay_short_for_the_windows_of_a_venue() -> None:
    assert len(short_codes.order_number(7, 1, 1)) == len("3A-2K7Q")
    assert len(short_codes.order_number(40, 2, 999_999)) == len("33A-2K7Q")


def test_no_two_windows_epochs_or_counts_share_a_number() -> None:
    numbers = [
        short_codes.normalise(short_codes.order_number(window, epoch, counter))
        for window in range(48)
        for epoch in range(40)
        for counter in (0, 1, 2, 3, 31, 32, 1023, 32**4 - 1)
    ]
    assert len(set(numbers)) == len(numbers)


def test_a_misread_letter_hits_no_neighbouring_order() -> None:
    sold = {short_codes.order_number(3, 1, counter) for counter in range(2000)}
    hits = sum(
        number[:-1] + letter in sold
        for number in sold
        for letter in ALPHABET
        if letter != number[-1]
    )
    # One after the other, nearly all of these 62,000 misreadings would be somebody's order.
    assert hits < 2000


@pytest.mark.parametrize("text", ["", "3A", "CO250000001", "3A-2K7", "3A-2K7O", "ZZZZ2222-2222"])
def test_other_numbers_are_not_taken_for_ours(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        short_codes.parse_order_number(text)


@pytest.mark.parametrize("parts", [(-1, 0, 0), (0, 0x10000, 0), (0, 0, -1)])
def test_impossible_parts_are_an_error(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no order number"):
        short_codes.order_number(*parts)


def test_pickup_codes_use_every_letter() -> None:
    below = random.Random(5).randrange
    codes = {short_codes.pickup_code(below) for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 8 for code in codes)
    assert set("".join(codes)) == set(ALPHABET)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("3a2k7q", "3A-2K7Q"),
        (" 3A 2K7Q ", "3A-2K7Q"),
        ("３Ａ－２ｋ７ｑ", "3A-2K7Q"),
        ("3A—2K7Q", "3A-2K7Q"),
        ("c02500oooo1", "CO250000001"),
        ("CO25OOOOOOI", "CO250000001"),
        ("5sjt 3vdk", "5SJT3VDK"),
    ],
)
def test_what_people_type_finds_what_was_printed(typed: str, printed: str) -> None:
    assert short_codes.normalise(typed) == short_codes.normalise(printed)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = short_codes.normalise(text)
    assert short_codes.normalise(once) == once
