"""What tickets bring back at a moment: tier, fee, amount and clause, or why nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice.domain.accounts import CASH
from boxoffice.domain.fees import NOTHING_TAKEN, Taken
from boxoffice.domain.money import Money
from boxoffice.domain.rain import Outcome
from boxoffice.domain.refunding import Circumstances, Per, ReturnKind, Tier, standing, worth
from boxoffice.domain.statuses import LineStatus
from boxoffice.errors import NoRefund
from boxoffice.queries import rain
from boxoffice.queries.policies import Policies
from boxoffice.queries.purchases import Purchase, purchases, refunds_before
from boxoffice.queries.sold_lines import SoldLine, sold_lines
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class Offer:
    """What one line brings back: the step of its policy in force, or why nothing."""

    line: SoldLine
    tier: Tier | None
    why: str = ""
    """Code of NoRefund: policy, returned, reserved, decided or one of `Standing`; "" where it can
    be."""
    bought_at: datetime | None = None
    """When it, or what it was exchanged for, was paid in the first place."""


@dataclass(frozen=True, slots=True)
class Offers:
    """Every line of an order with what it brings back at a moment."""

    order_id: str
    number: str
    channel: str
    currency: str
    at: datetime
    lines: tuple[Offer, ...]
    taken: Mapping[tuple[str, str], Taken]
    """What was taken per order before, by policy and version."""

    def whole_with(self, line_ids: Collection[str]) -> set[str]:
        """Those lines, and what can only go back together with them."""
        chosen = [offer for offer in self.lines if offer.line.id in line_ids]
        policies = {o.line.policy for o in chosen if o.tier and o.tier.whole_order_only}
        return {
            offer.line.id
            for offer in self.lines
            if offer.line.id in line_ids or (offer.line.policy in policies and offer.line.live)
        }


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One ticket that is to go back; price is fee and amount together, all in fen."""

    line: SoldLine
    tier: Tier
    fee_fen: int
    amount_fen: int
    free_from: datetime | None
    """When its seat may be sold again; None: at once."""
    bought_at: datetime | None
    """When it, or what it was exchanged for, was paid in the first place."""

    @property
    def ends(self) -> datetime | None:
        """When the step it falls under ends; None: never."""
        return self.tier.ends(self.line.starts_at, self.bought_at)


@dataclass(frozen=True, slots=True)
class Quote:
    """What goes back for the chosen tickets at a moment, and how; amounts in fen."""

    order_id: str
    number: str
    currency: str
    at: datetime
    lines: tuple[QuoteLine, ...]

    @property
    def price_fen(self) -> int:
        """What was paid for them."""
        return sum(part.line.price_fen for part in self.lines)

    @property
    def fee_fen(self) -> int:
        """What is kept of it."""
        return sum(part.fee_fen for part in self.lines)

    @property
    def amount_fen(self) -> int:
        """What goes back."""
        return sum(part.amount_fen for part in self.lines)

    @property
    def cash_fen(self) -> int:
        """What is handed out of the drawer: only what was paid in cash."""
        return sum(part.amount_fen for part in self.lines if part.line.tender == CASH)

    @property
    def requests(self) -> tuple[tuple[str, int], ...]:
        """(tender, fen) of what the channels it was paid through are asked to pay back."""
        asked: dict[str, int] = {}
        for part in self.lines:
            if part.line.tender != CASH:
                asked[part.line.tender] = asked.get(part.line.tender, 0) + part.amount_fen
        return tuple(sorted(asked.items()))

    @property
    def papers(self) -> int:
        """How many of the tickets are out on paper and have to be taken back."""
        return sum(part.line.handed_over for part in self.lines)


_ORDER = "SELECT coalesce(number, ''), channel, currency FROM orders WHERE id = ?"


def offers(store: Store, order_id: str, at: datetime) -> Offers:
    """What each line of an order brings back at `at`. Raises LookupError for an unknown order."""
    head = store.first(_ORDER, (order_id,))
    if head is None:
        raise LookupError(f"no order {order_id}")
    policies = Policies(store)
    number, channel, currency = head
    how = purchases(store, order_id)
    before = refunds_before(store, order_id)
    decisions = _Decisions(store)
    lines = tuple(
        _offer(policies, line, how[line.id], before, at, decided=decisions.pay(line))
        for line in sold_lines(store, order_id)
    )
    taken = _taken(store, policies, order_id)
    return Offers(order_id, number, channel, currency, at, lines, taken)


def quote(store: Store, order_id: str, line_ids: Sequence[str], at: datetime) -> Quote:
    """What these lines bring back together at `at`.

    Raises NoRefund for the first that cannot go back, or not without the others of its policy.
    """
    found = offers(store, order_id, at)
    by_id = {offer.line.id: offer for offer in found.lines}
    unknown = [line_id for line_id in line_ids if line_id not in by_id]
    if unknown or not line_ids:
        raise LookupError(f"no line {unknown[:1]} in order {order_id}")
    chosen = [offer for offer in found.lines if offer.line.id in set(line_ids)]
    for offer in chosen:
        if offer.why:
            raise NoRefund(why=offer.why)
    if found.whole_with(line_ids) != set(line_ids):
        raise NoRefund(why="whole_order")
    return Quote(order_id, found.number, found.currency, at, _reckoned(chosen, found))


def _reckoned(chosen: Sequence[Offer], found: Offers) -> tuple[QuoteLine, ...]:
    """Fees ticket by ticket, or once over all that stand under the same step, now and before."""
    groups: dict[tuple[str, str, int], list[Offer]] = {}
    for offer in chosen:
        assert offer.tier is not None  # one without was refused
        key = (offer.tier.policy, offer.tier.valid_from, offer.tier.position)
        groups.setdefault(key, []).append(offer)
    parts = {}
    for group in groups.values():
        tier = group[0].tier
        assert tier is not None
        prices = [Money(offer.line.price_fen, found.currency) for offer in group]
        before = found.taken.get((tier.policy, tier.valid_from), NOTHING_TAKEN)
        for offer, part in zip(group, worth(tier, prices, before=before), strict=True):
            parts[offer.line.id] = QuoteLine(
                offer.line,
                tier,
                part.fee.fen,
                part.amount.fen,
                _free_from(offer, tier, found.at),
                offer.bought_at,
            )
    return tuple(parts[offer.line.id] for offer in chosen)


def _free_from(offer: Offer, tier: Tier, at: datetime) -> datetime | None:
    return None if offer.line.seat_id is None else tier.free_from(at)


class _Decisions:
    """Which tickets the run of a decided session pays: no policy may take a fee from them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rules = rain.Rules(store)
        self._found: dict[int, rain.Decided | None] = {}

    def pay(self, line: SoldLine) -> bool:
        """Whether it was decided that this one brings money."""
        if line.session_id not in self._found:
            self._found[line.session_id] = rain.decided(self._store, line.session_id)
        decided = self._found[line.session_id]
        if decided is None:
            return False
        case = (line.policy, line.paid_day, line.ticket_type, line.category)
        worth = decided.worth(self._rules.of(case), Money(line.price_fen))
        return worth is not None and worth[0] in (Outcome.HALF, Outcome.FULL)


def _offer(
    policies: Policies, line: SoldLine, how: Purchase, before: int, at: datetime, *, decided: bool
) -> Offer:
    if line.status == LineStatus.RETURNED:
        return Offer(line, None, "returned")
    if not line.live:
        return Offer(line, None, "reserved")
    if decided:
        return Offer(line, None, "decided")
    tiers = policies.in_force(line.policy, line.paid_day)
    if not tiers:
        return Offer(line, None, "policy")
    about = Circumstances(how.bought_at, how.complimentary, before)
    found = standing(tiers, line.starts_at, at, about)
    return Offer(line, found.tier, found.why, how.bought_at)


_TAKEN = """
SELECT f.policy, f.valid_from, f.tier, count(*), sum(f.fee_fen) FROM refund f
WHERE f.order_id = ? AND f.kind = ? GROUP BY f.policy, f.valid_from, f.tier
"""


def _taken(store: Store, policies: Policies, order_id: str) -> dict[tuple[str, str], Taken]:
    """What refunds of the order were charged for it as a whole, by policy and version."""
    found: dict[tuple[str, str], Taken] = {}
    for policy, version, position, times, fee in store.all(_TAKEN, (order_id, ReturnKind.REFUND)):
        steps = policies.in_force(policy, version)
        if any(step.position == position and step.per is Per.ORDER for step in steps):
            before = found.get((policy, version), NOTHING_TAKEN)
            taken = Taken(before.times + int(times), before.fee_fen + int(fee))
            found[policy, version] = taken
    return found
