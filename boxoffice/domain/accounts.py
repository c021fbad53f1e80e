"""Names of the accounts that postings go to, and of tenders."""

from __future__ import annotations

CASH = "cash"
"""The tender."""

DRAWER = "cash:drawer"
SAFE = "cash:safe"
OVER = "cash:over"
SHORT = "cash:short"
PAID_IN = "cash:paid in"
PAID_OUT = "cash:paid out"
SALES = "revenue:tickets"
FEES = "revenue:refund fees"

_CHANNEL = "channel:"


def channel(name: str) -> str:
    """Account and tender of what a sales channel took: channel:app."""
    return f"{_CHANNEL}{name}"


def channel_of(tender: str) -> str:
    """The channel whose tender that is: app for channel:app."""
    return tender.removeprefix(_CHANNEL)
