"""Draws pages in printer dots and writes them as one PDF with reportlab.

Everything stands on whole dots of a 203 dpi print head, counted from the top left corner, so that
what a one-bit printer makes of the page is what was drawn.
"""

from __future__ import annotations

from typing import Any

from boxoffice.documents.embed import FontInUse, packed
from boxoffice.documents.fonts import BOLD, CAPITAL_HEIGHT, REGULAR, UNITS, face
from boxoffice.documents.typeset import LEADING, fit

DOTS_PER_INCH = 203
POINTS_PER_INCH = 72
DOT = POINTS_PER_INCH / DOTS_PER_INCH
"""One dot in points."""

LEFT, CENTRE, RIGHT = 0, 1, 2

# Part of the em box above the base line in which Chinese characters stand.
_ASCENT = 880

# An image keeps this much of a dot away from the grid lines around it: a renderer that rounds
# outwards would otherwise, by the last decimal of a position, give it a dot more.
_INSET = 0.01


def dots(millimetres: float) -> int:
    """Whole dots in so many millimetres, never more than them."""
    return int(millimetres * DOTS_PER_INCH / 25.4)


class Book:
    """A PDF in the making; its pages share the fonts."""

    def __init__(self) -> None:
        self.fonts = {
            REGULAR: FontInUse(face(REGULAR), "F1"),
            BOLD: FontInUse(face(BOLD), "F2"),
        }
        self._pages: list[Sheet] = []

    def sheet(self, width: int) -> Sheet:
        """A new page so many dots wide; set its height before the book is written."""
        page = Sheet(self.fonts, width)
        self._pages.append(page)
        return page

    def write(self, title: str) -> bytes:
        """The whole PDF; the same drawings give the same bytes."""
        from reportlab.pdfbase.pdfdoc import PDFDocument, PDFPage, PDFResourceDictionary

        document: Any = PDFDocument(invariant=1, compression=1)
        document.setTitle(title)
        document.setAuthor("Box office")
        resources = PDFResourceDictionary()
        resources.basicFonts()
        shared = document.Reference(resources)
        for sheet in self._pages:
            page = PDFPage()
            page.pagewidth = _points(sheet.width)
            page.pageheight = _points(sheet.height)
            page.Resources = shared
            page.Contents = packed(sheet.content())
            document.addPage(page)
        for font in self.fonts.values():
            font.add_to(document)
        return bytes(document.GetPDFData(None))


class Sheet:
    """One page. Positions and sizes are whole dots from the top left corner."""

    def __init__(self, fonts: dict[str, FontInUse], width: int) -> None:
        self.width = width
        self.height = 0
        self._fonts = fonts
        self._drawn: list[str] = []

    def text(
        self,
        words: str,
        box: tuple[int, int, int, int],
        size: int,
        *,
        bold: bool = False,
        align: int = LEFT,
        comfort: int = 18,
        middle: bool = False,
        white: bool = False,
    ) -> int:
        """Set words within the box (left, top, width, height); the height used comes back.

        `size` is the largest size, `comfort` the one below which words may be broken inside;
        `middle` centres figures and capitals between top and bottom.
        """
        if not words.strip():
            return 0
        name = BOLD if bold else REGULAR
        left, top, width, height = box
        setting = fit(words, name, width, height, size, comfort)
        used, font = face(name), self._fonts[name]
        step = round(setting.size * LEADING)
        tall = setting.size + step * (len(setting.lines) - 1)
        base = top + setting.size * _ASCENT // UNITS
        if middle:
            capitals = setting.size * CAPITAL_HEIGHT // UNITS
            block = capitals + step * (len(setting.lines) - 1)
            base = top + (height - block) // 2 + capitals
        colour = "1 g " if white else ""
        shown = [f"q {colour}BT /{font.name} {setting.size} Tf"]
        for line in setting.lines:
            spare = width - used.width(line) * setting.size // UNITS
            x = left + spare * align // 2
            shown.append(f"1 0 0 -1 {x} {base} Tm <{font.encode(line)}> Tj")
            base += step
        shown.append("ET Q")
        self._drawn.append(" ".join(shown))
        return tall

    def bar(self, left: int, top: int, width: int, height: int) -> None:
        """A filled black rectangle; two or three dots high it is a rule."""
        self._drawn.append(f"{left} {top} {width} {height} re f")

    def modules(self, rows: list[int], count: int, left: int, top: int, module: int) -> None:
        """A one-bit image, inline: `count` modules a row, each a square of `module` whole dots."""
        pad = -count % 8
        size = (count + pad) // 8
        data = b"".join((row << pad).to_bytes(size, "big") for row in rows)
        wide, tall = count * module - 2 * _INSET, len(rows) * module - 2 * _INSET
        # The page counts downwards, an image upwards: it is set on its lower edge.
        foot = top + len(rows) * module - _INSET
        self._drawn.append(
            f"q {wide:.2f} 0 0 {-tall:.2f} {left + _INSET:.2f} {foot:.2f} cm "
            f"BI /W {count} /H {len(rows)} /BPC 1 /CS /G /D [1 0] /F /AHx ID {data.hex()}>\nEI Q"
        )

    def content(self) -> bytes:
        """The page's drawing instructions."""
        turned = f"{DOT:.8f} 0 0 {-DOT:.8f} 0 {self.height * DOT:.6f} cm"
        return "\n".join([turned, *self._drawn, ""]).encode("ascii")


def _points(length: int) -> float:
    # Rounded down: a renderer that rounds up shall not find a dot more.
    return int(length * DOT * 1000) / 1000
