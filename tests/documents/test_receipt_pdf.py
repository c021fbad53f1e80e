"""Receipts: every figure on them, as long as they need to be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2

from boxoffice.documents.paper import Both, ReceiptLine, ReceiptPaper, ReceiptTender
from boxoffice.documents.receipt import receipt_pdf

SEATS = ReceiptLine(Both("钻石球场日场 A档 成人票", "Diamond day session, A, Adult"), 2, 98000)
RECEIPT = ReceiptPaper(
    event=Both("2025中国网球公开赛", "2025 China Open"),
    window="3",
    operator="1001",
    at=datetime(2025, 9, 27, 1, 45, 12, tzinfo=UTC),
    order_number="3A-2K7Q",
    lines=(SEATS, ReceiptLine(Both("欢享票 成人票", "Grounds pass, Adult"), 3, 5000)),
    total=211000,
    paid=(ReceiptTender(Both("现金", "Cash"), 212000),),
    change=1000,
    footer=Both("谢谢光临", "Thank you"),
)


def read(pdf: bytes) -> tuple[str, float, float]:
    """The words of the only page, its width and its height in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        width, height = document[0].get_size()
        text = re.sub(r"\s", "", document[0].get_textpage().get_text_range())
        return text, width / 72 * 25.4, height / 72 * 25.4
    finally:
        document.close()


def test_a_cash_receipt_says_everything() -> None:
    text, width, _ = read(receipt_pdf(RECEIPT))
    assert abs(width - 80) < 0.1
    for words in (
        "2025中国网球公开赛", "收据Receipt", "3A-2K7Q", "2025-09-2709:45:12", "窗口Window3",
        "操作员Operator1001", "钻石球场日场A档成人票", "Diamonddaysession,A,Adult", "2×¥980.00",
        "¥1,960.00", "3×¥50.00", "¥150.00", "合计Total¥2,110.00", "现金Cash¥2,120.00",
        "找零Change¥10.00", "谢谢光临", "Thankyou",
    ):  # fmt: skip
        assert words in text
    assert "TRAINING" not in text


def test_without_cash_there_is_no_change() -> None:
    by_card = ReceiptTender(Both("银行卡", "Card"), 211000, "000012345678")
    card = replace(RECEIPT, paid=(by_card,), change=None)
    text, _, _ = read(receipt_pdf(card))
    assert "银行卡Card¥2,110.00" in text
    assert "找零" not in text
    assert "000012345678" in text


def test_every_tender_is_on_it_and_what_went_back() -> None:
    wechat = ReceiptTender(Both("微信支付", "WeChat Pay"), 171000)
    cash = ReceiptTender(Both("现金", "Cash"), 50000)
    back = ReceiptTender(Both("微信支付退回", "WeChat Pay given back"), 98000)
    paper = replace(RECEIPT, paid=(wechat, cash), change=10000, back=(back,))
    text, _, _ = read(receipt_pdf(paper))
    for words in (
        "合计Total¥2,110.00", "微信支付WeChatPay¥1,710.00", "现金Cash¥500.00", "找零Change¥100.00",
        "微信支付退回WeChatPaygivenback-¥980.00",
    ):  # fmt: skip
        assert words in text


def test_it_grows_with_its_lines_and_keeps_long_words_whole() -> None:
    long = Both("无障碍陪同席" * 12, "Wheelchair companion concession " * 6)
    lines = (*RECEIPT.lines, ReceiptLine(long, 1, 0))
    text, _, tall = read(receipt_pdf(replace(RECEIPT, lines=lines * 4)))
    assert text.count(long.zh) == 4
    assert tall > 2 * read(receipt_pdf(RECEIPT))[2]


def test_training_is_marked_at_both_ends() -> None:
    text, _, _ = read(receipt_pdf(replace(RECEIPT, training=True)))
    assert text.count("TRAINING–NOTVALID") == 2


def test_same_receipt_gives_the_same_bytes() -> None:
    assert receipt_pdf(RECEIPT) == receipt_pdf(RECEIPT)
