"""Printed tickets: the right words on the right page, nothing cut, nothing over anything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2
import pytest

from boxoffice import errors
from boxoffice.documents import fonts
from boxoffice.documents.paper import Both, TicketPaper
from boxoffice.documents.ticket import HEIGHT, WIDTH, ticket_pdf

Make = Callable[..., TicketPaper]

LONG: dict[str, Any] = {
    "event": Both("二〇二五年中国网球公开赛暨国家网球中心二十周年庆典",
                  "The 2025 China Open and the twentieth anniversary celebrations of the "
                  "National Tennis Center"),
    "court": Both("国家网球中心钻石球场主球场", "National Tennis Center Diamond Stadium Court"),
    "session": Both("钻石球场夜场 男子单打半决赛及女子双打决赛与颁奖仪式(含退役仪式及表演赛)",
                    "Diamond night session, men's singles semi-finals, women's doubles final, "
                    "award ceremony and farewell exhibition"),
    "block": "Diamond VIP 东看台 12",
    "row": "无障碍 12",
    "seat": "W-108",
    "level": "无障碍 Wheelchair",
    "ticket_type": Both("无障碍陪同席优惠票", "Wheelchair companion concession"),
    "price": 123456789,
    "attendee": "Maximiliana-Konstantina Featherstonehaugh",
    "document": "EXTRAORDINARYPASSPORT**********1234",
    "order_number": "2A2B2C2D-2K7QWE",
    "ticket_number": "ABCD-EFGH-JKLM-NPQR",
    "terms": Both("凭票及本人有效证件入场,一人一证一票;请妥善保管,遗失不补。" * 3,
                  "Admission with the original document only; one person, one ticket. " * 3),
    "duplicate": True,
    "training": True,
}  # fmt: skip
GROUNDS: dict[str, Any] = {"block": None, "row": None, "seat": None, "level": "", "price": 5000}


def page_text(pdf: bytes, page: int = 0) -> str:
    """All words of a page without spaces and line ends."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return re.sub(r"\s", "", document[page].get_textpage().get_text_range())
    finally:
        document.close()


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def ink_boxes(pdf: bytes) -> np.ndarray:
    """Left, bottom, right, top of every visible character, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[0].get_textpage()
        words = text.get_text_range()
        boxes = [text.get_charbox(i) for i in range(text.count_chars())]
        assert len(words) == len(boxes)
        return np.array([box for box, letter in zip(boxes, words, strict=True) if letter.strip()])
    finally:
        document.close()


def test_page_is_80_by_200_mm(paper: Make) -> None:
    document = pypdfium2.PdfDocument(ticket_pdf([paper(), paper(**GROUNDS)]))
    assert len(document) == 2
    for page in document:
        width, height = (side / 72 * 25.4 for side in page.get_size())
        assert abs(width - 80) < 0.1
        assert abs(height - 200) < 0.1
    document.close()


def test_a_seats_ticket_says_everything_in_both_languages(paper: Make) -> None:
    text = page_text(ticket_pdf([paper()]))
    for words in (
        "2025中国网球公开赛", "2025 China Open", "钻石球场", "Diamond Court", "钻石球场日场 正赛",
        "Diamond day session, Main draw", "2025年9月27日 周六", "Sat 27 Sep 2025", "12:30",
        "10:00", "区 Block", "224", "排 Row", "座 Seat", "12", "成人票", "Adult", "¥980.00",
        "王*健", "110101********288X", "3A-2K7Q", "7F3K-9Q2M", "映月球场", "Moon Court", "入场",
    ):  # fmt: skip
        assert squeezed(words) in text
    assert "DUPLICATE" not in text
    assert "TRAINING" not in text
    assert "欢享票" not in text


def test_night_after_midnight_utc_is_told_in_venue_time(paper: Make) -> None:
    late = paper().starts_at.replace(hour=20)  # 04:30 of the next day in Beijing
    text = page_text(ticket_pdf([paper(starts_at=late)]))
    assert "2025年9月28日周日" in text
    assert "04:30" in text


def test_grounds_pass_says_so_and_names_no_seat(paper: Make) -> None:
    text = page_text(ticket_pdf([paper(**GROUNDS)]))
    for words in ("欢享票", "Groundspass", "¥50.00", "外场", "Outercourts"):
        assert words in text
    assert "排Row" not in text
    assert "Block" not in text


@pytest.mark.parametrize(
    ("mark", "words"),
    [("duplicate", "补打票DUPLICATE"), ("training", "培训票TRAINING–NOTVALID")],
)
def test_marks(paper: Make, mark: str, words: str) -> None:
    assert words in page_text(ticket_pdf([paper(**{mark: True})]))


def test_extreme_lengths_are_printed_whole(paper: Make) -> None:
    text = page_text(ticket_pdf([paper(**LONG)]))
    for value in LONG.values():
        for words in value if isinstance(value, Both) else [value]:
            if isinstance(words, str):
                assert squeezed(words) in text
    assert "¥1,234,567.89" in text


@pytest.mark.parametrize("changed", [{}, LONG, GROUNDS], ids=["usual", "long", "grounds"])
def test_nothing_overlaps_or_leaves_the_printable_width(
    paper: Make, changed: dict[str, Any]
) -> None:
    boxes = ink_boxes(ticket_pdf([paper(**changed)]))
    page_width, page_height = WIDTH * 72 / 203, HEIGHT * 72 / 203
    assert boxes[:, 0].min() > 3 / 25.4 * 72
    assert boxes[:, 2].max() < page_width - 3 / 25.4 * 72
    assert boxes[:, 1].min() > 0
    assert boxes[:, 3].max() < page_height
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = np.clip(high - low, 0, None).min(axis=2)
    np.fill_diagonal(shared, 0)
    # Points: the boxes of a V and an A side by side share a hair, though their ink does not.
    assert shared.max() < 0.2


def test_every_name_prints_even_rare_and_missing_characters(paper: Make) -> None:
    text = page_text(ticket_pdf([paper(attendee="𬭎㛃囍鱻", document="E😀1")]))
    assert "𬭎㛃囍鱻" in text
    assert "E😀1" in text


def test_fonts_are_embedded_and_nothing_else_is_named(paper: Make) -> None:
    pdf = ticket_pdf([paper()])
    assert pdf.count(b"/FontFile2") == 2
    assert b"Helvetica" not in pdf


def test_same_tickets_give_the_same_bytes(paper: Make) -> None:
    tickets = [paper(), paper(**LONG), paper(**GROUNDS)]
    assert ticket_pdf(tickets) == ticket_pdf(tickets)
    assert ticket_pdf(tickets[:1]) == ticket_pdf(tickets[:1])


def test_a_print_run_shares_its_fonts(paper: Make) -> None:
    one, many = ticket_pdf([paper()]), ticket_pdf([paper() for _ in range(50)])
    assert len(many) < len(one) + 50 * 4000
    offsets = [match.start() for match in re.finditer(rb"/Type /Page\b", many)]
    assert len(offsets) == 50
    assert all(a < b for a, b in pairwise(offsets))


def test_a_missing_font_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    with pytest.raises(errors.DiskTrouble):
        fonts.Face(fonts.REGULAR)
