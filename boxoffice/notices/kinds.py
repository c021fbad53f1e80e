"""What customers are told: every kind of notice, and the facts it is made of."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How a fact is written in the records, and so how it is shown."""

    TEXT = "text"
    BOTH = "both"
    """Two facts, `name_zh` and `name_en`; the one of the language is shown."""
    MONEY = "money"
    """An amount in fen."""
    MOMENT = "moment"
    """UTC as `clock.to_text` writes it; shown in venue time."""
    WORD = "word"
    """A word of the file's table `words`."""


class Kind(StrEnum):
    """What a notice is about."""

    REFUND_ACCEPTED = "refund_accepted"
    REFUND_SENT = "refund_sent"
    REFUND_ARRIVED = "refund_arrived"
    REFUND_REFUSED = "refund_refused"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_MOVED = "session_moved"
    SEAT_CHANGED = "seat_changed"
    TICKET_EXCHANGED = "ticket_exchanged"
    INVOICE_ISSUED = "invoice_issued"


FORMS: dict[str, Form] = {
    "event": Form.BOTH,
    "order": Form.TEXT,
    "code": Form.TEXT,
    "amount": Form.MONEY,
    "way": Form.WORD,
    "session": Form.BOTH,
    "new_session": Form.BOTH,
    "starts_at": Form.MOMENT,
    "new_starts_at": Form.MOMENT,
    "seat": Form.TEXT,
    "new_seat": Form.TEXT,
    "number": Form.TEXT,
}

_REFUND = ("event", "order", "code", "amount", "way")
FACTS: dict[Kind, tuple[str, ...]] = {
    Kind.REFUND_ACCEPTED: _REFUND,
    Kind.REFUND_SENT: _REFUND,
    Kind.REFUND_ARRIVED: _REFUND,
    Kind.REFUND_REFUSED: _REFUND,
    Kind.SESSION_CANCELLED: ("event", "order", "code", "session", "starts_at"),
    Kind.SESSION_MOVED: ("event", "order", "code", "session", "starts_at", "new_starts_at"),
    Kind.SEAT_CHANGED: ("event", "order", "code", "session", "starts_at", "seat", "new_seat"),
    Kind.TICKET_EXCHANGED: (
        *("event", "order", "code", "session", "starts_at", "new_session", "new_starts_at"),
    ),
    Kind.INVOICE_ISSUED: ("event", "order", "code", "amount", "number"),
}
"""`code` is what an anonymous customer asks by; no fact is personal data."""


def stored(kind: Kind) -> frozenset[str]:
    """Names under which the facts of a kind are kept."""
    names: set[str] = set()
    for fact in FACTS[kind]:
        names |= {f"{fact}_zh", f"{fact}_en"} if FORMS[fact] is Form.BOTH else {fact}
    return frozenset(names)
