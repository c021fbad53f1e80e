"""Slips of reservations: the code to read and to scan, until when, and what waits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import zxingcpp

from boxoffice.documents.paper import Both
from boxoffice.documents.sheet import DOTS_PER_INCH, POINTS_PER_INCH
from boxoffice.documents.slip import SlipLine, SlipPaper, slip_pdf

SLIP = SlipPaper(
    event=Both("2025中国网球公开赛", "2025 China Open"),
    window="3",
    operator="1001",
    at=datetime(2025, 9, 27, 1, 45, 12, tzinfo=UTC),
    order_number="3A-2K7Q",
    code="ABCD2345",
    name="张*",
    deadline=datetime(2025, 9, 27, 3, 45, tzinfo=UTC),
    lines=(
        SlipLine(
            Both("莲花球场日场 正赛", "Lotus day session, Main draw"),
            datetime(2025, 9, 27, 4, 30, tzinfo=UTC),
            Both("B档 成人票", "Level B, Adult"),
            4,
            38_000,
        ),
    ),
    total=152_000,
)


def read(pdf: bytes) -> tuple[str, list[str]]:
    """The words of the only page, and what a scanner reads on its print at 203 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        page = document[0]
        assert abs(page.get_size()[0] / POINTS_PER_INCH * 25.4 - 80) < 0.1
        text = re.sub(r"\s", "", page.get_textpage().get_text_range())
        image = page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH, grayscale=True).to_numpy()
        codes = zxingcpp.read_barcodes(
            image.reshape(image.shape[:2]), formats=zxingcpp.BarcodeFormat.QRCode
        )
        return text, [found.text for found in codes]
    finally:
        document.close()


def test_it_says_everything_and_can_be_scanned() -> None:
    text, codes = read(slip_pdf(SLIP))
    for words in (
        "预约单Reservation", "Notpaid", "ABCD2345", "3A-2K7Q", "张*", "9月27日周六11:45",
        "Sat27Sep11:45", "莲花球场日场正赛", "LevelB,Adult", "4×¥380.00", "待付Topay¥1,520.00",
    ):  # fmt: skip
        assert words in text, words
    assert codes == ["ABCD2345"]
    assert "付款时确定" not in text
    assert "TRAINING" not in text


def test_seats_that_may_be_swapped_and_training_are_said() -> None:
    text, _ = read(slip_pdf(replace(SLIP, seats_open=True, training=True)))
    assert "座位在付款时确定" in text
    assert text.count("TRAINING–NOTVALID") == 2


def test_the_same_slip_gives_the_same_bytes() -> None:
    assert slip_pdf(SLIP) == slip_pdf(SLIP)
