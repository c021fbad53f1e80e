"""What files say, line by line: a frozen row per line, and errors with value and expectation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from boxoffice.domain.rain import HALF


class FileKind(StrEnum):
    """Kinds of file we read, in the order in which one needs the other."""

    PLAN = "seat plan"
    COURTS = "courts"
    ACCESS = "access"
    PRICES = "prices"
    REFUND_POLICY = "refund policy"
    RAIN_POLICY = "rain policy"
    SESSIONS = "sessions"
    RULES = "rules"
    MATCHES = "match records"
    PRESALE = "presale orders"


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong in a line: the column, the value found, and what was expected."""

    line: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file that was read. With errors its rows are not to be used."""

    kind: FileKind
    name: str
    """File name without its folder."""
    digest: str
    """SHA-256 of the bytes."""
    rows: Sequence[Any]
    errors: tuple[LineError, ...] = ()
    ignored_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanSeat:
    """One seat of a plan; place in metres from the upper left corner."""

    guid: str
    zone: str
    row: str
    number: str
    category: str
    x: float
    y: float
    row_ordinal: int
    seat_ordinal: int


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A seat plan in pretix seating-plan JSON; measures in metres."""

    name: str
    width: float
    height: float
    categories: tuple[str, ...]
    seats: tuple[PlanSeat, ...]


@dataclass(frozen=True, slots=True)
class CourtRow:
    line: int
    court: str
    name_zh: str
    name_en: str
    seat_plan: str
    nominal_capacity: int
    saleable_capacity: int
    approved_capacity: int
    roof: bool


@dataclass(frozen=True, slots=True)
class AccessRow:
    line: int
    price_plan: str
    opens_courts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriceRow:
    line: int
    price_plan: str
    category: str
    ticket_type: str
    price_fen: int


@dataclass(frozen=True, slots=True)
class RefundTierRow:
    """A tier; the fee in hundredths of a per cent, or in fen; not refundable where it says none."""

    line: int
    policy: str
    valid_from: date
    until_hours_before_start: int | None
    until_at: datetime | None
    inclusive: bool
    refundable: bool
    fee_basis_points: int
    fee_fen: int
    per: str
    whole_order_only: bool
    note_zh: str
    note_en: str
    resale_after_minutes: int = 0
    until_minutes_before_start: int = 0
    """Besides the hours, 0 to 59."""
    until_minutes_after_purchase: int | None = None
    fee_base: str = "paid"
    handling_basis_points: int = 0
    handling_base: str = "paid"
    least_fee_fen: int = 0
    most_fee_fen: int | None = None
    again: str = "same"
    complimentary_excluded: bool = True


@dataclass(frozen=True, slots=True)
class RainRow:
    """What counts as held; words of `boxoffice.domain.rain`, shares in hundredths of a per cent."""

    line: int
    policy: str
    valid_from: date
    held_if_matches_completed: int | None
    held_if_minutes_over: int | None
    remedy: str
    note_zh: str
    note_en: str
    ticket_type: str = ""
    category: str = ""
    held_minutes_inclusive: bool = False
    held_needs: str = "any"
    half_if_matches_completed: int | None = None
    half_if_minutes_over: int | None = None
    half_minutes_inclusive: bool = False
    half_basis_points: int = HALF
    courts_counted: str = "session"
    courts_together: str = "average"
    minutes_counted: str = "played"
    latest_start_minutes: int | None = None
    """After the time on the ticket."""
    latest_start_at: time | None = None
    """Venue time of day."""
    refund_value: str = "face"


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match on a court in a session; `minutes` of play, None: from start to end."""

    line: int
    session: str
    court: str
    match: str
    started_at: datetime | None
    ended_at: datetime | None
    minutes: int | None
    completed: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A dated rule for a session, a court, each session ("*") or all of them ("").

    `value` is a number, yes, no, none, or the words of a proof (Chinese;English); `subject` the
    ticket type or zone it is about, if any.
    """

    line: int
    rule: str
    valid_from: date
    session: str
    subject: str
    value: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    line: int
    session: str
    date: date
    courts: tuple[str, ...]
    kind: str
    name_zh: str
    name_en: str
    gates_open: datetime
    starts_at: datetime
    price_plan: str
    unnumbered_capacity: int | None
    real_name: bool
    policy: str


@dataclass(frozen=True, slots=True)
class PresaleRow:
    """One ticket sold on line. `problems` keep its order out, not the file."""

    line: int
    order_no: str
    pickup_code: str
    channel: str
    paid_at: datetime
    buyer: str
    phone: str
    session: str
    section: str
    row: str
    seat: str
    ticket_type: str
    price_fen: int
    attendee: str
    document_type: str
    document_no: str
    status: str
    problems: tuple[LineError, ...] = field(default=())
