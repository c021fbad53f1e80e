"""What comes of holding a bill against the ledger: every row in one bucket, and the sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from boxoffice.bank.bill import Kind, Period, Sums, TheirRow


class Bucket(StrEnum):
    """Where a row, or a pair of rows, belongs. Each row of both sides is in exactly one."""

    MATCHED = "matched"
    OTHER_DAY = "other_day"
    """The same money on another day there, as just after midnight: matched, with a note."""
    OTHER_AMOUNT = "other_amount"
    MISSING_HERE = "missing_here"
    """The bill has it, the ledger does not."""
    MISSING_THERE = "missing_there"
    """The ledger has it, the bill does not."""
    TWICE_HERE = "twice_here"
    TWICE_THERE = "twice_there"
    NOT_OF_DAY = "not_of_day"
    """A row of ours from around the bill's days, or of a kind it does not list, and not in it."""
    NOTHING_MOVED = "nothing_moved"
    """Given up there and unknown here: no money moved."""


AGREED = frozenset({Bucket.MATCHED, Bucket.OTHER_DAY, Bucket.NOT_OF_DAY, Bucket.NOTHING_MOVED})
"""Buckets nobody has to do anything about; the others are exceptions."""


class Step(StrEnum):
    """What to do next about an exception."""

    NONE = ""
    NEXT_BILL = "next_bill"
    """Close to midnight: look in the bill of the day beside it."""
    WAIT = "wait"
    """A refund still on its way: the bill of the day it arrives will have it."""
    LOOK_AT_SLIP = "look_at_slip"
    """Something of the same amount and time lacks its other half: a number was typed wrongly."""
    ASK_PARTY = "ask_party"
    """Ask the party what became of the charge, by our number."""
    SEND_AGAIN = "send_again"
    """Ask for the refund again, under the same number: the customer has not got it."""
    PAY_ANOTHER_WAY = "pay_another_way"
    """The party gave the refund up: pay it back another way."""
    GIVE_BACK = "give_back"
    """Charged without a sale: find the customer's attempt and give the money back."""
    BOOK_REFUND = "book_refund"
    """Paid back without us: find who did it and book it."""
    CORRECT_AMOUNT = "correct_amount"
    """Ask the party for the amount and book the difference."""
    LOAD_ONCE = "load_once"
    """The very same line stands twice in the bill."""
    LOOK_AT_LEDGER = "look_at_ledger"
    """One number stands twice in the ledger."""


class Note(StrEnum):
    """What else is to be known of a pair."""

    NEAR_MIDNIGHT = "near_midnight"
    LATER_THERE = "later_there"
    EARLIER_THERE = "earlier_there"
    NOT_ITS_DAY = "not_its_day"
    """Both have it on the same day, which is none of those the bill is of."""
    BY_REFERENCE = "by_reference"
    """Paired by their number, for ours is not named there."""
    OTHER_NUMBER = "other_number"
    """Paired by their number, and there it stands under another number of ours."""
    BY_CHARGE = "by_charge"
    """A refund without a number of its own, paired by its charge and amount."""
    NOT_DONE_THERE = "not_done_there"


@dataclass(frozen=True, slots=True)
class OurRow:
    """One movement of money as the ledger has it."""

    number: str
    """The number we gave it: of the charge, or of the refund."""
    kind: Kind
    fen: int
    at: datetime
    """Aware UTC."""
    reference: str = ""
    """The party's number, as we know it."""
    charge: str = ""
    """Of a refund: the number of its charge."""
    charge_reference: str = ""
    """Of a refund: the party's number of its charge."""
    tender: str = ""
    pending: bool = False
    """A refund the party has taken on and not yet carried out."""
    key: str = ""
    """Id of the record this came from; carried along."""

    @property
    def signed_fen(self) -> int:
        return self.fen if self.kind is Kind.CHARGE else -self.fen


@dataclass(frozen=True, slots=True)
class Found:
    """A row of ours, a row of theirs, or both, and where they belong."""

    bucket: Bucket
    ours: OurRow | None = None
    theirs: TheirRow | None = None
    step: Step = Step.NONE
    notes: tuple[Note, ...] = ()
    difference_fen: int = 0
    """What it adds to their sum less ours."""
    perhaps: str = ""
    """Number or reference of the row that is likely to be its other half."""

    @property
    def is_exception(self) -> bool:
        return self.bucket not in AGREED


@dataclass(frozen=True, slots=True)
class Explained:
    """One bucket's part in the difference of the sums."""

    bucket: Bucket
    count: int
    fen: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A bill held against the ledger."""

    period: Period | None
    found: tuple[Found, ...]
    """In the order of time; one entry for each pair and each row without its half."""
    ours: Sums
    """Of the ledger, for the days and kinds the bill covers."""
    theirs: Sums
    """Of the bill."""
    fees_fen: int
    borne_fen: int
    explained: tuple[Explained, ...]
    """Adds up to `difference_fen`, to the fen; buckets with rows only."""

    @property
    def difference_fen(self) -> int:
        """Their sum less ours."""
        return self.theirs.net_fen - self.ours.net_fen

    @property
    def paid_out_fen(self) -> int:
        """What the party is to pay out for this bill: its sum less discounts and fees."""
        return self.theirs.net_fen - self.borne_fen - self.fees_fen

    @property
    def exceptions(self) -> tuple[Found, ...]:
        """What somebody has to look at."""
        return tuple(each for each in self.found if each.is_exception)

    @property
    def agrees(self) -> bool:
        """Whether there is nothing to explain."""
        return not self.exceptions
