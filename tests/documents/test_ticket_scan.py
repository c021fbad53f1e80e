"""Printed codes are read back: off clean prints, worn ones, and ones held askew."""

from __future__ import annotations

import random
from collections.abc import Callable
from uuid import UUID

import numpy as np
import pytest
from PIL import Image

from boxoffice.documents import qr
from boxoffice.documents.paper import TicketPaper
from boxoffice.documents.ticket import MODULE, ticket_pdf

Scan = Callable[[np.ndarray], str | None]
Render = Callable[[bytes], list[np.ndarray]]

# Where the symbol stands on the page, and how much of it each of its corner marks takes.
TOP, LEFT, SIDE, CORNER = 972, 148, qr.SIZE * MODULE, 9 * MODULE


@pytest.fixture(scope="module")
def prints(
    paper: Callable[..., TicketPaper], code: Callable[..., str], printed: Render
) -> list[tuple[str, np.ndarray]]:
    """Thirty random tickets: the code and the one-bit page."""
    chance = random.Random(203)
    codes = [
        code(UUID(int=chance.getrandbits(128)), chance.getrandbits(32), chance.getrandbits(32))
        for _ in range(30)
    ]
    pages = printed(ticket_pdf([paper(code=text) for text in codes]))
    return list(zip(codes, pages, strict=True))


def test_every_clean_print_is_read(prints: list[tuple[str, np.ndarray]], scanned: Scan) -> None:
    for text, page in prints:
        assert scanned(page) == text


def test_modules_are_whole_dots(prints: list[tuple[str, np.ndarray]]) -> None:
    for text, page in prints[:5]:
        rows = [f"{row:0{qr.SIZE}b}" for row in qr.symbol_rows(text)]
        symbol = np.array([[0 if bit == "1" else 255 for bit in row] for row in rows], np.uint8)
        wanted = symbol.repeat(MODULE, axis=0).repeat(MODULE, axis=1)
        assert np.array_equal(page[TOP : TOP + SIDE, LEFT : LEFT + SIDE], wanted)
        quiet = 4 * MODULE
        around = page[TOP - quiet : TOP + SIDE + quiet, LEFT - quiet : LEFT + SIDE + quiet].copy()
        around[quiet:-quiet, quiet:-quiet] = 255
        assert around.min() == 255, "four modules around the symbol stay white"


def worn(page: np.ndarray, seed: int) -> np.ndarray:
    """Askew by up to 3 degrees, speckled, a dead print dot, and a dozen spots rubbed off.

    The spots keep off the three corner marks: those no error correction mends.
    """
    chance = np.random.default_rng(seed)
    page = page.copy()
    spot, spots = 18, 12
    while spots:
        y, x = chance.integers(0, SIDE - spot, 2)
        upper, lower = y < CORNER, y > SIDE - CORNER - spot
        left, right = x < CORNER, x > SIDE - CORNER - spot
        if (upper and (left or right)) or (lower and left):
            continue
        page[TOP + y : TOP + y + spot, LEFT + x : LEFT + x + spot] = 255
        spots -= 1
    page[:, LEFT + chance.integers(CORNER, SIDE - CORNER)] = 255
    speckles = chance.random(page.shape)
    page[speckles < 0.01] = 0
    page[speckles > 0.97] = 255
    askew = Image.fromarray(page).rotate(
        float(chance.uniform(-3, 3)), Image.Resampling.BILINEAR, fillcolor=255
    )
    return np.asarray(askew)


def test_worn_and_askew_prints_are_read(
    prints: list[tuple[str, np.ndarray]], scanned: Scan
) -> None:
    for seed, (text, page) in enumerate(prints):
        assert scanned(worn(page, seed)) == text


@pytest.mark.parametrize("degrees", [-3, 3])
def test_three_degrees_askew_is_read(
    prints: list[tuple[str, np.ndarray]], scanned: Scan, degrees: int
) -> None:
    for text, page in prints[:10]:
        askew = Image.fromarray(page).rotate(degrees, Image.Resampling.BILINEAR, fillcolor=255)
        assert scanned(np.asarray(askew)) == text
