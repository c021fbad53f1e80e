"""What was played on a court in a session: a ledger of entries, folded to minutes and matches.

Entries are only ever added. One that names another takes its place, or takes it away; a later
record of a match takes the place of the earlier one. A ledger that tells of something impossible
is refused with the reason, so that no rain decision rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from boxoffice.errors import ImpossiblePlay

MINUTE = 60
EARLY = timedelta(days=2)
"""So long before its session nothing of it is played; a session that was put off keeps what was
played the days before."""
ROUNDED = timedelta(seconds=MINUTE - 1)
"""How much longer a match may seem for its minutes were rounded up."""


class PlayKind(StrEnum):
    """What happened on the court."""

    START = "start"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"
    MATCH = "match"


class CourtState(StrEnum):
    """How a court stands in a session."""

    WAITING = "waiting"
    PLAYING = "playing"
    SUSPENDED = "suspended"
    ENDED = "ended"


_STEPS = {
    PlayKind.START: ((CourtState.WAITING,), CourtState.PLAYING),
    PlayKind.SUSPEND: ((CourtState.PLAYING,), CourtState.SUSPENDED),
    PlayKind.RESUME: ((CourtState.SUSPENDED,), CourtState.PLAYING),
    PlayKind.END: ((CourtState.PLAYING, CourtState.SUSPENDED), CourtState.ENDED),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger; a match has its times, anything else only the moment it happened."""

    id: str
    session: str
    court: str
    kind: PlayKind
    at: datetime | None = None
    match: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: int | None = None
    """Played, without rain breaks; None: from start to end."""
    completed: bool = False
    replaces: str | None = None
    withdrawn: bool = False
    """It only takes away the entry it names."""


@dataclass(frozen=True, slots=True)
class Match:
    """A match as it was recorded last; `seconds` of play."""

    name: str
    started_at: datetime | None
    ended_at: datetime | None
    seconds: int
    completed: bool


@dataclass(frozen=True, slots=True)
class CourtPlay:
    """What was played on a court: seconds, so that "more than 30 minutes" is exact."""

    court: str
    state: CourtState = CourtState.WAITING
    started_at: datetime | None = None
    ended_at: datetime | None = None
    played_seconds: int = 0
    """Without breaks. From the matches where nobody entered when play began."""
    elapsed_seconds: int = 0
    """From the first start to the end, breaks included."""
    matches: tuple[Match, ...] = ()

    @property
    def matches_completed(self) -> int:
        """Matches that were played to their end."""
        return sum(match.completed for match in self.matches)


def in_force(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that count, in the order they were recorded.

    Raises ImpossiblePlay for one that replaces what is not there, was replaced before, or belongs
    to another court.
    """
    standing: dict[str, Entry] = {}
    matches: dict[tuple[str, str, str], str] = {}
    seen: set[str] = set()
    for entry in entries:
        if entry.replaces is not None:
            _take_away(entry, standing, seen)
        seen.add(entry.id)
        if entry.withdrawn:
            continue
        if entry.kind is PlayKind.MATCH:
            key = (entry.session, entry.court, entry.match)
            standing.pop(matches.get(key, ""), None)
            matches[key] = entry.id
        standing[entry.id] = entry
    return list(standing.values())


def _take_away(entry: Entry, standing: dict[str, Entry], seen: set[str]) -> None:
    assert entry.replaces is not None
    old = standing.pop(entry.replaces, None)
    if old is None:
        known = entry.replaces in seen
        raise ImpossiblePlay(why="corrected_before" if known else "no_such_entry")
    if (old.session, old.court) != (entry.session, entry.court):
        raise ImpossiblePlay(why="other_court")


def fold(entries: Sequence[Entry], now: datetime) -> dict[tuple[str, str], CourtPlay]:
    """What was played by session and court, as of `now`. Raises ImpossiblePlay with the reason."""
    by_court: dict[tuple[str, str], list[Entry]] = {}
    for entry in in_force(entries):
        by_court.setdefault((entry.session, entry.court), []).append(entry)
    return {key: _court(key[1], found, now) for key, found in by_court.items()}


def add(entries: Sequence[Entry], entry: Entry, now: datetime, starts_at: datetime) -> CourtPlay:
    """What was played on the court of `entry` once it is in the ledger; its session `starts_at`.

    Raises ImpossiblePlay where it tells of the future, of long before its session (a mistyped year
    would have it held for ever), or of what cannot follow; then it must not be recorded.
    """
    if entry.withdrawn and entry.replaces is None:
        raise ImpossiblePlay(why="no_such_entry")
    moments = (entry.at, entry.started_at, entry.ended_at)
    if any(moment is not None and moment > now for moment in moments):
        raise ImpossiblePlay(why="in_the_future")
    if any(moment is not None and moment < starts_at - EARLY for moment in moments):
        raise ImpossiblePlay(why="long_before_session")
    own = (entry.session, entry.court)
    played = fold([*(e for e in entries if (e.session, e.court) == own), entry], now)
    return played.get(own, CourtPlay(entry.court))


def _court(court: str, entries: Sequence[Entry], now: datetime) -> CourtPlay:
    matches = tuple(_match(entry) for entry in entries if entry.kind is PlayKind.MATCH)
    events = [(_moment(e), e.kind) for e in entries if e.kind is not PlayKind.MATCH]
    events.sort(key=lambda event: event[0])  # stable: of one moment as they were recorded
    play = _by_events(court, events, matches, now) if events else _by_matches(court, matches, now)
    _require_fitting(play)
    return play


def _moment(entry: Entry) -> datetime:
    if entry.at is None:
        raise ImpossiblePlay(why="no_time")
    return entry.at


def _by_events(
    court: str,
    events: Sequence[tuple[datetime, PlayKind]],
    matches: tuple[Match, ...],
    now: datetime,
) -> CourtPlay:
    state, played = CourtState.WAITING, timedelta()
    playing_since: datetime | None = None
    for at, kind in events:
        allowed, after = _STEPS[kind]
        if state not in allowed:
            raise ImpossiblePlay(why=f"while_{state.value}")
        if playing_since is not None:
            played += at - playing_since
        playing_since = at if after is CourtState.PLAYING else None
        state = after
    first, last = events[0][0], events[-1][0]
    until = last if state is CourtState.ENDED else max(now, last)
    if playing_since is not None:
        played += until - playing_since
    ended = last if state is CourtState.ENDED else None
    return CourtPlay(court, state, first, ended, _seconds(played), _seconds(until - first), matches)


def _by_matches(court: str, matches: tuple[Match, ...], now: datetime) -> CourtPlay:
    begun = [(match.started_at, match) for match in matches if match.started_at is not None]
    if not begun:
        return CourtPlay(court, matches=matches)
    first = min(started for started, _ in begun)
    # Minutes without an end: a match that rain broke off and nobody took up again.
    open_ = any(match.ended_at is None and not match.seconds for _, match in begun)
    last = max(m.ended_at or at + timedelta(seconds=m.seconds) for at, m in begun)
    until = max(now, last) if open_ else last
    return CourtPlay(
        court,
        CourtState.PLAYING if open_ else CourtState.ENDED,
        first,
        None if open_ else last,
        sum(match.seconds for match in matches),
        _seconds(until - first),
        matches,
    )


def _match(entry: Entry) -> Match:
    started, ended, minutes = entry.started_at, entry.ended_at, entry.minutes
    why = match_trouble(started, ended, minutes, entry.completed)
    if why:
        raise ImpossiblePlay(why=why)
    if minutes is not None:
        seconds = minutes * MINUTE
    else:
        seconds = 0 if started is None or ended is None else _seconds(ended - started)
    return Match(entry.match, started, ended, seconds, entry.completed)


def match_trouble(
    started: datetime | None, ended: datetime | None, minutes: int | None, completed: bool
) -> str:
    """Why a record of a match cannot be (code of ImpossiblePlay); "" where it can."""
    if started is None:
        return "match_not_started" if ended is not None or minutes or completed else ""
    if ended is None:
        return "match_not_ended" if completed else ""
    if ended < started:
        return "ends_before_start"
    if minutes is not None and timedelta(minutes=minutes) > ended - started + ROUNDED:
        return "longer_than_passed"
    return ""


def _require_fitting(play: CourtPlay) -> None:
    """That the matches lie within what the court saw, and are together no longer than it."""
    for match in play.matches:
        if match.started_at is None:
            continue
        if play.started_at is None or match.started_at < play.started_at:
            raise ImpossiblePlay(why="match_before_start")
        latest = match.ended_at or match.started_at
        if play.ended_at is not None and latest > play.ended_at:
            raise ImpossiblePlay(why="match_after_end")
    if too_much_play(
        play.elapsed_seconds, [match.seconds for match in play.matches if match.seconds]
    ):
        raise ImpossiblePlay(why="longer_than_passed")


def too_much_play(elapsed_seconds: int, seconds: Iterable[int]) -> bool:
    """Whether matches are together longer than passed, each rounded up to a minute."""
    listed = list(seconds)
    return sum(listed) > elapsed_seconds + len(listed) * _seconds(ROUNDED)


def _seconds(span: timedelta) -> int:
    return span // timedelta(seconds=1)
