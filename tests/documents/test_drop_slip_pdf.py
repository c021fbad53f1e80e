"""Slips of drops: amount, two people, time, window and shift, and room to sign."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2

from boxoffice.documents.drop_slip import DropSlip, drop_slip_pdf
from boxoffice.documents.paper import Both

SLIP = DropSlip(
    event=Both("2025中国网球公开赛", "2025 China Open"),
    window="3",
    entry="1-42",
    at=datetime(2025, 9, 27, 4, 45, 12, tzinfo=UTC),
    operator="1001 售票员",
    second="3001 主管",
    shift_opened=datetime(2025, 9, 27, 1, 40, tzinfo=UTC),
    amount=1_234_550,
)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        return re.sub(r"\s", "", document[0].get_textpage().get_text_range())
    finally:
        document.close()


def test_it_says_everything() -> None:
    text = words(drop_slip_pdf(SLIP))
    for said in (
        "缴款单Cashdrop", "¥12,345.50", "2025-09-2712:45:12", "2025-09-2709:40:00", "1-42",
        "1001售票员", "3001主管", "Bothsign",
    ):  # fmt: skip
        assert said in text, said
    assert text.count("______________________") == 2
    assert "TRAINING" not in text


def test_training_is_said() -> None:
    assert words(drop_slip_pdf(replace(SLIP, training=True))).count("TRAINING") == 2
