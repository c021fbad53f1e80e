"""Every status in the box office with the steps that may follow it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from boxoffice.errors import WrongStatus


class OrderStatus(StrEnum):
    """Life of an order; open and parked orders are baskets and live at their window alone."""

    OPEN = "open"
    PARKED = "parked"
    RESERVED = "reserved"
    PART_PAID = "part_paid"
    """Some of the money is here: the rest comes, or what came goes back. Never expires."""
    PAID = "paid"
    EXCHANGING = "exchanging"
    """Paid, and other places are taken that wait for the difference; its tickets are good."""
    RETURNED = "returned"
    RELEASED = "released"
    ABANDONED = "abandoned"


class LineStatus(StrEnum):
    """Life of one ticket's worth of an order."""

    OPEN = "open"
    RESERVED = "reserved"
    SOLD = "sold"
    RETURNED = "returned"
    RELEASED = "released"


class TicketStatus(StrEnum):
    """Life of a ticket; only an issued one is live and may occupy a seat."""

    ISSUED = "issued"
    VOID = "void"
    REFUNDED = "refunded"
    EXCHANGED = "exchanged"


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
    DROPPED = "dropped"
    """Not wanted any more: its ticket came back, or got a new page."""


class RefundStatus(StrEnum):
    """Where the money of a returned ticket is."""

    PAID = "paid"
    """Out of the drawer."""
    REQUESTED = "requested"
    """Asked of the channel that sold it."""
    PAYBACKS = "paybacks"
    """As the paybacks of the same act say."""


class PaybackStatus(StrEnum):
    """Life of money on its way back by one tender."""

    CREATED = "created"
    SENT = "sent"
    ACCEPTED = "accepted"
    """Taken on by who has to pay it; it is on its way."""
    ARRIVED = "arrived"
    CLOSED = "closed"
    """Given up, nothing moved: another payback takes its place."""
    DEAD = "dead"
    """This way is dead, nothing moved: another way takes its place."""
    UNKNOWN = "unknown"
    OWED = "owed"
    """Waits for the customer to come for it, at any window; then another takes its place."""


class NoticeStatus(StrEnum):
    """Life of a notice to a customer."""

    QUEUED = "queued"
    SENDING = "sending"
    """A try was begun; what became of it is not known yet."""
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    """Too old to be news."""


class InvoiceStatus(StrEnum):
    """Life of a tax invoice, or of the red one that takes back a part of it."""

    WANTED = "wanted"
    FILED = "filed"
    """In a file for the invoice platform; what became of it is not known yet."""
    ISSUED = "issued"
    REFUSED = "refused"
    """By the platform, with its reason."""
    DROPPED = "dropped"
    """Never filed: nothing of it is left to be invoiced."""


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

_ORDER = {
    OrderStatus.OPEN: {
        OrderStatus.PARKED,
        OrderStatus.RESERVED,
        OrderStatus.PART_PAID,
        OrderStatus.PAID,
        OrderStatus.ABANDONED,
    },
    OrderStatus.PARKED: {OrderStatus.OPEN, OrderStatus.ABANDONED},
    OrderStatus.RESERVED: {OrderStatus.PART_PAID, OrderStatus.PAID, OrderStatus.RELEASED},
    # Undone, it waits for its money again, or is over.
    OrderStatus.PART_PAID: {OrderStatus.PAID, OrderStatus.RESERVED, OrderStatus.RELEASED},
    OrderStatus.PAID: {OrderStatus.EXCHANGING, OrderStatus.RETURNED},
    OrderStatus.EXCHANGING: {OrderStatus.PAID},
}
_LINE = {
    LineStatus.OPEN: {LineStatus.RESERVED, LineStatus.SOLD},
    LineStatus.RESERVED: {LineStatus.SOLD, LineStatus.RELEASED},
    LineStatus.SOLD: {LineStatus.RETURNED},
}
_TICKET = {TicketStatus.ISSUED: {TicketStatus.VOID, TicketStatus.REFUNDED, TicketStatus.EXCHANGED}}
_ATTEMPT = {
    AttemptStatus.CREATED: {AttemptStatus.SENT, AttemptStatus.CANCELLED},
    AttemptStatus.SENT: {
        AttemptStatus.SUCCEEDED,
        AttemptStatus.DECLINED,
        AttemptStatus.CANCELLED,
        AttemptStatus.UNKNOWN,
        AttemptStatus.REVERSED,
    },
    AttemptStatus.UNKNOWN: {
        AttemptStatus.SUCCEEDED,
        AttemptStatus.DECLINED,
        AttemptStatus.REVERSED,
    },
}
_ANSWERED = {
    PaybackStatus.ACCEPTED,
    PaybackStatus.ARRIVED,
    PaybackStatus.CLOSED,
    PaybackStatus.DEAD,
}
_PAYBACK = {
    PaybackStatus.CREATED: {PaybackStatus.SENT, PaybackStatus.ARRIVED, PaybackStatus.CLOSED},
    PaybackStatus.SENT: {*_ANSWERED, PaybackStatus.UNKNOWN},
    PaybackStatus.UNKNOWN: _ANSWERED,
    PaybackStatus.ACCEPTED: _ANSWERED - {PaybackStatus.ACCEPTED},
    PaybackStatus.OWED: {PaybackStatus.CLOSED},
    # A transfer that the bank sent back.
    PaybackStatus.ARRIVED: {PaybackStatus.DEAD},
}
_PRINT = {
    PrintStatus.QUEUED: {PrintStatus.PRINTING, PrintStatus.DROPPED},
    PrintStatus.PRINTING: {PrintStatus.PRINTED, PrintStatus.DOUBTFUL},
    PrintStatus.DOUBTFUL: {PrintStatus.PRINTED, PrintStatus.QUEUED, PrintStatus.DROPPED},
}
_NOTICE = {
    NoticeStatus.QUEUED: {NoticeStatus.SENDING, NoticeStatus.FAILED, NoticeStatus.DROPPED},
    NoticeStatus.SENDING: {
        NoticeStatus.QUEUED,
        NoticeStatus.SENT,
        NoticeStatus.FAILED,
        NoticeStatus.DROPPED,
    },
}
_INVOICE = {
    InvoiceStatus.WANTED: {InvoiceStatus.FILED, InvoiceStatus.DROPPED},
    InvoiceStatus.FILED: {InvoiceStatus.ISSUED, InvoiceStatus.REFUSED},
    # A red one is owed to the tax office however often the platform refuses it.
    InvoiceStatus.REFUSED: {InvoiceStatus.WANTED},
}
_REQUEST = {
    RequestStatus.ASKED: {RequestStatus.GRANTED, RequestStatus.REFUSED},
    RequestStatus.GIVING: {RequestStatus.GIVEN, RequestStatus.REFUSED},
}
_SHIFT = {ShiftStatus.OPEN: {ShiftStatus.CLOSED}}
_CASE = {CaseStatus.OPEN: {CaseStatus.SETTLED}}

# By type first: members of two of these enumerations may be equal as text.
NEXT: dict[type[StrEnum], dict[Any, set[Any]]] = {
    OrderStatus: _ORDER,
    LineStatus: _LINE,
    TicketStatus: _TICKET,
    AttemptStatus: _ATTEMPT,
    PrintStatus: _PRINT,
    RefundStatus: {},
    PaybackStatus: _PAYBACK,
    NoticeStatus: _NOTICE,
    InvoiceStatus: _INVOICE,
    RequestStatus: _REQUEST,
    ShiftStatus: _SHIFT,
    CaseStatus: _CASE,
}
"""Which statuses may follow which; one that does not stand here is the last."""


def step(record: str, status: S, wanted: S) -> S:
    """The wanted status, if it may follow. Raises WrongStatus where the step is not listed."""
    if type(wanted) is not type(status) or wanted not in NEXT[type(status)].get(status, ()):
        raise WrongStatus(record=record, status=status.value, wanted=wanted.value)
    return wanted
