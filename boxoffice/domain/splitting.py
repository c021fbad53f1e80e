"""Money back the way it came: a sum split over the payments it was taken with, fen by fen.

Each payment gives back in proportion to what it still holds, by the largest remainder, and never
more than it holds. The fee stays in the sum that is not split: what is given back is the price
less the fee, once, so that a later part finds both what is owed and what was kept in the payments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from boxoffice.domain.money import Money, split, total


class Turn(StrEnum):
    """Which payments give back first.

    There is no "cash first": whoever pays part in cash and part with somebody else's card would
    come away with the notes, and notes do not come back.
    """

    TOGETHER = "together"
    """All in proportion: the rule, for nobody gains by the order of refunds."""
    CASH_LAST = "cash_last"
    """What is not cash first: for a drawer that lacks the notes."""


@dataclass(frozen=True, slots=True)
class Held:
    """A payment and what it still holds: what it took less all that went back or is on its way."""

    id: str
    left: Money
    cash: bool = False


class TooMuchBack(ValueError):
    """More is to go back than the payments hold: nothing is split."""


def split_back(amount: Money, held: Sequence[Held], turn: Turn = Turn.TOGETHER) -> dict[str, Money]:
    """What each payment (by id) gives back of `amount`; the parts always add up.

    The same whatever order the payments come in: equal remainders go by id. Raises TooMuchBack
    where they do not hold that much, ValueError for an amount or a rest below zero or an id twice.
    """
    nothing = Money(0, amount.currency)
    if amount < nothing or any(each.left < nothing for each in held):
        raise ValueError("neither what goes back nor what a payment holds can be below zero")
    if len({each.id for each in held}) != len(held):
        raise ValueError("a payment holds what it holds once")
    if total((each.left for each in held), amount.currency) < amount:
        raise TooMuchBack(f"{amount.fen} fen are more than the payments hold")
    back = {each.id: nothing for each in held}
    for group in _groups(held, turn):
        holds = total((each.left for each in group), amount.currency)
        if holds == nothing:
            continue
        part = min(amount, holds)
        amount -= part
        # No share is above what is held: a fen more is given only where a part of one is due.
        for each, fen in zip(group, split(part, [e.left.fen for e in group]), strict=True):
            back[each.id] = fen
    return back


def split_each(
    amounts: Sequence[Money], held: Sequence[Held], turn: Turn = Turn.TOGETHER
) -> list[dict[str, Money]]:
    """What each payment gives back for each of several tickets returned together.

    The sum over the tickets is, for each payment, what it gives back of the whole: a gateway is
    asked once. Raises what `split_back` raises.
    """
    if not amounts:
        return []
    whole = split_back(total(amounts, amounts[0].currency), held, turn)
    left = [replace(each, left=whole[each.id]) for each in held]
    parts = []
    for amount in amounts:
        part = split_back(amount, left)
        left = [replace(each, left=each.left - part[each.id]) for each in left]
        parts.append(part)
    return parts


def _groups(held: Sequence[Held], turn: Turn) -> list[list[Held]]:
    ordered = sorted(held, key=lambda each: each.id)
    if turn is Turn.TOGETHER:
        return [ordered]
    return [[each for each in ordered if each.cash is cash] for cash in (False, True)]
