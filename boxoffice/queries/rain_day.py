"""The sessions of a day: play, what was decided for them, and the run that pays it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.domain.play import CourtPlay, fold
from boxoffice.errors import ImpossiblePlay
from boxoffice.queries import rain, rain_runs
from boxoffice.queries.rain import Decided
from boxoffice.queries.rain_runs import RunState
from boxoffice.records import play_ledger
from boxoffice.records.store import Store


@dataclass(frozen=True, slots=True)
class CourtLine:
    """A court of a session, and how it stands."""

    id: int
    code: str
    name_zh: str
    name_en: str
    play: CourtPlay


@dataclass(frozen=True, slots=True)
class RunLine:
    """The run of a session that was begun last at this window."""

    id: str
    open: bool
    current: bool
    """It pays the decision that counts; not one that was replaced since."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session with all that a rain decision looks at."""

    id: int
    code: str
    business_day: str
    name_zh: str
    name_en: str
    starts_at: datetime
    tickets: int
    """Live ones, as this window knows them."""
    courts: tuple[CourtLine, ...]
    decided: Decided | None
    run: RunLine | None
    trouble: str = ""
    """Why its ledger is at odds with itself (code of ImpossiblePlay)."""


def sessions(store: Store, day: str, now: datetime) -> list[SessionLine]:
    """Every session of a business day (YYYY-MM-DD), by start."""
    heads = store.all(
        "SELECT id, code, business_day, name_zh, name_en, starts_at, "
        "(SELECT count(*) FROM ticket t WHERE t.session_id = s.id AND t.live = 1) "
        "FROM session s WHERE business_day = ? ORDER BY starts_at, id",
        (day,),
    )
    return [_line(store, row, now) for row in heads]


def _line(store: Store, row: Sequence[object], now: datetime) -> SessionLine:
    session_id, code, trouble = int(str(row[0])), str(row[1]), ""
    try:
        played = fold(play_ledger.entries(store, [session_id]), now)
    except ImpossiblePlay as odds:
        played, trouble = {}, str(odds.fields["why"])
    courts = tuple(
        CourtLine(int(c[0]), str(c[1]), str(c[2]), str(c[3]),
                  played.get((code, str(c[1])), CourtPlay(str(c[1]))))
        for c in store.all(
            "SELECT c.id, c.code, c.name_zh, c.name_en FROM session_court k "
            "JOIN court c ON c.id = k.court_id WHERE k.session_id = ? ORDER BY c.id",
            (session_id,),
        )
    )  # fmt: skip
    found = rain.decided(store, session_id)
    return SessionLine(
        id=session_id,
        code=code,
        business_day=str(row[2]),
        name_zh=str(row[3]),
        name_en=str(row[4]),
        starts_at=clock.from_text(str(row[5])),
        tickets=int(str(row[6])),
        courts=courts,
        decided=found,
        run=_last_run(store, session_id, found),
        trouble=trouble,
    )


def _last_run(store: Store, session_id: int, found: Decided | None) -> RunLine | None:
    row = store.first(
        "SELECT id, status, decision_id FROM rain_run WHERE session_id = ? "
        "ORDER BY began_at DESC, id DESC LIMIT 1",
        (session_id,),
    )
    if row is None:
        return None
    return RunLine(str(row[0]), row[1] == "open", found is not None and row[2] == found.id)


def run_of(store: Store, session_id: int) -> RunState | None:
    """How far the run of a session that was begun last has come; None before the first."""
    found = _last_run(store, session_id, None)
    return None if found is None else rain_runs.run_state(store, found.id)


def session_of(store: Store, code: str) -> int | None:
    """The session of that code."""
    row = store.first("SELECT id FROM session WHERE code = ?", (code,))
    return None if row is None else int(row[0])
