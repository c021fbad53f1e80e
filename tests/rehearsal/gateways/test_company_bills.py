"""The bills of the simulated companies: as the real ones look, and fetched by our drivers."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from boxoffice import clock
from boxoffice.payments.bills import BillState
from boxoffice.payments.protocol import Why
from boxoffice.rehearsal.gateways.bills import ALIPAY_HEAD, WECHAT_HEAD, alipay_bill, wechat_bill
from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.days import Day, Step, Trouble
from tests.payments.companies import Till, back, till

DAY = date(2025, 9, 27)
NOON = datetime(2025, 9, 27, 4, 0, tzinfo=UTC)


def at(minutes: int) -> None:
    clock.use(lambda: NOON + timedelta(minutes=minutes))


@pytest.fixture
def book() -> Book:
    """A payment partly refunded, one that was reversed, one nobody paid, one the day after."""
    found = Book(prefix="4200")
    at(0)
    found.begin("T1", 68_000, "a", "网球票, O1", "3", None)
    at(1)
    found.begin("T2", 5_000, "b", "欢享票", "3", None)
    found.begin("T3", 5_000, "c", "欢享票", "3", Day(Trouble.PASSWORD, Step.CHARGE, queries=9))
    at(2)
    found.reverse("T2", None)
    at(90)
    found.refund("R1", "T1", 20_000, None)
    at(60 * 24)
    found.begin("T4", 100, "d", "次日", "3", None)
    return found


def test_a_bill_of_wechat(book: Book) -> None:
    content = wechat_bill(book, DAY)
    assert content is not None
    lines = content.decode("utf-8").splitlines()
    assert lines[0] == WECHAT_HEAD
    names = WECHAT_HEAD.split(",")
    rows = [dict(zip(names, line.split(","), strict=True)) for line in lines[1:-2]]
    assert all(value.startswith("`") for row in rows for value in row.values())
    told = [
        (row["商户订单号"], row["交易状态"], row["订单金额"], row["申请退款金额"], row["手续费"])
        for row in rows
    ]
    assert told == [
        ("`T1", "`SUCCESS", "`680.00", "`0.00", "`4.08000"),
        ("`T2", "`SUCCESS", "`50.00", "`0.00", "`0.30000"),
        ("`T2", "`REVOKED", "`0.00", "`50.00", "`-0.30000"),
        ("`T1", "`REFUND", "`0.00", "`200.00", "`-1.20000"),
    ]
    assert lines[-1] == "`4,`730.00,`250.00,`0.00,`2.88000,`730.00,`250.00"


def test_a_fee_of_wechat_is_whole_fen() -> None:
    found = Book(prefix="4200")
    at(0)
    found.begin("T1", 67_900, "a", "网球票", "3", None)
    found.begin("T2", 67_900, "b", "网球票", "3", None)
    content = wechat_bill(found, DAY)
    assert content is not None
    lines = content.decode("utf-8").splitlines()
    fee = WECHAT_HEAD.split(",").index("手续费")
    assert [line.split(",")[fee] for line in lines[1:3]] == ["`4.07000"] * 2
    assert lines[-1].split(",")[4] == "`8.14000"


def test_a_bill_with_a_mark_before_it(book: Book) -> None:
    content = wechat_bill(book, DAY, bom=True)
    assert content is not None
    assert content.startswith(b"\xef\xbb\xbf")


def test_a_bill_of_alipay(book: Book) -> None:
    content = alipay_bill(book, DAY)
    assert content is not None
    with zipfile.ZipFile(io.BytesIO(content), metadata_encoding="gbk") as archive:
        names = archive.namelist()
        text = archive.read(names[0]).decode("gbk")
        sums = archive.read(names[1]).decode("gbk")
    assert names == [
        "20880000000001560156_20250927_业务明细.csv",
        "20880000000001560156_20250927_业务明细(汇总).csv",
    ]
    lines = text.splitlines()
    head = lines.index(ALIPAY_HEAD)
    assert all(line.startswith("#") for line in lines[:head])
    columns = ALIPAY_HEAD.split(",")
    rows = [
        dict(zip(columns, line.split(","), strict=True))
        for line in lines[head + 1 :]
        if not line.startswith("#")
    ]
    told = [(row["商户订单号"], row["业务类型"], row["商家实收（元）"]) for row in rows]
    assert told == [
        ("T1\t", "交易\t", "680.00\t"),
        ("T2\t", "交易\t", "50.00\t"),
        ("T2\t", "退款\t", "-50.00\t"),
        ("T1\t", "退款\t", "-200.00\t"),
    ]
    assert "#交易合计：2笔，商家实收共730.00元，商家优惠共0.00元" in lines
    assert "#退款合计：2笔，商家实收退款共-250.00元，商家优惠退款共0.00元" in lines
    assert "合计\t,\t,2\t,2\t,480.00\t,480.00\t,0.00\t,0.00\t,-2.88\t,0.00\t,477.12\t" in sums


def charged(counter: Till) -> None:
    at(0)
    counter.charge()
    at(5)
    counter.driver.refund(back(20_000))


@pytest.mark.parametrize("kind", ["wechat", "alipay"])
def test_a_bill_is_fetched_as_it_is(kind: str) -> None:
    with till(kind) as counter:
        charged(counter)
        found = counter.driver.bill(DAY)
        empty = counter.driver.bill(DAY + timedelta(days=1))
        book = counter.company.book
    wanted = wechat_bill(book, DAY) if kind == "wechat" else alipay_bill(book, DAY)
    assert (found.state, found.content) == (BillState.READY, wanted)
    assert found.name.startswith(f"{kind}-")
    assert (empty.state, empty.content) == (BillState.NONE, b"")


@pytest.mark.parametrize("kind", ["wechat", "alipay"])
@pytest.mark.parametrize(
    ("step", "trouble", "why"),
    [
        (Step.BILL, Trouble.WRONG_SIGNATURE, Why.BAD_SIGNATURE),
        (Step.BILL, Trouble.HTML, Why.NOT_READABLE),
        (Step.BILL, Trouble.BUSY, Why.BUSY),
        (Step.BILL, Trouble.CUT, Why.SILENT),
        (Step.FILE, Trouble.HTML, Why.NOT_READABLE),
        (Step.FILE, Trouble.CUT, Why.SILENT),
        (Step.FILE, Trouble.ELSEWHERE, Why.NOT_READABLE),
    ],
)
def test_a_bill_that_is_not_to_be_had(kind: str, step: Step, trouble: Trouble, why: Why) -> None:
    with till(kind) as counter:
        charged(counter)
        counter.company.spoil(Day(trouble, step))
        found = counter.driver.bill(DAY)
    assert (found.state, found.why, found.content) == (BillState.UNKNOWN, why, b"")


def test_a_bill_with_another_hash_is_not_believed() -> None:
    with till("wechat") as counter:
        charged(counter)
        counter.company.spoil(Day(Trouble.OTHER_AMOUNT, Step.BILL))
        found = counter.driver.bill(DAY)
    assert (found.state, found.why) == (BillState.UNKNOWN, Why.BAD_SIGNATURE)
