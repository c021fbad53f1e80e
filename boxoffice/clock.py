"""The one place that knows what time it is: aware UTC, and the venue's day."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

VENUE_ZONE = ZoneInfo("Asia/Shanghai")
"""Zone in which the venue tells its time; screens and paper use it, records never do."""

# A night session may end after midnight; until then its takings belong to the evening before.
DAY_BEGINS_AT_HOUR = 4

JUMP = timedelta(minutes=2)
"""How far the computer's two clocks may drift apart; beyond, one of them was set, or it slept."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What time it was as central said, and what this computer's clocks showed then."""

    central: datetime
    system: datetime
    monotonic: float


def _system() -> datetime:
    return datetime.now(UTC)


def _monotonic() -> float:
    return time.monotonic()


_heard: _Heard | None = None


def _as_central_has_it() -> datetime:
    """The last time central said, and what has passed since by the clock nobody can set."""
    if _heard is None:
        return _system()
    return _heard.central + timedelta(seconds=_monotonic() - _heard.monotonic)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _source()


_steady: Callable[[], float] = _monotonic


def steady() -> float:
    """Seconds of a clock that nobody sets; only differences mean something, in one process."""
    return _steady()


def use(source: Callable[[], datetime] | None, steady: Callable[[], float] | None = None) -> None:
    """Replace where the time comes from (tests, training homes); None puts the system's back.

    `steady` counts seconds whatever the source is set to; without it the source is taken for sure.
    """
    global _source, _steady, _heard
    _source = source or _system
    _steady = steady or ((lambda: source().timestamp()) if source is not None else _monotonic)
    _heard = None


def follow_central() -> None:
    """Take the time from central, where a source was not put in its place (custody rule 19).

    Until `hear` was called the computer's clock is all there is; `use` ends it.
    """
    if not set_on_purpose():
        use(_as_central_has_it)


def stop_following() -> None:
    """Back to the computer's clock, where central's was followed."""
    if _source is _as_central_has_it:
        use(None)


def hear(moment: datetime) -> None:
    """Central says what time it is (aware)."""
    global _heard
    if _source is _as_central_has_it:
        _heard = _Heard(moment, _system(), _monotonic())


def set_on_purpose() -> bool:
    """Whether a venue clock runs here (training, rehearsals, tests), not the world's time."""
    return _source not in (_system, _as_central_has_it)


def trusted() -> bool:
    """Whether something may end because its time is over.

    Not where central is to say what time it is and did not yet, or when this computer's clock was
    set or it slept since: until central is heard again.
    """
    if _source is not _as_central_has_it:
        return True
    if _heard is None:
        return False
    passed = timedelta(seconds=_monotonic() - _heard.monotonic)
    return abs(_system() - _heard.system - passed) <= JUMP


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


def day_begins(day: date) -> datetime:
    """The first moment of a business day, in UTC."""
    hour = time_of_day(DAY_BEGINS_AT_HOUR)
    return datetime.combine(day, hour, VENUE_ZONE).astimezone(UTC)


def to_text(moment: datetime) -> str:
    """UTC as fixed-width text, so that text order is time order."""
    if moment.tzinfo is None:
        raise TypeError("a moment without a zone cannot be stored")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"


def from_text(text: str) -> datetime:
    """Read what `to_text` wrote."""
    return datetime.fromisoformat(text)
