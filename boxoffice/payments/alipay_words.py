"""What Alipay's codes mean for a charge and for money on its way back.

Sources: opendocs.alipay.com alipay.trade.pay, .query, .cancel, .refund, .fastpay.refund.query; the
sub-codes as under open.alitrip.com/docs/doc.htm, articleId=104632 (pay) and 104636 (refund).
A code that is not listed decides nothing.
"""

from __future__ import annotations

from boxoffice.payments.protocol import Outcome, RefundOutcome, Timing, Why
from boxoffice.payments.wechat_words import Meaning, RefundMeaning

TIMING = Timing(
    answer_within_s=5.0,
    first_query_s=3.0,
    query_every_s=3.0,
    give_up_s=60.0,
    reverse_not_before_s=0.0,
    reverse_every_s=3.0,
    reverse_give_up_s=60.0,
    look_again_s=60.0,
    forget_after_s=600.0,
)
"""DOMAIN.md, "Payment codes": no answer in 5 s: query every 3 to 5 s; give up at about 60 s and
cancel. How late a refund may come stands in the merchant's contract: the company says so. Ours: how
long to repeat a cancellation; when a number nobody knows was never charged (an unpaid trade closes
by itself after 3 minutes)."""

NUMBER = r"[0-9A-Za-z_]{1,64}"

DONE, WAITING, UNCLEAR, REFUSED = "10000", "10003", "20000", "40004"
NOT_LET_IN = frozenset({"20001", "40001", "40002", "40003", "40006"})
"""The gateway itself turned the message away: application, key, rights or a parameter."""
LIMITED = "40005"
CLOCK = "isv.invalid-timestamp"

TRADE_STATES: dict[str, Meaning] = {
    "WAIT_BUYER_PAY": (Outcome.WAITING, Why.PASSWORD),
    "TRADE_SUCCESS": (Outcome.PAID, Why.NONE),
    "TRADE_FINISHED": (Outcome.PAID, Why.NONE),
    "TRADE_CLOSED": (Outcome.CLOSED, Why.NONE),
}

EVERYWHERE: dict[str, Meaning] = {
    "SYSTEM_ERROR": (Outcome.UNKNOWN, Why.BUSY),
    "ACCESS_FORBIDDEN": (Outcome.UNKNOWN, Why.NOT_SET_UP),
    "PARTNER_ERROR": (Outcome.UNKNOWN, Why.NOT_SET_UP),
    "SELLER_BEEN_BLOCKED": (Outcome.UNKNOWN, Why.NOT_SET_UP),
}

PAY: dict[str, Meaning] = EVERYWHERE | {
    **dict.fromkeys(
        ("ACCESS_FORBIDDEN", "PARTNER_ERROR", "SELLER_BEEN_BLOCKED", "BEYOND_PAY_RESTRICTION"),
        (Outcome.DECLINED, Why.NOT_SET_UP),
    ),
    **dict.fromkeys(
        ("INVALID_STORE_ID", "SUB_MERCHANT_CREATE_FAIL", "SUB_MERCHANT_TYPE_INVALID"),
        (Outcome.DECLINED, Why.NOT_SET_UP),
    ),
    **dict.fromkeys(
        ("INVALID_PARAMETER", "EXIST_FORBIDDEN_WORD", "TOTAL_FEE_EXCEED", "PAYMENT_FAIL"),
        (Outcome.DECLINED, Why.OTHER),
    ),
    **dict.fromkeys(
        ("PAYMENT_AUTH_CODE_INVALID", "SOUNDWAVE_PARSER_FAIL"),
        (Outcome.DECLINED, Why.CODE_EXPIRED),
    ),
    **dict.fromkeys(
        (
            "BUYER_BALANCE_NOT_ENOUGH",
            "BUYER_BANKCARD_BALANCE_NOT_ENOUGH",
            "ERROR_BALANCE_PAYMENT_DISABLE",
            "NO_PAYMENT_INSTRUMENTS_AVAILABLE",
        ),
        (Outcome.DECLINED, Why.BALANCE),
    ),
    **dict.fromkeys(
        (
            "BUYER_SELLER_EQUAL",
            "BUYER_ENABLE_STATUS_FORBID",
            "BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR",
            "BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR",
            "BEYOND_PER_RECEIPT_RESTRICTION",
            "ERROR_BUYER_CERTIFY_LEVEL_LIMIT",
            "MOBILE_PAYMENT_SWITCH_OFF",
            "USER_FACE_PAYMENT_SWITCH_OFF",
            "PULL_MOBILE_CASHIER_FAIL",
            "PAYMENT_REQUEST_HAS_RISK",
            "AGREEMENT_NOT_EXIST",
        ),
        (Outcome.DECLINED, Why.CUSTOMER),
    ),
    "TRADE_HAS_CLOSE": (Outcome.CLOSED, Why.NUMBER_USED),
    # Something is known under that number, and this answer does not say what: it is asked about.
    "TRADE_HAS_SUCCESS": (Outcome.UNKNOWN, Why.NUMBER_USED),
    "CONTEXT_INCONSISTENT": (Outcome.UNKNOWN, Why.NUMBER_USED),
    "TRADE_BUYER_NOT_MATCH": (Outcome.UNKNOWN, Why.NUMBER_USED),
}

USED_WORDS = ("已使用", "已被使用")

QUERY: dict[str, Meaning] = EVERYWHERE | {"TRADE_NOT_EXIST": (Outcome.ABSENT, Why.NONE)}

CANCEL: dict[str, Meaning] = QUERY | {
    "SELLER_BALANCE_NOT_ENOUGH": (Outcome.UNKNOWN, Why.MERCHANT_BALANCE),
    "REASON_TRADE_BEEN_FREEZEN": (Outcome.UNKNOWN, Why.OTHER),
    "TRADE_CANCEL_TIME_OUT": (Outcome.UNKNOWN, Why.TOO_LATE),
    # A trade is finished when it was paid and its time for refunds is over.
    "TRADE_HAS_FINISHED": (Outcome.PAID, Why.TOO_LATE),
}

REFUND: dict[str, RefundMeaning] = {
    "SYSTEM_ERROR": (RefundOutcome.UNKNOWN, Why.BUSY, True),
    "SELLER_BALANCE_NOT_ENOUGH": (RefundOutcome.REFUSED, Why.MERCHANT_BALANCE, True),
    "TRADE_HAS_FINISHED": (RefundOutcome.REFUSED, Why.TOO_LATE, False),
    **dict.fromkeys(
        ("REFUND_AMT_NOT_EQUAL_TOTAL", "REASON_TRADE_REFUND_FEE_ERR", "REFUND_FEE_ERROR"),
        (RefundOutcome.REFUSED, Why.TOO_MUCH, False),
    ),
    **dict.fromkeys(
        ("TRADE_NOT_EXIST", "TRADE_STATUS_ERROR", "REASON_TRADE_STATUS_INVALID"),
        (RefundOutcome.REFUSED, Why.OTHER, False),
    ),
    **dict.fromkeys(
        ("INVALID_PARAMETER", "TRADE_NOT_ALLOW_REFUND", "REASON_TRADE_BEEN_FREEZEN"),
        (RefundOutcome.REFUSED, Why.OTHER, False),
    ),
    **dict.fromkeys(
        ("ACCESS_FORBIDDEN", "PARTNER_ERROR"), (RefundOutcome.REFUSED, Why.NOT_SET_UP, True)
    ),
    # The buyer's account is gone or shut: no way back to it.
    **dict.fromkeys(
        ("BUYER_ERROR", "BUYER_ENABLE_STATUS_FORBID"), (RefundOutcome.DEAD, Why.CUSTOMER, False)
    ),
    # The number is known with another amount: what it was is asked about.
    "DISCORDANT_REPEAT_REQUEST": (RefundOutcome.UNKNOWN, Why.NUMBER_USED, False),
}

REFUND_QUERY: dict[str, RefundMeaning] = {
    "SYSTEM_ERROR": (RefundOutcome.UNKNOWN, Why.BUSY, True),
    "TRADE_NOT_EXIST": (RefundOutcome.ABSENT, Why.OTHER, True),
    "ACCESS_FORBIDDEN": (RefundOutcome.UNKNOWN, Why.NOT_SET_UP, True),
}

BANK_STATES: dict[str, RefundMeaning] = {
    "S": (RefundOutcome.ARRIVED, Why.NONE, True),
    "P": (RefundOutcome.ACCEPTED, Why.NONE, True),
    # The card did not take it: Alipay has put the money into the buyer's own balance there.
    "F": (RefundOutcome.ARRIVED, Why.CARD, True),
}
"""dback_status of deposit_back_info: how the bank does with money that goes back to a card."""


def plain(sub_code: object) -> str:
    """A sub-code without the name of the house it comes from (ACQ., aop.ACQ.)."""
    return str(sub_code or "").rpartition(".")[2].upper()
