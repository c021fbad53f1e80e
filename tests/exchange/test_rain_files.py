"""Rain rules and records of matches from files: read, joined to rules, refused by line."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

import pytest

from boxoffice.exchange.rows import MatchRow, RainRow

HEAD = (
    "policy,valid_from,ticket_type,category,held_if_matches_completed,held_if_minutes_over,"
    "held_needs,half_if_matches_completed,half_if_minutes_over,half_percent,courts_counted,"
    "courts_together,minutes_counted,latest_start,remedy,refund_value"
)
USUAL = {
    "policy": "p",
    "valid_from": "2025-08-01",
    "held_if_minutes_over": "30",
    "remedy": "refund",
}


def line(**cells: str) -> str:
    values = {**USUAL, **cells}
    return ",".join(f'"{values.get(name, "")}"' for name in HEAD.split(","))


def rule(read: Any, **cells: str) -> RainRow:
    parsed = read(f"{HEAD}\n{line(**cells)}\n")
    assert (parsed.kind, parsed.errors, parsed.ignored_columns) == ("rain policy", (), ())
    (row,) = parsed.rows
    assert isinstance(row, RainRow)
    return row


@pytest.mark.parametrize(
    ("written", "minutes", "inclusive"),
    [
        ("30", 30, False),
        ("超过30分钟", 30, False),
        ("> 30", 30, False),
        ("more than 30 minutes", 30, False),
        ("≥30", 30, True),
        ("满30分钟", 30, True),
        ("30分钟以上", 30, True),
        ("30分钟及以上", 30, True),
        ("at least 30 min", 30, True),
        ("超过1小时", 60, False),
        ("1.5小时", 90, False),
    ],
)
def test_minutes(read: Any, written: str, minutes: int, inclusive: bool) -> None:
    row = rule(read, held_if_minutes_over=written)
    assert (row.held_if_minutes_over, row.held_minutes_inclusive) == (minutes, inclusive)


@pytest.mark.parametrize("written", ["1", "1场", "一场", "完成一场比赛", "1 match"])
def test_matches(read: Any, written: str) -> None:
    assert rule(read, held_if_matches_completed=written).held_if_matches_completed == 1


@pytest.mark.parametrize(
    ("written", "minutes", "clock"),
    [
        ("21:30", None, time(21, 30)),
        ("21:30:00", None, time(21, 30)),
        ("120", 120, None),
        ("2小时", 120, None),
        ("", None, None),
    ],
)
def test_the_latest_start(read: Any, written: str, minutes: int | None, clock: time | None) -> None:
    row = rule(read, latest_start=written)
    assert (row.latest_start_minutes, row.latest_start_at) == (minutes, clock)


def test_what_is_not_said_is_the_usual(read: Any) -> None:
    row = rule(read)
    assert (row.held_needs, row.courts_counted, row.courts_together) == (
        "any",
        "session",
        "average",
    )
    assert (row.minutes_counted, row.refund_value, row.half_basis_points) == (
        "played",
        "face",
        5000,
    )
    assert (row.ticket_type, row.category, row.half_if_minutes_over) == ("", "", None)


def test_everything_in_chinese(read: Any) -> None:
    parsed = read(
        "政策,生效日期,票种,票档,完赛场数,超过分钟,条件关系,退半完赛场数,退半超过分钟,退半比例,"
        "计算球场,多球场,计时方式,最晚开赛,处理方式,退款基准,说明\n"
        "雨,2025年8月1日,成人票,A,2,满90分钟,同时满足,1,满60分钟,40%,"
        "可入球场,任一,自开赛起,22:00,退款或改签,实付,备注\n"
    )
    assert (parsed.kind, parsed.errors, parsed.ignored_columns) == ("rain policy", (), ())
    (row,) = parsed.rows
    assert (row.ticket_type, row.category, row.remedy) == ("adult", "A", "refund_or_exchange")
    assert (row.held_if_matches_completed, row.held_if_minutes_over) == (2, 90)
    assert (row.half_if_matches_completed, row.half_if_minutes_over) == (1, 60)
    assert (row.held_minutes_inclusive, row.half_minutes_inclusive) == (True, True)
    assert (row.held_needs, row.half_basis_points) == ("all", 4000)
    assert (row.courts_counted, row.courts_together) == ("opened", "best")
    assert (row.minutes_counted, row.latest_start_at) == ("elapsed", time(22))
    assert row.refund_value == "paid"


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"held_if_minutes_over": ""}, "held_if_matches_completed", "matches, minutes or a"),
        ({"half_if_minutes_over": "30"}, "half_if_minutes_over", "less than what counts as held"),
        ({"half_if_minutes_over": "20", "remedy": "改签"}, "remedy", "half is money"),
        ({"half_percent": "50%"}, "half_percent", "for which half goes back"),
        ({"half_if_minutes_over": "20", "half_percent": "0.5"}, "half_percent", "could be either"),
        ({"latest_start": "25:00"}, "latest_start", "a time of day"),
        ({"latest_start": "soon"}, "latest_start", "a time of day"),
        (
            {"held_if_minutes_over": "", "latest_start": "60", "half_if_minutes_over": "20"},
            "held_if_matches_completed",
            "half is spoken of",
        ),
        ({"courts_together": "median"}, "courts_together", "one of: average"),
        ({"ticket_type": "child"}, "ticket_type", "one of: adult"),
    ],
)
def test_what_makes_no_rule_is_refused(
    read: Any, cells: dict[str, str], column: str, expected: str
) -> None:
    ((found, said),) = [
        (error.column, error.expected)
        for error in read(f"{HEAD}\n{line()}\n{line(policy='q', **cells)}\n").errors
        if error.line == 3
    ]
    assert found == column
    assert expected in said


MATCH_HEAD = "session,court,match,started_at,ended_at,minutes,completed"


def test_records_of_matches(read: Any) -> None:
    parsed = read(
        "场次,球场,比赛,开始时间,结束时间,分钟,完赛\n"
        "E1D,Elm,M1,2025-09-27 12:30,2025/9/27 14:10,85,完赛\n"
        "E1D,Elm,M2,2025年9月27日 14:20,,25,中断\n"
        "E1D,Oak,M1,,,,未完成\n"
    )
    assert (parsed.kind, parsed.errors) == ("match records", ())
    first, second, third = parsed.rows
    assert first == MatchRow(
        line=2,
        session="E1D",
        court="Elm",
        match="M1",
        started_at=datetime(2025, 9, 27, 4, 30, tzinfo=UTC),
        ended_at=datetime(2025, 9, 27, 6, 10, tzinfo=UTC),
        minutes=85,
        completed=True,
    )
    assert (second.ended_at, second.minutes, second.completed) == (None, 25, False)
    assert (third.started_at, third.minutes, third.completed) == (None, None, False)


@pytest.mark.parametrize(
    ("record", "column", "expected"),
    [
        ("E,Elm,M,2025-09-27 12:30,2025-09-27 12:29,,yes", "ended_at", "not before its start"),
        ("E,Elm,M,2025-09-27 12:30,2025-09-27 13:00,31,yes", "minutes", "no more minutes than"),
        ("E,Elm,M,2025-09-27 12:30,,20,yes", "ended_at", "an end, for a match"),
        ("E,Elm,M,,,20,no", "started_at", "a start, for a match"),
        ("E,Elm,M,,2025-09-27 13:00,,no", "started_at", "a start, for a match"),
        ("E,,M,2025-09-27 12:30,2025-09-27 13:00,,yes", "court", "a value"),
    ],
)
def test_a_match_that_cannot_be(read: Any, record: str, column: str, expected: str) -> None:
    (error,) = read(f"{MATCH_HEAD}\n{record}\n").errors
    assert (error.line, error.column) == (2, column)
    assert expected in error.expected


def test_matches_on_one_court_are_together_no_longer_than_passed(read: Any) -> None:
    text = (
        f"{MATCH_HEAD}\n"
        "E,Elm,M1,2025-09-27 12:00,2025-09-27 13:00,60,yes\n"
        "E,Oak,M2,2025-09-27 12:00,2025-09-27 13:00,60,yes\n"
        "E,Elm,M3,2025-09-27 12:10,2025-09-27 13:00,{minutes},yes\n"
    )
    (error,) = read(text.format(minutes=50)).errors
    assert (error.line, error.column, error.value) == (4, "minutes", "50")
    # One that waited while the other was played is possible.
    assert read(text.format(minutes=0)).errors == ()
