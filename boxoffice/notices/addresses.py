"""Addresses of customers: whether one can be written to, and how it may be shown."""

from __future__ import annotations

import re

_MAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)
MOST_MAIL = 254
_MAINLAND = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_ELSEWHERE = re.compile(r"(?:\+|00)([1-9]\d{6,14})")
_MARKS = re.compile(r"[\s().-]+")


def mail_address(text: str) -> str:
    """A mail address as it is written to. Raises ValueError for what is none."""
    plain = text.strip()
    if len(plain) > MOST_MAIL or not _MAIL.fullmatch(plain):
        raise ValueError("no mail address")
    return plain


def mobile_number(text: str) -> str:
    """A mobile phone as gateways take it: 11 digits in the mainland, else with the country's code.

    Raises ValueError for what no text message reaches, a landline for one.
    """
    plain = _MARKS.sub("", text)
    if found := _MAINLAND.fullmatch(plain):
        return found[1]
    if (found := _ELSEWHERE.fullmatch(plain)) and not found[1].startswith("86"):
        return found[1]
    raise ValueError("no mobile number")


def mask_mail(address: str) -> str:
    """A mail address as it may be shown: its first letter and the domain."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}" if len(local) > 1 else f"***@{domain}"
