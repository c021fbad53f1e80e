"""Rows of the rules that say what an exchange costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice import exchange


def read(folder: Path, rule: str, value: str):
    path = folder / "rules.csv"
    path.write_text(f"rule,session,value,valid_from\n{rule},,{value},2025-09-01\n", "utf-8")
    return exchange.read(path)


@pytest.mark.parametrize(
    ("rule", "value", "subject", "stored"),
    [
        ("exchange", "seat;none", "seat", "none"),
        ("exchange", "level;20元", "level", "2000"),
        ("exchange", "session;10%", "session", "1000%"),
        ("exchange", "session;no", "session", "no"),
        ("换票", "补差;免费", "level", "none"),
        ("换票", "改签;不可", "session", "no"),
        ("换票", "换座;5.50", "seat", "550"),
    ],
)
def test_read(tmp_path: Path, rule: str, value: str, subject: str, stored: str) -> None:
    (row,) = read(tmp_path, rule, value).rows
    assert (row.rule, row.subject, row.value) == ("exchange", subject, stored)


@pytest.mark.parametrize("value", ["20元", "place;20元", "seat;many", "seat;10%+5元", "seat;1;2"])
def test_refused(tmp_path: Path, value: str) -> None:
    (error,) = read(tmp_path, "exchange", value).errors
    assert (error.line, error.column) == (2, "value")
