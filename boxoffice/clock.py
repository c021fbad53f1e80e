"""The one place that knows what time it is: aware UTC, and the venue's day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VENUE_ZONE = ZoneInfo("Asia/Shanghai")
"""Zone in which the venue tells its time; screens and paper use it, records never do."""

# A night session may end after midnight; until then its takings belong to the evening before.
DAY_BEGINS_AT_HOUR = 4


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _source()


def use(source: Callable[[], datetime] | None) -> None:
    """Replace where the time comes from (tests, training homes); None puts the system's back."""
    global _source
    _source = source or _system


def run_from(start: datetime) -> None:
    """Let time run on from `start` (aware) at its usual pace."""
    offset = start.astimezone(UTC) - _system()
    use(lambda: _system() + offset)


def venue(moment: datetime) -> datetime:
    """The same moment in venue time."""
    return moment.astimezone(VENUE_ZONE)


def business_day(moment: datetime) -> date:
    """The business day a moment belongs to; it begins at 04:00 venue time."""
    return (venue(moment) - timedelta(hours=DAY_BEGINS_AT_HOUR)).date()


def to_text(moment: datetime) -> str:
    """UTC as fixed-width text, so that text order is time order."""
    if moment.tzinfo is None:
        raise TypeError("a moment without a zone cannot be stored")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """Read what `to_text` wrote."""
    return datetime.fromisoformat(text)
