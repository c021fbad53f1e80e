"""How amounts, moments, seats and counts are written, in the language the window speaks now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale

from boxoffice import clock
from boxoffice.domain.money import FEN_PER_YUAN, Money, format_yuan

DOT = " · "
"""What stands between two facts on one line."""


@dataclass(frozen=True, slots=True)
class Style:
    """The written forms of one language; patterns of dates are those of QLocale."""

    locale: QLocale
    day: str
    short_day: str
    seat: str
    unnumbered_row: str
    window: str


_STYLES = {
    "zh_CN": Style(
        QLocale(QLocale.Language.Chinese, QLocale.Country.China),
        "M月d日 ddd",
        "M月d日",
        "{block}区 {row}排 {seat}座",
        "{block}区 {seat}座",
        "{name}号窗",
    ),
    "en": Style(
        QLocale(QLocale.Language.English, QLocale.Country.UnitedStates),
        "ddd d MMM",
        "d MMM",
        "Block {block} Row {row} Seat {seat}",
        "Block {block} Seat {seat}",
        "window {name}",
    ),
}
LANGUAGES = tuple(_STYLES)
_spoken = {"language": "zh_CN"}


def use(language: str) -> None:
    """Write in "zh_CN" or "en" from now on; raises KeyError for any other."""
    _STYLES[language]
    _spoken["language"] = language


def language() -> str:
    """The language things are written in now."""
    return _spoken["language"]


def _style() -> Style:
    return _STYLES[_spoken["language"]]


def money(fen: int | Money) -> str:
    """An amount to the cent: ¥1,435.00."""
    amount = fen.fen if isinstance(fen, Money) else fen
    sign = "-" if amount < 0 else ""
    return f"{sign}¥{format_yuan(abs(amount))}"


def short_money(fen: int | Money) -> str:
    """An amount where room is short: ¥980, and ¥25.50 only where there are cents."""
    amount = fen.fen if isinstance(fen, Money) else fen
    text = money(amount)
    return text.removesuffix(".00") if amount % FEN_PER_YUAN == 0 else text


def count(number: int) -> str:
    """A count with thousands: 1,644."""
    return f"{number:,}"


def day(value: date) -> str:
    """A day at the venue with its weekday: 9月27日 周六, Sat 27 Sep."""
    return _style().locale.toString(QDate(value.year, value.month, value.day), _style().day)


def short_day(value: date) -> str:
    """A day at the venue: 9月27日, 27 Sep."""
    return _style().locale.toString(QDate(value.year, value.month, value.day), _style().short_day)


def time(moment: datetime) -> str:
    """The venue's time of a moment: 09:42."""
    return f"{clock.venue(moment):%H:%M}"


def stamp(moment: datetime) -> str:
    """Day and time of a moment at the venue: 9月27日 周六 09:42, Sat 27 Sep 09:42."""
    return f"{day(clock.venue(moment).date())} {time(moment)}"


def short_stamp(moment: datetime) -> str:
    """Day and time where room is short: 9月27日 09:42, 27 Sep 09:42."""
    return f"{short_day(clock.venue(moment).date())} {time(moment)}"


def since(moment: datetime) -> str:
    """When something began: its time, and the day with it unless that is the business day now."""
    today = clock.business_day(clock.now())
    return time(moment) if clock.business_day(moment) == today else short_stamp(moment)


def countdown(seconds: int) -> str:
    """Time that is left, in minutes and seconds: 07:48; never less than nothing."""
    minutes, rest = divmod(max(seconds, 0), 60)
    return f"{minutes:02d}:{rest:02d}"


def seat(block: str, row: str, number: str) -> str:
    """A seat in the words of the window: 117区 7排 10座, Block 117 Row 7 Seat 10."""
    style = _style()
    pattern = style.seat if row else style.unnumbered_row
    return pattern.format(block=block.removesuffix("区"), row=row, seat=number)


def window(name: str) -> str:
    """A window by the name above it: 7号窗, window 7; one that is no number stands for itself."""
    return _style().window.format(name=name) if name.isdecimal() else name
