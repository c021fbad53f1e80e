"""What it costs to have another ticket in place of one: which kind of exchange, and its fee.

The rule is data: a dated row of the rules for each kind, a fee in yuan or per cent for each ticket,
nothing, or that it is not done. Where no row says anything it is free.
"""

from __future__ import annotations

from enum import StrEnum

from boxoffice.domain.fees import FeeRule, reckon

REFUSED = "no"
"""Value of a rule: this kind of exchange is not done."""
FREE = "none"
_PER_CENT = "%"


class ExchangeKind(StrEnum):
    """What is other about the new place; the first that fits counts."""

    SESSION = "session"
    LEVEL = "level"
    """An upgrade, or the reverse."""
    SEAT = "seat"


def kind_of(old: tuple[int, str], new: tuple[int, str]) -> ExchangeKind:
    """The kind of exchange between two places, each (session, level)."""
    if old[0] != new[0]:
        return ExchangeKind.SESSION
    return ExchangeKind.LEVEL if old[1] != new[1] else ExchangeKind.SEAT


def fee_fen(value: str | None, price_fen: int) -> int:
    """The fee for one ticket that cost so much (fen), never more than it; None: no rule, free.

    Value: fen as "2000", hundredths of a per cent as "500%", or FREE. Raises ValueError for
    anything else, REFUSED too.
    """
    if value is None or value == FREE:
        return 0
    if value.endswith(_PER_CENT):
        rule = FeeRule(rate=int(value.removesuffix(_PER_CENT)))
    else:
        rule = FeeRule(fixed_fen=int(value))
    return reckon(rule, price_fen, price_fen).fen


def value_of(*, fen: int = 0, basis_points: int = 0) -> str:
    """The value of a rule for a fee: a sum, or hundredths of a per cent."""
    if basis_points:
        return f"{basis_points}{_PER_CENT}"
    return str(fen) if fen else FREE
