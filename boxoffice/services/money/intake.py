"""Intake: one file of the bank on its way in, and the report of what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from boxoffice.bank.our_account import BankSettings
from boxoffice.services.money import books
from boxoffice.services.money.cases import NewCase

LONGEST_NUMBER = 80
"""Of a number in a case's key, in case a bank writes more than its 35 characters."""


@dataclass(slots=True)
class BankReport:
    """What became of one file of the bank; amounts in fen."""

    name: str
    kind: str
    number: str
    known: bool = False
    """It was taken in before."""
    refused: int = 0
    booked: int = 0
    returned: int = 0
    """Transfers that took this step now."""
    ours_fen: int = 0
    """Of the transfers the file books: what the ledger has of them as gone, less what came back."""
    theirs_fen: int = 0
    """The same as the file books it."""
    other_rows: int = 0
    """Bookings that are no transfer of ours, by whatever name."""
    other_fen: int = 0
    """Their sum, what came in above zero."""
    new_cases: int = 0
    open_cases: int = 0
    warnings: tuple[str, ...] = ()
    left: list[str] = field(default_factory=list)
    """Numbers of orders another window has in hand: take the file in again once it let go."""

    @property
    def closed(self) -> bool:
        """Whether the file agrees with the ledger, or is explained."""
        return not self.open_cases and not self.left


@dataclass(slots=True)
class Intake:
    """One file on its way in."""

    bank: BankSettings | None
    here: books.Books
    report: BankReport
    cases: list[NewCase] = field(default_factory=list)

    def case(self, number: str, what: str, order_number: str = "", **facts: object) -> None:
        """Something a person has to look at."""
        number = number[:LONGEST_NUMBER]
        said = {"file": self.report.name, "number": number, "what": what, **facts}
        self.cases.append(NewCase(f"{number}:{what}", said, order_number))
