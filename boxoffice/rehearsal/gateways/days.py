"""Bad days of a simulated payment company: what goes wrong, at which step, how often."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

ALWAYS = -1


class Step(StrEnum):
    """What a window asks of the company."""

    CHARGE = "charge"
    QUERY = "query"
    REVERSE = "reverse"
    REFUND = "refund"
    REFUND_QUERY = "refund_query"
    BILL = "bill"
    FILE = "file"
    """The bill itself, from the address that was told."""


class Trouble(StrEnum):
    """What goes wrong."""

    # on the way
    SILENT = "silent"
    """No answer until released, or until the window gives up."""
    CUT = "cut"
    """The line breaks before the answer."""
    SLOW = "slow"
    WRONG_SIGNATURE = "wrong_signature"
    UNSIGNED = "unsigned"
    HTML = "html"
    """A page in the place of an answer, as of a portal that wants a sign-in."""
    GARBLED = "garbled"
    """Signed, and no JSON."""
    ELSEWHERE = "elsewhere"
    """Sent on to another address."""
    CLOCK_OFF = "clock_off"
    """The company finds the time of the window wrong, and does nothing."""
    BUSY = "busy"
    """A fault of its system: SYSTEMERROR, 20000."""
    LIMITED = "limited"
    """Too many messages; does nothing."""
    # the customer
    PASSWORD = "password"
    CODE_EXPIRED = "code_expired"
    CODE_USED = "code_used"
    BALANCE = "balance"
    OTHER_AMOUNT = "other_amount"
    """The company names another amount than was asked."""
    # what became of it
    NOT_KNOWN_YET = "not_known_yet"
    """A question about something that is there, but not in that part of the company yet."""
    PAID_LATE = "paid_late"
    """The customer pays between the last question and the reversal."""
    RECALL = "recall"
    """Reverse it again: recall Y, retry_flag Y."""
    TOO_LATE = "too_late"
    # money on its way back
    MERCHANT_BALANCE = "merchant_balance"
    PENDING = "pending"
    """On its way until so many questions were asked, or until it is settled by hand."""
    REFUND_CLOSED = "refund_closed"
    """Taken on, and then given up: the merchant account stayed short."""
    CARD_GONE = "card_gone"
    """Taken on, and then the card it went to was gone."""
    DEAD = "dead"
    """Not taken on: the customer's account is gone."""


NOTHING_DONE = frozenset({Trouble.CLOCK_OFF, Trouble.LIMITED})


@dataclass(frozen=True, slots=True)
class Day:
    """One bad day."""

    trouble: Trouble
    step: Step
    times: int = 1
    """How many messages it meets; ALWAYS until it is healed."""
    number: str = ""
    """Only messages about this number of ours; empty for any."""
    acts: bool = True
    """Whether the company does as asked although its answer does not show it."""
    queries: int = 1
    """For PASSWORD and PENDING: how many questions until it is over; ALWAYS for never."""
    pays: bool = True
    """For PASSWORD: whether the customer pays in the end, or puts the phone away."""
    delay_s: float = 0.2
    """For SLOW."""

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Day:
        """Raises TypeError and ValueError for what is no day."""
        named = {**values, "trouble": Trouble(values["trouble"]), "step": Step(values["step"])}
        return cls(**named)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Days:
    """The bad days that are to come, in their order; safe for all threads of a server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: list[tuple[Day, int]] = []

    def add(self, day: Day) -> None:
        with self._lock:
            self._left.append((day, day.times))

    def clear(self) -> None:
        with self._lock:
            self._left.clear()

    def take(self, step: Step, number: str) -> Day | None:
        """The first one that this message meets, once less from now on."""
        with self._lock:
            for index, (day, left) in enumerate(self._left):
                if day.step is not step or day.number not in ("", number):
                    continue
                if left == 1:
                    del self._left[index]
                elif left != ALWAYS:
                    self._left[index] = (day, left - 1)
                return day
        return None
