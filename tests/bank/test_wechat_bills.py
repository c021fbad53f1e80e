"""Trade bills of WeChat Pay: every kind and age, by the names of their columns."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from boxoffice.bank.bill import BOTH, Kind, Period
from tests.bank import bill_files as files

PLAIN = files.wechat(
    files.charge("A1", "1,280.00", fee="7.68"),
    files.charge("A2", "0.05"),
    files.refund("A1", "R1", "640.00", fee="-3.84"),
    totals=["3", "1280.05", "640.00", "0.00", "3.84000", "1280.05", "640.00"],
).replace("1,280.00", "1280.00")


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_all_trades_of_a_day(mark: str, end: str):
    bill = files.read_one(mark + PLAIN.replace("\r\n", end))
    assert (bill.party, bill.covers, bill.merchants) == ("wechat", BOTH, {"1900000109"})
    assert bill.whole
    assert bill.period == Period(date(2025, 10, 1), date(2025, 10, 1))
    first, second, back = bill.rows
    assert (first.kind, first.number, first.reference) == (Kind.CHARGE, "A1", "42A1")
    assert (first.fen, first.fee_fen) == (128_000, 768)
    assert first.at == datetime(2025, 10, 1, 2, 15, 30, tzinfo=UTC)
    assert second.fen == 5
    assert (back.kind, back.number, back.reference, back.charge) == (
        *(Kind.REFUND, "R1", "50R1", "A1"),
    )
    assert (back.fen, back.fee_fen) == (64_000, -384)
    assert [(each.name, each.stated, each.counted) for each in bill.checks][:3] == [
        ("总交易单数", 3, 3),
        ("应结订单总金额", 128_005, 128_005),
        ("退款总金额", 64_000, 64_000),
    ]


def test_goods_may_hold_commas_and_quotes():
    line = files.charge("A1", "10.00", goods='3 "seats", row 2, `box`')
    bill = files.read_one(
        files.wechat(line, totals=["1", "10.00", "0.00", "0.00", "0.00", "10.00", "0.00"])
    )
    assert bill.whole
    assert [row.number for row in bill.rows] == ["A1"]


def test_successful_trades_only():
    cells = ["2025-10-01 23:59:59", "wx01", "1900000109", "0", "W07", "42A1", "A1", "oX"]
    cells += ["MICROPAY", "SUCCESS", "CFT", "CNY", "95.00", "5.00", "tickets", ""]
    cells += ["0.57000", "0.60%", "100.00", ""]
    text = "\n".join(
        [
            *(files.WECHAT_SUCCESS, files.ticked(*cells), files.WECHAT_TOTALS),
            files.ticked("1", "95.00", "0.00", "0.00", "0.57000", "100.00", "0.00"),
        ]
    )
    bill = files.read_one(text)
    assert bill.covers == {Kind.CHARGE}
    assert [(row.fen, row.borne_fen, row.fee_fen) for row in bill.rows] == [(10_000, 500, 57)]
    # That bill has no column of what was asked back, so this total has nothing to be held against.
    assert {each.name for each in bill.checks if not each.agrees} == set()


def test_refunds_only():
    cells = ["2025-09-20 10:00:00", "wx01", "1900000109", "0", "W07", "42A1", "A1", "oX"]
    cells += ["MICROPAY", "REFUND", "CFT", "CNY", "0.00", "0.00"]
    cells += ["2025-10-01 09:00:00", "2025-10-01 09:00:07", "50R1", "R1", "38.00", "2.00"]
    cells += ["ORIGINAL", "SUCCESS", "tickets", "", "-0.24000", "0.60%", "0.00", "40.00", ""]
    text = "\n".join(
        [
            *(files.WECHAT_REFUND, files.ticked(*cells), files.WECHAT_TOTALS),
            files.ticked("1", "0.00", "38.00", "2.00", "-0.24000", "0.00", "40.00"),
        ]
    )
    bill = files.read_one(text)
    assert bill.whole
    assert bill.covers == {Kind.REFUND}
    (row,) = bill.rows
    assert (row.fen, row.borne_fen, row.fee_fen, row.day) == (4_000, 200, -24, date(2025, 10, 1))


def test_an_old_bill():
    cells = ["2014-11-1016：33：45", "wx01", "10000100", "0", "1000", "42A1", "1415640626", "oX"]
    cells += ["MICROPAY", "SUCCESS", "CFT", "CNY", "0.01", "0.0", "0", "0", "0", "0", "", ""]
    cells += ["刷卡支付", "额外", "0", "0.60%"]
    text = "\n".join(
        [
            *(files.WECHAT_OLD, files.ticked(*cells)),
            *(files.WECHAT_OLD_TOTALS, files.ticked("1", "0.01", "0.0", "0.0", "0")),
        ]
    )
    bill = files.read_one(text)
    assert bill.whole
    assert [(row.number, row.fen) for row in bill.rows] == [("1415640626", 1)]
    assert bill.rows[0].at == datetime(2014, 11, 10, 8, 33, 45, tzinfo=UTC)


def test_columns_in_another_order_and_without_ticks():
    text = "商户订单号,交易时间,订单金额,微信订单号,交易状态,商户退款单号,申请退款金额\n"
    text += "A1,2025/10/1 9:05,88.00,42A1,SUCCESS,,\n"
    bill = files.read_one(text)
    assert [(row.number, row.fen) for row in bill.rows] == [("A1", 8_800)]
    assert bill.totals_missing
    assert not bill.whole


def test_a_reversed_payment_is_a_refund_of_its_charge():
    reversed_ = files.refund("A1", "", "20.00", state="REVOKED")
    bill = files.read_one(
        files.wechat(
            *(files.charge("A1", "20.00"), reversed_),
            totals=["2", "20.00", "20.00", "0.00", "0.00", "20.00", "20.00"],
        )
    )
    assert bill.whole
    back = bill.rows[1]
    assert (back.kind, back.number, back.charge, back.fen) == (Kind.REFUND, "", "A1", 2_000)


def test_a_refund_that_failed_moved_nothing():
    failed = files.refund("A1", "R1", "20.00", refund_state="FAIL")
    bill = files.read_one(
        files.wechat(
            *(files.charge("A1", "20.00"), failed),
            totals=["2", "20.00", "20.00", "0.00", "0.00", "20.00", "20.00"],
        )
    )
    assert bill.whole
    assert [row.fen for row in bill.rows] == [2_000, 0]


def test_totals_that_do_not_fit_are_shown():
    cut = files.wechat(
        files.charge("A1", "20.00"),
        totals=["2", "50.00", "0.00", "0.00", "0.00", "50.00", "0.00"],
    )
    bill = files.read_one(cut)
    assert not bill.whole
    wrong = {each.name: (each.stated, each.counted) for each in bill.checks if not each.agrees}
    assert wrong == {
        "总交易单数": (2, 1),
        "应结订单总金额": (5_000, 2_000),
        "订单总金额": (5_000, 2_000),
    }


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (files.charge("A1", "ten", settled="0.00"), "订单金额"),
        (files.charge("A1", "10.005", settled="10.00"), "订单金额"),
        (files.charge("A1", "10.00", at="yesterday"), "交易时间"),
        (files.charge("A1", "10.00", currency="HKD"), "货币种类"),
        (files.charge("A1", "10.00", state="NOTPAY"), "交易状态"),
        (files.charge("4.00123E+27", "10.00"), "商户订单号"),
        (files.charge("=1+1", "10.00"), "商户订单号"),
        (files.charge("A1", "0.00"), "订单金额"),
        (files.charge("A1", "10.00") + ",`one more", "费率备注"),
        (files.ticked("2025-10-01 10:00:00", "wx01"), "商户号"),
    ],
)
def test_a_line_that_is_not_understood_is_told(line: str, column: str):
    good = files.charge("A9", "10.00")
    bill = files.read_one(
        files.wechat(good, line, totals=["2", "20.00", "0.00", "0.00", "0.00", "20.00", "0.00"])
    )
    assert [row.number for row in bill.rows] == ["A9"]
    assert {(each.line, each.column) for each in bill.troubles} == {(3, column)}
    assert not bill.whole
