"""Receipts on 80 mm paper, as long as they need to be, in Chinese and English."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.documents.fonts import BOLD, REGULAR, UNITS, face
from boxoffice.documents.paper import ReceiptLine, ReceiptPaper
from boxoffice.documents.sheet import CENTRE, RIGHT, Book, Sheet, dots
from boxoffice.documents.ticket import TRAINING
from boxoffice.domain.money import format_yuan

WIDTH = dots(80)

_LEFT, _SPAN = 32, 575
_MARGIN = 32
_TALL = 10_000  # more than any text takes: a receipt grows, its words need not shrink


class _Column:
    """Writes downwards and remembers how far it came."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.top = _MARGIN

    def line(self, words: str, size: int, *, bold: bool = False, align: int = 0) -> None:
        """One text over the whole width, wrapped where it is long."""
        box = (_LEFT, self.top, _SPAN, _TALL)
        self.top += self.sheet.text(words, box, size, bold=bold, align=align) + size // 3

    def pair(self, label: str, value: str, size: int, *, bold: bool = False) -> None:
        """A label on the left, wrapped where its value on the right leaves it too little room."""
        natural = face(BOLD if bold else REGULAR).width(value) * size // UNITS + 1
        value_width = min(natural, _SPAN * 2 // 3)
        label_width = _SPAN - value_width - 16
        tall = self.sheet.text(label, (_LEFT, self.top, label_width, _TALL), size, bold=bold)
        box = (_LEFT + _SPAN - value_width, self.top, value_width, _TALL)
        tall = max(tall, self.sheet.text(value, box, size, bold=bold, align=RIGHT))
        self.top += tall + size // 3

    def rule(self) -> None:
        """A thin line with air around it."""
        self.sheet.bar(_LEFT, self.top + 6, _SPAN, 2)
        self.top += 18


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """The receipt as a PDF of one page. Raises DiskTrouble where a font is missing."""
    book = Book()
    sheet = book.sheet(WIDTH)
    column = _Column(sheet)
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
    sheet.height = column.top + _MARGIN
    return book.write("Receipt")


def _head(column: _Column, paper: ReceiptPaper) -> None:
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


def _sold(column: _Column, line: ReceiptLine) -> None:
    column.line(line.text.zh, 26, bold=True)
    column.line(line.text.en, 20)
    column.pair(f"{line.count} × ¥{format_yuan(line.each)}", f"¥{format_yuan(line.amount)}", 24)


def _sums(column: _Column, paper: ReceiptPaper) -> None:
    column.pair("合计 Total", f"¥{format_yuan(paper.total)}", 40, bold=True)
    received = paper.total if paper.tendered is None else paper.tendered
    column.pair(f"{paper.tender.zh} {paper.tender.en}", f"¥{format_yuan(received)}", 26)
    if paper.change is not None:
        column.pair("找零 Change", f"¥{format_yuan(paper.change)}", 30, bold=True)
