"""What a bill says, whoever wrote it: rows of money, its own totals, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """Which way the money went."""

    CHARGE = "charge"
    REFUND = "refund"


BOTH = frozenset(Kind)


class LineTrouble(Protocol):
    """What is wrong in a line of a sheet, as whoever opened the file found it."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def expected(self) -> str: ...


class Lines(Protocol):
    """An opened table: its title, (line, cells) of each record, and lines that hold no values."""

    @property
    def title(self) -> str: ...
    @property
    def rows(self) -> Sequence[tuple[int, Sequence[str]]]: ...
    @property
    def errors(self) -> Sequence[LineTrouble]: ...


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line that was not understood: the column, the value found, and what was expected."""

    line: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class Check:
    """A total as the file states it, beside what its rows come to: fen, or how many."""

    name: str
    """As the file calls it."""
    stated: int
    counted: int
    is_count: bool = False
    line: int = 0
    """Where it stands in the file."""

    @property
    def agrees(self) -> bool:
        return self.stated == self.counted


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the venue's calendar, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class TheirRow:
    """One movement of money as the other side has it."""

    line: int
    kind: Kind
    number: str
    """Our number of the charge, or our number of the refund; empty where it names none."""
    reference: str
    """Its own number of this very movement; empty where it has none."""
    fen: int
    """What moved, zero or more; zero where it was given up and nothing moved."""
    day: date
    """The venue's calendar day."""
    at: datetime | None = None
    """Aware UTC; None where only the day is named."""
    charge: str = ""
    """Of a refund: our number of the charge it belongs to, where that is named."""
    charge_reference: str = ""
    """Of a refund: its own number of that charge."""
    fee_fen: int = 0
    """What the party keeps for itself; below zero where it gives a fee back."""
    borne_fen: int = 0
    """The part of `fen` that the customer had as a discount at our cost."""
    terminal: str = ""
    said: str = ""
    """Its own words for what this is."""
    lines: int = 1
    """How many lines of the file were put together."""

    @property
    def signed_fen(self) -> int:
        return self.fen if self.kind is Kind.CHARGE else -self.fen


@dataclass(frozen=True, slots=True)
class Sums:
    """Both ways of some rows: how many, and fen."""

    charges: int = 0
    charged_fen: int = 0
    refunds: int = 0
    refunded_fen: int = 0

    @property
    def net_fen(self) -> int:
        return self.charged_fen - self.refunded_fen


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill that was read. What it says is whole only where `whole` says so."""

    party: str
    """wechat, alipay, or the name of the row that maps an acquirer or a channel."""
    tender: str
    covers: frozenset[Kind]
    """A bill of successful charges says nothing of refunds."""
    name: str
    """File name without its folder; of an archive, with the part that was read."""
    digest: str
    """SHA-256 of the file's bytes."""
    rows: tuple[TheirRow, ...]
    checks: tuple[Check, ...]
    """Empty where the file states no totals."""
    troubles: tuple[Trouble, ...]
    period: Period | None
    """The days it says it is of, else those of its rows; None where it has neither."""
    merchants: frozenset[str] = frozenset()
    """The merchant numbers it names: to be held against the venue's own."""
    passed_over: int = 0
    """Lines that are no movement of money by the mapping's own word."""
    totals_missing: bool = False
    """Files of this kind end with totals and this one does not: it may have been cut off."""
    last_line: int = 0
    """Where the file ends."""

    @property
    def whole(self) -> bool:
        """Whether every line was understood and its totals fit its rows."""
        fit = all(check.agrees for check in self.checks)
        return fit and not self.troubles and not self.totals_missing


class Movement(Protocol):
    """A row of either side, as far as sums go."""

    @property
    def kind(self) -> Kind: ...
    @property
    def fen(self) -> int: ...


def sums(rows: Iterable[Movement]) -> Sums:
    """Both ways of some rows."""
    count = dict.fromkeys(Kind, 0)
    fen = dict.fromkeys(Kind, 0)
    for row in rows:
        count[row.kind] += 1
        fen[row.kind] += row.fen
    return Sums(count[Kind.CHARGE], fen[Kind.CHARGE], count[Kind.REFUND], fen[Kind.REFUND])


def days_of(rows: Sequence[TheirRow]) -> Period | None:
    """From the first to the last day of some rows."""
    if not rows:
        return None
    return Period(min(row.day for row in rows), max(row.day for row in rows))
