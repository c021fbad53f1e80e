"""What is refused about sessions that were not held as they should have been."""

from __future__ import annotations

from boxoffice.errors.base import Refused


class DecidedMeanwhile(Refused):
    """Somebody else decided for the session since it was looked at."""


class NotDecidable(Refused):
    """The rules have no final answer.

    Fields: why (play_open, play_unrecorded, no_rain_rule).
    """


class NothingToPay(Refused):
    """A run would pay nobody. Fields: why (not_decided, counts_as_held, exchange_only)."""


class SessionCalledOff(Refused):
    """It is decided that the session is not held: it is not sold any more.

    Fields: session_zh, session_en.
    """


class NoSession(Refused):
    """No session has that code. Fields: session."""


class NotOnCourt(Refused):
    """It was not said on which court of the session, or it is not played there.

    Fields: session, courts.
    """


class NotOwed(Refused):
    """Nobody has that money to collect: it was collected, or goes back another way."""
