"""Writes a small TrueType font: outlines of straight lines, one size of advance, no names to map.

Only what a font engine insists on is in it; the tables and their fields follow the OpenType
specification, big-endian, and are packed in the order the specification lists them.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

Contour = Sequence[tuple[int, int]]
_Box = tuple[int, int, int, int]

_MAGIC = 0x5F0F3CF5
_CHECKSUM_OF_FILE = 0xB1B0AFBA
_FIRST_CODE = 0xE000  # the private use area


def font_file(family: str, glyphs: Sequence[Sequence[Contour]], units: int) -> bytes:
    """A font whose glyph 1 is the first given; contours are in `units` to the em, y upwards.

    Outer contours run clockwise and holes the other way. Every glyph advances by one em and
    stands in the private use area, from U+E000 on.
    """
    packed = [(b"", (0, 0, 0, 0)), *(_glyph(contours) for contours in glyphs)]
    data = [glyph for glyph, _ in packed]
    boxes = [box for _, box in packed]
    around = (
        min(b[0] for b in boxes), min(b[1] for b in boxes),
        max(b[2] for b in boxes), max(b[3] for b in boxes),
    )  # fmt: skip
    ends = [sum(map(len, data[:number])) for number in range(len(data) + 1)]
    return _assembled(
        {
            b"OS/2": _os2(len(glyphs), around, units),
            b"cmap": _cmap(len(glyphs)),
            b"glyf": b"".join(data),
            b"head": _head(around, units),
            b"hhea": _hhea(len(data), around, units),
            # the left bearing equals the left edge, or the glyph would be moved to make it so
            b"hmtx": b"".join(struct.pack(">Hh", units, box[0]) for box in boxes),
            b"loca": struct.pack(f">{len(ends)}I", *ends),
            b"maxp": _maxp(glyphs),
            b"name": _name(family),
            b"post": struct.pack(">IIhh5I", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
        }
    )


def _glyph(contours: Sequence[Contour]) -> tuple[bytes, _Box]:
    xs = [x for contour in contours for x, _ in contour]
    ys = [y for contour in contours for _, y in contour]
    box = (min(xs), min(ys), max(xs), max(ys))
    lasts = [sum(map(len, contours[: number + 1])) - 1 for number in range(len(contours))]
    data = struct.pack(f">5h{len(lasts)}HH", len(contours), *box, *lasts, 0)
    data += b"\x01" * len(xs)  # every point is on the outline, its steps are two bytes each
    for values in (xs, ys):
        steps = [b - a for a, b in zip([0, *values[:-1]], values, strict=True)]
        data += struct.pack(f">{len(steps)}h", *steps)
    return data + bytes(-len(data) % 4), box


def _head(around: _Box, units: int) -> bytes:
    style, smallest, direction, long_offsets, data_format = 0, 3, 2, 1, 0
    return struct.pack(
        ">IIIIHHQQ4hHHhhh", 0x10000, 0x10000, 0, _MAGIC, 1, units, 0, 0, *around,
        style, smallest, direction, long_offsets, data_format,
    )  # fmt: skip


def _hhea(count: int, around: _Box, units: int) -> bytes:
    left, low, right, high = around
    upright = (1, 0, 0)
    return struct.pack(
        ">I3hH3h3h4hhH", 0x10000, high, low, 0, units, left, units - right, right, *upright,
        0, 0, 0, 0, 0, count,
    )  # fmt: skip


def _maxp(glyphs: Sequence[Sequence[Contour]]) -> bytes:
    points = max(sum(map(len, contours)) for contours in glyphs)
    contours = max(map(len, glyphs))
    limits = (points, contours, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
    return struct.pack(">I14H", 0x10000, len(glyphs) + 1, *limits)


def _cmap(count: int) -> bytes:
    last, shift = _FIRST_CODE + count - 1, (1 - _FIRST_CODE) & 0xFFFF
    segments = struct.pack(
        ">4H 2HH 2H 2H 2H", 4, 4, 1, 0, last, 0xFFFF, 0, _FIRST_CODE, 0xFFFF, shift, 1, 0, 0
    )
    table = struct.pack(">3H", 4, len(segments) + 6, 0) + segments
    return struct.pack(">4HI", 0, 1, 3, 1, 12) + table


def _os2(count: int, around: _Box, units: int) -> bytes:
    low, high, half, tenth = around[1], around[3], units // 2, units // 10
    weight, width, embeddable, regular = 400, 5, 0, 0x40
    return struct.pack(
        ">HhHHH11h10s4I4sHHHhhhHHIIhhHHH", 4, units, weight, width, embeddable,
        half, half, 0, tenth, half, half, 0, half, tenth, half // 2, 0,
        bytes(10), 0, 0, 0, 0, b"NONE", regular, _FIRST_CODE, _FIRST_CODE + count - 1,
        high, low, 0, high, -low, 1, 0, half, half, 0, 0x20, 0,
    )  # fmt: skip


def _name(family: str) -> bytes:
    names = (family, "Regular", family, family, "Version 1.0", family.replace(" ", ""))
    records, strings = b"", b""
    for number, text in enumerate(names, start=1):
        data = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(data), len(strings))
        strings += data
    return struct.pack(">3H", 0, len(names), 6 + len(records)) + records + strings


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    steps = count.bit_length() - 1
    header = struct.pack(">I4H", 0x10000, count, 16 << steps, steps, 16 * count - (16 << steps))
    begin = len(header) + 16 * count
    directory, body, adjustment_at = b"", b"", 0
    for tag, data in sorted(tables.items()):
        place = begin + len(body)
        if tag == b"head":
            adjustment_at = place + 8
        directory += struct.pack(">4s3I", tag, _checksum(data), place, len(data))
        body += data + bytes(-len(data) % 4)
    file = bytearray(header + directory + body)
    left_over = (_CHECKSUM_OF_FILE - _checksum(bytes(file))) & 0xFFFFFFFF
    struct.pack_into(">I", file, adjustment_at, left_over)
    return bytes(file)
