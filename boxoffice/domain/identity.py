"""Identity documents: which kinds there are, and whether a number is well formed.

Resident numbers follow GB 11643-1999, machine-readable lines ICAO Doc 9303 part 4 (TD3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from boxoffice.errors import BadDocument


class DocumentKind(StrEnum):
    """What visitors show."""

    RESIDENT_ID = "resident_id"
    HMT_RESIDENCE = "hmt_residence"
    HOME_RETURN = "home_return"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGN_PERMANENT = "foreign_permanent"
    PASSPORT = "passport"
    HOUSEHOLD = "household"


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_LETTERS = "10X98765432"
_EIGHTEEN = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD_FORM = re.compile(r"\d{15}", re.ASCII)
_HOME_RETURN = re.compile(r"[HM]\d{8}(\d{2})?", re.ASCII)
_TAIWAN = re.compile(r"\d{8}", re.ASCII)
_FOREIGN_OLD = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
# The shapes that are hardly anything else; two letters and eight figures is an order number.
_COMMON_PASSPORT = re.compile(r"[A-Z]\d{7,8}|[A-Z]{2}\d{7}", re.ASCII)
_PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{5,15}", re.ASCII)


def clean(text: str) -> str:
    """A number as it is kept: half width, upper case, without spaces and dashes."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if not letter.isspace() and letter != "-")


def check(kind: str, text: str) -> str:
    """The number of a document as it is kept.

    Raises BadDocument; `expected` names what is wrong: eighteen_digits, old_form, check_digit,
    birth_date, resident_prefix, permit_prefix, home_return, taiwan_permit, permanent_card,
    passport, kind.
    """
    number = clean(text)
    try:
        rule = _RULES[DocumentKind(kind)]
    except ValueError:
        raise BadDocument(expected="kind") from None
    rule(number)
    return number


def recognise(text: str) -> DocumentKind | None:
    """The kind a number belongs to by its shape; None for what is no document number."""
    number = clean(text)
    for kind in (
        DocumentKind.RESIDENT_ID,
        DocumentKind.HMT_RESIDENCE,
        DocumentKind.FOREIGN_PERMANENT,
        DocumentKind.HOME_RETURN,
    ):
        try:
            _RULES[kind](number)
        except BadDocument:
            continue
        return kind
    if _COMMON_PASSPORT.fullmatch(number):
        return DocumentKind.PASSPORT
    return None


def _eighteen(number: str) -> None:
    if _OLD_FORM.fullmatch(number):
        raise BadDocument(expected="old_form")
    if not _EIGHTEEN.fullmatch(number):
        raise BadDocument(expected="eighteen_digits")
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise BadDocument(expected="birth_date") from None
    weighed = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    if _CHECK_LETTERS[weighed % 11] != number[17]:
        raise BadDocument(expected="check_digit")


def _resident(number: str) -> None:
    _eighteen(number)
    if number[0] in "089":
        raise BadDocument(expected="resident_prefix")


def _hmt(number: str) -> None:
    _eighteen(number)
    if number[:2] not in ("81", "82", "83"):
        raise BadDocument(expected="permit_prefix")


def _foreign(number: str) -> None:
    if _FOREIGN_OLD.fullmatch(number):
        return
    _eighteen(number)
    if number[0] != "9":
        raise BadDocument(expected="permanent_card")


def _shaped(pattern: re.Pattern[str], expected: str) -> Callable[[str], None]:
    def rule(number: str) -> None:
        if not pattern.fullmatch(number):
            raise BadDocument(expected=expected)

    return rule


_RULES: dict[DocumentKind, Callable[[str], None]] = {
    DocumentKind.RESIDENT_ID: _resident,
    DocumentKind.HMT_RESIDENCE: _hmt,
    DocumentKind.FOREIGN_PERMANENT: _foreign,
    DocumentKind.HOME_RETURN: _shaped(_HOME_RETURN, "home_return"),
    DocumentKind.TAIWAN_PERMIT: _shaped(_TAIWAN, "taiwan_permit"),
    DocumentKind.PASSPORT: _shaped(_PASSPORT, "passport"),
    DocumentKind.HOUSEHOLD: _resident,
}


@dataclass(frozen=True, slots=True)
class MachineLines:
    """What the two machine-readable lines of a passport say."""

    name: str
    number: str
    nationality: str
    birth: str
    """YYMMDD as printed."""


MRZ_LINE = 44
_MRZ = re.compile(r"P[A-Z0-9<]{87}", re.ASCII)
_MRZ_WEIGHTS = (7, 3, 1)


def read_mrz(text: str) -> MachineLines:
    """Read the two lines of a passport, scanned with or without a break between them.

    Raises BadDocument (expected "machine_lines") where they are incomplete or a check digit fails.
    """
    letters = clean(text)
    if not _MRZ.fullmatch(letters):
        raise BadDocument(expected="machine_lines")
    first, second = letters[:MRZ_LINE], letters[MRZ_LINE:]
    fields = [(second[start:end], second[end]) for start, end in ((0, 9), (13, 19), (21, 27))]
    fields.append((second[0:10] + second[13:20] + second[21:43], second[43]))
    if any(_mrz_digit(field) != digit for field, digit in fields):
        raise BadDocument(expected="machine_lines")
    surname, _, given = first[5:].partition("<<")
    words = [word for part in (given, surname) for word in part.split("<") if word]
    return MachineLines(
        name=" ".join(word.capitalize() for word in words),
        number=second[:9].rstrip("<"),
        nationality=second[10:13].rstrip("<"),
        birth=second[13:19],
    )


def _mrz_digit(field: str) -> str:
    values = (0 if letter == "<" else int(letter, 36) for letter in field)
    weighed = sum(value * _MRZ_WEIGHTS[place % 3] for place, value in enumerate(values))
    return str(weighed % 10)
