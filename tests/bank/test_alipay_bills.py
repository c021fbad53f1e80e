"""Business bills of Alipay: packed or not, in GBK or UTF-8, refunds of either sign."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from boxoffice.bank.bill import Kind, Period
from tests.bank import bill_files as files

SUMMARY = "#支付宝业务汇总查询\r\n门店编号,门店名称,交易订单总笔数\r\n合计,,2\r\n".encode("gb18030")


def day(sign: str) -> str:
    return files.alipay(
        files.alipay_line("B1", "交易", "560.00", fee="-3.36", at="2025-10-01 00:00:00"),
        files.alipay_line("B2", "交易", "30.00", got="25.00"),
        files.alipay_line("B1", "退款", f"{sign}280.00", refund="RB1", fee="1.68"),
        files.alipay_line("B1", "退款", f"{sign}0.50", refund="RB2"),
        charges="2/585.00",
        refunds=f"2/{sign}280.50",
    )


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("how", ["zip", "gbk", "utf-8", "utf-8-sig"])
def test_a_day(sign: str, how: str):
    text = day(sign)
    if how == "zip":
        detail = "2088_20251001_业务明细.csv"
        data = files.archive(
            **{"2088_20251001_业务明细(汇总).csv": SUMMARY, detail: text.encode("gb18030")}
        )
        bill = files.read_one(data, "2088_20251001.csv.zip")
        assert bill.name == f"2088_20251001.csv.zip ({detail})"
    else:
        bill = files.read_one(text.encode(how))
    assert bill.whole
    assert bill.party == "alipay"
    assert bill.merchants == {"20880000000000000156"}
    assert bill.period == Period(date(2025, 10, 1), date(2025, 10, 1))
    assert [(row.kind, row.number, row.fen, row.fee_fen, row.borne_fen) for row in bill.rows] == [
        (Kind.CHARGE, "B1", 56_000, 336, 0),
        (Kind.CHARGE, "B2", 3_000, 0, 500),
        (Kind.REFUND, "RB1", 28_000, -168, 0),
        (Kind.REFUND, "RB2", 50, 0, 0),
    ]
    assert bill.rows[0].at == datetime(2025, 9, 30, 16, tzinfo=UTC)
    assert [row.charge for row in bill.rows] == ["", "", "B1", "B1"]
    # Each refund of a trade repeats the trade's number: it must not be taken for the refund's own.
    assert [row.reference for row in bill.rows][2:] == ["", ""]
    assert len(bill.checks) == 4


def test_headings_with_half_width_units_and_comments_filled_up_by_a_spreadsheet():
    text = day("-").replace("（元）", "(元)")
    text = "\r\n".join(line + ",,,," if line[:1] == "#" else line for line in text.split("\r\n"))
    bill = files.read_one(text)
    assert bill.whole
    assert len(bill.rows) == 4


def test_a_footer_that_does_not_fit():
    text = day("-").replace("交易合计：2笔，商家实收共585.00", "交易合计：3笔，商家实收共600.00")
    bill = files.read_one(text)
    assert not bill.whole
    assert [(each.name, each.stated, each.counted) for each in bill.checks if not each.agrees] == [
        ("交易合计", 3, 2),
        ("商家实收", 60_000, 58_500),
    ]


def test_a_bill_without_its_end_may_have_been_cut_off():
    text = day("-").partition("#-----------------------------------------业务明细列表结束")[0]
    bill = files.read_one(text)
    assert bill.totals_missing
    assert not bill.whole


def test_a_kind_of_business_that_is_not_known_is_told():
    text = day("-").replace(",退款,", ",转账,", 1)
    bill = files.read_one(text)
    assert [(each.column, each.value) for each in bill.troubles] == [("业务类型", "转账")]
    assert not bill.whole


def test_an_empty_day():
    bill = files.read_one(files.alipay(charges="0/0.00", refunds="0/0.00"))
    assert bill.whole
    assert bill.rows == ()
    assert bill.period == Period(date(2025, 10, 1), date(2025, 10, 1))


def test_several_days():
    text = day("-").replace("终止日期：[2025年10月02日", "终止日期：[2025年10月04日")
    assert files.read_one(text).period == Period(date(2025, 10, 1), date(2025, 10, 3))
