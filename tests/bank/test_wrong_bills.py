"""Files that are no bill to settle by: refused, saying what they seem to be."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.errors import BadFile
from boxoffice.exchange import opening
from tests.bank import bill_files as files

FUND = (
    "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),"
    "资金变更提交申请人,备注,业务凭证号\n`2025-10-01 10:00:00,`1,`2,`交易,`交易,`收入,`1.00,"
    "`9.00,`s,`,`\n"
    "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\n`1,`1,`1.00,`0,`0.00\n"
)
ACCOUNT = (
    "#支付宝账务明细查询\n账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,"
    "支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注\n"
)
PRESALE = (
    "order_no,channel,paid_at,buyer,session,section,row,seat,ticket_type,price_yuan\n"
    "P1,web,2025-09-01T10:00,,E1D,A,1,2,adult,680.00\n"
)
CAMT = '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>'


def why(data: bytes | str, name: str = "file.csv") -> str:
    with pytest.raises(BadFile) as caught:
        files.read_all(data, name)
    return str(caught.value.fields["why"])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (FUND, "the fund bill of WeChat Pay"),
        (ACCOUNT.encode("gb18030"), "the account bill of Alipay"),
        (
            "#支付宝业务汇总查询\n门店编号,门店名称,交易订单总笔数\n",
            "the summary of an Alipay bill",
        ),
        (
            "微信支付账单明细\n交易时间,交易类型,商品,收/支,金额(元),当前状态,交易单号\n",
            "a private WeChat account",
        ),
        (PRESALE, "presale orders"),
        (CAMT, "a bank statement"),
        ("<!DOCTYPE html><html><body>502</body></html>", "a web page"),
        ('{"code":"NO_STATEMENT_EXIST","message":"账单不存在"}', "there is no bill"),
        ("<xml><return_code><![CDATA[FAIL]]></return_code></xml>", "there is no bill"),
        ("name,phone\nx,1\n", "its first line is: name, phone"),
        ("%PDF-1.7", "it is a PDF file"),
        ("", "it is empty"),
        ("\n\n", "it is empty"),
        (b"\xff\xfe\xff", "it is not text"),
        (b"\xd0\xcf\x11\xe0old", "an old spreadsheet"),
        (
            "交易时间,微信订单号,商户订单号,订单金额\n2025-10-01,1,2,3.00\n",
            "a trade bill of WeChat Pay, but lacks columns: 交易状态",
        ),
        (
            "商户订单号,商户订单号,交易时间,微信订单号,交易状态,订单金额\n1,1,1,1,1,1\n",
            "商户订单号 stands twice",
        ),
    ],
)
def test_it_says_what_the_file_seems_to_be(data: bytes | str, says: str):
    assert says in why(data)


def test_an_archive_without_tables():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("picture.png", b"x")
    assert "without CSV files" in why(packed.getvalue(), "bill.zip")


def test_an_archive_with_a_password():
    data = bytearray(files.archive(**{"bill.csv": b"a,b\n"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    assert "a password" in why(bytes(data), "bill.zip")


def test_an_archive_that_is_cut_off():
    data = files.archive(**{"bill.csv": b"a,b\n" * 100})
    assert "damaged" in why(data[: len(data) // 2], "bill.zip")


def test_what_unpacks_to_more_than_it_may(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(opening, "LARGEST_BYTES", 100_000)
    many = b"0" * 60_000
    bomb = files.archive(**{"one.csv": many, "two.csv": many})
    assert len(bomb) < 1_000
    assert "too large" in why(bomb, "bill.zip")
    assert "too large" in why(gzip.compress(b"0" * 100_001), "bill.gz")
    assert "too large" not in why(files.archive(**{"one.csv": many}), "bill.zip")


def test_an_archive_of_too_many_parts():
    parts = {f"{number}.csv": b"a,b\n" for number in range(opening.MOST_PARTS + 1)}
    assert "51 files" in why(files.archive(**parts), "bill.zip")


def test_a_packed_bill_of_wechat():
    text = files.wechat(
        files.charge("A1", "1.00"), totals=["1", "1.00", "0.00", "0.00", "0.00", "1.00", "0.00"]
    )
    assert files.read_one(gzip.compress(text.encode()), "bill.csv.gz").whole


@given(st.binary(max_size=300))
def test_whatever_the_bytes_they_are_read_or_refused(data: bytes):
    for before in (b"", files.WECHAT_ALL.encode() + b"\n", files.ALIPAY.encode("gb18030") + b"\n"):
        try:
            (bill,) = files.read_all(before + data)
        except BadFile:
            continue
        assert bill.totals_missing or bill.checks or not bill.rows
