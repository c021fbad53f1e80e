"""The rows of a simulated payment company's book, and the verdicts and rules behind them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from boxoffice import clock


class State(StrEnum):
    """How a trade stands."""

    WAITING = "waiting"
    PAID = "paid"
    FAILED = "failed"
    CLOSED = "closed"
    GIVEN_BACK = "given_back"
    """Reversed after it was paid."""


class BackState(StrEnum):
    """How a refund stands."""

    PENDING = "pending"
    DONE = "done"
    CLOSED = "closed"
    ABNORMAL = "abnormal"


class Verdict(StrEnum):
    """What the company makes of a message."""

    DONE = "done"
    WAITING = "waiting"
    SAME = "same"
    """Known already, with the same contents."""
    NUMBER_USED = "number_used"
    CODE_USED = "code_used"
    CODE_EXPIRED = "code_expired"
    BALANCE = "balance"
    ABSENT = "absent"
    NOT_PAID = "not_paid"
    RECALL = "recall"
    MERCHANT_BALANCE = "merchant_balance"
    TOO_MUCH = "too_much"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    DEAD = "dead"


@dataclass
class Trade:
    """One charge."""

    number: str
    reference: str
    amount_fen: int
    subject: str
    window: str
    code_hash: str
    state: State
    begun_at: datetime
    paid_at: datetime | None = None
    ended_at: datetime | None = None
    """When it was closed or given back."""
    queries: int = 0
    """How many questions until the customer has done something; ALWAYS for never."""
    pays: bool = True


@dataclass
class Refund:
    """Money on its way back."""

    number: str
    charge: str
    reference: str
    amount_fen: int
    state: BackState
    begun_at: datetime
    done_at: datetime | None = None
    queries: int = 0
    then: BackState = BackState.DONE
    """What it comes to when its questions were asked."""

    @property
    def counts(self) -> bool:
        """Whether it takes from what is left of the payment."""
        return self.state in (BackState.PENDING, BackState.DONE)


@dataclass(frozen=True)
class Rules:
    """What one company minds, in seconds and pieces; 0 for nothing."""

    reverse_not_before_s: float = 0
    reverse_within_days: int = 0
    refund_apart_s: float = 0
    most_refunds: int = 0
    refund_within_days: int = 0
    refund_queries: int = 0
    """How many questions a refund takes on a good day."""
    password_above_fen: int = 0
    """Above this the phone asks for a password (DOMAIN.md: WeChat Pay above CNY 1,000)."""
    password_queries: int = 2
    """How many questions the customer takes for it on a good day."""


def to_row(row: Trade | Refund) -> dict[str, Any]:
    """A row as JSON can hold it."""
    return {
        name: clock.to_text(value) if isinstance(value, datetime) else value
        for name, value in asdict(row).items()
    }


def from_row(values: dict[str, Any]) -> Trade | Refund:
    """Read what `to_row` wrote."""
    named = dict(values)
    for name in [name for name in named if name.endswith("_at")]:
        named[name] = clock.from_text(named[name]) if named[name] else None
    if "charge" in named:
        named |= {"state": BackState(named["state"]), "then": BackState(named["then"])}
        return Refund(**named)
    return Trade(**(named | {"state": State(named["state"])}))
