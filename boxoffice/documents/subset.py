"""A small TrueType file of just the glyphs a document uses, for embedding under glyph numbers."""

from __future__ import annotations

import struct

from boxoffice.documents.fonts import Face, parts_of

_CHECKSUM_MAGIC = 0xB1B0AFBA
_WORD = 0xFFFFFFFF


def subset(face: Face, glyphs: list[int]) -> bytes:
    """The font file in which glyph n is `glyphs[n]` of the face; parts of composites follow after.

    It holds what a PDF viewer needs of a font addressed by glyph number: no names, no characters.
    """
    order = list(glyphs)
    number_of: dict[int, int] = {}
    for number, glyph in enumerate(order):
        number_of.setdefault(glyph, number)
    pieces: list[bytes] = []
    positions = [0]
    at = 0
    while len(pieces) < len(order):
        outline = face.outline(order[len(pieces)])
        parts = parts_of(outline)
        if parts:
            outline = _renumbered(outline, parts, order, number_of)
        outline += bytes(-len(outline) % 4)
        pieces.append(outline)
        at += len(outline)
        positions.append(at)
    count = len(order)
    metrics = [value for glyph in order for value in face.metrics[glyph]]
    return _file(
        {
            b"glyf": b"".join(pieces),
            b"head": _head(face.tables["head"]),
            b"hhea": face.tables["hhea"][:34] + struct.pack(">H", count),
            b"hmtx": struct.pack(f">{2 * count}H", *metrics),
            b"loca": struct.pack(f">{count + 1}L", *positions),
            b"maxp": face.tables["maxp"][:4] + struct.pack(">H", count) + face.tables["maxp"][6:],
        }
    )


def _renumbered(
    outline: bytes, parts: list[tuple[int, int]], order: list[int], number_of: dict[int, int]
) -> bytes:
    changed = bytearray(outline)
    for at, glyph in parts:
        if glyph not in number_of:
            number_of[glyph] = len(order)
            order.append(glyph)
        changed[at : at + 2] = number_of[glyph].to_bytes(2, "big")
    return bytes(changed)


def _head(original: bytes) -> bytes:
    """The head table without its checksum and with long glyph positions."""
    return original[:8] + bytes(4) + original[12:50] + b"\0\1" + original[52:]


def _checksum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) & _WORD


def _file(tables: dict[bytes, bytes]) -> bytes:
    span = 1 << (len(tables).bit_length() - 1)
    directory = [
        struct.pack(
            ">LHHHH", 0x10000, len(tables), span * 16, span.bit_length() - 1,
            (len(tables) - span) * 16,
        )
    ]  # fmt: skip
    at = 12 + 16 * len(tables)
    bodies = []
    head_at = 0
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        directory.append(struct.pack(">4sLLL", tag, _checksum(padded), at, len(data)))
        if tag == b"head":
            head_at = at
        bodies.append(padded)
        at += len(padded)
    file = b"".join(directory + bodies)
    adjust = struct.pack(">L", (_CHECKSUM_MAGIC - _checksum(file)) & _WORD)
    return file[: head_at + 8] + adjust + file[head_at + 12 :]
