"""What a returned ticket is worth: dated tiers with ends inclusive or exclusive, exact to the fen.

The rules are data (DOMAIN.md): each tier ends at a moment, some time before the session starts or
some time after the ticket was bought; the first one that has not ended is the one that counts, and
after the last nothing is returned. Which is first the ends say, whatever order the file has them
in; where they are of several kinds, the file does, for what was written for "free on the day it
was bought, then until October, later on a day before" reads so. A tier without an end comes last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from boxoffice.domain.fees import NOTHING_TAKEN, Base, FeeRule, Taken, reckon
from boxoffice.domain.money import Money, split, total


class ReturnKind(StrEnum):
    """How a ticket came back: as if never sold, by its policy, for another one, or because its
    session was not held as it should have been."""

    VOID = "void"
    REFUND = "refund"
    EXCHANGE = "exchange"
    RAIN = "rain"
    CANCELLED = "cancelled"
    MOVED = "moved"


class Per(StrEnum):
    """Whether a fee is reckoned ticket by ticket or over the order."""

    TICKET = "ticket"
    ORDER = "order"


class Again(StrEnum):
    """What a step has for a buyer who returned tickets before."""

    SAME = "same"
    REFUSED = "refused"
    NEXT = "next"
    """The next step that holds counts: whoever comes again is charged by that one."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a policy may ask about a ticket besides the time."""

    bought_at: datetime | None = None
    """When it was paid for."""
    complimentary: bool = False
    refunds_before: int = 0
    """How often its buyer returned tickets before."""


ORDINARY = Circumstances()


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
    until_minutes_before_start: int = 0
    """Minutes besides the hours: 1.5 hours before are 1 and 30."""
    until_minutes_after_purchase: int | None = None
    fee_base: Base = Base.PAID
    handling_basis_points: int = 0
    handling_base: Base = Base.PAID
    least_fee_fen: int = 0
    most_fee_fen: int | None = None
    again: Again = Again.SAME
    complimentary_excluded: bool = True

    @property
    def fee(self) -> FeeRule:
        """How its fee is reckoned."""
        return FeeRule(
            rate=self.fee_basis_points,
            rate_base=self.fee_base,
            fixed_fen=self.fee_fen,
            handling_rate=self.handling_basis_points,
            handling_base=self.handling_base,
            least_fen=self.least_fee_fen,
            most_fen=self.most_fee_fen,
        )

    def ends(self, starts_at: datetime, bought_at: datetime | None = None) -> datetime | None:
        """When this step ends for a session that starts then; None: never.

        Of several ends the first counts. One counted from the purchase is never after the start:
        a day to think it over must not reach into a session that is being played. Raises
        ValueError where that is asked of a ticket without a time of purchase.
        """
        ends = [] if self.until_at is None else [self.until_at]
        if self.until_hours_before_start is not None:
            before = timedelta(
                hours=self.until_hours_before_start, minutes=self.until_minutes_before_start
            )
            ends.append(starts_at - before)
        if self.until_minutes_after_purchase is not None:
            if bought_at is None:
                raise ValueError(f"policy {self.policy} asks when the ticket was bought")
            after = timedelta(minutes=self.until_minutes_after_purchase)
            ends += [bought_at.replace(microsecond=0) + after, starts_at]
        return min(ends, default=None)

    @property
    def kind_of_end(self) -> tuple[bool, bool, bool]:
        """What its end is counted from."""
        return (
            self.until_at is not None,
            self.until_hours_before_start is not None,
            self.until_minutes_after_purchase is not None,
        )

    def free_from(self, now: datetime) -> datetime | None:
        """When a seat that comes back now may be sold again; None: at once."""
        if not self.resale_after_minutes:
            return None
        return now + timedelta(minutes=self.resale_after_minutes)

    def holds(self, starts_at: datetime, now: datetime, bought_at: datetime | None = None) -> bool:
        """Whether the step still holds. Ends are kept to the second: 23:59:59.9 is 23:59:59."""
        end = self.ends(starts_at, bought_at)
        second = now.replace(microsecond=0)
        if end is None:
            return True
        return second <= end if self.inclusive else second < end


@dataclass(frozen=True, slots=True)
class Standing:
    """How a ticket stands at a moment: the step in force, and why it brings nothing, if so."""

    tier: Tier | None
    why: str = ""
    """Code of NoRefund: over, tier, complimentary, again; "" where it can be returned."""


def standing(
    tiers: Sequence[Tier], starts_at: datetime, now: datetime, about: Circumstances = ORDINARY
) -> Standing:
    """The step in force for a ticket, or why there is none for it."""
    why = "over"
    for tier in _in_turn(tiers, starts_at, about.bought_at):
        if not tier.holds(starts_at, now, about.bought_at):
            continue
        if not tier.refundable:
            return Standing(tier, "tier")
        if about.complimentary and tier.complimentary_excluded:
            return Standing(tier, "complimentary")
        if not about.refunds_before or tier.again is Again.SAME:
            return Standing(tier)
        if tier.again is Again.REFUSED:
            return Standing(tier, "again")
        why = "again"
    return Standing(None, why)


def tier_at(
    tiers: Sequence[Tier], starts_at: datetime, now: datetime, bought_at: datetime | None = None
) -> Tier | None:
    """The step in force for an ordinary ticket; None once all have ended."""
    return standing(tiers, starts_at, now, Circumstances(bought_at)).tier


def _in_turn(tiers: Sequence[Tier], starts_at: datetime, bought_at: datetime | None) -> list[Tier]:
    ordered = sorted(tiers, key=lambda tier: (not any(tier.kind_of_end), tier.position))
    ends = {tier: tier.ends(starts_at, bought_at) for tier in ordered}
    if len({tier.kind_of_end for tier in ordered if ends[tier] is not None}) > 1:
        return ordered

    def by_end(tier: Tier) -> tuple[bool, datetime, bool]:
        # Of two that end at one moment the exclusive one ends before it.
        end = ends[tier]
        return end is None, end or starts_at, tier.inclusive

    return sorted(ordered, key=by_end)


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


def worth(
    tier: Tier,
    prices: Sequence[Money],
    faces: Sequence[Money] | None = None,
    before: Taken = NOTHING_TAKEN,
) -> list[Worth]:
    """What tickets bring back under one step, in the order of their prices.

    `prices` are what was paid, `faces` what the tickets say, where that is another sum. No fee is
    ever above the price. Reckoned per order the fee is taken once over all of them, less what was
    taken of the order `before`, and split by price, so that the parts add up.
    """
    if not prices:
        return []
    printed = prices if faces is None else faces
    if tier.per is Per.TICKET:
        return [
            Worth(price, _fee(tier, price, face), tier)
            for price, face in zip(prices, printed, strict=True)
        ]
    currency = prices[0].currency
    whole = total(prices, currency)
    if not whole.fen:
        return [Worth(price, Money(0, currency), tier) for price in prices]
    fee = _fee(tier, whole, total(printed, currency), before)
    parts = split(fee, [price.fen for price in prices])
    return [Worth(price, part, tier) for price, part in zip(prices, parts, strict=True)]


def _fee(tier: Tier, price: Money, face: Money, before: Taken = NOTHING_TAKEN) -> Money:
    return Money(reckon(tier.fee, price.fen, face.fen, before).fen, price.currency)
