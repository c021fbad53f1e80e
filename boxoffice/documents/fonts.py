"""The two faces pages are set in, read once per process: widths and outlines of every glyph."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from boxoffice import errors

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"

UNITS = 1000
"""Font units per em in which widths and heights are told."""

CAPITAL_HEIGHT = 733
"""Height of capitals and figures above the base line, in font units."""

MISSING = 0
"""The glyph that stands for a character the face does not have: an empty box."""

# Flags of a part of a composite glyph, from the TrueType specification.
_WORDS, _SCALE, _MORE, _SCALE_XY, _SCALE_2X2 = 0x1, 0x8, 0x20, 0x40, 0x80


class Face:
    """One TrueType face. Reading it takes about 0.1 s; use `face` to share it."""

    def __init__(self, name: str) -> None:
        from reportlab.pdfbase.ttfonts import TTFError, TTFontFile

        path = FOLDER / f"{name}.ttf"
        try:
            font: Any = TTFontFile(str(path))
        except (OSError, TTFError) as error:
            raise errors.DiskTrouble(file=str(path), why=str(error)) from error
        self.name = name
        self.glyph_of: dict[int, int] = font.charToGlyph
        self.metrics: list[tuple[int, int]] = font.hmetrics
        self.ascent: int = font.ascent
        self.descent: int = font.descent
        self.bounds: tuple[int, ...] = tuple(font.bbox)
        self.stem: int = font.stemV
        self.tables: dict[str, bytes] = {
            tag: font.get_table(tag) for tag in ("head", "hhea", "maxp")
        }
        self._positions: list[int] = font.glyphPos
        # A view, because each slice of ten megabytes of outlines would copy them.
        self._outlines = memoryview(font.get_table("glyf"))
        self._widths: dict[str, int] = {}

    def glyph(self, letter: str) -> int:
        """Index of the glyph of a character, `MISSING` where there is none."""
        return self.glyph_of.get(ord(letter), MISSING)

    def width(self, text: str) -> int:
        """Advance of a text in font units."""
        total = 0
        for letter in text:
            advance = self._widths.get(letter)
            if advance is None:
                advance = self._widths[letter] = self.metrics[self.glyph(letter)][0]
            total += advance
        return total

    def outline(self, glyph: int) -> bytes:
        """The glyph's outline as it stands in the file."""
        return bytes(self._outlines[self._positions[glyph] : self._positions[glyph + 1]])


@lru_cache(maxsize=2)
def face(name: str) -> Face:
    """The face of that name. Raises DiskTrouble where its file cannot be read."""
    return Face(name)


def parts_of(outline: bytes) -> list[tuple[int, int]]:
    """The glyphs a composite outline is put together from, each with where its index stands."""
    if len(outline) < 10 or outline[0] < 0x80:  # a plain outline counts its contours from 0
        return []
    parts = []
    at, flags = 10, _MORE
    while flags & _MORE:
        flags = int.from_bytes(outline[at : at + 2], "big")
        parts.append((at + 2, int.from_bytes(outline[at + 2 : at + 4], "big")))
        at += 8 if flags & _WORDS else 6
        if flags & _SCALE:
            at += 2
        elif flags & _SCALE_XY:
            at += 4
        elif flags & _SCALE_2X2:
            at += 8
    return parts
