"""What a bank answers to our orders, and what may be concluded from it for one transfer.

A transfer counts as refused only where the bank says so and nothing in the same file says
otherwise: a refused transfer may be ordered again, and one refused by mistake is paid twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from boxoffice.bank.transfer_reasons import Next, next_step
from boxoffice.sentences.phrases import Phrase


class TransferState(StrEnum):
    """What is known of a transfer from the bank's answers; none of them proves a booking."""

    REFUSED = "refused"
    """Not carried out, and will not be under this number."""
    ACCEPTED = "accepted"
    """Taken on; the bank checked it, or is at it."""
    SETTLED = "settled"
    """Settled, says the bank (ACSC, ACCC): still no booking, and it can come back."""
    OPEN = "open"
    """Received or held; or the answers contradict each other, or are not known here."""


STATES: dict[str, TransferState] = {
    **dict.fromkeys(("RJCT", "CANC"), TransferState.REFUSED),
    **dict.fromkeys(
        ("ACCP", "ACTC", "ACSP", "ACWC", "ACWP", "ACFC", "ACIS"), TransferState.ACCEPTED
    ),
    **dict.fromkeys(("ACSC", "ACCC"), TransferState.SETTLED),
    **dict.fromkeys(("RCVD", "PDNG", "PATC", "PRES", "BLCK", "PART", "PRSY"), TransferState.OPEN),
}
"""ISO 20022 external code set PaymentTransactionStatus, and the statuses of a group."""

_TAKEN_ON = (TransferState.ACCEPTED, TransferState.SETTLED)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in the bank's code (ISO or its own) and words."""

    code: str
    said: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    """The answer to one transfer, by our number (EndToEndId)."""

    number: str
    status: str
    """The ISO code as it came."""
    state: TransferState
    reasons: tuple[Reason, ...]
    batch: str
    """Our number of its batch (PmtInfId)."""
    bank_reference: str
    fen: int | None
    """What the bank read as the amount, where it repeats it."""
    currency: str
    line: int


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """The answer to a whole batch, which holds for transfers that are not answered themselves."""

    batch: str
    status: str
    state: TransferState | None
    """None where the bank gives the batch no status of its own."""
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """One pain.002: what the bank says of the file we sent, of its batches and transfers."""

    version: str
    message: str
    """The bank's number of this answer."""
    made_at: datetime | None
    original: str
    """Our number of the file it answers (OrgnlMsgId)."""
    status: str
    state: TransferState | None
    """Of the whole file; None where the bank gives it no status."""
    reasons: tuple[Reason, ...]
    batches: tuple[BatchAnswer, ...]
    answers: tuple[TransferAnswer, ...]
    warnings: tuple[Phrase, ...]
    _own: dict[str, list[TransferAnswer]] = field(init=False, repr=False, compare=False)
    _taken: frozenset[str] = field(init=False, repr=False, compare=False)
    """Batches of which something is taken on."""

    def __post_init__(self) -> None:
        own: dict[str, list[TransferAnswer]] = {}
        for answer in self.answers:
            own.setdefault(answer.number, []).append(answer)
        taken = frozenset(one.batch for one in self.answers if one.state in _TAKEN_ON)
        taken |= frozenset(one.batch for one in self.batches if one.state in _TAKEN_ON)
        object.__setattr__(self, "_own", own)
        object.__setattr__(self, "_taken", taken)

    def state_of(self, number: str, batch: str) -> tuple[TransferState | None, tuple[Reason, ...]]:
        """What is known of one transfer of ours, in the batch of that number, and why.

        Its own answers count first, then its batch, then the file. None where the file says
        nothing of it: a file taken on in part says nothing of those it does not name. Refused as
        a duplicate is no refusal: the bank has the transfer, and may carry it out.
        """
        state, reasons = self._state_of(number, batch)
        double = any(next_step(reason.code) is Next.NEVER_AGAIN for reason in reasons)
        return _unless(double and state is TransferState.REFUSED, state), reasons

    def _state_of(self, number: str, batch: str) -> tuple[TransferState | None, tuple[Reason, ...]]:
        own = self._own.get(number)
        if own:
            return self._of_own(own, batch)
        refused = TransferState.REFUSED
        above = next((a for a in self.batches if a.batch == batch and a.state is not None), None)
        if above is not None:
            if above.status == "PART":
                return None, ()
            other = batch in self._taken if above.state is refused else self.state is refused
            return _unless(other, above.state), above.reasons
        if self.state is None or self.status == "PART":
            return None, ()
        return _unless(self.state is refused and bool(self._taken), self.state), self.reasons

    def _of_own(
        self, own: list[TransferAnswer], batch: str
    ) -> tuple[TransferState, tuple[Reason, ...]]:
        states = {answer.state for answer in own}
        reasons = tuple(reason for answer in own for reason in answer.reasons)
        above = [self.state] + [a.state for a in self.batches if a.batch == batch]
        refused = TransferState.REFUSED in states
        if (len(states) > 1 and refused) or (not refused and TransferState.REFUSED in above):
            return TransferState.OPEN, reasons
        return own[-1].state, reasons


def _unless(contradicted: bool, state: TransferState | None) -> TransferState | None:
    return TransferState.OPEN if contradicted else state
