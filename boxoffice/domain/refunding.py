"""What a returned ticket is worth: dated tiers with ends inclusive or exclusive, exact to the fen.

The rules are data (DOMAIN.md): each tier ends at a moment, or some hours before the session starts;
the first one that has not ended is the one that counts, and after the last nothing is returned.
Which is first the ends say, whatever order the file has them in; where some are moments and others
hours, the file does, for what was written for "until October, later on a day before" reads so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from boxoffice.domain.money import Money, split


class ReturnKind(StrEnum):
    """How a ticket came back: as if never sold, or by its policy."""

    VOID = "void"
    REFUND = "refund"


WHOLE = 10_000
"""Hundredths of a per cent in the whole."""


class Per(StrEnum):
    """Whether a fee is reckoned ticket by ticket or over the order."""

    TICKET = "ticket"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of a refund policy, in the version it was sold under."""

    policy: str
    valid_from: str
    position: int
    until_hours_before_start: int | None
    until_at: datetime | None
    inclusive: bool
    refundable: bool
    fee_basis_points: int
    fee_fen: int
    per: Per
    whole_order_only: bool
    note_zh: str
    note_en: str
    resale_after_minutes: int = 0
    """How long the seat stays off sale after it came back."""

    def ends(self, starts_at: datetime) -> datetime | None:
        """When this step ends for a session that starts then; None: never."""
        if self.until_at is not None:
            return self.until_at
        if self.until_hours_before_start is not None:
            return starts_at - timedelta(hours=self.until_hours_before_start)
        return None

    def free_from(self, now: datetime) -> datetime | None:
        """When a seat that comes back now may be sold again; None: at once."""
        if not self.resale_after_minutes:
            return None
        return now + timedelta(minutes=self.resale_after_minutes)

    def holds(self, starts_at: datetime, now: datetime) -> bool:
        """Whether the step still holds. Ends are kept to the second: 23:59:59.9 is 23:59:59."""
        end = self.ends(starts_at)
        second = now.replace(microsecond=0)
        if end is None:
            return True
        return second <= end if self.inclusive else second < end


def tier_at(tiers: Sequence[Tier], starts_at: datetime, now: datetime) -> Tier | None:
    """The step in force; None once all have ended."""
    ordered = sorted(tiers, key=lambda tier: tier.position)
    ends = {tier: tier.ends(starts_at) for tier in ordered}
    if len({tier.until_at is None for tier in ordered}) == 1 and None not in ends.values():
        # Of two that end at one moment the exclusive one ends before it.
        ordered.sort(key=lambda tier: (ends[tier], tier.inclusive))
    return next((tier for tier in ordered if tier.holds(starts_at, now)), None)


@dataclass(frozen=True, slots=True)
class Worth:
    """What one ticket brings back: its price is fee and amount together."""

    price: Money
    fee: Money
    tier: Tier

    @property
    def amount(self) -> Money:
        """What the customer gets."""
        return self.price - self.fee


def worth(tier: Tier, prices: Sequence[Money]) -> list[Worth]:
    """What tickets bring back under one step, in the order of their prices.

    A percentage is rounded half up to the fen; no fee is ever above the price. Reckoned per order
    the fee is taken once over all of them and split by price, so that the parts add up.
    """
    if not prices:
        return []
    if tier.per is Per.TICKET:
        return [Worth(price, _fee(tier, price), tier) for price in prices]
    whole = Money(0, prices[0].currency)
    for price in prices:
        whole += price
    if not whole.fen:
        return [Worth(price, Money(0, price.currency), tier) for price in prices]
    parts = split(_fee(tier, whole), [price.fen for price in prices])
    return [Worth(price, part, tier) for price, part in zip(prices, parts, strict=True)]


def _fee(tier: Tier, price: Money) -> Money:
    rounded = (price.fen * tier.fee_basis_points + WHOLE // 2) // WHOLE
    return Money(min(rounded + tier.fee_fen, price.fen), price.currency)
