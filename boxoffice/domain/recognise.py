"""One field for everything: what a scanned or typed text can be, by its shape alone (DOMAIN.md)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from boxoffice.domain import identity, ticket_code
from boxoffice.errors import BadDocument


class ScanKind(StrEnum):
    """What a text may be."""

    TICKET_CODE = "ticket_code"
    PICKUP_CODE = "pickup_code"
    ORDER_NUMBER = "order_number"
    DOCUMENT = "document"
    MACHINE_LINES = "machine_lines"
    PHONE = "phone"
    PAYMENT_CODE = "payment_code"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading of a text; `value` is in the form it is looked up by."""

    kind: ScanKind
    value: str


_PICKUP = re.compile(r"[2-9A-HJ-NP-Z]{8}", re.ASCII)
_OWN_NUMBER = re.compile(r"([2-9A-HJ-NP-Z]{2,4}|[2-9A-HJ-NP-Z]{8})-?([2-9A-HJ-NP-Z]{4,})", re.ASCII)
_OTHER_NUMBER = re.compile(r"[A-Z]{2,4}\d{6,12}", re.ASCII)
_PHONE = re.compile(r"1\d{10}", re.ASCII)
_INTERNATIONAL = re.compile(r"(?:\+|00)86(1\d{10})", re.ASCII)
_WECHAT = re.compile(r"1[0-5]\d{16}", re.ASCII)
_ALIPAY = re.compile(r"(?:2[5-9]|30)\d{14,22}", re.ASCII)
_UNIONPAY = re.compile(r"62\d{17}", re.ASCII)
_NAME_LETTER = re.compile(r"[^\W\d_]")


def recognise(text: str) -> tuple[Scan, ...]:
    """Every reading of a text, the likeliest first; empty for nothing at all."""
    plain = unicodedata.normalize("NFKC", text).strip()
    compact = "".join(plain.upper().split())
    if not compact:
        return ()
    if len(compact) == ticket_code.TEXT_LENGTH:
        return (Scan(ScanKind.TICKET_CODE, compact),)
    if len(compact) == 2 * identity.MRZ_LINE and "<" in compact:
        return (Scan(ScanKind.MACHINE_LINES, compact),)
    sure, doubtful = _documents(compact)
    found = [*sure, *_phones(compact), *_orders(compact), *_payments(compact), *doubtful]
    if _NAME_LETTER.search(plain):
        found.append(Scan(ScanKind.NAME, " ".join(plain.split())))
    return tuple(found)


def _documents(compact: str) -> tuple[list[Scan], list[Scan]]:
    """Documents by their shape, and what may be one but is likelier a code or a phone."""
    number = identity.clean(compact)
    found = [Scan(ScanKind.DOCUMENT, number)]
    if identity.recognise(number) is not None:
        return found, []
    try:
        identity.check(identity.DocumentKind.PASSPORT, number)
    except BadDocument:
        return [], []
    if _PHONE.fullmatch(number):
        return [], []
    # Taiwan permits and many passports are figures only; some look like one of our codes.
    codes = (_PICKUP, _OWN_NUMBER, _OTHER_NUMBER)
    if number.isdigit() or any(shape.fullmatch(compact) for shape in codes):
        return [], found
    return found, []


def _phones(compact: str) -> list[Scan]:
    digits = compact.replace("-", "")
    abroad = _INTERNATIONAL.fullmatch(digits)
    if abroad:
        digits = abroad[1]
    return [Scan(ScanKind.PHONE, digits)] if _PHONE.fullmatch(digits) else []


def _orders(compact: str) -> list[Scan]:
    found = []
    plain = compact.replace("-", "")
    if _PICKUP.fullmatch(plain):
        found.append(Scan(ScanKind.PICKUP_CODE, plain))
    if _OTHER_NUMBER.fullmatch(compact):
        found.append(Scan(ScanKind.ORDER_NUMBER, compact))
    own = _OWN_NUMBER.fullmatch(compact)
    if own and "-" in compact:
        found.append(Scan(ScanKind.ORDER_NUMBER, compact))
    elif own:
        # Typed without its dash: the tail is four characters unless a window sold very much.
        found.append(Scan(ScanKind.ORDER_NUMBER, f"{compact[:-4]}-{compact[-4:]}"))
    elif not _PHONE.fullmatch(compact) and re.fullmatch(r"[A-Z0-9-]{4,24}", compact):
        found.append(Scan(ScanKind.ORDER_NUMBER, compact))
    return found


def _payments(compact: str) -> list[Scan]:
    if any(shape.fullmatch(compact) for shape in (_WECHAT, _ALIPAY, _UNIONPAY)):
        return [Scan(ScanKind.PAYMENT_CODE, compact)]
    return []
