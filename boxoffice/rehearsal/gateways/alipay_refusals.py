"""How the simulated Alipay names its methods, its states and its refusals."""

from __future__ import annotations

from boxoffice.rehearsal.gateways.book_rows import BackState, State, Verdict
from boxoffice.rehearsal.gateways.days import Step

STEPS = {
    "alipay.trade.pay": Step.CHARGE,
    "alipay.trade.query": Step.QUERY,
    "alipay.trade.cancel": Step.REVERSE,
    "alipay.trade.refund": Step.REFUND,
    "alipay.trade.fastpay.refund.query": Step.REFUND_QUERY,
    "alipay.data.dataservice.bill.downloadurl.query": Step.BILL,
}
TRADE_STATES = {
    State.WAITING: "WAIT_BUYER_PAY",
    State.PAID: "TRADE_SUCCESS",
    State.FAILED: "TRADE_CLOSED",
    State.CLOSED: "TRADE_CLOSED",
    State.GIVEN_BACK: "TRADE_CLOSED",
}
Refusals = dict[Verdict, tuple[str, str]]
PAY_REFUSALS: Refusals = {
    Verdict.NUMBER_USED: ("ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改"),
    Verdict.CODE_USED: ("ACQ.PAYMENT_AUTH_CODE_INVALID", "付款码已使用"),
    Verdict.CODE_EXPIRED: (
        "ACQ.PAYMENT_AUTH_CODE_INVALID",
        "支付失败，获取顾客账户信息失败，请顾客刷新付款码后重新收款",
    ),
    Verdict.BALANCE: ("ACQ.BUYER_BALANCE_NOT_ENOUGH", "买家余额不足"),
}
CANCEL_REFUSALS: Refusals = {
    Verdict.MERCHANT_BALANCE: (
        "ACQ.SELLER_BALANCE_NOT_ENOUGH",
        "商户的支付宝账户中无足够的资金进行撤销",
    ),
    Verdict.TOO_LATE: ("ACQ.TRADE_CANCEL_TIME_OUT", "超过撤销时间范围"),
}
REFUND_REFUSALS: Refusals = {
    Verdict.NUMBER_USED: ("ACQ.DISCORDANT_REPEAT_REQUEST", "请求信息不一致"),
    Verdict.ABSENT: ("ACQ.TRADE_NOT_EXIST", "交易不存在"),
    Verdict.NOT_PAID: ("ACQ.TRADE_STATUS_ERROR", "交易状态非法"),
    Verdict.MERCHANT_BALANCE: ("ACQ.SELLER_BALANCE_NOT_ENOUGH", "卖家余额不足"),
    Verdict.TOO_MUCH: ("ACQ.REASON_TRADE_REFUND_FEE_ERR", "退款金额无效"),
    Verdict.TOO_LATE: ("ACQ.TRADE_HAS_FINISHED", "交易已完结"),
    Verdict.DEAD: ("ACQ.BUYER_ERROR", "买家状态异常"),
}
BANK = {BackState.PENDING: "P", BackState.DONE: "S", BackState.ABNORMAL: "F"}
