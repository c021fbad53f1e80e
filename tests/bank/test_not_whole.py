"""Bills that are not whole: what is wrong is said with line and column, whoever wrote them."""

from __future__ import annotations

import pytest

from boxoffice.bank import not_whole
from tests.bank import bill_files as files

ONE = files.charge("A1", "1.00")
TOTALS = ("1", "1.00", "0.00", "0.00", "0.00", "1.00", "0.00")
BILL = files.wechat(ONE, totals=TOTALS)
ALIPAY_LINE = files.alipay_line("B1", "交易", "30.00")
ALIPAY = files.alipay(ALIPAY_LINE, charges="1/30.00", refunds="0/0.00")
CARD = (
    "交易日期,交易时间,终端号,交易类型,商户订单号,交易金额,手续费,入账金额,检索参考号\n"
    "20251001,101530,T1,消费,1_1_1_A1,680.00,4.08,675.92,100000000001\n"
    "合计,,,,,680.00,4.08,675.92,\n"
)
FEN = (
    "TXN_DATE,TXN_TIME,TERM_ID,DC,ORIG_RRN,TXN_AMT,FEE_AMT,RRN,TXN_STS\n"
    "20251001,101530,T1,C,,000000068000,408,1001,00\n"
)


def said(text: str) -> list[str]:
    bill = files.read_one(text)
    found = [str(one) for one in not_whole.reasons(bill)]
    assert bool(found) != (bill.whole and bill.period is not None)
    return found


def test_whole_ones() -> None:
    for text in (BILL, ALIPAY, CARD, FEN):
        assert said(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            BILL.replace(ONE, ONE.rsplit(",", 4)[0]),
            [
                "line 2 has 23 columns instead of 27 columns; it breaks at column 费率",
                "line 4, column 应结订单总金额: it states 1.00, the lines come to 0.00",
                "line 4, column 订单总金额: it states 1.00, the lines come to 0.00",
            ],
        ),
        (
            BILL.replace(ONE, files.charge("A1", "one", settled="1.00")),
            [
                "line 2, column 订单金额: one stands there, an amount in yuan should",
                "line 4, column 订单总金额: it states 1.00, the lines come to 0.00",
            ],
        ),
        (
            BILL.replace(ONE, files.charge("", "1.00")),
            ["line 2, column 商户订单号: it is empty, a value should stand there"],
        ),
        (
            files.wechat(ONE, totals=("2", *TOTALS[1:])),
            ["line 4, column 总交易单数: it states 2, the lines come to 1"],
        ),
        (
            files.wechat(ONE, totals=(*TOTALS[:6], "none")),
            ["line 4, column 申请退款总金额: none stands there, an amount in yuan should"],
        ),
        (
            files.wechat(ONE, totals=TOTALS[:3]),
            ["line 4 has 3 columns instead of 7 columns; it breaks at column 充值券退款总金额"],
        ),
        (
            files.wechat(ONE, totals=("", *TOTALS[1:])),
            ["line 4, column 总交易单数: it is empty, a value should stand there"],
        ),
        (
            "\n".join(BILL.splitlines()[:2]),
            ["it ends at line 2 without its totals, so it may be cut off"],
        ),
        (
            ALIPAY.replace("30.00,30.00", "30.00,31.00"),
            ["line 8, column 商家实收: it states 30.00, the lines come to 31.00"],
        ),
        (
            ALIPAY.replace("商家实收共30.00元", "商家实收共1,2,3.999元"),
            [
                "line 8, column 交易合计: #交易合计:1笔,商家实收共1,2,3.999元,商家优惠共0.00元 "
                "stands there, an amount in yuan should",
                "it ends at line 10 without its totals, so it may be cut off",
            ],
        ),
        (
            ALIPAY.replace("交易合计：1笔", f"交易合计：{'9' * 5000}笔"),
            None,
        ),
        (
            CARD.replace(",T1,", ","),
            None,
        ),
        (
            CARD.replace("合计,,,,,680.00", "合计,,,,,690.00"),
            ["line 3, column 交易金额: it states 690.00, the lines come to 680.00"],
        ),
    ],
)
def test_each_names_line_and_column(text: str, expected: list[str] | None) -> None:
    found = said(text)
    if expected is None:
        assert found
        assert found[0].startswith("line ")
        assert " column " in found[0]
    else:
        assert found == expected


def test_nothing_is_left_out_in_silence() -> None:
    """Two bills pasted together; rows between two stray quotes; lines without a state."""
    (first, *_) = said(BILL + BILL.replace("A1", "A2"))
    assert first.startswith("line 5, column 总交易单数: 交易时间 stands there, nothing after ")
    lines = [CARD.splitlines()[1].replace("00000001", f"0000000{n}") for n in range(1, 5)]
    lines[0] = lines[0].replace(",1_1_1_A1", ',"1_1_1_A1')
    lines[2] = lines[2].replace(",1_1_1_A1", ',1_1_1_A1"')
    bill = files.read_one("\n".join([CARD.splitlines()[0], *lines, ""]))
    told = [trouble.line for trouble in bill.troubles]
    assert sorted([row.line for row in bill.rows] + told) == [2, 3, 4, 5]
    (first,) = said(FEN.replace(",00\n", ",\n"))
    assert first == "line 2, column TXN_STS: it is empty, a value should stand there"
    assert files.read_one(FEN.replace(",00\n", ",99\n")).passed_over == 1


@pytest.mark.parametrize(
    "text",
    [
        ALIPAY.replace("30.00,30.00", "-30.00,-30.00"),
        CARD.replace(",680.00,", ",-680.00,"),
        FEN.replace("000000068000", "-68000"),
    ],
)
def test_a_charge_below_zero_is_not_turned_round(text: str) -> None:
    assert any("an amount above zero should" in one for one in said(text))


@pytest.mark.parametrize("amount", ["1" + ",000" * 7, "9" * 13, "1e9", "１２３４５６７８９０１.00"])
def test_an_amount_beyond_all_reason_is_none(amount: str) -> None:
    line = f'"{amount}"' if "," in amount else amount
    (first, *_) = said(CARD.replace("消费,1_1_1_A1,680.00", f"消费,1_1_1_A1,{line}"))
    assert first.startswith("line 2, column 交易金额: ")


@pytest.mark.parametrize("number", ["A" * 65, "A\x1b[2J", "A\u202e1"])
def test_numbers_that_cannot_be_numbers(number: str) -> None:
    (first, *_) = said(BILL.replace("`A1", f"`{number}"))
    assert first.startswith("line 2, column 商户订单号: A")
    assert first.isprintable()


def test_a_merchant_that_cannot_be_one_is_none() -> None:
    bill = files.read_one(BILL.replace("`1900000109", f"`{'1' * 5000}"))
    assert bill.merchants == frozenset()
    assert not bill.whole


@pytest.mark.parametrize("at", ["0001-01-01 00:00:00+08:00", "9999-12-31 23:59:59-08:00"])
def test_moments_at_the_ends_of_the_calendar(at: str) -> None:
    (first, *_) = said(files.wechat(files.charge("A1", "1.00", at=at), totals=TOTALS))
    assert first.startswith(f"line 2, column 交易时间: {at} stands there, a time like ")
