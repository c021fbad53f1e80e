"""Bills as the payment companies write them, made by hand from their published columns."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from boxoffice.bank import bills, mapping
from boxoffice.bank.bill import Bill
from boxoffice.exchange import opening
from boxoffice.settings import RESOURCES

MAPPINGS = RESOURCES / "acquirers" / "mappings.csv"

WECHAT_ALL = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,"
    "退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
WECHAT_SUCCESS = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额,商品名称,商户数据包,手续费,费率,订单金额,费率备注"
)
WECHAT_REFUND = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,应结订单金额,代金券金额,退款申请时间,退款成功时间,微信退款单号,商户退款单号,"
    "退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,"
    "费率备注"
)
WECHAT_OLD = (
    "交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,"
    "付款银行,货币种类,总金额,企业红包金额,微信退款单号,商户退款单号,退款金额,企业红包退款金额,"
    "退款类型,退款状态,商品名称,商户数据包,手续费,费率"
)
WECHAT_TOTALS = (
    "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
)
WECHAT_OLD_TOTALS = "总交易单数,总交易额,总退款金额,总企业红包退款金额,手续费总金额"

ALIPAY = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,"
    "对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,"
    "券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,"
    "分润（元）,备注"
)


def ticked(*cells: str) -> str:
    """A line as WeChat Pay writes it."""
    return ",".join(f"`{cell}" for cell in cells)


def charge(number: str, yuan: str, **other: str) -> str:
    """A successful trade in a bill of all trades."""
    at = other.get("at", "2025-10-01 10:15:30")
    return ticked(
        *(at, "wx01", "1900000109", "0", "W07", "42" + number, number, "oX"),
        *("MICROPAY", other.get("state", "SUCCESS"), "OTHERS", other.get("currency", "CNY")),
        *(other.get("settled", yuan), "0.00", "0", "0", "0.00", "0.00", "", ""),
        *(other.get("goods", "tickets"), "", other.get("fee", "0.00"), "0.60%", yuan, "0.00", ""),
    )


def refund(charged: str, number: str, yuan: str, **other: str) -> str:
    """A refund in a bill of all trades."""
    at = other.get("at", "2025-10-01 15:00:00")
    return ticked(
        *(at, "wx01", "1900000109", "0", "W07", "42" + charged, charged, "oX"),
        *("MICROPAY", other.get("state", "REFUND"), "OTHERS", "CNY", "0.00", "0.00"),
        *("50" + number if number else "", number, other.get("refunded", yuan), "0.00"),
        *("ORIGINAL", other.get("refund_state", "SUCCESS"), "tickets", ""),
        *(other.get("fee", "0.00"), "0.60%", "0.00", yuan, ""),
    )


def wechat(*lines: str, totals: Sequence[str], header: str = WECHAT_ALL, end: str = "\r\n") -> str:
    """A whole bill of all trades."""
    return end.join([header, *lines, WECHAT_TOTALS, ticked(*totals), ""])


def alipay_line(number: str, kind: str, yuan: str, **other: str) -> str:
    """A line of Alipay's business bill, tabs and all."""
    at = other.get("at", "2025-10-01 10:20:00")
    got = other.get("got", yuan)
    return ",".join(
        [
            *(f"2025100122{number}\t", f"{number}\t", kind, "门票", at, at),
            *("\t", "\t", "\t", "\t", "***@example.com\t", yuan, got),
            *("0.00", "0.00", "0.00", "0.00", "0.00", "", "0.00\t", "0.00"),
            *(other.get("refund", "") + "\t", other.get("fee", "0.00"), "0.00", ""),
        ]
    )


def alipay(*lines: str, charges: str, refunds: str, header: str = ALIPAY) -> str:
    """A whole business bill; `charges` and `refunds` as count and yuan, such as 2/30.00."""
    (of, got), (back, gave) = charges.split("/"), refunds.split("/")
    return "\r\n".join(
        [
            "#支付宝业务明细查询",
            "#账号：[20880000000000000156]",
            "#起始日期：[2025年10月01日 00:00:00]   终止日期：[2025年10月02日 00:00:00]",
            "#-----------------------------------------业务明细列表------------------------------",
            header,
            *lines,
            "#-----------------------------------------业务明细列表结束--------------------------",
            f"#交易合计：{of}笔，商家实收共{got}元，商家优惠共0.00元",
            f"#退款合计：{back}笔，商家实收退款共{gave}元，商家优惠退款共0.00元",
            "#导出时间：[2025年10月02日 09:11:10]",
            "",
        ]
    )


def archive(**parts: bytes) -> bytes:
    """A ZIP whose names are in GBK without saying so, as Alipay packs it."""
    packed = io.BytesIO()
    names = {}
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for place, (name, data) in enumerate(parts.items()):
            in_gbk = name.encode("gb18030")
            stand_in = name if name.isascii() else f"part-{place}-".ljust(len(in_gbk), "x")
            names[stand_in.encode()] = in_gbk
            made.writestr(stand_in, data)
    whole = packed.getvalue()
    for stand_in_bytes, in_gbk in names.items():
        whole = whole.replace(stand_in_bytes, in_gbk)
    return whole


def read_all(data: bytes | str, name: str = "bill.csv") -> tuple[Bill, ...]:
    """The bills in these bytes, read with the mappings that ship."""
    opened = opening.open_bytes(data.encode() if isinstance(data, str) else data, name)
    known = mapping.read_mappings(opening.open_file(MAPPINGS).sheets, MAPPINGS.name)
    return bills.read(opened.sheets, name, opened.digest, mappings=known, known_as=opened.known_as)


def read_one(data: bytes | str, name: str = "bill.csv") -> Bill:
    """The one bill in these bytes."""
    (bill,) = read_all(data, name)
    return bill
