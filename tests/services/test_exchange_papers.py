"""What receipts and slips say of an exchange: both tickets, what pays for what, what goes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from boxoffice import clock
from boxoffice.services.printing import papers, return_papers
from boxoffice.services.sales import asking, checkout
from tests.faults.acts import name_all, rows, take
from tests.gateways import Hours, Party, with_parties
from tests.homes import AtWork, at_work, small_home
from tests.services.exchange_acts import exchange, lines, to_seats
from tests.services.return_acts import refund

A, B = 68_000, 28_000
CHEAP, DEAR = (3, 5), (1, 5)
"""Seats of the small court."""


@pytest.fixture
def work(tmp_path: Path, time: Hours) -> Iterator[AtWork]:
    with at_work(small_home(tmp_path)) as found:
        clock.use(lambda: time.at)
        yield with_parties(found, Party())


def sold(work: AtWork, time: Hours, place: tuple[int, int], cash: int) -> str:
    """So much of a ticket in cash, the rest by a code."""
    basket = take(work, place)
    name_all(work, basket)
    checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=cash, amount_fen=cash
    )
    asking.ask(
        office=work.office,
        desk=work.desk,
        basket=basket,
        tender="wechat",
        code="134567890123456789",
        pause=time.wait,
    )
    return basket


def text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        (page,) = document
        return re.sub(r"\s", "", page.get_textpage().get_text_range())
    finally:
        document.close()


def slip(work: AtWork, order: str) -> str:
    ((refund,),) = rows(work, "SELECT id FROM refund WHERE order_id = ?", order)
    return text(return_papers.slip(work.office, order, str(refund))[0])


def receipt(work: AtWork, order: str, line: str) -> str:
    ((payment,),) = rows(work, "SELECT payment_id FROM order_line WHERE id = ?", line)
    return text(papers.receipt(work.office, work.desk, order, str(payment))[0])


def test_a_cheaper_one(work: AtWork, time: Hours) -> None:
    order = sold(work, time, DEAR, cash=17_000)
    sale = exchange(work, order, to_seats(work, order, CHEAP))
    assert dict(sale.returned) == {"cash": 10_000, "wechat": 30_000}

    said = slip(work, order)
    for words in (
        "换票单Exchange", "1-1-5", "1-3-5", "票价Price¥680.00", "新票Newticket¥280.00",
        "退现金Cashback¥100.00", "由微信支付原路退回", "¥300.00",
    ):  # fmt: skip
        assert words in said, (words, said)
    for wrong in ("渠道", "Channel", "退票单", "exchangeRequested"):
        assert wrong not in said, said
    assert said.count("本窗口不付现金") == 1


def test_what_was_paid_before_is_named_on_the_receipt(work: AtWork, time: Hours) -> None:
    order = sold(work, time, CHEAP, cash=8_000)
    (old,) = lines(work, order)
    exchange(work, order, to_seats(work, order, DEAR))
    (new,) = lines(work, order)

    said = receipt(work, order, new)
    assert "合计Total¥680.00" in said
    assert said.count("原票抵付Oldticket¥") == 2
    assert "¥80.00" in said
    assert "¥200.00" in said
    assert "渠道" not in said
    assert "参考号" not in said, "what it was paid by stands on the receipt of the old one"
    # The receipt of the old ticket, printed again, says where its money went.
    before = receipt(work, order, old)
    for went in ("-¥80.00", "-¥200.00"):
        assert f"用于新票Towardsthenewticket{went}" in before


def test_given_back_it_is_a_refund_as_ever(work: AtWork, time: Hours) -> None:
    order = sold(work, time, DEAR, cash=17_000)
    refund(work, order)
    said = slip(work, order)
    assert "退票单Refund" in said
    assert "新票" not in said
