"""What is kept of a sum that goes back: percentages, a fixed part, handling, and their bounds.

Every part is rounded half up to the fen by itself, for each may stand by itself on a slip.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

WHOLE = 10_000
"""Hundredths of a per cent in the whole."""


class Base(StrEnum):
    """What a percentage is taken of; always as it was at the sale, never as it is today."""

    PAID = "paid"
    """What the customer paid."""
    FACE = "face"
    """The price printed on the ticket, before what was taken off."""
    LEFT = "left"
    """What is left of the price paid after the other parts of the fee: handling only."""


@dataclass(frozen=True, slots=True)
class FeeRule:
    """How a fee is reckoned. Rates in hundredths of a per cent (`WHOLE`), amounts in fen.

    20 % + 0.6 % is a rate of 2,000 and a handling rate of 60, each of a base of its own.
    """

    rate: int = 0
    rate_base: Base = Base.PAID
    fixed_fen: int = 0
    handling_rate: int = 0
    handling_base: Base = Base.PAID
    least_fen: int = 0
    most_fen: int | None = None
    """None: as much as the price paid, which no fee is ever above."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken before for the same thing: refunds of one order under one version."""

    times: int = 0
    fee_fen: int = 0


NOTHING_TAKEN = Taken()


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee and its parts, in fen; `fen` differs from their sum where a bound was met."""

    fen: int
    rate_fen: int
    fixed_fen: int
    handling_fen: int


def share(fen: int, rate: int) -> int:
    """A rate (hundredths of a per cent) of an amount in fen, rounded half up."""
    return (fen * rate + WHOLE // 2) // WHOLE


def reckon(rule: FeeRule, paid_fen: int, face_fen: int, before: Taken = NOTHING_TAKEN) -> Fee:
    """The fee for a sum of which so much was paid; from 0 to what was paid.

    What was taken before counts towards both bounds, and its fixed part is not taken again, so
    that tickets which go back one by one cost no second fee for the order they came in.
    """
    bases = {Base.PAID: paid_fen, Base.FACE: face_fen}
    rate = share(bases[rule.rate_base], rule.rate)
    fixed = 0 if before.times else rule.fixed_fen
    bases[Base.LEFT] = max(paid_fen - rate - fixed, 0)
    handling = share(bases[rule.handling_base], rule.handling_rate)
    fen = max(rate + fixed + handling, rule.least_fen - before.fee_fen)
    if rule.most_fen is not None:
        fen = min(fen, max(rule.most_fen - before.fee_fen, 0))
    return Fee(min(fen, paid_fen), rate, fixed, handling)
