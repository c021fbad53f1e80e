"""Tickets on 80 x 200 mm stock: one page each, Chinese first, the signed code as a QR symbol."""

from __future__ import annotations

from collections.abc import Iterable

from boxoffice import clock
from boxoffice.documents import qr
from boxoffice.documents.paper import Both, TicketPaper
from boxoffice.documents.sheet import CENTRE, RIGHT, Book, Sheet, dots
from boxoffice.domain.money import format_yuan

WIDTH_MM, HEIGHT_MM = 80, 200
WIDTH, HEIGHT = dots(WIDTH_MM), dots(HEIGHT_MM)

MODULE = 7
"""Dots on a side of one QR module: 0.88 mm, large enough for a worn print and any scanner."""

_LEFT, _SPAN = 32, 575  # a print head on 80 mm paper reaches 72 mm
_HALF = 280
_RULE = 3

WEEKDAYS = (
    Both("周一", "Mon"),
    Both("周二", "Tue"),
    Both("周三", "Wed"),
    Both("周四", "Thu"),
    Both("周五", "Fri"),
    Both("周六", "Sat"),
    Both("周日", "Sun"),
)
# Written out: strftime follows the language of the machine.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

TRAINING = "培训票 TRAINING – NOT VALID"
_DUPLICATE = "补打票 DUPLICATE"
_GROUNDS = Both("欢享票", "Grounds pass")


def ticket_pdf(papers: Iterable[TicketPaper]) -> bytes:
    """One PDF with a page for every ticket, in the order given.

    Raises ValueError where a code does not fit the QR symbol, DiskTrouble where a font is missing.
    """
    book = Book()
    for paper in papers:
        sheet = book.sheet(WIDTH)
        sheet.height = HEIGHT
        _marks(sheet, paper)
        _what(sheet, paper)
        _when(sheet, paper)
        if paper.block is None or paper.row is None or paper.seat is None:
            _grounds_pass(sheet)
        else:
            _place(sheet, paper.block, paper.row, paper.seat)
        _price(sheet, paper)
        _person(sheet, paper)
        _opens(sheet, paper.opens)
        _code(sheet, paper)
    return book.write("Tickets")


def _rule(sheet: Sheet, top: int) -> None:
    sheet.bar(_LEFT, top, _SPAN, _RULE)


def _band(sheet: Sheet, words: str, box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    sheet.bar(left, top, width, height)
    inner = (left + 8, top + 5, width - 16, height - 10)
    sheet.text(words, inner, 34, bold=True, align=CENTRE, middle=True, white=True)


def _marks(sheet: Sheet, paper: TicketPaper) -> None:
    top, height = 18, 48
    if paper.training and paper.duplicate:
        _band(sheet, TRAINING, (_LEFT, top, 360, height))
        _band(sheet, _DUPLICATE, (_LEFT + 368, top, _SPAN - 368, height))
    elif paper.training:
        _band(sheet, TRAINING, (_LEFT, top, _SPAN, height))
    elif paper.duplicate:
        _band(sheet, _DUPLICATE, (_LEFT, top, _SPAN, height))
    if paper.training:
        _band(sheet, TRAINING, (_LEFT, 1424, _SPAN, 44))


def _what(sheet: Sheet, paper: TicketPaper) -> None:
    sheet.text(paper.event.zh, (_LEFT, 76, _SPAN, 50), 42, bold=True)
    sheet.text(paper.event.en, (_LEFT, 128, _SPAN, 28), 24)
    _rule(sheet, 162)
    sheet.text(paper.court.zh, (_LEFT, 174, _HALF, 50), 44, bold=True)
    sheet.text(paper.court.en, (_LEFT + _SPAN - _HALF, 186, _HALF, 40), 28, align=RIGHT)
    sheet.text(paper.session.zh, (_LEFT, 230, _SPAN, 46), 34, bold=True)
    sheet.text(paper.session.en, (_LEFT, 278, _SPAN, 46), 24)
    _rule(sheet, 328)


def _when(sheet: Sheet, paper: TicketPaper) -> None:
    start = clock.venue(paper.starts_at)
    weekday = WEEKDAYS[start.weekday()]
    chinese = f"{start.year}年{start.month}月{start.day}日 {weekday.zh}"
    english = f"{weekday.en} {start.day} {MONTHS[start.month - 1]} {start.year}"
    sheet.text(chinese, (_LEFT, 338, 360, 46), 38, bold=True)
    sheet.text(english, (_LEFT + 360, 348, _SPAN - 360, 34), 26, align=RIGHT)
    times = [(_LEFT, Both("开始", "Start"), f"{start:%H:%M}")]
    if paper.gates_at is not None:
        gates = clock.venue(paper.gates_at)
        times.append((_LEFT + _HALF + 15, Both("开门", "Gates"), f"{gates:%H:%M}"))
    for left, label, time in times:
        sheet.text(label.zh, (left, 392, 80, 30), 26)
        sheet.text(label.en, (left, 424, 80, 24), 20)
        sheet.text(time, (left + 88, 390, 180, 58), 60, bold=True, middle=True)
    _rule(sheet, 458)


def _place(sheet: Sheet, block: str, row: str, seat: str) -> None:
    width = _SPAN // 3
    labels = (Both("区", "Block"), Both("排", "Row"), Both("座", "Seat"))
    for at, (label, value) in enumerate(zip(labels, (block, row, seat), strict=True)):
        left = _LEFT + at * width
        sheet.text(f"{label.zh} {label.en}", (left, 468, width - 14, 28), 24, align=CENTRE)
        box = (left + 10, 498, width - 34, 112)
        sheet.text(value, box, 112, bold=True, align=CENTRE, comfort=40, middle=True)
    for left in (_LEFT + width - 7, _LEFT + 2 * width - 7):
        sheet.bar(left, 470, 2, 140)


def _grounds_pass(sheet: Sheet) -> None:
    sheet.text(_GROUNDS.zh, (_LEFT, 468, 290, 84), 88, bold=True, middle=True)
    box = (_LEFT + 300, 468, _SPAN - 300, 84)
    sheet.text(_GROUNDS.en, box, 44, bold=True, align=RIGHT, middle=True)
    sheet.text("不对号入座 Unreserved seating", (_LEFT, 570, _SPAN, 34), 30)


def _price(sheet: Sheet, paper: TicketPaper) -> None:
    _rule(sheet, 618)
    level, price = _LEFT, _LEFT + 375
    kind = _LEFT + 130 if paper.level else _LEFT
    if paper.level:
        sheet.text("票档 Level", (level, 628, 120, 24), 20)
        sheet.text(paper.level, (level, 654, 120, 60), 40, bold=True, comfort=20)
    sheet.text("票种 Type", (kind, 628, 235, 24), 20)
    sheet.text(paper.ticket_type.zh, (kind, 654, 235, 32), 30, bold=True)
    sheet.text(paper.ticket_type.en, (kind, 688, 235, 30), 20)
    sheet.text("票价 Price", (price, 628, 200, 24), 20, align=RIGHT)
    amount = f"¥{format_yuan(paper.price)}"
    sheet.text(amount, (price, 654, 200, 54), 46, bold=True, align=RIGHT, comfort=0)


def _person(sheet: Sheet, paper: TicketPaper) -> None:
    _rule(sheet, 720)
    right = _LEFT + 300
    if paper.attendee:
        sheet.text("观赛人 Attendee", (_LEFT, 730, _HALF, 24), 20)
        sheet.text(paper.attendee, (_LEFT, 756, 290, 60), 34, bold=True)
    if paper.document:
        box = (right, 730, _SPAN - 300, 24)
        sheet.text("证件 ID document", box, 20, align=RIGHT)
        box = (right, 756, _SPAN - 300, 60)
        sheet.text(paper.document, box, 30, align=RIGHT)


def _opens(sheet: Sheet, courts: tuple[Both, ...]) -> None:
    _rule(sheet, 824)
    if not courts:
        return
    sheet.text("可进球场 Opens", (_LEFT, 834, _SPAN, 24), 20)
    sheet.text("、".join(court.zh for court in courts), (_LEFT, 858, _SPAN, 34), 30, bold=True)
    sheet.text(", ".join(court.en for court in courts), (_LEFT, 894, _SPAN, 46), 21)


def _code(sheet: Sheet, paper: TicketPaper) -> None:
    left = (WIDTH - qr.SIZE * MODULE) // 2
    # Four modules of white around the symbol belong to it.
    sheet.modules(qr.symbol_rows(paper.code), qr.SIZE, left, 972, MODULE)
    sheet.text(
        f"订单号 Order {paper.order_number}", (_LEFT, 1344, _SPAN, 40), 36, bold=True, align=CENTRE
    )
    sheet.text(f"票号 Ticket {paper.ticket_number}", (_LEFT, 1388, _SPAN, 30), 26, align=CENTRE)
    sheet.text(paper.terms.zh, (_LEFT, 1476, _SPAN, 48), 20, comfort=16)
    sheet.text(paper.terms.en, (_LEFT, 1526, _SPAN, 46), 19, comfort=14)
