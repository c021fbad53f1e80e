"""What a bank says was booked: statements, their entries, and the single bookings in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from boxoffice.bank.message import Kind
from boxoffice.sentences.phrases import Phrase

BOOKED = "BOOK"
"""Status of an entry that is on the account; PDNG, INFO and FUTR are not."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What stood on the account; `fen` in hundredths of the currency, below zero for a debt."""

    code: str
    """OPBD and PRCD open, CLBD closes, ITBD stands between two pages; others are not checked."""
    fen: int
    currency: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Booking:
    """One transaction. What names people and their words is kept out of logs."""

    fen: int
    """Hundredths of the currency, never below zero; `credit` says which way it went."""
    currency: str
    credit: bool
    """Money came in, seen from our account; a reversal says here which way it went itself."""
    status: str
    booked_on: date | None
    value_on: date | None
    end_to_end: str
    """Our number, where the bank hands it on."""
    instruction: str
    batch: str
    """The number of our batch (PmtInfId), where the bank books it as one."""
    bank_reference: str
    """The bank's own number: the same in the notice and in the statement."""
    code: str
    """What kind it is, as PMNT-ICDT-RRTN, or in the bank's own code."""
    reversal: bool
    return_reason: str
    """ISO code of why a transfer came back, such as AC04."""
    charges_fen: int
    """What the bank kept for it; below zero where it gave some back."""
    line: int
    return_said: str = field(default="", repr=False)
    remittance: tuple[str, ...] = field(default=(), repr=False)
    party: str = field(default="", repr=False)

    @property
    def booked(self) -> bool:
        return self.status == BOOKED

    @property
    def returned(self) -> bool:
        """Whether the bank itself calls it money that came back."""
        came_back = self.return_reason or self.return_said or self.reversal
        return self.credit and bool(came_back or self.code.endswith(("-RRTN", "-RPCR", "-RRCT")))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a statement, with the bookings in it (at least one)."""

    fen: int
    currency: str
    credit: bool
    status: str
    booked_on: date | None
    reference: str
    bookings: tuple[Booking, ...]
    line: int

    @property
    def signed_fen(self) -> int:
        return self.fen if self.credit else -self.fen


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement (camt.053) or notice (camt.054) of one account."""

    kind: Kind
    number: str
    """The bank's number of it: the same account and number are imported once."""
    account: str
    currency: str
    made_at: datetime | None
    opening: Balance | None
    closing: Balance | None
    entries: tuple[Entry, ...]

    @property
    def bookings(self) -> tuple[Booking, ...]:
        """All bookings of all entries, in order."""
        return tuple(booking for entry in self.entries for booking in entry.bookings)

    @property
    def booked_fen(self) -> int:
        """Sum of what is booked in the currency of the account, credits above zero."""
        return sum(
            entry.signed_fen
            for entry in self.entries
            if entry.status == BOOKED and entry.currency == self.currency
        )

    @property
    def adds_up(self) -> bool | None:
        """Whether the opening balance and the entries make the closing one; None where the bank
        gives no balances, as in every notice."""
        if self.opening is None or self.closing is None:
            return None
        return self.opening.fen + self.booked_fen == self.closing.fen


@dataclass(frozen=True, slots=True)
class StatementFile:
    """All statements of one file, and what was odd about it."""

    kind: Kind
    version: str
    message: str
    """The bank's number of the message."""
    made_at: datetime | None
    statements: tuple[Statement, ...]
    warnings: tuple[Phrase, ...]
