"""Receipts on 80 mm paper, as long as they need to be, in Chinese and English."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.documents.column import WIDTH, Column
from boxoffice.documents.paper import ReceiptLine, ReceiptPaper, ReceiptTender
from boxoffice.documents.sheet import CENTRE, Book
from boxoffice.documents.ticket import TRAINING
from boxoffice.domain.money import format_yuan


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """The receipt as a PDF of one page. Raises DiskTrouble where a font is missing."""
    book = Book()
    sheet = book.sheet(WIDTH)
    column = Column(sheet)
    _head(column, paper)
    column.rule()
    for line in paper.lines:
        _sold(column, line)
    column.rule()
    _sums(column, paper)
    if paper.footer is not None:
        column.rule()
        column.line(paper.footer.zh, 22, align=CENTRE)
        column.line(paper.footer.en, 20, align=CENTRE)
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.end()
    return book.write("Receipt")


def _head(column: Column, paper: ReceiptPaper) -> None:
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.line(paper.event.zh, 34, bold=True, align=CENTRE)
    column.line(paper.event.en, 22, align=CENTRE)
    column.line("收据 Receipt", 28, bold=True, align=CENTRE)
    column.rule()
    column.pair("订单号 Order", paper.order_number, 26, bold=True)
    column.pair("时间 Time", f"{clock.venue(paper.at):%Y-%m-%d %H:%M:%S}", 24)
    column.pair("窗口 Window", paper.window, 24)
    column.pair("操作员 Operator", paper.operator, 24)


def _sold(column: Column, line: ReceiptLine) -> None:
    column.line(line.text.zh, 26, bold=True)
    column.line(line.text.en, 20)
    column.pair(f"{line.count} × ¥{format_yuan(line.each)}", f"¥{format_yuan(line.amount)}", 24)


def _sums(column: Column, paper: ReceiptPaper) -> None:
    column.pair("合计 Total", f"¥{format_yuan(paper.total)}", 40, bold=True)
    for one in paper.paid:
        _tender(column, one, "")
    if paper.change is not None:
        column.pair("找零 Change", f"¥{format_yuan(paper.change)}", 30, bold=True)
    for one in paper.back:
        _tender(column, one, "-")


def _tender(column: Column, one: ReceiptTender, sign: str) -> None:
    column.pair(f"{one.text.zh} {one.text.en}", f"{sign}¥{format_yuan(one.amount)}", 26)
    if one.reference:
        column.pair("参考号 Reference", one.reference, 20)
