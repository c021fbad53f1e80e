"""Tickets to print, and a printer's and a scanner's view of the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from boxoffice.documents.paper import Both, TicketPaper
from boxoffice.documents.sheet import DOTS_PER_INCH, POINTS_PER_INCH
from boxoffice.domain import signing, ticket_code

WINDOW_KEY = signing.WindowKey(bytes(range(32)))

COURTS = (
    Both("钻石球场", "Diamond Court"),
    Both("莲花球场", "Lotus Court"),
    Both("映月球场", "Moon Court"),
    Both("一号球场", "Court 1"),
    Both("外场", "Outer courts"),
)


@pytest.fixture(scope="session")
def code() -> Callable[..., str]:
    """Makes the signed code of a ticket."""

    def make(ticket: UUID, session: int = 1, seat: int = 1) -> str:
        claim = ticket_code.TicketClaim(WINDOW_KEY.key_id, ticket, session, seat, 1, 3, 1)
        return ticket_code.encode(claim, WINDOW_KEY.sign)

    return make


@pytest.fixture(scope="session")
def paper(code: Callable[..., str]) -> Callable[..., TicketPaper]:
    """Makes a ticket like those of the tournament, with any field changed."""

    def make(**changed: Any) -> TicketPaper:
        fields: dict[str, Any] = {
            "event": Both("2025中国网球公开赛", "2025 China Open"),
            "court": COURTS[0],
            "session": Both("钻石球场日场 正赛", "Diamond day session, Main draw"),
            "starts_at": datetime(2025, 9, 27, 4, 30, tzinfo=UTC),
            "gates_at": datetime(2025, 9, 27, 2, 0, tzinfo=UTC),
            "block": "224",
            "row": "7",
            "seat": "12",
            "level": "A",
            "ticket_type": Both("成人票", "Adult"),
            "price": 98000,
            "attendee": "王*健",
            "document": "110101********288X",
            "order_number": "3A-2K7Q",
            "ticket_number": "7F3K-9Q2M",
            "opens": COURTS,
            "code": code(UUID(int=1)),
            "terms": Both("凭票及本人有效证件入场。", "Admission with the original document only."),
        }
        return TicketPaper(**{**fields, **changed})

    return make


def one_bit(page: pypdfium2.PdfPage) -> np.ndarray:
    """The page as a 203 dpi print head makes it: 0 where it burns, 255 elsewhere."""
    grey = page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH, grayscale=True).to_numpy()
    return np.where(grey.reshape(grey.shape[:2]) < 128, 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def printed() -> Callable[[bytes], list[np.ndarray]]:
    """The pages of a PDF in one-bit dots."""

    def render(pdf: bytes) -> list[np.ndarray]:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [one_bit(page) for page in document]
        finally:
            document.close()

    return render


@pytest.fixture(scope="session")
def scanned() -> Callable[[np.ndarray], str | None]:
    """What a scanner reads off a picture."""

    def scan(picture: np.ndarray) -> str | None:
        found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
        return found[0].text if found else None

    return scan
