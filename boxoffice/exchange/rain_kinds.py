"""The tables for rain: what counts as held, and the records of matches it is told from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from boxoffice.domain.play import MINUTE, match_trouble, too_much_play
from boxoffice.domain.rain import HALF, Clocked, Courts, Need, Over, Remedy, Value
from boxoffice.exchange import columns as c
from boxoffice.exchange import fee_cells as f
from boxoffice.exchange import time_cells as t
from boxoffice.exchange.columns import TYPE_NAMES, Column
from boxoffice.exchange.rows import FileKind, LineError, MatchRow, RainRow
from boxoffice.exchange.tabular import Complaint, Table
from boxoffice.sentences.phrases import phrase


def _rain(line: int, v: Mapping[str, Any]) -> RainRow:
    values = dict(v)
    for name in ("held", "half"):
        over: tuple[int, bool] | None = values[f"{name}_if_minutes_over"]
        values[f"{name}_if_minutes_over"] = None if over is None else over[0]
        values[f"{name}_minutes_inclusive"] = over is not None and over[1]
    half = values.pop("half_percent")
    values["half_basis_points"] = HALF if half is None else half
    latest: int | time | None = values.pop("latest_start")
    values["latest_start_minutes"] = latest if isinstance(latest, int) else None
    values["latest_start_at"] = latest if isinstance(latest, time) else None
    return RainRow(line=line, **values)


_HELD = ("held_if_matches_completed", "held_if_minutes_over")
_HALF = ("half_if_matches_completed", "half_if_minutes_over")


def _check_rain(v: Mapping[str, Any], cells: Mapping[str, str]) -> Iterator[Complaint]:
    held, half = ([v[name] for name in names] for names in (_HELD, _HALF))
    if held == [None, None] and v["latest_start"] is None:
        yield _HELD[0], phrase("some_threshold")
    if half == [None, None]:
        if v["half_percent"] is not None:
            yield "half_percent", phrase("half_first")
        return
    if held == [None, None]:
        yield _HELD[0], phrase("held_first")
    if v["remedy"] == Remedy.EXCHANGE:
        yield "remedy", phrase("half_money")
    # Where one of matches and minutes is enough, half comes before held or never.
    for name, less, more in zip(_HALF, half, held, strict=True):
        if less is not None and more is not None and not less < more:
            yield name, phrase("below_held")


RAIN_POLICY = Table(
    FileKind.RAIN_POLICY,
    (
        Column("policy", c.filled),
        Column("valid_from", t.day),
        Column("ticket_type", c.one_of("ticket_type", *TYPE_NAMES, ""), needed=False),
        Column("category", c.text, needed=False),
        Column("held_if_matches_completed", t.matches, needed=False),
        Column("held_if_minutes_over", t.minutes_over, needed=False),
        Column("held_needs", c.one_of("held_needs", *Need), needed=False),
        Column("half_if_matches_completed", t.matches, needed=False),
        Column("half_if_minutes_over", t.minutes_over, needed=False),
        Column("half_percent", f.share, needed=False),
        Column("courts_counted", c.one_of("courts_counted", *Courts), needed=False),
        Column("courts_together", c.one_of("courts_together", *Over), needed=False),
        Column("minutes_counted", c.one_of("minutes_counted", *Clocked), needed=False),
        Column("latest_start", t.latest_start, needed=False),
        Column("remedy", c.one_of("remedy", *Remedy)),
        Column("refund_value", c.one_of("refund_value", *Value), needed=False),
        Column("note_zh", c.note, needed=False),
        Column("note_en", c.note, needed=False),
    ),
    _rain,
    key=("policy", "valid_from", "ticket_type", "category"),
    check=_check_rain,
    some=((*_HELD, "latest_start"),),
)


_TROUBLE = {
    "match_not_started": "started_at",
    "match_not_ended": "ended_at",
    "ends_before_start": "ended_at",
    "longer_than_passed": "minutes",
}
"""Where the trouble of a match is put right; its code is the phrase too."""


def _check_match(v: Mapping[str, Any], cells: Mapping[str, str]) -> Iterator[Complaint]:
    trouble = match_trouble(v["started_at"], v["ended_at"], v["minutes"], v["completed"])
    if trouble:
        yield _TROUBLE[trouble], phrase(trouble)


def _check_courts(rows: Sequence[MatchRow]) -> Iterator[LineError]:
    """That the matches on a court are together no longer than passed there."""
    by_court: dict[tuple[str, str], list[MatchRow]] = {}
    for row in rows:
        by_court.setdefault((row.session, row.court), []).append(row)
    for found in by_court.values():
        times: list[tuple[datetime, datetime, int]] = []
        for row in found:
            if row.started_at is None or row.ended_at is None:
                continue
            span = int((row.ended_at - row.started_at).total_seconds())
            seconds = span if row.minutes is None else row.minutes * MINUTE
            times.append((row.started_at, row.ended_at, seconds))
        if not times:
            continue
        passed = max(end for _, end, _ in times) - min(start for start, _, _ in times)
        if too_much_play(int(passed.total_seconds()), [seconds for _, _, seconds in times]):
            last = found[-1]
            shown = "" if last.minutes is None else str(last.minutes)
            yield LineError(last.line, "minutes", shown, phrase("longer_together"))


MATCHES = Table(
    FileKind.MATCHES,
    (
        Column("session", c.filled),
        Column("court", c.filled),
        Column("match", c.filled),
        Column("started_at", t.deadline),
        Column("ended_at", t.deadline, needed=False),
        Column("minutes", c.optional_whole, needed=False),
        Column("completed", c.flag("completed")),
    ),
    lambda line, v: MatchRow(line=line, **v),
    key=("session", "court", "match"),
    check=_check_match,
    some=(("ended_at", "minutes"),),
    across=_check_courts,
)
