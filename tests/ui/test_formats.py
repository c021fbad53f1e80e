"""How amounts, moments and seats are written in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from boxoffice import clock
from boxoffice.domain.money import Money
from ui import formats

MOMENT = datetime(2025, 9, 27, 1, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def language_put_back() -> Iterator[None]:
    before = formats.language()
    yield
    formats.use(before)


@pytest.mark.parametrize(
    ("language", "stamp", "short", "day", "seat", "place"),
    [
        (
            "zh_CN", "9月27日 周六 09:42", "9月27日 09:42", "9月27日 周六",
            "117区 7排 10座", "A区 3座",
        ),
        (
            "en", "Sat 27 Sep 09:42", "27 Sep 09:42", "Sat 27 Sep",
            "Block 117 Row 7 Seat 10", "Block A Seat 3",
        ),
    ],
)  # fmt: skip
def test_moments_and_seats(
    language: str, stamp: str, short: str, day: str, seat: str, place: str
) -> None:
    formats.use(language)
    assert formats.stamp(MOMENT) == stamp
    assert formats.short_stamp(MOMENT) == short
    assert formats.day(date(2025, 9, 27)) == day
    assert formats.seat("117", "7", "10") == seat
    assert formats.seat("A区", "", "3") == place


def test_a_moment_is_told_in_venue_time() -> None:
    late = datetime(2025, 9, 27, 16, 30, tzinfo=UTC)
    assert formats.time(late) == "00:30"
    assert formats.short_stamp(late) == "9月28日 00:30"


@pytest.mark.parametrize(
    ("fen", "full", "short"),
    [
        (143500, "¥1,435.00", "¥1,435"),
        (2550, "¥25.50", "¥25.50"),
        (0, "¥0.00", "¥0"),
        (-9805, "-¥98.05", "-¥98.05"),
        (Money(98000), "¥980.00", "¥980"),
    ],
)
def test_money(fen: int | Money, full: str, short: str) -> None:
    assert formats.money(fen) == full
    assert formats.short_money(fen) == short


def test_counts_and_what_is_left() -> None:
    assert formats.count(1644) == "1,644"
    assert formats.countdown(468) == "07:48"
    assert formats.countdown(-3) == "00:00"


def test_no_other_language() -> None:
    with pytest.raises(KeyError):
        formats.use("fr")


def test_since_when_names_the_day_where_it_is_not_today() -> None:
    formats.use("en")
    clock.use(lambda: datetime(2025, 9, 27, 6, 0, tzinfo=UTC))
    assert formats.since(MOMENT) == "09:42"
    clock.use(lambda: datetime(2025, 9, 28, 6, 0, tzinfo=UTC))
    assert formats.since(MOMENT) == "27 Sep 09:42"
    clock.use(None)


def test_a_window_is_called_as_it_is_above_it() -> None:
    formats.use("zh_CN")
    assert [formats.window(name) for name in ("7", "东门")] == ["7号窗", "东门"]
    formats.use("en")
    assert [formats.window(name) for name in ("7", "East gate")] == ["window 7", "East gate"]
