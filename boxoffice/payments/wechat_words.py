"""What WeChat Pay's states and error codes mean for a charge and for money on its way back.

Sources: pay.weixin.qq.com/doc/v3/merchant/4012382150 (code payment, v3), 4013070356 (query by our
number), doc/v2/merchant/4011937125 (code payment, v2: the list of error codes), refunds under
/v3/refund/domestic/refunds, github.com/binarywang/WxJava issue 4050 (USERPAYING comes as 202). The
two generations write the same codes with and without underscores, so none are compared.
A code that is not listed decides nothing.
"""

from __future__ import annotations

from boxoffice.payments.protocol import Outcome, RefundOutcome, Timing, Why

TIMING = Timing(
    answer_within_s=5.0,
    first_query_s=5.0,
    query_every_s=5.0,
    give_up_s=45.0,
    reverse_not_before_s=15.0,
    reverse_every_s=5.0,
    reverse_give_up_s=60.0,
    look_again_s=60.0,
    forget_after_s=600.0,
    refund_apart_s=60.0,
    most_refunds=50,
    refund_within_days=365,
    reverse_within_days=7,
)
"""DOMAIN.md, "Payment codes": query every 5 s up to 45 s, reverse not before 15 s and within 7
days, 50 partial refunds a minute apart within a year. Ours: how long to wait for one answer, how
long to repeat a reversal, and when a number nobody knows was never charged: a payment code lives
for a minute, so a charge that took ten to arrive cannot be taken any more."""

NUMBER = r"[0-9A-Za-z_\-|*]{6,32}"
REFUND_NUMBER = r"[0-9A-Za-z_\-|*@]{1,64}"

Meaning = tuple[Outcome, Why]
RefundMeaning = tuple[RefundOutcome, Why, bool]
"""The last says whether the same number may be sent again."""

STATES: dict[str, Meaning] = {
    "SUCCESS": (Outcome.PAID, Why.NONE),
    "REFUND": (Outcome.PAID, Why.NONE),
    # Nobody paid yet, and nobody says that nobody will: it is reversed when its time is over.
    "NOTPAY": (Outcome.WAITING, Why.CUSTOMER),
    "USERPAYING": (Outcome.WAITING, Why.PASSWORD),
    "ACCEPT": (Outcome.WAITING, Why.PASSWORD),
    "CLOSED": (Outcome.CLOSED, Why.NONE),
    "REVOKED": (Outcome.CLOSED, Why.NONE),
    "PAYERROR": (Outcome.DECLINED, Why.CUSTOMER),
}

EVERYWHERE: dict[str, Meaning] = {
    "SYSTEMERROR": (Outcome.UNKNOWN, Why.BUSY),
    "BANKERROR": (Outcome.UNKNOWN, Why.BUSY),
    "BIZERRNEEDRETRY": (Outcome.UNKNOWN, Why.BUSY),
    "FREQUENCYLIMITED": (Outcome.UNKNOWN, Why.BUSY),
    "FREQUENCYLIMITEXCEED": (Outcome.UNKNOWN, Why.BUSY),
    "RATELIMITEXCEED": (Outcome.UNKNOWN, Why.BUSY),
    "RATELIMITEXCEEDED": (Outcome.UNKNOWN, Why.BUSY),
    "SIGNERROR": (Outcome.UNKNOWN, Why.NOT_SET_UP),
    "NOAUTH": (Outcome.UNKNOWN, Why.NOT_SET_UP),
    "APPIDNOTEXIST": (Outcome.UNKNOWN, Why.NOT_SET_UP),
    "MCHIDNOTEXIST": (Outcome.UNKNOWN, Why.NOT_SET_UP),
    "MCHNOTEXISTS": (Outcome.UNKNOWN, Why.NOT_SET_UP),
    "APPIDMCHIDNOTMATCH": (Outcome.UNKNOWN, Why.NOT_SET_UP),
}

CHARGE: dict[str, Meaning] = EVERYWHERE | {
    "USERPAYING": (Outcome.WAITING, Why.PASSWORD),
    "NOAUTH": (Outcome.DECLINED, Why.NOT_SET_UP),
    "APPIDNOTEXIST": (Outcome.DECLINED, Why.NOT_SET_UP),
    "MCHIDNOTEXIST": (Outcome.DECLINED, Why.NOT_SET_UP),
    "MCHNOTEXISTS": (Outcome.DECLINED, Why.NOT_SET_UP),
    "APPIDMCHIDNOTMATCH": (Outcome.DECLINED, Why.NOT_SET_UP),
    "PARAMERROR": (Outcome.DECLINED, Why.OTHER),
    "LACKPARAMS": (Outcome.DECLINED, Why.OTHER),
    "AUTHCODEEXPIRE": (Outcome.DECLINED, Why.CODE_EXPIRED),
    "AUTHCODEEXPIRED": (Outcome.DECLINED, Why.CODE_EXPIRED),
    "AUTHCODEERROR": (Outcome.DECLINED, Why.CODE_EXPIRED),
    "AUTHCODEINVALID": (Outcome.DECLINED, Why.CODE_EXPIRED),
    "NOTENOUGH": (Outcome.DECLINED, Why.BALANCE),
    "NOTSUPORTCARD": (Outcome.DECLINED, Why.CARD),
    "ACCOUNTERROR": (Outcome.DECLINED, Why.CUSTOMER),
    "TRADEERROR": (Outcome.DECLINED, Why.CUSTOMER),
    "RULELIMIT": (Outcome.DECLINED, Why.CUSTOMER),
    "ORDERCLOSED": (Outcome.CLOSED, Why.NUMBER_USED),
    "ORDERREVERSED": (Outcome.CLOSED, Why.NUMBER_USED),
    # Something is known under that number, and this answer does not say what: it is asked about.
    "ORDERPAID": (Outcome.UNKNOWN, Why.NUMBER_USED),
    "OUTTRADENOUSED": (Outcome.UNKNOWN, Why.NUMBER_USED),
    "BUYERMISMATCH": (Outcome.UNKNOWN, Why.NUMBER_USED),
}

USED_WORDS = ("使用一次", "已使用", "已被使用", "只能使用")
"""How AUTH_CODE_INVALID tells a code that was used from one that ran out
(developers.weixin.qq.com/community/pay/doc/000ceec0720af85fbc4bab63056000)."""

CLOCK_WORDS = ("timestamp", "时间戳")
"""How 401 tells a wrong clock ("the timestamp may not be 5 minutes from the time of the request",
signature questions of the v3 documents) from a wrong key."""

QUERY: dict[str, Meaning] = EVERYWHERE | {
    "ORDERNOTEXIST": (Outcome.ABSENT, Why.NONE),
    "RESOURCENOTEXISTS": (Outcome.ABSENT, Why.NONE),
    "NOTFOUND": (Outcome.ABSENT, Why.NONE),
    "ORDERCLOSED": (Outcome.CLOSED, Why.NONE),
}

REVERSE: dict[str, Meaning] = QUERY | {
    "USERPAYING": (Outcome.UNKNOWN, Why.PASSWORD),
    "ORDERREVERSED": (Outcome.CLOSED, Why.NONE),
    "NOTENOUGH": (Outcome.UNKNOWN, Why.MERCHANT_BALANCE),
    "REVERSEEXPIRE": (Outcome.UNKNOWN, Why.TOO_LATE),
}
REVERSE_NO_MORE = frozenset({"REVERSEEXPIRE"})
"""After these another reversal brings nothing; a query says how it stands."""

REFUND_STATES: dict[str, RefundMeaning] = {
    "SUCCESS": (RefundOutcome.ARRIVED, Why.NONE, True),
    "PROCESSING": (RefundOutcome.ACCEPTED, Why.NONE, True),
    "CLOSED": (RefundOutcome.CLOSED, Why.MERCHANT_BALANCE, False),
    "ABNORMAL": (RefundOutcome.DEAD, Why.CARD, False),
}

REFUND: dict[str, RefundMeaning] = {
    **{code: (RefundOutcome.UNKNOWN, why, True) for code, (_, why) in EVERYWHERE.items()},
    "FREQUENCYLIMITED": (RefundOutcome.REFUSED, Why.TOO_EARLY, True),
    "INVALIDREQTOOMUCH": (RefundOutcome.REFUSED, Why.TOO_EARLY, True),
    "NOTENOUGH": (RefundOutcome.REFUSED, Why.MERCHANT_BALANCE, True),
    "USERACCOUNTABNORMAL": (RefundOutcome.DEAD, Why.CUSTOMER, False),
    "TRADEOVERDUE": (RefundOutcome.REFUSED, Why.TOO_LATE, False),
    "REFUNDFEEINVALID": (RefundOutcome.REFUSED, Why.TOO_MUCH, False),
    "RESOURCENOTEXISTS": (RefundOutcome.REFUSED, Why.OTHER, False),
    "ORDERNOTEXIST": (RefundOutcome.REFUSED, Why.OTHER, False),
    "PARAMERROR": (RefundOutcome.REFUSED, Why.OTHER, False),
    "NOAUTH": (RefundOutcome.REFUSED, Why.NOT_SET_UP, True),
    "MCHNOTEXISTS": (RefundOutcome.REFUSED, Why.NOT_SET_UP, True),
    # The number is known with another amount: what it was is asked about.
    "REFUNDFEEMISMATCH": (RefundOutcome.UNKNOWN, Why.NUMBER_USED, False),
    "INVALIDREQUEST": (RefundOutcome.UNKNOWN, Why.OTHER, False),
}

INVALID_REFUND: tuple[tuple[str, RefundMeaning], ...] = (
    ("不一致", (RefundOutcome.UNKNOWN, Why.NUMBER_USED, False)),
    ("期限", (RefundOutcome.REFUSED, Why.TOO_LATE, False)),
    ("一年", (RefundOutcome.REFUSED, Why.TOO_LATE, False)),
    ("次数", (RefundOutcome.REFUSED, Why.TOO_MUCH, False)),
    ("金额", (RefundOutcome.REFUSED, Why.TOO_MUCH, False)),
    ("已全额退款", (RefundOutcome.REFUSED, Why.TOO_MUCH, False)),
)
"""INVALID_REQUEST is many things; its words tell which."""

REFUND_QUERY: dict[str, RefundMeaning] = {
    **{code: (RefundOutcome.UNKNOWN, why, True) for code, (_, why) in EVERYWHERE.items()},
    "RESOURCENOTEXISTS": (RefundOutcome.ABSENT, Why.NONE, True),
    "REFUNDNOTEXIST": (RefundOutcome.ABSENT, Why.NONE, True),
    "NOTFOUND": (RefundOutcome.ABSENT, Why.NONE, True),
}

NO_BILL = frozenset({"NOSTATEMENTEXIST", "NOBILLEXIST"})
BILL_LATER = frozenset({"STATEMENTCREATING", "BILLCREATING"})


def plain(code: object) -> str:
    """A code as both generations of documents write it."""
    return str(code or "").replace("_", "").upper()
