"""What a code in field 39 means for a charge, a refund, a void; the tables are the rule.

Codes are those of ISO 8583:1987 and of the annex on response codes of China UnionPay's POS
specification; T0 (terminal busy) is the terminal bridge's own. A code that no table has decides
nothing: the charge is unknown, and the status is asked for.
"""

from __future__ import annotations

from boxoffice.payments.protocol import Outcome, RefundOutcome, Why

APPROVED = frozenset({"00", "10", "11", "16"})
"""Approved; 10 for a part of the amount, 11 and 16 with a remark."""
IN_PROGRESS = "09"
NOT_FOUND = "25"
TOO_LATE = frozenset({"12", "21"})
"""To a reversal or a void: the original cannot be undone (any more)."""
SIGN_ON_FIRST = "77"
DUPLICATE = "94"

_UNSURE = dict.fromkeys(("06", "22", "68", "90", "91", "92", "96", "98"), Why.BUSY)
"""The host itself does not know, or may have had the issuer's yes: asked about, never believed."""

_SET_UP = dict.fromkeys(("03", "30", "31", "40", "58", "89", "97", "A0"), Why.NOT_SET_UP)
"""Merchant, terminal, format, rights or key (A0: our MAC does not fit)."""

_CARD = dict.fromkeys(
    [
        *("01", "02", "04", "05", "07", "14", "15", "33", "34", "35", "36", "37", "38", "39"),
        *("41", "42", "43", "45", "54", "55", "57", "59", "61", "62", "63", "65", "66", "67", "75"),
    ],
    Why.CARD,
)
_GONE = ("14", "15", "41", "43", "54")
"""To a refund: the card is gone (no such card, no such issuer, lost, stolen, expired)."""

SALE: dict[str, tuple[Outcome, Why]] = {
    **dict.fromkeys(APPROVED, (Outcome.PAID, Why.NONE)),
    IN_PROGRESS: (Outcome.WAITING, Why.NONE),
    **{code: (Outcome.UNKNOWN, why) for code, why in _UNSURE.items()},
    **{code: (Outcome.DECLINED, why) for code, why in (_SET_UP | _CARD).items()},
    "12": (Outcome.DECLINED, Why.OTHER),
    "13": (Outcome.DECLINED, Why.OTHER_AMOUNT),
    "17": (Outcome.DECLINED, Why.CUSTOMER),
    "51": (Outcome.DECLINED, Why.BALANCE),
    SIGN_ON_FIRST: (Outcome.DECLINED, Why.BUSY),
    "T0": (Outcome.DECLINED, Why.TERMINAL_BUSY),
    DUPLICATE: (Outcome.UNKNOWN, Why.NUMBER_USED),
}

BACK: dict[str, tuple[RefundOutcome, Why, bool]] = {
    "00": (RefundOutcome.ARRIVED, Why.NONE, False),
    IN_PROGRESS: (RefundOutcome.ACCEPTED, Why.NONE, True),
    **{code: (RefundOutcome.UNKNOWN, why, True) for code, why in _UNSURE.items()},
    **{code: (RefundOutcome.REFUSED, why, False) for code, why in (_SET_UP | _CARD).items()},
    **dict.fromkeys(_GONE, (RefundOutcome.DEAD, Why.CARD, False)),
    "12": (RefundOutcome.REFUSED, Why.TOO_LATE, False),
    "13": (RefundOutcome.REFUSED, Why.OTHER_AMOUNT, False),
    "17": (RefundOutcome.REFUSED, Why.CUSTOMER, True),
    "21": (RefundOutcome.REFUSED, Why.TOO_LATE, False),
    NOT_FOUND: (RefundOutcome.REFUSED, Why.OTHER, False),
    "51": (RefundOutcome.REFUSED, Why.MERCHANT_BALANCE, True),
    "64": (RefundOutcome.REFUSED, Why.TOO_MUCH, False),
    SIGN_ON_FIRST: (RefundOutcome.REFUSED, Why.BUSY, True),
    "T0": (RefundOutcome.REFUSED, Why.TERMINAL_BUSY, True),
    DUPLICATE: (RefundOutcome.UNKNOWN, Why.NUMBER_USED, True),
}
"""Outcome, why, and whether the same number may be sent again. To a refund 51 means that the
merchant's takings do not cover it."""


def charged(code: str) -> tuple[Outcome, Why]:
    """What an answer to a sale means."""
    return SALE.get(code, (Outcome.UNKNOWN, Why.OTHER))


def gone_back(code: str) -> tuple[RefundOutcome, Why, bool]:
    """What an answer to a refund or a void means, and whether to send it again can help."""
    return BACK.get(code, (RefundOutcome.UNKNOWN, Why.OTHER, True))


def trouble(code: str) -> Why:
    """Why something that must be said yes to was not: a sign-on, a reversal, an inquiry."""
    return SALE.get(code, (Outcome.UNKNOWN, Why.OTHER))[1] or Why.OTHER
