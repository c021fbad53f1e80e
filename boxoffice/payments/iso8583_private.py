"""The fields that ISO 8583 leaves to each acquirer: 44, 48, 60, 61, 62, and the trace of a number.

60 and 61 are those of China UnionPay's POS terminals (kind of transaction, batch, network code;
batch, trace and date of the original). 48 has their totals, with six digits for a count instead of
three: a day of rain refunds more than 999. 62 carries our own number, which the host sends back
in every answer and finds a transaction by; 44 tells in an answer to an inquiry how a transaction
stands. An acquirer with other private fields needs another file like this one, and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from boxoffice import clock

TRACES = 999_999
"""Traces (field 11) are six digits and begin with 1."""
HALF = TRACES // 2
NO_BATCH = "000000"

_NUMBER = re.compile(r"[0-9A-Za-z_\-|*]{1,32}", re.ASCII)
_LAST_DIGITS = re.compile(r"[0-9]{6}$", re.ASCII)


class Sort(StrEnum):
    """Field 60.1, the kind of a transaction."""

    ADMIN = "00"
    STATUS = "01"
    SALE = "22"
    VOID = "23"
    REFUND = "25"


class Net(StrEnum):
    """Field 60.3, what a message of administration is about."""

    NONE = "000"
    SIGN_ON = "001"
    CLOSE = "201"
    UPLOAD_END = "207"
    ECHO = "301"
    STATUS = "401"
    LAST = "402"
    STOP = "403"


class State(StrEnum):
    """First letter of field 44: how a transaction stands at the host; two digits say why."""

    APPROVED = "A"
    WORKING = "W"
    DECLINED = "D"
    REVERSED = "R"
    VOIDED = "V"


def checked(number: str) -> str:
    """Our number, when field 62 can carry it. Raises ValueError."""
    if not _NUMBER.fullmatch(number):
        raise ValueError("a number is 1 to 32 of 0-9 A-Z a-z _ - | *")
    return number


def trace(number: str, sort: Sort = Sort.SALE) -> str:
    """The trace that belongs to our number, always the same.

    Its last six digits where it ends in so many, so that counted numbers never meet, else a hash;
    sales in the lower half and what goes back in the upper, for each is counted by itself. Two
    numbers of one batch can meet all the same: the host then refuses the second with code 94, and
    it is a new number that is needed (see `iso8583_host`).
    """
    found = _LAST_DIGITS.search(checked(number))
    digest = hashlib.sha256(number.encode("ascii")).digest()
    value = int(found[0]) if found else int.from_bytes(digest[:8], "big")
    return f"{value % HALF + (1 if sort is Sort.SALE else HALF + 1):06d}"


def sort_field(sort: Sort, batch: str, net: Net = Net.NONE) -> str:
    """Field 60."""
    return f"{sort}{batch}{net}"


def batch_of(text: str) -> str:
    """The batch in field 60, empty where there is none."""
    return text[2:8] if re.fullmatch(r"[0-9]{11}", text) else ""


@dataclass(frozen=True, slots=True)
class Original:
    """Field 61: where the host booked the transaction that is meant; zeros where not known."""

    batch: str = NO_BATCH
    trace: str = "000000"
    date: str = "0000"
    """Month and day in venue time."""

    @property
    def text(self) -> str:
        return f"{self.batch}{self.trace}{self.date}"

    @classmethod
    def read(cls, text: str) -> Original | None:
        """Field 61, or None where it is something else."""
        found = re.fullmatch(r"([0-9]{6})([0-9]{6})([0-9]{4})", text)
        return cls(found[1], found[2], found[3]) if found else None


@dataclass(frozen=True, slots=True)
class Totals:
    """What a batch adds up to, in fen: sales as taken, and what went back by void or refund."""

    sales_fen: int = 0
    sales: int = 0
    back_fen: int = 0
    backs: int = 0

    def text(self, code: str = "0") -> str:
        """Field 48; `code` is the host's: 1 for agreed, 2 for not."""
        return f"{self.sales_fen:012d}{self.sales:06d}{self.back_fen:012d}{self.backs:06d}{code}"

    @classmethod
    def read(cls, text: str) -> tuple[Totals, str] | None:
        """Totals and code of field 48, or None where it is something else."""
        found = re.fullmatch(r"([0-9]{12})([0-9]{6})([0-9]{12})([0-9]{6})([0-9])", text)
        return (cls(*(int(found[n]) for n in range(1, 5))), found[5]) if found else None


def fen_field(fen: int) -> str:
    """Field 4. Raises ValueError for what is no amount."""
    if type(fen) is not int or not 0 < fen < 10**12:
        raise ValueError("an amount is whole fen above zero, at most twelve digits")
    return f"{fen:012d}"


def date_field(moment: datetime) -> str:
    """Month and day in venue time, as field 13 has it."""
    return clock.venue(moment).strftime("%m%d")


def moment(date: str, hour: str) -> datetime | None:
    """Fields 13 and 12 as a moment in UTC: they lack the year, so it is the one nearest to now."""
    now = clock.venue(clock.now())
    near = []
    for year in (now.year - 1, now.year, now.year + 1):
        try:
            read = datetime.strptime(f"{year}{date}{hour}", "%Y%m%d%H%M%S")
        except ValueError:
            continue  # no such day in that year, or no date at all
        near.append(read.replace(tzinfo=clock.VENUE_ZONE))
    if not near:
        return None
    return min(near, key=lambda each: abs(each - now)).astimezone(UTC)
