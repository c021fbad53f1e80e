"""What an outside party can be asked about money, whoever it is.

A driver speaks for one party. It never raises for what the party or the line does: silence, a page
that cannot be read and a signature that does not fit are answers too (`Outcome.UNKNOWN`), for only
the caller, who stored the attempt first, may decide what follows. It keeps no state of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Outcome(StrEnum):
    """What is known of a charge after an answer, or of none."""

    PAID = "paid"
    WAITING = "waiting"
    """The customer still has to do something: a password on the phone, a card in the terminal."""
    DECLINED = "declined"
    """Nothing was taken, and nothing will be under this number."""
    CLOSED = "closed"
    """Closed or reversed: nothing will be taken, and what was taken goes back."""
    ABSENT = "absent"
    """The party knows no such number; it may only not know it yet."""
    UNKNOWN = "unknown"
    """No answer, or none that can be trusted."""


class RefundOutcome(StrEnum):
    """What is known of money on its way back."""

    ARRIVED = "arrived"
    ACCEPTED = "accepted"
    """The party has taken it on; the money is on its way."""
    CLOSED = "closed"
    """Given up by the party, nothing moved: a new try needs a new number."""
    DEAD = "dead"
    """This way back is dead (card gone, account closed): another one is needed."""
    REFUSED = "refused"
    """Not taken on, nothing moved; `why` says whether the same number may be sent again."""
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why an answer is what it is; the screen has a sentence for each."""

    NONE = ""
    SILENT = "silent"
    """No answer in time, or the line broke."""
    UNREACHABLE = "unreachable"
    """Nothing was sent: no connection could be made."""
    BAD_SIGNATURE = "bad_signature"
    NOT_READABLE = "not_readable"
    """An answer that is not in the party's format."""
    BAD_CLOCK = "bad_clock"
    """The party refuses the time of this computer."""
    NOT_SET_UP = "not_set_up"
    """Merchant number, key or rights are wrong."""
    BUSY = "busy"
    """The party asks to try again (SYSTEMERROR, 20000)."""
    PASSWORD = "password"
    """The customer is typing a password."""
    CODE_EXPIRED = "code_expired"
    CODE_USED = "code_used"
    BALANCE = "balance"
    """The customer has too little money."""
    CUSTOMER = "customer"
    """The customer cancelled, or may not pay so."""
    CARD = "card"
    """The card was refused."""
    TERMINAL_BUSY = "terminal_busy"
    NUMBER_USED = "number_used"
    """Our number was used for something else."""
    OTHER_AMOUNT = "other_amount"
    """What the party names differs from what was asked."""
    TOO_EARLY = "too_early"
    """A reversal or a second refund so soon is not taken."""
    TOO_LATE = "too_late"
    """Past the time in which it can be reversed or refunded."""
    MERCHANT_BALANCE = "merchant_balance"
    """The merchant account is short: the same number again, once it is filled."""
    TOO_MUCH = "too_much"
    """More than is left of the payment, or too many partial refunds."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Timing:
    """The rhythm a party asks for, in seconds; data, with its source beside it in the driver."""

    answer_within_s: float
    """How long one message may take before it counts as silence."""
    first_query_s: float
    """After silence, or while the customer is busy: when to ask first."""
    query_every_s: float
    give_up_s: float
    """Counted from the charge: then it is reversed."""
    reverse_not_before_s: float
    """Counted from the charge."""
    reverse_every_s: float
    reverse_give_up_s: float
    """Counted from the first reversal: then it is unknown, and asked about behind."""
    look_again_s: float
    """How often an unknown one is asked about behind."""
    forget_after_s: float
    """After how long a number that the party still does not know was never charged."""
    refund_apart_s: float = 0.0
    """Least time between two refunds of one payment."""
    most_refunds: int = 0
    """Most partial refunds of one payment; 0 for no limit."""
    refund_within_days: int = 0
    """0 for no limit."""
    reverse_within_days: int = 0
    """Counted from the charge: then only a refund brings the money back; 0 for no limit."""


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """A charge. `number` is ours and used once; `code` is what the customer showed, never kept."""

    number: str
    amount_fen: int
    currency: str
    subject: str
    """What the customer reads on the phone."""
    window: int
    code: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a party said about a charge, or that it said nothing."""

    outcome: Outcome
    why: Why = Why.NONE
    reference: str = ""
    """The party's own number for it."""
    paid_fen: int | None = None
    at: datetime | None = None
    """When the party says it was paid, aware UTC."""
    said: str = ""
    """Its own code and words, short and without secrets or customer data, for the record."""
    again: bool = True
    """Whether asking the same again can bring another answer."""
    facts: dict[str, str] = field(default_factory=dict)
    """What the receipt or a later void needs: trace, batch, authorisation; never a card number."""


@dataclass(frozen=True, slots=True)
class Back:
    """Money to go back. `number` is ours, the same on every retry with the same amount."""

    number: str
    charge: str
    """Our number of the payment."""
    reference: str
    """The party's number of it."""
    amount_fen: int
    charged_fen: int
    currency: str
    reason: str
    charged_at: datetime
    window: int
    facts: dict[str, str] = field(default_factory=dict)
    """The facts of the payment's answer."""


@dataclass(frozen=True, slots=True)
class BackAnswer:
    """What a party said about money on its way back."""

    outcome: RefundOutcome
    why: Why = Why.NONE
    reference: str = ""
    refunded_fen: int | None = None
    at: datetime | None = None
    said: str = ""
    again: bool = True


class Gateway(Protocol):
    """One outside party that takes money and gives it back. Every call waits for its answer, at
    most `timing.answer_within_s`, and belongs on the lane of what lies outside.
    """

    @property
    def tender(self) -> str:
        """The tender it serves: wechat, alipay, card."""

    @property
    def timing(self) -> Timing: ...

    def charge(self, ask: Ask) -> Answer:
        """Ask for money, once per number ever."""

    def query(self, number: str) -> Answer:
        """What became of a charge."""

    def reverse(self, number: str) -> Answer:
        """Close an unpaid charge, give a paid one back whole; safe to repeat.

        Answers CLOSED when done; UNKNOWN with `again` while it has to be repeated; PAID where it
        cannot be reversed any more.
        """

    def refund(self, back: Back) -> BackAnswer:
        """Ask for money to go back; safe to repeat with the same number and amount."""

    def refund_state(self, back: Back) -> BackAnswer:
        """What became of it."""
