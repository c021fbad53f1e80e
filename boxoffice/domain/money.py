"""Money: integer minor units with a currency; floats are refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import total_ordering

FEN_PER_YUAN = 100

# Thousands stand in threes or not at all: 1,50 is somebody's 1.50 and must not become 150.
_YUAN = re.compile(
    r"([+-]?)\s*[¥￥]?\s*([+-]?)(\d{1,3}(?:,\d{3}){1,3}|\d{0,12})(?:\.(\d{0,2}))?", re.ASCII
)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (fen for CNY) of one currency; two currencies cannot be compared."""

    fen: int
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if type(self.fen) is not int:  # a bool is an int too
            raise TypeError(f"money wants an int of minor units, not {type(self.fen).__name__}")

    def _same(self, other: Money) -> int:
        if not isinstance(other, Money):
            raise TypeError(f"money goes with money only, not with {type(other).__name__}")
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")
        return other.fen

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - self._same(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.fen < self._same(other)

    def __neg__(self) -> Money:
        return Money(-self.fen, self.currency)

    def __mul__(self, count: int) -> Money:
        if type(count) is not int:
            raise TypeError("money is multiplied by whole numbers only")
        return Money(self.fen * count, self.currency)


def total(amounts: Iterable[Money], currency: str = "CNY") -> Money:
    """Sum of the amounts; nothing at all is zero of `currency`."""
    result = Money(0, currency)
    for amount in amounts:
        result += amount
    return result


def split(amount: Money, weights: Sequence[int]) -> list[Money]:
    """Split by whole-number weights with the largest remainder; the parts always add up.

    Raises ValueError where there is no weight above zero or one is negative, TypeError for
    weights that are no whole numbers.
    """
    if any(type(weight) is not int for weight in weights):
        raise TypeError("money is split by whole numbers only")
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be zero or more, and not all zero")
    parts = [divmod(amount.fen * weight, whole) for weight in weights]
    left = amount.fen - sum(part for part, _ in parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: (-parts[i][1], i))
    extra = set(by_remainder[:left])
    return [Money(part + (i in extra), amount.currency) for i, (part, _) in enumerate(parts)]


def parse_yuan(text: str) -> int:
    """Fen of an amount written in yuan, such as "980.00" or "¥1,435.5".

    Raises ValueError for anything that is not a plain amount with at most two decimals.
    """
    found = _YUAN.fullmatch(text.strip())
    if not found or (found[1] and found[2]) or not (found[3] or found[4]):
        raise ValueError(text)
    yuan, rest = found[3].replace(",", "") or "0", (found[4] or "").ljust(2, "0")
    fen = int(yuan) * FEN_PER_YUAN + int(rest)
    return -fen if "-" in (found[1], found[2]) else fen


def format_yuan(fen: int) -> str:
    """Yuan with two decimals and thousands, as in 1,435.00; for the edge of the program only."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{yuan:,}.{rest:02d}"
