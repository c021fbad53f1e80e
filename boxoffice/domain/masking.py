"""Personal data as screens and paper may show it: 1****************X, 张*, 138****1234."""

from __future__ import annotations

import re

SHORTEST_PHONE = 8
WHOLE_PHONE = 11
"""From here on three and four digits leave enough in the dark."""
_FIRST_CJK = 0x2E80
_LONG_NUMBER = re.compile(r"[0-9]{7,}[0-9Xx]*")
"""Phones, documents, cards and accounts; no date, and no amount that a ticket has."""


def mask_document(number: str) -> str:
    """First and last character; a short number shows nothing at all."""
    if len(number) < 6:
        return "*" * len(number)
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"


def mask_name(name: str) -> str:
    """A Chinese name keeps its first character, any other the first word and an initial.

    A name or last word of a single character shows nothing of it.
    """
    name = name.strip()
    if not name:
        return ""
    if len(name) == 1:
        return "*"
    if ord(name[0]) >= _FIRST_CJK:
        return name[0] + "*" * (len(name) - 1)
    words = name.split()
    if len(words) == 1:
        return f"{words[0][0]}***"
    return f"{words[0]} {words[-1][0]}." if len(words[-1]) > 1 else f"{words[0]} *"


def mask_phone(phone: str) -> str:
    """First three and last four digits; a shorter one the last two, a short one nothing at all."""
    if len(phone) < SHORTEST_PHONE:
        return "*" * len(phone)
    if len(phone) < WHOLE_PHONE:
        return "*" * (len(phone) - 2) + phone[-2:]
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def mask_account(number: str) -> str:
    """The last four characters of an account at a bank; a short one shows nothing at all."""
    plain = "".join(number.split())
    if len(plain) < SHORTEST_PHONE:
        return "*" * len(plain)
    return f"{'*' * (len(plain) - 4)}{plain[-4:]}"


def hide_numbers(text: str) -> str:
    """A line of a file nobody knows, without the numbers that may be somebody's."""
    return _LONG_NUMBER.sub("…", text)
