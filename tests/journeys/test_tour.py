"""The tour: every step reached in both languages, every code on paper reads and is ours."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

import main
from boxoffice.domain import ticket_code
from boxoffice.domain.signing import CertifiedKey, check_keys

DOTS_PER_INCH = 203
POINTS_PER_INCH = 72
INK_BELOW = 128

PICTURES = 88
SOLD = 2 + 3 + 2 + 2 + 2 + 4 + 2 + 1 + 2 + 4 + 2
REPRINTED = 1


@pytest.fixture
def toured(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The folder of a tour of the demo in the language of the test."""
    language = request.param
    assert main.main(["tour", "--out", str(tmp_path), "--lang", language]) == 0
    return tmp_path / language


@pytest.mark.parametrize("toured", ["zh_CN", "en"], indirect=True)
def test_every_code_on_paper_is_ours(toured: Path) -> None:
    pictures = sorted(toured.glob("*.png"))
    assert len(pictures) == PICTURES
    assert len({picture.read_bytes() for picture in pictures}) == PICTURES, "each shows something"
    keys = check_keys(json.loads((toured / "keys.json").read_text(encoding="utf-8")))
    papers = sorted(toured.glob("tickets*.pdf"))
    claims = [claim for paper in papers for claim in _claims(paper, keys)]
    picked_up = sum(claim.issue == 1 for claim in claims) - SOLD
    assert picked_up >= 2, "two orders, each with a ticket or more"
    assert sum(claim.issue == 2 for claim in claims) == REPRINTED
    assert len({(claim.ticket, claim.issue) for claim in claims}) == len(claims)
    assert main.main(["verify", "--home", str(toured / "home")]) == 0
    shutil.rmtree(toured)


def _claims(paper: Path, keys: dict[bytes, CertifiedKey]) -> list[ticket_code.TicketClaim]:
    """What the code of every page claims, read from a one-bit picture as a printer makes it."""
    found = []
    document = pypdfium2.PdfDocument(paper)
    for page in document:
        grey = page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH, grayscale=True).to_pil()
        one_bit = grey.point(lambda value: 255 if value >= INK_BELOW else 0, "1").convert("L")
        (read,) = zxingcpp.read_barcodes(one_bit, formats=zxingcpp.BarcodeFormat.QRCode)
        found.append(ticket_code.verify(read.text, keys.get))
    document.close()
    return found
