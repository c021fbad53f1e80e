"""The X and the Z report of a shift on 80 mm paper, in Chinese and English, with room to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.documents.column import WIDTH, Column
from boxoffice.documents.paper import Both
from boxoffice.documents.sheet import CENTRE, Book
from boxoffice.documents.ticket import TRAINING
from boxoffice.domain.money import format_yuan

_SIGN = "______________________"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what it is, how often (None where nothing is counted), and fen (None likewise)."""

    text: Both
    count: int | None = None
    fen: int | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class CountPaper:
    """What was counted: numbers by fen of the note, and the end of the shift in figures."""

    counts: Mapping[int, int]
    figures: Sequence[Figure]
    closed_by: str
    """Operator number, where somebody else closed the shift; else empty."""
    reason: str


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """One report. `number` is the Z number, None for an X; moments are aware."""

    event: Both
    number: int | None
    window: str
    operator: str
    business_day: str
    opened_at: datetime
    at: datetime
    sections: Sequence[tuple[Both, Sequence[Figure]]]
    count: CountPaper | None
    training: bool = False


def report_pdf(paper: ReportPaper) -> bytes:
    """The report as a PDF of one page. Raises DiskTrouble where a font is missing."""
    book = Book()
    column = Column(book.sheet(WIDTH))
    _head(column, paper)
    for title, figures in paper.sections:
        column.rule()
        column.line(f"{title.zh} {title.en}", 26, bold=True)
        for figure in figures:
            _figure(column, figure)
    if paper.count is None:
        column.rule()
        column.line("班中读数,不作交接 Read during the shift, not a close", 22, align=CENTRE)
    else:
        _count(column, paper.count)
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.end()
    return book.write("X report" if paper.number is None else f"Z report {paper.number}")


def _head(column: Column, paper: ReportPaper) -> None:
    if paper.training:
        column.line(TRAINING, 32, bold=True, align=CENTRE)
    column.line(paper.event.zh, 34, bold=True, align=CENTRE)
    column.line(paper.event.en, 22, align=CENTRE)
    if paper.number is None:
        column.line("X 报表 X report", 34, bold=True, align=CENTRE)
    else:
        column.line("Z 报表 Z report", 34, bold=True, align=CENTRE)
        column.line(f"No. {paper.number}", 40, bold=True, align=CENTRE)
    column.rule()
    column.pair("窗口 Window", paper.window, 24)
    column.pair("操作员 Operator", paper.operator, 24)
    column.pair("营业日 Business day", paper.business_day, 24)
    column.pair("上岗 Opened", _stamp(paper.opened_at), 24)
    ended = "打印 Read" if paper.number is None else "结班 Closed"
    column.pair(ended, _stamp(paper.at), 24)


def _stamp(moment: datetime) -> str:
    return f"{clock.venue(moment):%Y-%m-%d %H:%M:%S}"


def _figure(column: Column, figure: Figure) -> None:
    value = "" if figure.fen is None else f"¥{format_yuan(figure.fen)}"
    if figure.count is not None:
        value = f"{figure.count:,}" if not value else f"{figure.count:,}  ·  {value}"
    label = f"{figure.text.zh} {figure.text.en}"
    column.pair(label, value, 28 if figure.bold else 24, bold=figure.bold)


def _count(column: Column, paper: CountPaper) -> None:
    column.rule()
    column.line("盲点 Blind count", 26, bold=True)
    for fen, number in sorted(paper.counts.items(), reverse=True):
        column.pair(f"¥{format_yuan(fen)} × {number:,}", f"¥{format_yuan(fen * number)}", 24)
    for figure in paper.figures:
        _figure(column, figure)
    if paper.closed_by:
        column.rule()
        column.pair("代为结班 Closed by", paper.closed_by, 26, bold=True)
        column.line(f"原因 Reason: {paper.reason}", 24)
    column.rule()
    for zh, en in (("交班人签字", "Handed over by"), ("接班人签字", "Received by")):
        column.line(f"{zh} {en}", 22)
        column.line(_SIGN, 30)
