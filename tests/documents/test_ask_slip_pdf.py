"""The slip with the code to ask by: order number, code, and that it admits nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from boxoffice.documents.ask_slip import AskSlip, ask_slip_pdf
from boxoffice.documents.paper import Both
from tests.documents.test_drop_slip_pdf import words

SLIP = AskSlip(
    event=Both("2025中国网球公开赛", "2025 China Open"),
    window="3",
    operator="1001",
    at=datetime(2025, 9, 27, 4, 45, 12, tzinfo=UTC),
    order_number="33-XWV4",
    code="QK7MABCD",
)


def test_it_says_everything() -> None:
    text = words(ask_slip_pdf(SLIP))
    for said in ("QK7MABCD", "33-XWV4", "2025-09-2712:45:12", "不作入场凭证", "Notvalidforentry"):
        assert said in text, said
    assert "TRAINING" not in text


def test_training_is_said() -> None:
    assert words(ask_slip_pdf(replace(SLIP, training=True))).count("TRAINING") == 2
