"""What is printed on a ticket or receipt, as plain values: nothing here is looked up or masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Both(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class TicketPaper:
    """One ticket. Moments are aware and printed in venue time; `price` is in fen.

    `attendee` and `document` come masked as they shall appear. `block`, `row` and `seat` are None
    together for an unnumbered place, printed as a grounds pass. `opens` names the courts it opens.
    """

    event: Both
    court: Both
    session: Both
    starts_at: datetime
    gates_at: datetime | None
    block: str | None
    row: str | None
    seat: str | None
    level: str
    ticket_type: Both
    price: int
    attendee: str
    document: str
    order_number: str
    ticket_number: str
    opens: tuple[Both, ...]
    code: str
    terms: Both
    duplicate: bool = False
    training: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line of a receipt: so many of something at a price each, in fen."""

    text: Both
    count: int
    each: int

    @property
    def amount(self) -> int:
        """Fen of the whole line."""
        return self.count * self.each


@dataclass(frozen=True, slots=True)
class ReceiptTender:
    """What was put down by one tender, or goes back by it (fen), and what it is known by."""

    text: Both
    amount: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """One receipt. Amounts are in fen; `change` is None unless something was paid in cash."""

    event: Both
    window: str
    operator: str
    at: datetime
    order_number: str
    lines: tuple[ReceiptLine, ...]
    total: int
    paid: tuple[ReceiptTender, ...]
    change: int | None = None
    back: tuple[ReceiptTender, ...] = ()
    """What went back since, or is on its way."""
    footer: Both | None = None
    training: bool = False
