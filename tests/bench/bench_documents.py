"""How long a ticket takes to become a PDF, one alone and in a print run of a thousand."""

from __future__ import annotations

import io
import json
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from boxoffice.documents.fonts import BOLD, FOLDER, REGULAR
from boxoffice.documents.paper import Both, TicketPaper
from boxoffice.documents.ticket import HEIGHT_MM, WIDTH_MM, ticket_pdf
from boxoffice.domain import signing, ticket_code

ROUNDS = 60
RUN = 1000
_KEY = signing.WindowKey(bytes(32))
_MM = 72 / 25.4


def _paper(number: int) -> TicketPaper:
    """A ticket whose seat, name and code differ from all others."""
    claim = ticket_code.TicketClaim(_KEY.key_id, UUID(int=number), 7, number, 1, 3, 1)
    surname, given = chr(0x4E00 + number % 5000), chr(0x5E00 + number % 3000)
    return TicketPaper(
        event=Both("2025中国网球公开赛", "2025 China Open"),
        court=Both("钻石球场", "Diamond Court"),
        session=Both("钻石球场日场 正赛", "Diamond day session, Main draw"),
        starts_at=datetime(2025, 9, 27, 4, 30, tzinfo=UTC),
        gates_at=datetime(2025, 9, 27, 2, 0, tzinfo=UTC),
        block=str(101 + number % 24),
        row=str(1 + number % 30),
        seat=str(1 + number % 28),
        level="A",
        ticket_type=Both("成人票", "Adult"),
        price=98000,
        attendee=f"{surname}*{given}",
        document=f"110101********{number % 10000:04}",
        order_number=f"3A-{number:04}",
        ticket_number=f"7F3K-{number:04}",
        opens=(Both("钻石球场", "Diamond Court"), Both("莲花球场", "Lotus Court")),
        code=ticket_code.encode(claim, _KEY.sign),
        terms=Both("凭票及本人有效证件入场。", "Admission with the original document only."),
    )


def _bare_pages(count: int) -> bytes:
    """The same number of pages by reportlab alone: one line of text in each face, no code."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH_MM * _MM, HEIGHT_MM * _MM), invariant=1)
    for number in range(count):
        for name, height in ((REGULAR, 400), (BOLD, 300)):
            canvas.setFont(name, 12)
            canvas.drawString(20, height, f"钻石球场日场 Diamond {number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _median_ms(work: Callable[[int], object], rounds: int) -> float:
    work(0)
    times = []
    for number in range(1, rounds + 1):
        begun = time.perf_counter()
        work(number)
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def _figure(name: str, value: float, baseline: str, baseline_value: float) -> dict[str, Any]:
    return {
        "name": name,
        "value": round(value, 2),
        "unit": "ms",
        "baseline": baseline,
        "baseline_value": round(baseline_value, 2),
        "ratio": round(value / baseline_value, 2),
    }


def figures() -> Iterator[dict[str, Any]]:
    """One figure at a time, each with its baseline measured in the same run."""
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"{name}.ttf")))
    bare = "reportlab canvas, the same two fonts, one line of text in each, no QR"
    papers = [_paper(number) for number in range(RUN)]
    yield _figure(
        "ticket_pdf",
        _median_ms(lambda number: ticket_pdf([papers[number]]), ROUNDS),
        bare,
        _median_ms(lambda _: _bare_pages(1), ROUNDS),
    )
    yield _figure(
        "ticket_pdf_run_of_1000",
        _median_ms(lambda _: ticket_pdf(papers), 3),
        bare,
        _median_ms(lambda _: _bare_pages(RUN), 3),
    )


if __name__ == "__main__":
    for figure in figures():
        print(json.dumps(figure))
