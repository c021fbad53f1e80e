"""What the outbox asks of whoever carries a notice: mail and text messages behind one protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Channel(StrEnum):
    """How a notice reaches the customer."""

    MAIL = "mail"
    TEXT = "text"


class Outcome(StrEnum):
    """How one try went."""

    SENT = "sent"
    """Taken on by who carries it."""
    LATER = "later"
    """Not taken on, surely: tried again."""
    REFUSED = "refused"
    """This address, or this notice, will never be taken on."""
    UNKNOWN = "unknown"
    """It may have been taken on."""
    ABSENT = "absent"
    """Answer to a question: nothing is known of it there."""


class Why(StrEnum):
    """Why a try went as it did; no word of it tells an address."""

    NONE = ""
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    NOT_TRUSTED = "not_trusted"
    """The certificate of the other side is not one we trust."""
    SIGN_IN = "sign_in"
    """Our own name, password or signature was refused."""
    BALANCE = "balance"
    """Our account there is empty."""
    BUSY = "busy"
    """Too many messages, greylisting, or a fault of theirs: later."""
    ADDRESS = "address"
    """The address is none, or nobody is there."""
    CONTENT = "content"
    """They refuse what it says, or its template."""
    NOT_READABLE = "not_readable"
    """Something else answered in their place."""


OURS = frozenset(
    {Why.UNREACHABLE, Why.SILENT, Why.NOT_TRUSTED, Why.SIGN_IN, Why.BALANCE, Why.NOT_READABLE}
    | {Why.BUSY}
)
"""Not about the one notice: the others of its channel would fare the same, and wait too."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a try went, and why."""

    outcome: Outcome
    why: Why = Why.NONE


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as it goes out. `id` stays the same however often it is tried."""

    id: str
    kind: str
    language: str
    address: str = field(repr=False)
    facts: Mapping[str, str | int]
    created_at: datetime
    sending_at: datetime
    """When this try, or the one that is asked about, began."""


class Sender(Protocol):
    """Carries notices of one channel; no call of it takes longer than half a minute."""

    @property
    def channel(self) -> Channel:
        """Whose notices it takes."""

    @property
    def can_ask(self) -> bool:
        """Whether `ask` can tell what became of a try."""

    def send(self, notice: Notice) -> Answer:
        """Try once. Raises nothing of the network: every end is an answer."""

    def ask(self, notice: Notice) -> Answer:
        """What became of a try nobody knows the end of; sends nothing."""


AGAIN_AFTER = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)
)
"""How long after the first, second … try the next one comes; after the last it has failed."""
ASK_AFTER = timedelta(minutes=2)
"""How long after a try without an answer is asked about it: before, it may not be there yet."""
REST = timedelta(minutes=5)
"""How long a channel rests after trouble that is not about one notice; that costs it no try."""
STALE_AFTER = timedelta(days=4)
"""News that could not be told for so long is dropped: by now somebody else has told it."""
