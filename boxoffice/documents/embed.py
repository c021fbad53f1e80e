"""Puts the faces a document uses into its PDF: one font per face, holding only the glyphs used."""

from __future__ import annotations

import zlib
from typing import Any

from boxoffice.documents.fonts import CAPITAL_HEIGHT, MISSING, UNITS, Face
from boxoffice.documents.subset import subset

_SYMBOLIC = 4
_COMPRESSION = 6
_ENTRIES_A_BLOCK = 100  # what the format allows in one bfchar block

_TO_UNICODE_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TO_UNICODE_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


class FontInUse:
    """A face within one document; characters get their numbers in the order of first use."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self._codes: dict[str, str] = {}
        self._glyphs = [MISSING]

    def encode(self, text: str) -> str:
        """The text as the hexadecimal string that shows it with this font."""
        codes = self._codes
        try:
            return "".join([codes[letter] for letter in text])
        except KeyError:
            for letter in text:
                if letter not in codes:
                    # A character without a glyph gets a number too: its box can be copied as it.
                    codes[letter] = f"{len(self._glyphs):04X}"
                    self._glyphs.append(self.face.glyph(letter))
            return "".join([codes[letter] for letter in text])

    def add_to(self, document: Any) -> None:
        """Add the font's objects to a reportlab PDFDocument, under `name` on every page."""
        face, base = self.face, f"{_tag(self.name)}+{self.face.name}"
        program = subset(face, self._glyphs)
        file = self._put(document, "file", packed(program, Length1=len(program)))
        box = " ".join(map(str, face.bounds))
        descriptor = self._put(
            document,
            "descriptor",
            f"<< /Type /FontDescriptor /FontName /{base} /Flags {_SYMBOLIC} "
            f"/FontBBox [{box}] /ItalicAngle 0 /Ascent {face.ascent} /Descent {face.descent} "
            f"/CapHeight {CAPITAL_HEIGHT} /StemV {face.stem} /FontFile2 {file} >>",
        )
        widths = " ".join(str(face.metrics[glyph][0]) for glyph in self._glyphs)
        descendant = self._put(
            document,
            "descendant",
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{base} "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {descriptor} /DW {UNITS} /W [0 [{widths}]] "
            "/CIDToGIDMap /Identity >>",
        )
        to_unicode = self._put(document, "unicode", packed(self._to_unicode()))
        font = self._put(
            document,
            "font",
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H "
            f"/DescendantFonts [{descendant}] /ToUnicode {to_unicode} >>",
        )
        document.idToObject["BasicFonts"].dict[self.name] = font

    def _put(self, document: Any, part: str, content: Any) -> str:
        """Add an object, written as it stands where it is text; what refers to it."""
        reference = document.Reference(content, f"{self.name} {part}")
        return str(reference.format(document).decode("ascii"))

    def _to_unicode(self) -> bytes:
        entries = [
            f"<{code}> <{letter.encode('utf-16-be').hex().upper()}>"
            for letter, code in self._codes.items()
        ]
        blocks = [
            entries[at : at + _ENTRIES_A_BLOCK] for at in range(0, len(entries), _ENTRIES_A_BLOCK)
        ]
        body = "".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
        )
        return (_TO_UNICODE_HEAD + body + _TO_UNICODE_TAIL).encode("ascii")


def packed(content: bytes, **entries: int) -> Any:
    """A compressed stream object with these extra entries."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

    dictionary = PDFDictionary({"Filter": PDFName("FlateDecode"), **entries})
    return PDFStream(dictionary, zlib.compress(content, _COMPRESSION))


def _tag(name: str) -> str:
    """Six capitals that mark a subset, made from the font's name in the document."""
    return (name.upper() + "AAAAAA")[:6].translate(str.maketrans("0123456789", "ABCDEFGHIJ"))
