"""The bill of a day, as a payment company hands it out: bytes for the reconciliation to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from boxoffice.payments.protocol import Why

MOST_BILL_BYTES = 200_000_000
"""A day of 13,000 refunds is 5 MB."""


class BillState(StrEnum):
    """Whether there is a bill."""

    READY = "ready"
    NONE = "none"
    """The company says nothing was paid or refunded that day."""
    LATER = "later"
    """Not made yet: ask again in some hours."""
    UNKNOWN = "unknown"
    """No answer, or none that can be trusted."""


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill, or why there is none."""

    state: BillState
    why: Why = Why.NONE
    name: str = ""
    """A name to keep it under."""
    content: bytes = field(default=b"", repr=False)
    said: str = ""


class BillSource(Protocol):
    """A gateway that hands out bills."""

    def bill(self, day: date) -> Bill:
        """The bill of a calendar day in China; never raises for what the company or line does."""
