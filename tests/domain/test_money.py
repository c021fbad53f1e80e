"""Money: whole fen of one currency; floats, bools and strange spellings refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain.money import Money, format_yuan, parse_yuan, split, total

FEN = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize("amount", [1.0, 1.5, True, False, Decimal(1), "1", None])
def test_only_whole_numbers_are_money(amount):
    with pytest.raises(TypeError):
        Money(amount)
    with pytest.raises(TypeError):
        Money(1) * amount
    with pytest.raises(TypeError):
        Money(1) + amount
    with pytest.raises(TypeError):
        Money(1) < amount  # noqa: B015
    with pytest.raises(TypeError):
        split(Money(1), [amount])


def test_currencies_do_not_mix():
    yuan, dollars = Money(5), Money(5, "USD")
    assert yuan != dollars
    for act in (
        lambda: yuan + dollars,
        lambda: yuan - dollars,
        lambda: yuan < dollars,
        lambda: yuan >= dollars,
        lambda: total([dollars]),
    ):
        with pytest.raises(ValueError, match="do not add up"):
            act()
    assert total([dollars, dollars], "USD") == Money(10, "USD")


@given(FEN, FEN, st.integers(-1000, 1000))
def test_arithmetic_is_that_of_whole_numbers(a, b, count):
    assert Money(a) + Money(b) == Money(a + b)
    assert Money(a) - Money(b) == Money(a) + -Money(b)
    assert Money(a) * count == Money(a * count)
    assert (Money(a) < Money(b)) == (a < b)
    assert (Money(a) >= Money(b)) == (a >= b)
    assert total([Money(a), Money(b)]) == Money(a + b)
    assert total([]) == Money(0)


@given(FEN, st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_a_split_adds_up_and_is_fair_to_one_fen(fen, weights):
    parts = split(Money(fen), weights)
    assert total(parts) == Money(fen)
    assert len(parts) == len(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.fen * sum(weights) - fen * weight) < sum(weights)


def test_the_largest_remainder_gets_the_odd_fen():
    assert [part.fen for part in split(Money(100), [1, 1, 1])] == [34, 33, 33]
    assert [part.fen for part in split(Money(100), [1, 4, 1])] == [17, 67, 16]
    assert [part.fen for part in split(Money(-100), [1, 1, 1])] == [-33, -33, -34]
    assert [part.fen for part in split(Money(7, "USD"), [0, 1])] == [0, 7]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [2, -1]])
def test_weights_that_cannot_be(weights):
    with pytest.raises(ValueError, match="weights"):
        split(Money(100), weights)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("980.00", 98000),
        ("¥1,435.5", 143550),
        ("￥ 1,435.50", 143550),
        ("1,000,000", 100000000),
        (" 0 ", 0),
        (".5", 50),
        ("5.", 500),
        ("-3.20", -320),
        ("-¥3.20", -320),
        ("¥-3.20", -320),
        ("+3", 300),
        ("007", 700),
    ],
)
def test_amounts_as_they_are_written(text, fen):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "-", "¥", "1.234", "1,50", "1,2345", "1,00,000", ",100", "1_000", "1 000"),
        *("1e3", "1e999999", "NaN", "Infinity", "0x10", "--1", "-¥-1", "٣", "一百", "10²"),
        *("9" * 13, "9" * 5000),
    ],
)
def test_what_is_no_amount(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        parse_yuan(text)


@given(FEN)
def test_what_is_written_can_be_read(fen):
    assert parse_yuan(format_yuan(fen)) == fen


def test_amounts_as_people_see_them():
    assert [format_yuan(fen) for fen in (0, 5, -5, 143500, -100000000)] == [
        "0.00",
        "0.05",
        "-0.05",
        "1,435.00",
        "-1,000,000.00",
    ]
