"""A day on a court in few words, for the tests of play and rain."""

from __future__ import annotations

from datetime import datetime

from boxoffice.domain.play import CourtPlay, Entry, PlayKind, fold
from tests.domain.policy_tiers import at

NIGHT = "2025-09-27T23:00"


def day(clock: str) -> datetime:
    """That time on the day of play, at the venue."""
    return at(f"2025-09-27T{clock}")


def event(number: int, kind: str, clock: str, court: str = "Elm", **more: object) -> Entry:
    """Play started, suspended, resumed or ended."""
    return Entry(f"e{number}", "E1D", court, PlayKind(kind), day(clock), **more)  # type: ignore[arg-type]


def match(
    number: int,
    start: str = "",
    end: str = "",
    minutes: int | None = None,
    completed: bool = True,
    name: str = "",
    court: str = "Elm",
    **more: object,
) -> Entry:
    """A match from start to end."""
    return Entry(
        f"m{number}",
        "E1D",
        court,
        PlayKind.MATCH,
        match=name or f"M{number}",
        started_at=day(start) if start else None,
        ended_at=day(end) if end else None,
        minutes=minutes,
        completed=completed,
        **more,  # type: ignore[arg-type]
    )


def played(*entries: Entry, now: str = "23:00", court: str = "Elm") -> CourtPlay:
    """What the ledger says of a court."""
    return fold(entries, day(now)).get(("E1D", court), CourtPlay(court))


RAIN_DAY = (
    event(1, "start", "12:30"),
    event(2, "suspend", "12:50"),
    event(3, "resume", "14:00"),
    event(4, "suspend", "14:10:30"),
    event(5, "end", "18:00"),
)
"""Thirty minutes and thirty seconds of play in five hours and a half."""
