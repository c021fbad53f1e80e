"""What a connected card terminal can do beyond a gateway: stop, tell its last, void, close a batch.

The terminal shows its own prompts and reads the card; no card number ever reaches us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from boxoffice.payments.protocol import Answer, Back, BackAnswer, Gateway, Why

TENDER = "card"

# Names in `Answer.facts` of a card payment: for receipt, void, refund and the acquirer's file.
BATCH = "batch"
TRACE = "trace"
DATE = "date"
"""Month and day on which the host booked it, venue time."""
AUTHORISATION = "authorisation"
TERMINAL = "terminal"
MERCHANT = "merchant"
KIND = "kind"
"""In the answer to `last` only: a `LineKind`."""


class LineKind(StrEnum):
    """What a line of a batch is."""

    SALE = "sale"
    VOID = "void"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One transaction of the batch as our ledger has it.

    A sale that was voided stays a line, with the void as another; a declined or reversed one is
    none.
    """

    kind: LineKind
    number: str
    reference: str
    amount_fen: int
    charge: str = ""
    """Our number of the payment, for a void or a refund."""


@dataclass(frozen=True, slots=True)
class BatchSums:
    """Totals of a batch, in fen."""

    sales: int = 0
    sales_fen: int = 0
    backs: int = 0
    """Voids and refunds."""
    backs_fen: int = 0


class BatchOutcome(StrEnum):
    """How the closing of a batch ended."""

    AGREED = "agreed"
    DIFFERENT = "different"
    """Closed after all lines were sent up; the sums differ and somebody must look."""
    OPEN = "open"
    """The host did not close it; nothing changed."""
    UNKNOWN = "unknown"
    """No answer that can be trusted: close the same batch again."""


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """What became of a batch, with both sums; `theirs` is None where the host named none."""

    outcome: BatchOutcome
    batch: str
    ours: BatchSums
    theirs: BatchSums | None = None
    why: Why = Why.NONE
    sent_up: int = 0
    """How many lines the host asked for and got."""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Last:
    """The last transaction of the terminal; `number` is ours, empty where there is none."""

    number: str
    answer: Answer


class Terminal(Gateway, Protocol):
    """A card terminal that is connected. `charge` starts it and waits; silence decides nothing.

    `charge` may answer WAITING while the customer is busy: then `query` tells on. `abort` and
    `last` may be called from another thread while `charge` waits.
    """

    def reach(self) -> Why:
        """NONE when the terminal answers and takes our key; else why not. Moves nothing."""

    def batch(self) -> str:
        """The batch that is open, as six digits; empty where the terminal does not say."""

    def abort(self, number: str) -> Answer:
        """Ask the terminal to let go of a charge that waits for its card.

        CLOSED when nothing was or will be taken; otherwise how the charge stands.
        """

    def last(self) -> Last:
        """Status of the last transaction of the terminal, whoever started it."""

    def void(self, back: Back) -> BackAnswer:
        """Undo a payment of the batch that is open, whole; it never shows on the card's statement.

        REFUSED with TOO_LATE in a later batch and with OTHER_AMOUNT for a part: then `refund`.
        Safe to repeat with the same number; `refund_state` tells what became of it.
        """

    def close_batch(self, batch: str, lines: Sequence[BatchLine]) -> BatchAnswer:
        """Compare the totals of a batch with the host's and close it; safe to repeat."""
