"""How the simulated WeChat Pay names its ways, its states and its refusals."""

from __future__ import annotations

from boxoffice.rehearsal.gateways.book_rows import BackState, State, Verdict
from boxoffice.rehearsal.gateways.days import Step, Trouble

ROUTES: tuple[tuple[Step, str, str], ...] = (
    (Step.CHARGE, "POST", r"/v3/pay/transactions/codepay"),
    (Step.REVERSE, "POST", r"/v3/pay/transactions/out-trade-no/(?P<number>[^/]+)/reverse"),
    (Step.QUERY, "GET", r"/v3/pay/transactions/out-trade-no/(?P<number>[^/]+)"),
    (Step.REFUND, "POST", r"/v3/refund/domestic/refunds"),
    (Step.REFUND_QUERY, "GET", r"/v3/refund/domestic/refunds/(?P<number>[^/]+)"),
    (Step.BILL, "GET", r"/v3/bill/tradebill"),
    (Step.FILE, "GET", r"/v3/billdownload/file"),
)
TRADE_STATES = {
    State.WAITING: ("USERPAYING", "需要用户输入支付密码"),
    State.PAID: ("SUCCESS", "支付成功"),
    State.FAILED: ("PAYERROR", "支付失败，请撤销订单"),
    State.CLOSED: ("REVOKED", "订单已撤销"),
    State.GIVEN_BACK: ("REVOKED", "订单已撤销"),
}
REFUND_STATES = {
    BackState.PENDING: "PROCESSING",
    BackState.DONE: "SUCCESS",
    BackState.CLOSED: "CLOSED",
    BackState.ABNORMAL: "ABNORMAL",
}
REFUSALS: dict[Verdict, tuple[int, str, str]] = {
    Verdict.NUMBER_USED: (403, "OUT_TRADE_NO_USED", "商户订单号重复"),
    Verdict.CODE_USED: (400, "AUTH_CODE_INVALID", "101 每个二维码仅限使用一次，请刷新再试"),
    Verdict.CODE_EXPIRED: (400, "AUTH_CODE_EXPIRED", "101 付款码已过期，请退出重试"),
    Verdict.BALANCE: (403, "NOT_ENOUGH", "用户的账户余额不足"),
    Verdict.ABSENT: (404, "ORDER_NOT_EXIST", "订单不存在"),
    Verdict.TOO_LATE: (403, "REVERSE_EXPIRE", "订单超过撤销期限"),
    Verdict.MERCHANT_BALANCE: (403, "NOT_ENOUGH", "商户余额不足"),
}
REFUND_REFUSALS: dict[Verdict, tuple[int, str, str]] = {
    Verdict.NUMBER_USED: (400, "INVALID_REQUEST", "退款单号已存在，参数与原请求不一致"),
    Verdict.ABSENT: (404, "RESOURCE_NOT_EXISTS", "订单号不存在"),
    Verdict.NOT_PAID: (400, "INVALID_REQUEST", "订单未支付"),
    Verdict.MERCHANT_BALANCE: (403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起"),
    Verdict.TOO_MUCH: (400, "INVALID_REQUEST", "申请退款金额大于订单剩余可退金额"),
    Verdict.TOO_EARLY: (429, "FREQUENCY_LIMITED", "同一订单的部分退款请间隔一分钟"),
    Verdict.TOO_LATE: (400, "INVALID_REQUEST", "订单已超过可退款期限"),
    Verdict.DEAD: (403, "USER_ACCOUNT_ABNORMAL", "用户账户异常或已注销"),
}
TROUBLES = {
    Trouble.BUSY: (500, "SYSTEM_ERROR", "系统异常，请用相同参数重新调用"),
    Trouble.LIMITED: (429, "RATELIMIT_EXCEEDED", "请求频率过高"),
}
CLOCK_OFF = "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"
