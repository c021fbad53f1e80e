"""Files of acquirers and channels, read through one row of mapping each."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from boxoffice.bank import bills, mapping
from boxoffice.bank.bill import Bill, Kind
from boxoffice.errors import BadFile
from boxoffice.exchange import opening
from tests.bank import bill_files as files

YUAN = """\
某收单机构商户对账单,,,,,,,
商户号：8980000,,,,,,,
交易日期,交易时间,终端号,检索参考号,商户订单号,交易类型,交易金额（元）,手续费,入账金额
2025-10-01,10:15:30,T01,527401000123,C1,消费,"1,280.00",7.68,1272.32
2025/10/1,101731,T01,527401000124,C2,消费,680.00,4.08,675.92
20251001,93005,T02,527401000125,C3,余额查询,0.00,0.00,0.00
2025-10-01,18:00:00,T01,527401000199,CR1,退货,-680.00,-4.08,-675.92
合计,,,,,,"1,280.00",7.68,1272.32
"""
FEN = """\
TXN_DATE|TXN_TIME|TERM_ID|RRN|ORIG_RRN|CARD|DC|TXN_AMT|FEE_AMT|TXN_STS
20251001|235959|T01|000000000007||622202******1234|C|000000012800|77|00
20251002|000003|T01|000000000008|000000000007|622202******1234|D|000000002800|0|00
20251002|000010|T01|000000000009||622202******1234|C|000000099900|0|05
"""
CHANNEL = """\
订单号,渠道流水号,类型,票款,佣金,结算金额,日期
P1,X1,销售,680.00,6.80,673.20,2025-10-01
P1,X2,销售,680.00,6.80,673.20,2025-10-01
P2,X3,退票,280.00,2.80,277.20,2025-10-01
总计,,,1080.00,10.80,1069.20,
"""
OWN = """\
party,side,tender,name_en,number,reference,amount,amount_back,sign,unit,date,moment_format
{party},acquirer,card,Own,{number},Ref,In,Out,{sign},{unit},When,{pattern}
"""


def with_own(text: str, **said: str) -> Bill:
    """The bill of `text` through a row that a venue wrote itself."""
    row = {"party": "own", "number": "", "sign": "columns", "unit": "yuan", "pattern": ""}
    sheets = opening.open_bytes(OWN.format(**{**row, **said}).encode(), "own.csv").sheets
    known = mapping.read_mappings(sheets, "own.csv")
    opened = opening.open_bytes(text.encode(), "day.csv")
    (bill,) = bills.read(opened.sheets, "day.csv", opened.digest, mappings=known)
    return bill


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_yuan_with_a_sign(encoding: str):
    bill = files.read_one(YUAN.encode(encoding))
    assert (bill.party, bill.tender, bill.passed_over) == ("sample_yuan", "card", 1)
    assert bill.whole, (bill.troubles, bill.checks)
    assert [(row.kind, row.number, row.reference, row.fen, row.fee_fen) for row in bill.rows] == [
        (Kind.CHARGE, "C1", "527401000123", 128_000, 768),
        (Kind.CHARGE, "C2", "527401000124", 68_000, 408),
        (Kind.REFUND, "CR1", "527401000199", 68_000, -408),
    ]
    assert bill.rows[1].at == datetime(2025, 10, 1, 2, 17, 31, tzinfo=UTC)
    assert [(each.name, each.agrees) for each in bill.checks] == [
        ("交易金额（元）", True),
        ("手续费", True),
        ("入账金额", True),
    ]


def test_fen_with_letters_for_the_way_it_went():
    bill = files.read_one(FEN)
    assert (bill.party, bill.passed_over) == ("sample_fen", 1)
    assert bill.whole, bill.troubles
    assert [(row.kind, row.reference, row.fen, row.fee_fen, row.day) for row in bill.rows] == [
        (Kind.CHARGE, "000000000007", 12_800, 77, date(2025, 10, 1)),
        (Kind.REFUND, "000000000008", 2_800, 0, date(2025, 10, 2)),
    ]
    assert bill.rows[1].charge_reference == "000000000007"
    assert "6222" not in repr(bill)


def test_a_channel_with_a_line_for_each_ticket():
    bill = files.read_one(CHANNEL)
    assert bill.whole, (bill.troubles, bill.checks)
    assert [(row.kind, row.number, row.fen, row.fee_fen, row.lines) for row in bill.rows] == [
        (Kind.CHARGE, "P1", 136_000, 1_360, 2),
        (Kind.REFUND, "P2", 28_000, -280, 1),
    ]


def test_a_channel_in_a_workbook():
    book = openpyxl.Workbook()
    for line in CHANNEL.splitlines():
        cells = line.split(",")
        book.active.append(
            [float(cell) if cell.replace(".", "").isdecimal() else cell for cell in cells]
        )
    packed = io.BytesIO()
    book.save(packed)
    bill = files.read_one(packed.getvalue(), "channel.xlsx")
    assert bill.whole, (bill.troubles, bill.checks)
    assert [row.fen for row in bill.rows] == [136_000, 28_000]


def test_a_cell_that_no_program_has_reckoned_is_told():
    book = openpyxl.Workbook()
    book.active.append(CHANNEL.splitlines()[0].split(","))
    book.active.append(["P1", "X1", "销售", 680, 6.8, "=D2-E2", "2025-10-01"])
    book.active.append(["P2", "X2", "销售", 680, 6.8, 673.2, "2025-10-01"])
    packed = io.BytesIO()
    book.save(packed)
    bill = files.read_one(packed.getvalue(), "channel.xlsx")
    assert [row.number for row in bill.rows] == ["P2"]
    assert [(each.line, each.value) for each in bill.troubles] == [(2, "=D2-E2")]


def test_a_net_amount_that_does_not_fit_is_told():
    bill = files.read_one(YUAN.replace("1272.32\n2025/10/1", "1272.31\n2025/10/1"))
    assert [(each.line, each.column) for each in bill.troubles] == [(4, "入账金额")]
    assert not bill.whole


def test_a_total_that_does_not_fit_is_shown():
    bill = files.read_one(YUAN.replace('合计,,,,,,"1,280.00"', '合计,,,,,,"1,960.00"'))
    (wrong,) = (each for each in bill.checks if not each.agrees)
    assert (wrong.stated, wrong.counted) == (196_000, 128_000)


def test_two_columns_of_a_row_of_ones_own():
    text = "Ref;In;Out;When\nR1;1,50;;01/10/2025 09:30\nR2;;20.00;01/10/2025 09:31\n"
    bill = with_own(text, pattern="DD/MM/YYYY HH:mm")
    # 1,50 is somebody's 1.50 and must not become 150.
    assert {(each.line, each.column) for each in bill.troubles} == {(2, "In")}
    assert [(row.kind, row.fen) for row in bill.rows] == [(Kind.REFUND, 2_000)]
    assert bill.rows[0].at == datetime(2025, 10, 1, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"sign": "type"}, "kind"),
        ({"sign": "maybe"}, "sign"),
        ({"unit": "cents"}, "unit"),
        ({"pattern": "DD HH:mm"}, "moment_format"),
        ({"party": ""}, "party"),
    ],
)
def test_a_row_that_says_nothing_sensible_is_refused_by_line(said: dict[str, str], column: str):
    with pytest.raises(BadFile) as caught:
        with_own("Ref,In,Out,When\n", **said)
    assert f"line 2, column {column} " in str(caught.value.fields["why"])


def test_what_holds_no_rows_of_mapping_is_refused():
    sheets = opening.open_bytes(b"a,b\n1,2\n", "own.csv").sheets
    with pytest.raises(BadFile, match="BadFile") as caught:
        mapping.read_mappings(sheets, "own.csv")
    assert "party, side, tender" in str(caught.value.fields["why"])
