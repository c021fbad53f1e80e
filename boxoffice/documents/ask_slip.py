"""The slip for who left no address, on 80 mm paper: order number and the code to ask by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.documents.column import WIDTH, Column
from boxoffice.documents.paper import Both
from boxoffice.documents.sheet import CENTRE, Book
from boxoffice.documents.ticket import TRAINING

_CODE_GROUP = 4


@dataclass(frozen=True, slots=True)
class AskSlip:
    """One order. `at` is aware and printed in venue time."""

    event: Both
    window: str
    operator: str
    at: datetime
    order_number: str
    code: str
    training: bool = False


def ask_slip_pdf(paper: AskSlip) -> bytes:
    """The slip as a PDF of one page. Raises DiskTrouble where a font is missing."""
    book = Book()
    column = Column(book.sheet(WIDTH))
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.line(paper.event.zh, 34, bold=True, align=CENTRE)
    column.line(paper.event.en, 22, align=CENTRE)
    column.line("查询凭条 Slip to ask by", 30, bold=True, align=CENTRE)
    column.rule()
    column.line("查询码 Code to ask by", 24, align=CENTRE)
    shown = " ".join(
        paper.code[at : at + _CODE_GROUP] for at in range(0, len(paper.code), _CODE_GROUP)
    )
    column.line(shown, 56, bold=True, align=CENTRE)
    column.pair("订单号 Order", paper.order_number, 30, bold=True)
    column.rule()
    column.line("退款、改签、场次取消等事项,请凭订单号和查询码到任一窗口查询。", 24)
    column.line(
        "Ask at any ticket window, with the order number and this code, what became of a refund, "
        "an exchange or a session.",
        20,
    )
    column.line("不作入场凭证 Not valid for entry", 22, align=CENTRE)
    column.rule()
    column.pair("窗口 Window", f"{paper.window} · {paper.operator}", 24)
    column.pair("时间 Time", f"{clock.venue(paper.at):%Y-%m-%d %H:%M:%S}", 24)
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.end()
    return book.write("Code to ask by")
