"""How cells that speak of fees are read: per cent, yuan, both, free, none, in many words.

Generous in how a thing is written, strict in what it means: what could be read two ways is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from boxoffice.domain.fees import WHOLE
from boxoffice.domain.money import parse_yuan
from boxoffice.exchange.columns import Unreadable, even, shown, yes_no
from boxoffice.exchange.words import BASES, FREE, NO_REFUND
from boxoffice.sentences.phrases import Phrase, phrase

_PLUS = re.compile(r"\+|加|\bplus\b|\band\b")
_RATE = re.compile(r"(?:百分之)?(\d{1,3}(?:\.\d{1,2})?) ?(%|‰|percent|per cent)?", re.ASCII)
_AMOUNT = re.compile(r"(¥|cny|rmb)? ?([\d,]+(?:\.\d{1,2})?) ?(元|圆|cny|rmb|yuan)?", re.ASCII)
_TENTHS_BACK = re.compile(r"(\d(?:\.\d)?) ?折", re.ASCII)
_FILLING = re.compile(r"手续费|服务费|退票费|渠道费|收取|扣除|收|扣|的|\bfee\b|\bof( the)?\b|\ba\b")
_RATE_IN = {"%": 100, "percent": 100, "per cent": 100, "‰": 10}


@dataclass(frozen=True, slots=True)
class FeeCell:
    """What a cell says of a fee; None for what it does not speak of. Rates in 1/100 of 1 %."""

    refundable: bool = True
    rate: int | None = None
    fixed_fen: int | None = None
    handling_rate: int | None = None
    rate_base: str = ""
    handling_base: str = ""

    @property
    def asks_a_share(self) -> bool:
        """Whether it speaks of a percentage, be it nought."""
        return self.rate is not None or self.handling_rate is not None


_SILENT = FeeCell()


def fee_percent(value: str) -> FeeCell:
    """20, 20%, 20% + 0.6%, 20% + 5元, free, none; a bare number is in per cent."""
    return _fee(value, phrase("per_cent"), bare_is_rate=True)


def fee_yuan(value: str) -> FeeCell:
    """5, 5元, ¥5.00, and all that `fee_percent` takes; a bare number is in yuan."""
    return _fee(value, phrase("yuan"), bare_is_rate=False)


def handling_percent(value: str) -> FeeCell:
    """A second percentage, as a rule a small one: a bare 0.6 is 0.6 %."""
    if not value:
        return _SILENT
    rate, base, _ = _rate(even(value), phrase("per_cent"))
    return FeeCell(handling_rate=rate, handling_base=base)


def refund_percent(value: str) -> FeeCell:
    """What goes back instead of what is kept: 80, 80%, 8折; 0 and none for nothing."""
    written = even(value)
    if not written:
        return _SILENT
    if written in FREE:
        return FeeCell(rate=0)
    tenths = _TENTHS_BACK.fullmatch(written)
    if tenths:
        back = _exactly(tenths[1], 1000)
    elif written in NO_REFUND:
        back = 0
    else:
        back, _, signed = _rate(written.removeprefix("退"), phrase("per_cent"))
        _require_clear(back, signed, value)
    return FeeCell(rate=WHOLE - back) if back else FeeCell(refundable=False)


def share(value: str) -> int | None:
    """A percentage, or nothing."""
    if not value:
        return None
    rate, _, signed = _rate(even(value), phrase("per_cent"))
    return _require_clear(rate, signed, value)


def _fee(value: str, expected: Phrase, *, bare_is_rate: bool) -> FeeCell:
    written = even(value)
    if not written:
        return _SILENT
    if written in NO_REFUND:
        return FeeCell(refundable=False)
    if written in FREE:
        return FeeCell(rate=0)
    rates: list[tuple[int, str]] = []
    amounts: list[int] = []
    terms = [_FILLING.sub("", term).strip() for term in _PLUS.split(written)]
    for term in terms:
        amount = _AMOUNT.fullmatch(term)
        if amount and (amount[1] or amount[3] or not bare_is_rate):
            amounts.append(_fen(amount[2]))
            continue
        rate, base, signed = _rate(term, expected)
        if not signed and not bare_is_rate:
            raise Unreadable(expected)
        rates.append((_require_clear(rate, signed, value), base))
    if len(rates) > 2 or len(amounts) > 1:
        raise Unreadable(expected)
    (rate_, base), (handling, other) = ([*rates, (None, ""), (None, "")])[:2]
    return FeeCell(True, rate_, amounts[0] if amounts else None, handling, base, other)


def _fen(text: str) -> int:
    try:
        return parse_yuan(text)
    except ValueError:
        raise Unreadable(phrase("yuan")) from None


def _rate(written: str, expected: Phrase) -> tuple[int, str, bool]:
    """(1/100 of 1 %, what it is taken of as far as it says, whether it has its sign)."""
    base = ""
    for word in sorted(BASES, key=len, reverse=True):
        if word and word in written:
            base, written = BASES[word], written.replace(word, "", 1)
            break
    found = _RATE.fullmatch(_FILLING.sub("", written).strip())
    if not found:
        raise Unreadable(expected)
    signed = bool(found[2]) or written.startswith("百分之")
    rate = _exactly(found[1], _RATE_IN[found[2] or "%"])
    if rate > WHOLE:
        raise Unreadable(expected)
    return rate, base, signed


def _exactly(number: str, times: int) -> int:
    """A decimal number times 10, 100 or 1000, which has to come out whole."""
    units, _, decimals = number.partition(".")
    places = len(str(times)) - 1
    if decimals.rstrip("0")[places:]:
        raise Unreadable(phrase("per_cent"))
    return int(units) * times + int(decimals[:places].ljust(places, "0") or "0")


def _require_clear(rate: int, signed: bool, value: str) -> int:
    """Refuses 0.2: somebody's 20 % and somebody else's 0.2 %."""
    if 0 < rate < 100 and not signed:
        raise Unreadable(phrase("with_sign", value=shown(value)))
    return rate


def amount(value: str) -> int | None:
    """Fen of an amount in yuan, with or without its sign; nothing is nothing."""
    if not value:
        return None
    found = _AMOUNT.fullmatch(even(value))
    if not found:
        raise Unreadable(phrase("yuan"))
    return _fen(found[2])


def yes_unless_said(value: str) -> bool:
    """Yes or no; nothing is yes."""
    return yes_no(value) if value else True
