"""The slip of cash taken to the safe, on 80 mm paper: how much, when, and two people to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.documents.column import WIDTH, Column
from boxoffice.documents.paper import Both
from boxoffice.documents.sheet import CENTRE, Book
from boxoffice.documents.ticket import TRAINING
from boxoffice.domain.money import format_yuan

_SIGN = "______________________"
_ROOM = 40
"""Dots above a line to sign on."""


@dataclass(frozen=True, slots=True)
class DropSlip:
    """One drop; `amount` in fen, moments aware, both people as number and name."""

    event: Both
    window: str
    entry: str
    """Where it stands in the window's journal."""
    at: datetime
    operator: str
    second: str
    shift_opened: datetime
    amount: int
    training: bool = False


def drop_slip_pdf(paper: DropSlip) -> bytes:
    """The slip as a PDF of one page. Raises DiskTrouble where a font is missing."""
    book = Book()
    column = Column(book.sheet(WIDTH))
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.line(paper.event.zh, 34, bold=True, align=CENTRE)
    column.line(paper.event.en, 22, align=CENTRE)
    column.line("缴款单 Cash drop", 32, bold=True, align=CENTRE)
    column.rule()
    column.pair("缴入保险柜 To the safe", f"¥{format_yuan(paper.amount)}", 40, bold=True)
    column.rule()
    column.pair("时间 Time", _stamp(paper.at), 24)
    column.pair("窗口 Window", paper.window, 24)
    column.pair("流水号 Entry", paper.entry, 24)
    column.pair("班次 Shift since", _stamp(paper.shift_opened), 24)
    column.rule()
    for label, person in (
        ("缴款人 Counted by", paper.operator),
        ("复点人 And by", paper.second),
    ):
        column.pair(label, person, 26, bold=True)
        column.top += _ROOM
        column.line(_SIGN, 34)
    column.line("两人当面点清后签字,随现金入柜。", 22)
    column.line("Both sign after counting; this slip goes into the safe with the cash.", 20)
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.end()
    return book.write("Cash drop")


def _stamp(moment: datetime) -> str:
    return f"{clock.venue(moment):%Y-%m-%d %H:%M:%S}"
