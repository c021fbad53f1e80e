"""Names of the accounts that postings go to, and of tenders."""

from __future__ import annotations

CASH = "cash"
WECHAT = "wechat"
ALIPAY = "alipay"
CARD = "card"
CARD_APART = "card_apart"
"""A terminal that stands alone: the clerk types the number it prints."""
COMPLIMENTARY = "complimentary"
"""Tenders; each but cash is the account of its own name, too."""
EXCHANGE = "exchange"
"""Money paid for a ticket that another took the place of; what it brings and takes is equal."""

TRANSFER = "bank:transfer"
"""The way money goes back where the way it came is dead; account and tender."""
CODES = (WECHAT, ALIPAY)
"""Tenders for which the customer shows a code."""
ASKED = (*CODES, CARD)
"""Tenders that ask somebody outside, who may answer late or not at all."""

IN_PERSON = (CASH, CARD_APART)
"""Tenders that give back only while the customer is there, with the card."""

DRAWER = "cash:drawer"
SAFE = "cash:safe"
OVER = "cash:over"
SHORT = "cash:short"
PAID_IN = "cash:paid in"
PAID_OUT = "cash:paid out"
SALES = "revenue:tickets"
FEES = "revenue:refund fees"
DEPOSITS = "owed:deposits"
"""Money taken for an order that is not paid in full yet."""
REFUNDS_DUE = "owed:refunds"
"""Money that is to go back and has not left yet."""

OWED = (DEPOSITS, REFUNDS_DUE)
"""What the venue owes customers."""

_TENDERS = frozenset((*ASKED, CARD_APART, COMPLIMENTARY, TRANSFER))
_CHANNEL = "channel:"


def channel(name: str) -> str:
    """Account and tender of what a sales channel took: channel:app."""
    return f"{_CHANNEL}{name}"


def is_channel(tender: str) -> bool:
    """Whether a sales channel took the money."""
    return tender.startswith(_CHANNEL)


def channel_of(tender: str) -> str:
    """The channel whose tender that is: app for channel:app."""
    return tender.removeprefix(_CHANNEL)


def is_tender(account: str) -> bool:
    """Whether customers' money comes and goes by that account."""
    return account == DRAWER or account in _TENDERS or is_channel(account)


def account_of(tender: str) -> str:
    """The account that money of a tender is posted to."""
    return DRAWER if tender == CASH else tender
