"""Splits of a refund over payments: they add up, stay within what is held, and leave nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.domain.money import Money, total
from boxoffice.domain.splitting import Held, TooMuchBack, Turn, split_back, split_each


@st.composite
def payments(draw: st.DrawFn) -> list[Held]:
    left = draw(st.lists(st.integers(0, 100_000), min_size=1, max_size=5))
    return [Held(f"p{n}", Money(fen), draw(st.booleans())) for n, fen in enumerate(left)]


def holds(held: list[Held]) -> int:
    return total(each.left for each in held).fen


def less(held: list[Held], back: dict[str, Money]) -> list[Held]:
    return [replace(each, left=each.left - back[each.id]) for each in held]


TURNS = st.sampled_from(list(Turn))


@given(st.data(), payments(), TURNS)
def test_a_split_adds_up_and_no_payment_gives_more_than_it_holds(
    data: st.DataObject, held: list[Held], turn: Turn
) -> None:
    amount = data.draw(st.integers(0, holds(held)))
    back = split_back(Money(amount), held, turn)
    assert total(back.values()).fen == amount
    for each in held:
        assert Money(0) <= back[each.id] <= each.left
        if turn is Turn.TOGETHER and holds(held):
            off = back[each.id].fen * holds(held) - amount * each.left.fen
            assert abs(off) < holds(held), "less than a fen from its proportion"


@given(st.data(), payments(), TURNS)
def test_the_order_of_the_payments_makes_no_difference(
    data: st.DataObject, held: list[Held], turn: Turn
) -> None:
    amount = Money(data.draw(st.integers(0, holds(held))))
    other = data.draw(st.permutations(held))
    assert split_back(amount, held, turn) == split_back(amount, other, turn)


@given(st.data(), payments())
def test_refund_after_refund_leaves_exactly_nothing(data: st.DataObject, held: list[Held]) -> None:
    for _ in range(4):
        part = data.draw(st.integers(0, holds(held)))
        held = less(held, split_back(Money(part), held, data.draw(TURNS)))
    held = less(held, split_back(Money(holds(held)), held))
    assert [each.left for each in held] == [Money(0)] * len(held)
    with pytest.raises(TooMuchBack):
        split_back(Money(1), held)


@given(st.data(), payments(), TURNS)
def test_tickets_returned_together_are_one_split(
    data: st.DataObject, held: list[Held], turn: Turn
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, holds(held)), min_size=1, max_size=6)))
    amounts = [Money(b - a) for a, b in zip([0, *cuts], cuts, strict=False)]
    parts = split_each(amounts, held, turn)
    assert [total(part.values()) for part in parts] == amounts
    whole = split_back(total(amounts), held, turn)
    for each in held:
        assert total(part[each.id] for part in parts) == whole[each.id]


HELD = [Held("a", Money(10_000), cash=True), Held("b", Money(20_000)), Held("c", Money(1))]


@pytest.mark.parametrize(
    ("amount", "turn", "back"),
    [
        (30_001, Turn.TOGETHER, [10_000, 20_000, 1]),
        (100, Turn.TOGETHER, [33, 67, 0]),
        (1, Turn.TOGETHER, [0, 1, 0]),
        (15_000, Turn.CASH_LAST, [0, 14_999, 1]),
        (25_000, Turn.CASH_LAST, [4_999, 20_000, 1]),
    ],
)
def test_splits_to_the_fen(amount: int, turn: Turn, back: list[int]) -> None:
    found = split_back(Money(amount), HELD, turn)
    assert [found[each.id].fen for each in HELD] == back


def test_equal_remainders_go_by_id() -> None:
    held = [Held("b", Money(1)), Held("a", Money(1))]
    assert split_back(Money(1), held) == {"a": Money(1), "b": Money(0)}


@pytest.mark.parametrize(
    ("amount", "held", "wrong"),
    [
        (Money(-1), HELD, ValueError),
        (Money(30_002), HELD, TooMuchBack),
        (Money(1), [], TooMuchBack),
        (Money(1), [Held("a", Money(-1)), Held("b", Money(5))], ValueError),
        (Money(1), [HELD[0], HELD[0]], ValueError),
        (Money(1, "EUR"), HELD, ValueError),
    ],
)
def test_what_cannot_be_split(amount: Money, held: list[Held], wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        split_back(amount, held)


def test_nothing_to_split() -> None:
    assert split_back(Money(0), []) == {}
    assert split_each([], HELD) == []
