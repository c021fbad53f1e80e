"""Notes and coins, and what a count of them comes to."""

from __future__ import annotations

from collections.abc import Mapping

from boxoffice.domain.money import Money

DENOMINATIONS = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
"""Notes and coins in fen, as they are counted."""


def counted(counts: Mapping[int, int]) -> Money:
    """What so many of each denomination (fen) are worth.

    Raises ValueError for a denomination there is none of, or a number below zero.
    """
    for fen, number in counts.items():
        if fen not in DENOMINATIONS or type(number) is not int or number < 0:
            raise ValueError(f"{number!r} of {fen!r} fen cannot be counted")
    return Money(sum(fen * number for fen, number in counts.items()))
