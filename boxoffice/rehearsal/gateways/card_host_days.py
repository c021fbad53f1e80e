"""What a simulated acquirer host is told to do wrong, and to which message."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.iso8583_private import Net


class Step(StrEnum):
    """The messages of a terminal, as a bad day is planned for them."""

    SIGN_ON = "sign_on"
    ECHO = "echo"
    CHARGE = "charge"
    VOID = "void"
    REFUND = "refund"
    REVERSE = "reverse"
    QUERY = "query"
    LAST = "last"
    ABORT = "abort"
    CLOSE = "close"
    UPLOAD = "upload"


class How(StrEnum):
    """What happens to one message and its answer."""

    SILENT = "silent"
    """Neither done nor answered; the line stays open."""
    LOST = "lost"
    """Done, but the answer never comes."""
    SLOW = "slow"
    """Done, and answered when the test or the rehearsal releases it."""
    HUNG_UP = "hung_up"
    """Not done; the host closes the line at once."""
    HALF = "half"
    """Done; the host closes the line in the middle of its answer."""
    WRONG_MAC = "wrong_mac"
    GARBAGE = "garbage"
    """Done; a well-framed answer of bytes that are no message."""
    WEB_PAGE = "web_page"
    """Not done; something that speaks HTTP answers."""
    OTHERS = "others"
    """Done, but only an answer for another trace comes."""
    MERGED = "merged"
    """Done; the answer comes in one packet behind one for another trace."""
    SPLIT = "split"
    """Done; the answer comes byte by byte."""
    CARD_DATA = "card_data"
    """Done; the answer carries number and tracks of the card, as no host should."""
    CODE = "code"
    """Answered with a code and not done; what a sale or a refund was declined with is kept."""
    WAITING = "waiting"
    """A sale on which the customer is still busy; a refund that takes days."""
    OTHER_TOTALS = "other_totals"
    """The host has one sale more in the batch than ever came."""
    PART = "part"
    """Approved for less than was asked."""


@dataclass(frozen=True, slots=True)
class Day:
    """A bad day for one message; `code` is the one of `How.CODE`."""

    how: How
    code: str = ""


def declined(code: str) -> Day:
    """Answered with that code: 51, 54, 55, T0 for busy, 94 for a trace that is taken."""
    return Day(How.CODE, code)


class Plan:
    """Which of the next messages go wrong, step by step; safe from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._next: dict[Step, deque[Day]] = defaultdict(deque)

    def on(self, step: Step, day: Day | How, times: int = 1) -> None:
        """The next `times` messages of that step have that day, after those planned before."""
        with self._lock:
            self._next[step] += [day if isinstance(day, Day) else Day(day)] * times

    def clear(self) -> None:
        """All good days again."""
        with self._lock:
            self._next.clear()

    def take(self, step: Step) -> Day | None:
        """The day of the message that has just come."""
        with self._lock:
            waiting = self._next[step]
            return waiting.popleft() if waiting else None


_ADMIN = {Net.ECHO: Step.ECHO, Net.STOP: Step.ABORT, Net.LAST: Step.LAST}


def step_of(message: Message) -> Step | None:
    """Which step a message is; None for one that no terminal of ours sends."""
    net = message.get(60)[8:]
    if message.kind == "0200":
        return Step.VOID if message.get(3) == "200000" else Step.CHARGE
    if message.kind == "0800":
        return _ADMIN.get(Net(net), Step.SIGN_ON) if net in set(Net) else None
    if message.kind == "0600":
        return Step.LAST if net == Net.LAST else Step.QUERY
    return {
        "0220": Step.REFUND,
        "0400": Step.REVERSE,
        "0500": Step.CLOSE,
        "0320": Step.UPLOAD,
    }.get(message.kind)
