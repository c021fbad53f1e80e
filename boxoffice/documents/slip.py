"""The slip of a reservation on 80 mm paper: what waits, until when, and the code to ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.documents import qr
from boxoffice.documents.column import WIDTH, Column
from boxoffice.documents.paper import Both
from boxoffice.documents.sheet import CENTRE, Book
from boxoffice.documents.ticket import MONTHS, TRAINING, WEEKDAYS
from boxoffice.domain.money import format_yuan

MODULE = 4
"""Dots on a side of one module of the code: a slip is shown once, at a desk."""

_CODE_GROUP = 4


@dataclass(frozen=True, slots=True)
class SlipLine:
    """So many tickets at a price each (fen), and where: seats, or a level where they are open."""

    session: Both
    starts_at: datetime
    place: Both
    count: int
    each: int


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """One reservation. Moments are aware and printed in venue time; `name` comes masked."""

    event: Both
    window: str
    operator: str
    at: datetime
    order_number: str
    code: str
    name: str
    deadline: datetime
    lines: Sequence[SlipLine]
    total: int
    seats_open: bool = False
    training: bool = False


def slip_pdf(paper: SlipPaper) -> bytes:
    """The slip as a PDF of one page. Raises DiskTrouble where a font is missing."""
    book = Book()
    column = Column(book.sheet(WIDTH))
    _head(column, paper)
    _code(column, paper)
    column.rule()
    for line in paper.lines:
        _line(column, line)
    column.rule()
    column.pair("待付 To pay", f"¥{format_yuan(paper.total)}", 40, bold=True)
    _terms(column, paper)
    column.end()
    return book.write("Reservation")


def _head(column: Column, paper: SlipPaper) -> None:
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.line(paper.event.zh, 34, bold=True, align=CENTRE)
    column.line(paper.event.en, 22, align=CENTRE)
    column.line("预约单 Reservation", 32, bold=True, align=CENTRE)
    column.line("未付款,不作入场凭证 Not paid, not valid for entry", 22, align=CENTRE)
    column.rule()
    zh, en = _moment(paper.deadline)
    column.line("请在此时间前付款 Pay before", 24)
    column.line(zh, 36, bold=True)
    column.line(en, 26)
    column.rule()


def _code(column: Column, paper: SlipPaper) -> None:
    column.line("预约码 Reservation code", 24, align=CENTRE)
    shown = " ".join(
        paper.code[at : at + _CODE_GROUP] for at in range(0, len(paper.code), _CODE_GROUP)
    )
    column.line(shown, 56, bold=True, align=CENTRE)
    column.symbol(qr.symbol_rows(paper.code), qr.SIZE, MODULE)
    column.pair("订单号 Order", paper.order_number, 26, bold=True)
    if paper.name:
        column.pair("姓名 Name", paper.name, 26)
    column.pair("窗口 Window", f"{paper.window} · {paper.operator}", 24)
    column.pair("时间 Time", f"{clock.venue(paper.at):%Y-%m-%d %H:%M:%S}", 24)


def _line(column: Column, line: SlipLine) -> None:
    column.line(line.session.zh, 26, bold=True)
    column.line(line.session.en, 20)
    zh, en = _moment(line.starts_at)
    column.line(f"{zh}  {en}", 22)
    column.line(f"{line.place.zh}  {line.place.en}", 24)
    amount = f"¥{format_yuan(line.count * line.each)}"
    column.pair(f"{line.count} × ¥{format_yuan(line.each)}", amount, 24)


def _terms(column: Column, paper: SlipPaper) -> None:
    column.rule()
    if paper.seats_open:
        column.line("座位在付款时确定。", 22)
        column.line("Seats are named when they are paid for.", 20)
    column.line("凭预约码在任一窗口付款取票,可分次付款;逾期自动取消,座位重新发售。", 22)
    column.line(
        "Pay at any window with this code, all or some. After that time the seats are sold again.",
        20,
    )
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)


def _moment(moment: datetime) -> tuple[str, str]:
    """Day and time at the venue, in Chinese and in English."""
    at = clock.venue(moment)
    day = WEEKDAYS[at.weekday()]
    zh = f"{at.month}月{at.day}日 {day.zh} {at:%H:%M}"
    return zh, f"{day.en} {at.day} {MONTHS[at.month - 1]} {at:%H:%M}"
