"""Personal data as screens and paper may show it: 1****************X, 张*, 138****1234."""

from __future__ import annotations

SHORTEST_PHONE = 8


def mask_document(number: str) -> str:
    """First and last character; a short number shows nothing at all."""
    if len(number) < 6:
        return "*" * len(number)
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"


def mask_name(name: str) -> str:
    """A Chinese name keeps its first character, any other the first word and an initial."""
    name = name.strip()
    if not name:
        return ""
    if not name.isascii() and " " not in name and ord(name[0]) >= 0x2E80:
        return name[0] + "*" * (len(name) - 1)
    words = name.split()
    if len(words) == 1:
        return f"{words[0][0]}***"
    return f"{words[0]} {words[-1][0]}."


def mask_phone(phone: str) -> str:
    """First three and last four digits; a short one shows nothing at all."""
    if len(phone) < SHORTEST_PHONE:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
