"""The looks a seat can have, and drawing all seats of one look in a single call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, compress

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QGlyphRun, QPainter, QRawFont

from ui.widgets.seat_map.model import RINGED, LevelStyle, MapColours, SeatState, Shape
from ui.widgets.seat_map.seat_font import glyph_of, seat_font

#: A seat of another level than the one looked for shrinks to this part and pales to that one.
_PALE_SIZE, _PALE_COLOUR = 0.55, 0.45
#: What is left of its level's colour in a seat that is not to be had now.
_FAINT_COLOUR = 0.6
#: What is left of its level's colour in a seat held ahead of time: from afar its ring is too fine.
_DEEPER = 0.78


class Look:
    """Shape, colour and size shared by its members.

    Positions are what drawing needs; which seat each belongs to is only worked out when single
    seats come and go, for filling that dictionary costs as much as drawing.
    """

    def __init__(self, shape: Shape, colour: QColor, font: QRawFont) -> None:
        self.colour = colour
        self._font = font
        self._glyph = glyph_of(shape)
        self._parts: list[tuple[Sequence[int], bytes]] = []
        self._points: list[QPointF] = []
        self._by_seat: dict[int, QPointF] | None = None
        self._run = self._run_of([])
        self._room = 0
        self._stale = True

    @property
    def members(self) -> Iterable[int]:
        """Indexes of the seats that look so."""
        return self._members().keys()

    def empty(self) -> None:
        """Take out every member."""
        self._parts, self._points, self._by_seat, self._stale = [], [], None, True

    def fill(self, seats: Sequence[int], points: Sequence[QPointF], chosen: bytes) -> None:
        """Put in those of the seats for which `chosen` is not zero; call after `empty`."""
        self._parts.append((seats, chosen))
        self._points.extend(compress(points, chosen))
        self._stale = True

    def put_in(self, seat: int, point: QPointF) -> None:
        """Put in one member."""
        self._members()[seat] = point
        self._stale = True

    def take_out(self, seat: int) -> None:
        """Take out one member. Raises KeyError if it is none."""
        del self._members()[seat]
        self._stale = True

    def _members(self) -> dict[int, QPointF]:
        if self._by_seat is None:
            seats = chain.from_iterable(compress(*part) for part in self._parts)
            self._by_seat = dict(zip(seats, self._points, strict=True))
        return self._by_seat

    def draw(self, painter: QPainter) -> None:
        """Draw every member with one call."""
        if self._stale:
            points = self._points if self._by_seat is None else list(self._by_seat.values())
            # Qt draws as many glyphs as have positions: spare ones save giving them anew each time
            if len(points) > self._room:
                self._room = len(points) * 5 // 4 + 16
                self._run.setGlyphIndexes([self._glyph] * self._room)
            self._run.setPositions(points)
            self._stale = False
        painter.setPen(self.colour)
        painter.drawGlyphRun(QPointF(), self._run)

    def draw_at(self, painter: QPainter, points: list[QPointF], colour: QColor) -> None:
        """Draw the shape at other points, in another colour."""
        painter.setPen(colour)
        painter.drawGlyphRun(QPointF(), self._run_of(points))

    def _run_of(self, points: list[QPointF]) -> QGlyphRun:
        run = QGlyphRun()
        run.setRawFont(self._font)
        run.setGlyphIndexes([self._glyph] * len(points))
        run.setPositions(points)
        return run


class Looks:
    """Every look of a map; `metre` is how many units of position a metre has."""

    def __init__(self, levels: Sequence[LevelStyle], colours: MapColours, metre: float) -> None:
        font, small = seat_font(metre), seat_font(metre * _PALE_SIZE)

        def plain(shape: Shape, colour: str) -> Look:
            return Look(shape, QColor(colour), font)

        self.mine = plain(Shape.TICK, colours.ink)
        self._alike = {
            SeatState.TAKEN: plain(Shape.DOT, colours.taken),
            SeatState.UNSALEABLE: plain(Shape.SALTIRE, colours.unsaleable),
            SeatState.HELD: plain(Shape.RING, colours.held),
            SeatState.MINE: self.mine,
        }
        self._by_level = {
            SeatState.FREE: [plain(level.shape, level.colour) for level in levels],
            SeatState.OBSTRUCTED: [plain(Shape.HALF, level.colour) for level in levels],
            SeatState.OURS: [
                Look(
                    RINGED.get(level.shape, Shape.RINGED_CIRCLE),
                    _mixed(level.colour, colours.ink, _DEEPER),
                    font,
                )
                for level in levels
            ],
            SeatState.AWAY: [
                Look(Shape.BAR, _mixed(level.colour, colours.surface, _FAINT_COLOUR), font)
                for level in levels
            ],
        }
        self._pale = [
            Look(level.shape, _mixed(level.colour, colours.surface, _PALE_COLOUR), small)
            for level in levels
        ]

    def of(self, state: SeatState, level: int, wanted: int | None) -> Look:
        """Look of a seat, `wanted` being the only level to stay bright, or None."""
        if state in self._alike:
            return self._alike[state]
        if wanted not in (None, level):
            return self._pale[level]
        return self._by_level[state][level]

    @property
    def in_bulk(self) -> list[Look]:
        """All but those that are mine, in the order to draw them: what matters most comes last."""
        quiet = [look for look in self._alike.values() if look is not self.mine]
        bright = (SeatState.AWAY, SeatState.OBSTRUCTED, SeatState.FREE, SeatState.OURS)
        by_level = [look for state in bright for look in self._by_level[state]]
        return [*quiet, *self._pale, *by_level]


def _mixed(colour: str, other: str, part: float) -> QColor:
    """So much of one colour, and the rest of the other."""
    a, b = QColor(colour), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(part * one + (1 - part) * rest) for one, rest in pairs))
