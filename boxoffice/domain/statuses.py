"""Every status in the box office with the steps that may follow it."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from boxoffice.errors import WrongStatus


class OrderStatus(StrEnum):
    """Life of an order; open and parked orders are baskets and live at their window alone."""

    OPEN = "open"
    PARKED = "parked"
    PAYING = "paying"
    PAID = "paid"
    ABANDONED = "abandoned"


class TicketStatus(StrEnum):
    """Life of a ticket; only an issued one is live and may occupy a seat."""

    ISSUED = "issued"
    VOID = "void"


class AttemptStatus(StrEnum):
    """Life of a payment attempt (DESIGN.md section 5)."""

    CREATED = "created"
    SENT = "sent"
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    REVERSED = "reversed"


class PrintStatus(StrEnum):
    """Life of a print job: a row before it is a page."""

    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
    DOUBTFUL = "doubtful"


class RequestStatus(StrEnum):
    """Life of a request for custody, as the window knows it."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    GIVING = "giving"
    GIVEN = "given"


class ShiftStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class CaseStatus(StrEnum):
    OPEN = "open"
    SETTLED = "settled"


S = TypeVar("S", bound=StrEnum)

NEXT: dict[StrEnum, frozenset[StrEnum]] = {
    OrderStatus.OPEN: frozenset({OrderStatus.PARKED, OrderStatus.PAYING, OrderStatus.ABANDONED}),
    OrderStatus.PARKED: frozenset({OrderStatus.OPEN, OrderStatus.ABANDONED}),
    OrderStatus.PAYING: frozenset({OrderStatus.PAID, OrderStatus.OPEN}),
    OrderStatus.PAID: frozenset(),
    OrderStatus.ABANDONED: frozenset(),
    TicketStatus.ISSUED: frozenset({TicketStatus.VOID}),
    TicketStatus.VOID: frozenset(),
    AttemptStatus.CREATED: frozenset({AttemptStatus.SENT, AttemptStatus.CANCELLED}),
    AttemptStatus.SENT: frozenset(
        {
            AttemptStatus.SUCCEEDED,
            AttemptStatus.DECLINED,
            AttemptStatus.CANCELLED,
            AttemptStatus.UNKNOWN,
        }
    ),
    AttemptStatus.UNKNOWN: frozenset({AttemptStatus.SUCCEEDED, AttemptStatus.REVERSED}),
    AttemptStatus.SUCCEEDED: frozenset(),
    AttemptStatus.DECLINED: frozenset(),
    AttemptStatus.CANCELLED: frozenset(),
    AttemptStatus.REVERSED: frozenset(),
    PrintStatus.QUEUED: frozenset({PrintStatus.PRINTING}),
    PrintStatus.PRINTING: frozenset({PrintStatus.PRINTED, PrintStatus.DOUBTFUL}),
    PrintStatus.DOUBTFUL: frozenset({PrintStatus.PRINTED, PrintStatus.QUEUED}),
    PrintStatus.PRINTED: frozenset(),
    RequestStatus.ASKED: frozenset({RequestStatus.GRANTED, RequestStatus.REFUSED}),
    RequestStatus.GRANTED: frozenset({RequestStatus.GIVING}),
    RequestStatus.GIVING: frozenset({RequestStatus.GIVEN}),
    RequestStatus.REFUSED: frozenset(),
    RequestStatus.GIVEN: frozenset(),
    ShiftStatus.OPEN: frozenset({ShiftStatus.CLOSED}),
    ShiftStatus.CLOSED: frozenset(),
    CaseStatus.OPEN: frozenset({CaseStatus.SETTLED}),
    CaseStatus.SETTLED: frozenset(),
}


def step(record: str, status: S, wanted: S) -> S:
    """The wanted status, if it may follow. Raises WrongStatus where the step is not listed."""
    if wanted not in NEXT[status]:
        raise WrongStatus(record=record, status=status.value, wanted=wanted.value)
    return wanted
