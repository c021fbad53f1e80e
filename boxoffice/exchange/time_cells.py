"""How cells that speak of time and play are read: spans, deadlines, thresholds, in many words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from boxoffice.exchange import columns as c
from boxoffice.exchange.columns import Unreadable, even
from boxoffice.sentences.phrases import phrase

LONGEST_MINUTES = 3_660 * 24 * 60
"""Ten years: a span beyond that is a slip, and its end could not be reckoned."""
_UNIT_MINUTES = {"d": 24 * 60, "h": 60, "m": 1}

_SPAN = re.compile(
    r"(\d{1,7}(?:\.\d{1,2})?) ?"
    r"(?:(days?|d|天|日)|(hours?|hrs?|h|小时|时)|(minutes?|mins?|m|分钟|分))?",
    re.ASCII,
)
_BEFORE = re.compile(r"开赛前|开场前|开始前|赛前|之?前$|before( the)?( start| play)?$")
_AFTER = re.compile(
    r"(自|从)?(购票|支付|付款|下单|购买)(之|以)?后|之?内$|^within|after( the)? purchase$"
)
_NUMERALS = re.compile("[一二两三四五六七八九十]+")
_DIGITS = {letter: n for n, letter in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[点时](?:(\d{1,2})分?)?(?:(\d{1,2})秒)?$", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]+24:00(?::00)?(?=$|Z| ?[+-])", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_COUNT = re.compile(r"(?:完成|至少|满|≥|>=)? ?(\d{1,4}) ?(?:场|matches|match)?(?:比赛)?", re.ASCII)
_MINUTES = re.compile(
    r"(≥|>=|>|满|至少|不少于|at least|超过|多于|大于|more than|over)? ?(.+?) ?"
    r"(及?以上|or more)?$"
)
_AT_LEAST = ("≥", ">=", "满", "至少", "不少于", "at least")


def before_start(value: str) -> int | None:
    """Minutes: 72 (hours), 1.5, 3天, 30分钟, 开赛前三天; nothing is nothing."""
    return _span(_BEFORE.sub("", even(value)), 60)


def after_purchase(value: str) -> int | None:
    """Minutes: 24 (hours), 30分钟, 购票后24小时内; nothing is nothing."""
    return _span(_AFTER.sub("", even(value)), 60)


def _span(written: str, bare: int) -> int | None:
    """Minutes of a span whose bare number counts `bare` of them."""
    written = _NUMERALS.sub(_arabic, written.strip())
    if not written:
        return None
    minutes, place, terms = 0, 0, 0
    while place < len(written):
        found = _SPAN.match(written, place)
        if not found:
            raise Unreadable(phrase("span"))
        unit = next((u for u, word in zip("dhm", found.groups()[1:], strict=True) if word), None)
        if unit is None and (terms or found.end() < len(written)):
            raise Unreadable(phrase("span"))
        each = bare if unit is None else _UNIT_MINUTES[unit]
        hundredths = _hundredths(found[1]) * each
        if hundredths % 100:
            raise Unreadable(phrase("span"))
        minutes += hundredths // 100
        terms += 1
        place = found.end()
        while place < len(written) and written[place] == " ":
            place += 1
    if minutes > LONGEST_MINUTES:
        raise Unreadable(phrase("span"))
    return minutes


def _hundredths(number: str) -> int:
    units, _, decimals = number.partition(".")
    return int(units) * 100 + int(decimals.ljust(2, "0"))


def _arabic(found: re.Match[str]) -> str:
    tens, ten, ones = found[0].partition("十")
    if not ten:
        tens, ones = "", tens
    if any(part and part not in _DIGITS for part in (tens, ones)):
        raise Unreadable(phrase("span"))
    return str((_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0))


def day(value: str) -> date:
    """A day, as 2024-03-15 or 2024年3月15日."""
    return c.day(_DATE.sub(r"\1-\2-\3", value))


def deadline(value: str) -> datetime | None:
    """A moment or nothing; 24:00 is the midnight after, 2024年3月15日24时 is one too."""
    if not value:
        return None
    written = _DATE.sub(r"\1-\2-\3 ", unicodedata.normalize("NFKC", value)).replace("  ", " ")
    written = _CLOCK.sub(lambda f: ":".join((p or "00").zfill(2) for p in f.groups()), written)
    midnight = _MIDNIGHT.search(written)
    if midnight:
        return c.moment(_MIDNIGHT.sub("T00:00", written)) + timedelta(days=1)
    return c.moment(written.strip())


def matches(value: str) -> int | None:
    """A number of matches: 1, 1场, 完成一场比赛; nothing is nothing."""
    written = even(value)
    if not written:
        return None
    found = _COUNT.fullmatch(_NUMERALS.sub(_arabic, written))
    if not found or not int(found[1]):
        raise Unreadable(phrase("whole"))
    return int(found[1])


def minutes_over(value: str) -> tuple[int, bool] | None:
    """Minutes, and whether exactly so many are enough: 30 and 超过30分钟 not, ≥30 and 满30分钟."""
    written = even(value)
    if not written:
        return None
    found = _MINUTES.fullmatch(written)
    if not found:
        raise Unreadable(phrase("whole"))
    over, number, or_more = found.groups()
    if over and or_more and over not in _AT_LEAST:
        raise Unreadable(phrase("whole"))
    try:
        minutes = _span(number, 1)
    except Unreadable:
        raise Unreadable(phrase("whole")) from None
    if minutes is None:
        raise Unreadable(phrase("whole"))
    return minutes, bool(or_more) or over in _AT_LEAST


def latest_start(value: str) -> int | time | None:
    """A time of day, or minutes after the start (also 2小时); nothing is nothing."""
    written = even(value)
    found = _TIME.fullmatch(written)
    try:
        if found:
            return time(int(found[1]), int(found[2]), int(found[3] or 0))
        return _span(written, 1)
    except ValueError:
        raise Unreadable(phrase("latest_start")) from None
