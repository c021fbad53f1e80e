"""The slip of tickets that came back, on 80 mm paper: price, fee and clause, and how money goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.documents.column import WIDTH, Column
from boxoffice.documents.paper import Both, ReceiptLine
from boxoffice.documents.sheet import CENTRE, Book
from boxoffice.documents.ticket import TRAINING
from boxoffice.domain.money import format_yuan


@dataclass(frozen=True, slots=True)
class RefundSlipLine:
    """One ticket that came back; price is fee and amount together, in fen."""

    text: Both
    price: int
    fee: int
    amount: int
    clause: Both
    """The words of the policy it was reckoned by; empty for a void."""


@dataclass(frozen=True, slots=True)
class RefundSlip:
    """One return, or an exchange for less; amounts in fen.

    `approver` is empty where nobody had to approve.
    """

    void: bool
    event: Both
    window: str
    operator: str
    approver: str
    at: datetime
    order_number: str
    lines: Sequence[RefundSlipLine]
    cash: int
    """Out of the drawer."""
    requests: Sequence[tuple[Both, int]]
    """(channel or tender, fen) that each is asked to pay back; no cash goes with them."""
    reason: str
    training: bool = False
    instead: Sequence[ReceiptLine] = ()
    """The tickets that the customer has for them now, where they were exchanged."""
    ask_code: str = ""
    """With which whoever left no address asks what became of the money."""


def refund_slip_pdf(paper: RefundSlip) -> bytes:
    """The slip as a PDF of one page. Raises DiskTrouble where a font is missing."""
    book = Book()
    column = Column(book.sheet(WIDTH))
    _head(column, paper)
    column.rule()
    for line in paper.lines:
        _line(column, line, kept=bool(paper.instead))
    for new in paper.instead:
        column.line(new.text.zh, 26, bold=True)
        column.line(new.text.en, 20)
        column.pair("新票 New ticket", f"¥{format_yuan(new.amount)}", 24, bold=True)
    column.rule()
    _sums(column, paper)
    column.rule()
    column.line("顾客签名 Customer's signature", 22)
    column.line("____________________________", 34)
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.end()
    return book.write("Void" if paper.void else "Refund")


def _head(column: Column, paper: RefundSlip) -> None:
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.line(paper.event.zh, 34, bold=True, align=CENTRE)
    column.line(paper.event.en, 22, align=CENTRE)
    column.line(_title(paper), 28, bold=True, align=CENTRE)
    column.rule()
    column.pair("订单号 Order", paper.order_number, 26, bold=True)
    column.pair("时间 Time", f"{clock.venue(paper.at):%Y-%m-%d %H:%M:%S}", 24)
    column.pair("窗口 Window", paper.window, 24)
    column.pair("操作员 Operator", paper.operator, 24)
    if paper.approver:
        column.pair("授权 Approved by", paper.approver, 24)
    if paper.reason:
        column.pair("原因 Reason", paper.reason, 24)


def _title(paper: RefundSlip) -> str:
    if paper.instead:
        return "换票单 Exchange"
    return "撤销单 Void" if paper.void else "退票单 Refund"


def _line(column: Column, line: RefundSlipLine, *, kept: bool) -> None:
    """A ticket that came back; its money is `kept` towards another where it was exchanged."""
    column.line(line.text.zh, 26, bold=True)
    column.line(line.text.en, 20)
    column.pair("票价 Price", f"¥{format_yuan(line.price)}", 24)
    if line.fee:
        column.pair("手续费 Fee", f"-¥{format_yuan(line.fee)}", 24)
    for clause in line.clause:
        column.line(clause, 20)
    worth = "抵付 Counts" if kept else "退还 Back"
    column.pair(worth, f"¥{format_yuan(line.amount)}", 24, bold=True)


def _sums(column: Column, paper: RefundSlip) -> None:
    if paper.cash or not paper.requests:
        column.pair("退现金 Cash back", f"¥{format_yuan(paper.cash)}", 40, bold=True)
    for name, fen in paper.requests:
        amount = f"¥{format_yuan(fen)}"
        column.pair(f"由 {name.zh} 原路退回 Requested from {name.en}", amount, 30, bold=True)
        column.line("本窗口不付现金 No cash is paid out here", 22)
    if paper.ask_code and paper.requests:
        column.pair("查询码 Code to ask by", paper.ask_code, 26, bold=True)
