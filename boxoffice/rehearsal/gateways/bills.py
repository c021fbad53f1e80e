"""The bills of a day as the simulated companies hand them out, made from their books.

WeChat Pay: pay.weixin.qq.com/docs/merchant/products/bill-download/format-trade.html. Alipay: the
ZIP of "业务明细" behind alipay.data.dataservice.bill.downloadurl.query. A day is a calendar day of
China.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from boxoffice import clock
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.book_rows import State, Trade

FEE_PER_MILLE = 6
"""0.6 %: what both take of a merchant by default."""

WECHAT_HEAD = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,"
    "退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
WECHAT_TOTALS = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)
ALIPAY_HEAD = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,"
    "订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,"
    "券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
ALIPAY_TOTALS = (
    "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,"
    "商家优惠（元）,服务费（元）,分润（元）,实收净额（元）"
)
MERCHANT, APP, ACCOUNT, STORE = (
    "1900000109",
    "wx8888888888888888",
    "20880000000001560156",
    "boxoffice",
)


@dataclass(frozen=True)
class _Line:
    """One movement of the day: a payment, or money that went back."""

    at: datetime
    trade: Trade
    fen: int
    """Below zero where it went back."""
    refund: str = ""
    refund_reference: str = ""
    reversal: bool = False
    state: str = ""


def wechat_bill(book: Book, day: date, *, bom: bool = False) -> bytes | None:
    """All trades of a day; none where there were none, as the company has it."""
    lines = list(_lines(book, day))
    if not lines:
        return None
    rows = [WECHAT_HEAD, *(_wechat_row(line) for line in lines), WECHAT_TOTALS]
    paid = sum(line.fen for line in lines if line.fen > 0)
    back = -sum(line.fen for line in lines if line.fen < 0)
    fee = _five(-sum(_cut_fee_fen(line.fen) for line in lines))
    rows.append(
        _ticked(len(lines), _yuan(paid), _yuan(back), "0.00", fee, _yuan(paid), _yuan(back))
    )
    text = "\r\n".join(rows) + "\r\n"
    return text.encode("utf-8-sig" if bom else "utf-8")


def _wechat_row(line: _Line) -> str:
    trade, back = line.trade, max(0, -line.fen)
    paid = max(0, line.fen)
    state = ("REVOKED" if line.reversal else "REFUND") if line.fen < 0 else "SUCCESS"
    return _ticked(
        _time(line.at), APP, MERCHANT, "0", trade.window, trade.reference, trade.number,
        "oSimulatedCustomer", "MICROPAY", state, "OTHERS", "CNY", _yuan(paid), "0.00",
        line.refund_reference or "0", line.refund or "0", _yuan(back), "0.00",
        "ORIGINAL" if back else "", line.state, _plain(trade.subject), "",
        _five(-_cut_fee_fen(line.fen)), "0.60%",
        _yuan(paid), _yuan(back), "",
    )  # fmt: skip


def alipay_bill(book: Book, day: date) -> bytes | None:
    """A ZIP with the lines of a day and their sums by shop, names and contents in GBK."""
    lines = list(_lines(book, day))
    if not lines:
        return None
    start = f"{ACCOUNT}_{day:%Y%m%d}"
    files = {
        f"{start}_业务明细.csv": _alipay_lines(lines, day),
        f"{start}_业务明细(汇总).csv": _alipay_sums(lines, day),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = _GbkName(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            archive.writestr(info, text.encode("gbk", errors="replace"), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _GbkName(zipfile.ZipInfo):
    """A file whose name stands in GBK and does not say so, as Alipay packs it.

    The standard library has only this place to choose the bytes of a name.
    """

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits


def _alipay_lines(lines: list[_Line], day: date) -> str:
    paid = [line.fen for line in lines if line.fen > 0]
    back = [line.fen for line in lines if line.fen < 0]
    return "\r\n".join(
        [
            *_alipay_head("业务明细", day),
            ALIPAY_HEAD,
            *(_alipay_row(line) for line in lines),
            "#-----------------------------------------业务明细列表结束------------------------------------",
            f"#交易合计：{len(paid)}笔，商家实收共{_yuan(sum(paid))}元，商家优惠共0.00元",
            f"#退款合计：{len(back)}笔，商家实收退款共{_yuan(sum(back))}元，商家优惠退款共0.00元",
            f"#导出时间：[{clock.venue(clock.now()):%Y年%m月%d日 %H:%M:%S}]",
            "",
        ]
    )


def _alipay_row(line: _Line) -> str:
    trade, amount = line.trade, _yuan(line.fen)
    return _tabbed(
        trade.reference, trade.number, "退款" if line.fen < 0 else "交易", _plain(trade.subject),
        _time(trade.begun_at), _time(line.at), STORE, STORE, "", trade.window, "模拟顾客(sim***)",
        amount, amount, "0.00", "0.00", "0.00", "0.00", "0.00", "", "0.00", "0.00", line.refund,
        _cut_fee(line.fen), "0.00", "",
    )  # fmt: skip


def _alipay_sums(lines: list[_Line], day: date) -> str:
    paid = sum(1 for line in lines if line.fen > 0)
    total = sum(line.fen for line in lines)
    fee = sum(_cut_fee_fen(line.fen) for line in lines)
    counts = (str(paid), str(len(lines) - paid), _yuan(total), _yuan(total), "0.00", "0.00")
    last = (_yuan(fee), "0.00", _yuan(total + fee))
    return "\r\n".join(
        [
            *_alipay_head("业务明细汇总", day),
            ALIPAY_TOTALS,
            _tabbed(STORE, STORE, *counts, *last),
            _tabbed("合计", "", *counts, *last),
            "#-----------------------------------------业务汇总列表结束------------------------------------",
            "",
        ]
    )


def _alipay_head(what: str, day: date) -> list[str]:
    return [
        f"#支付宝{what}查询",
        f"#账号：[{ACCOUNT}]",
        f"#起始日期：[{day:%Y年%m月%d日} 00:00:00]   "
        f"终止日期：[{day + timedelta(days=1):%Y年%m月%d日} 00:00:00]",
        f"#-----------------------------------------{what}列表----------------------------------------",
    ]


def _lines(book: Book, day: date) -> Iterator[_Line]:
    """What moved on a day, in its order."""
    found = []
    for trade in book.trades.values():
        if trade.paid_at is None:
            continue
        found.append(_Line(trade.paid_at, trade, trade.amount_fen))
        if trade.state is State.GIVEN_BACK and trade.ended_at is not None:
            number = trade.number
            found.append(
                _Line(trade.ended_at, trade, -trade.amount_fen, number, "", True, "SUCCESS")
            )
    for refund in book.refunds.values():
        trade, number, reference = book.trades[refund.charge], refund.number, refund.reference
        state = {"done": "SUCCESS", "pending": "PROCESSING"}.get(refund.state, "CHANGE")
        found.append(
            _Line(refund.begun_at, trade, -refund.amount_fen, number, reference, state=state)
        )
    found.sort(key=lambda line: line.at)
    return (line for line in found if clock.venue(line.at).date() == day)


def _ticked(*values: object) -> str:
    """Values with a backtick before each, so that a spreadsheet leaves them alone."""
    return ",".join(f"`{value}" for value in values)


def _tabbed(*values: str) -> str:
    """Values with a tab behind each, for the same reason."""
    return ",".join(f"{value}\t" for value in values)


def _plain(text: str) -> str:
    return text.replace(",", "，").replace("\n", " ")


def _yuan(fen: int) -> str:
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def _five(fen: int) -> str:
    """A fee as WeChat writes it: whole fen, in yuan with five decimals."""
    return f"{_yuan(fen)}000"


def _cut_fee_fen(fen: int) -> int:
    """The fee as both take it: whole fen, half up, and against the direction of the money."""
    rounded = (abs(fen) * FEE_PER_MILLE + 500) // 1000
    return -rounded if fen > 0 else rounded


def _cut_fee(fen: int) -> str:
    return _yuan(_cut_fee_fen(fen))


def _time(moment: datetime) -> str:
    return clock.venue(moment).strftime("%Y-%m-%d %H:%M:%S")
