"""Bills that were damaged on their way: refused, or every line of them is a row or is told."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from boxoffice.bank import not_whole
from boxoffice.bank.bill import Bill
from boxoffice.errors import BadFile
from tests.bank import bill_files as files

COUNT = 6
WECHAT = files.wechat(
    *(files.charge(f"A{n}", f"{n}.00") for n in range(1, COUNT + 1)),
    totals=[str(COUNT), "21.00", "0.00", "0.00", "0.00", "21.00", "0.00"],
)
ALIPAY = files.alipay(
    *(files.alipay_line(f"B{n}", "交易", f"{n}.00") for n in range(1, COUNT + 1)),
    charges=f"{COUNT}/21.00",
    refunds="0/0.00",
)
FEN = "TXN_DATE,TXN_TIME,TERM_ID,DC,ORIG_RRN,TXN_AMT,FEE_AMT,RRN,TXN_STS\n" + "".join(
    f"20251001,10153{n},T1,C,,00000000{n}00,40,100{n},00\n" for n in range(1, COUNT + 1)
)
"""A file that ends without totals, so nothing but its lines can tell what is missing."""
JUNK = st.text('",`\n\r\t;|#0- a合', max_size=4)


def damaged(text: str, share: float, cut: int, put: str) -> Bill | None:
    at = int(share * len(text))
    try:
        return files.read_one(text[:at] + put + text[at + cut :])
    except BadFile:
        return None


def lines_of(bill: Bill) -> int:
    told = {trouble.line for trouble in bill.troubles} - {row.line for row in bill.rows}
    return len(bill.rows) + len(told) + bill.passed_over


@settings(max_examples=80)
@given(st.floats(0, 1), st.integers(0, 6), JUNK)
def test_lines_without_totals(share: float, cut: int, put: str) -> None:
    bill = damaged(FEN, share, cut, put)
    if bill is not None and "#" not in put:
        # Two lines may have become one, which is then no line of this table.
        assert lines_of(bill) >= COUNT or bill.troubles
    if bill is not None and not bill.troubles and not bill.passed_over and not put.strip("0a- "):
        assert len(bill.rows) == COUNT


@settings(max_examples=80)
@given(st.sampled_from([WECHAT, ALIPAY]), st.floats(0, 1), st.integers(0, 6), JUNK)
def test_a_whole_one_has_all_its_money(text: str, share: float, cut: int, put: str) -> None:
    bill = damaged(text, share, cut, put)
    if bill is None:
        return
    assert bool(list(not_whole.reasons(bill))) != (bill.whole and bill.period is not None)
    if bill.whole:
        assert len(bill.rows) == COUNT
        assert sum(row.fen for row in bill.rows) == 2_100


@settings(max_examples=40)
@given(st.sampled_from([WECHAT, ALIPAY, FEN]), st.floats(0, 1))
def test_one_that_was_cut_off(text: str, share: float) -> None:
    bill = damaged(text, share, len(text), "")
    if bill is not None and bill.whole and text != FEN:
        assert sum(row.fen for row in bill.rows) == 2_100
