"""The outlines of seats as a font made in memory.

Text is the one thing Qt draws fast in bulk: thousands of copies of a small antialiased picture in
one call. So the seats of one look are drawn as one run of text, each seat a glyph.
"""

from __future__ import annotations

import struct
from functools import cache

from PySide6.QtCore import QByteArray, QPointF, Qt
from PySide6.QtGui import QFont, QPolygonF, QRawFont, QTransform

from ui.widgets.seat_map.model import Shape
from ui.widgets.seat_map.shapes import outline

_UNITS = 1000  # font units in a metre
_FIRST_CODE = 0xE000  # private use area
_SHAPES = tuple(Shape)


def glyph_of(shape: Shape) -> int:
    """Number of the glyph; glyph 0 is the empty one every font must begin with."""
    return _SHAPES.index(shape) + 1


@cache
def seat_font(pixels_per_metre: float) -> QRawFont:
    """The font at a size; glyphs are centred on the point they are drawn at."""
    font = QRawFont(
        QByteArray(_font_file()), pixels_per_metre, QFont.HintingPreference.PreferNoHinting
    )
    if not font.isValid():
        raise RuntimeError("Qt did not take the seat outlines as a font")
    return font


def _contours(shape: Shape) -> list[list[tuple[int, int]]]:
    """Outline in font units, outer edges one way round and holes the other."""
    polygons = outline(shape).toSubpathPolygons(QTransform.fromScale(_UNITS, -_UNITS))
    contours = []
    for polygon in polygons:
        inside = polygon.value(0)
        depth = sum(
            other is not polygon and other.containsPoint(inside, Qt.FillRule.OddEvenFill)
            for other in polygons
        )
        points = [(round(p.x()), round(p.y())) for p in polygon.toList()]
        if points[0] == points[-1]:
            points.pop()
        if (_area(polygon) > 0) == (depth % 2 == 0):
            points.reverse()
        contours.append(points)
    return contours


def _area(polygon: QPolygonF) -> float:
    points: list[QPointF] = polygon.toList()
    return sum(
        a.x() * b.y() - b.x() * a.y()
        for a, b in zip(points, points[1:] + points[:1], strict=True)
    )


def _glyph(contours: list[list[tuple[int, int]]]) -> tuple[bytes, tuple[int, int, int, int]]:
    points = [point for contour in contours for point in contour]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    ends, total = [], 0
    for contour in contours:
        total += len(contour)
        ends.append(total - 1)
    data = struct.pack(f">5h{len(ends)}HH", len(contours), *box, *ends, 0) + b"\x01" * len(points)
    for values in (xs, ys):
        steps = [b - a for a, b in zip([0, *values], values, strict=False)]
        data += struct.pack(f">{len(steps)}h", *steps)
    return data + b"\0" * (-len(data) % 4), box


@cache
def _font_file() -> bytes:
    glyphs, boxes = [b""], [(0, 0, 0, 0)]
    for shape in _SHAPES:
        data, box = _glyph(_contours(shape))
        glyphs.append(data)
        boxes.append(box)
    count = len(glyphs)
    offsets = [sum(len(data) for data in glyphs[:number]) for number in range(count + 1)]
    low, high = min(b[1] for b in boxes), max(b[3] for b in boxes)
    most = max(len(data) for data in glyphs)
    head = struct.pack(
        ">IIIIHHQQ4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 1, _UNITS, 0, 0,
        min(b[0] for b in boxes), low, max(b[2] for b in boxes), high, 0, 3, 2, 1, 0,
    )  # fmt: skip
    tables = {
        b"OS/2": _os2(low, high),
        b"cmap": _cmap(count),
        b"glyf": b"".join(glyphs),
        b"head": head,
        b"hhea": struct.pack(
            ">I3hH3h3h4hhH", 0x10000, high, low, 0, _UNITS, low, 0, high, 1, 0, 0, 0, 0, 0, 0, 0, count
        ),
        # the left bearing must equal the left edge, or the glyph is moved to it
        b"hmtx": b"".join(struct.pack(">Hh", _UNITS, box[0]) for box in boxes),
        b"loca": struct.pack(f">{count + 1}I", *offsets),
        b"maxp": struct.pack(">I14H", 0x10000, count, most, 64, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _name("Box Office Seats"),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _assembled(tables)


def _cmap(count: int) -> bytes:
    last = _FIRST_CODE + count - 2
    segments = struct.pack(
        ">HHHHHHHHHHhhHH", 4, 4, 1, 0, last, 0xFFFF, 0, _FIRST_CODE, 0xFFFF, 0, 0, 1, 0, 0
    )
    # segments: doubled count and search helps, ends, pad, starts, deltas, range offsets
    segments = struct.pack(
        ">4H2HH2H2H2H", 4, 4, 1, 0, last, 0xFFFF, 0, _FIRST_CODE, 0xFFFF,
        (1 - _FIRST_CODE) & 0xFFFF, 1, 0, 0,
    )  # fmt: skip
    table = struct.pack(">HHH", 4, len(segments) + 6, 0) + segments
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table


def _os2(low: int, high: int) -> bytes:
    return struct.pack(
        ">HhHHH11h10s4I4sHHHhhhHHIIhhHHH", 4, _UNITS, 400, 5, 0,
        650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0,
        b"\0" * 10, 0, 0, 0, 0, b"NONE", 0x40, _FIRST_CODE, _FIRST_CODE + len(_SHAPES) - 1,
        high, low, 0, high, -low, 1, 0, 500, 500, 0, 0x20, 0,
    )  # fmt: skip


def _name(family: str) -> bytes:
    texts = {1: family, 2: "Regular", 3: family, 4: family, 5: "1.0", 6: family.replace(" ", "")}
    records, strings = b"", b""
    for number, text in texts.items():
        data = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(data), len(strings))
        strings += data
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + strings


def _sum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(
        ">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    position = len(header) + 16 * count
    directory, body, head_at = b"", b"", 0
    for tag in sorted(tables):
        data = tables[tag]
        if tag == b"head":
            head_at = position + len(body)
        directory += struct.pack(">4sIII", tag, _sum(data), position + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    file = bytearray(header + directory + body)
    struct.pack_into(">I", file, head_at + 8, (0xB1B0AFBA - _sum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)
