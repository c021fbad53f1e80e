"""The seats themselves: which look each has now, and drawing all of them in a few calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.widgets.seat_map.geometry import PlanGeometry
from ui.widgets.seat_map.looks import Look, Looks
from ui.widgets.seat_map.model import BUYABLE, LevelStyle, MapColours, SeatState, Shape
from ui.widgets.seat_map.shapes import NOMINAL_RADIUS, tick_line
from ui.widgets.seat_map.view import View

#: Shapes that are a picture themselves and leave no room for a number.
_PICTURES = frozenset({Shape.WHEELCHAIR, Shape.COMPANION})
#: States in which a number is written into the shape.
_PLAIN = frozenset({SeatState.FREE, SeatState.OURS})
#: Positions are kept in this many units to the metre: Qt rounds them to 1/64 of one.
UNITS = 100.0
#: Size of a seat that is mine: in metres, and in pixels however far away.
_MINE_METRES, _MINE_PIXELS = 0.53, 14.0
#: A state that at most one seat in so many has is searched for, a frequent one sifted out.
_RARE = 12
#: How often a shape is drawn over in white until its soft edge is gone.
_WHITENINGS = 6
#: For each state, what turns a string of states into ones where it stands and zeros elsewhere.
_IS_STATE = {state: bytes(number == state for number in range(256)) for state in SeatState}

#: A seat's position, the look it had and the one it has now.
Move = tuple[QPointF, Look, Look]


class SeatLayer:
    """States and looks of the seats of one plan; knows nothing of widgets or events.

    Raises ValueError for a plan whose seats point to a level that has no style.
    """

    def __init__(
        self, geometry: PlanGeometry, levels: Sequence[LevelStyle], colours: MapColours
    ) -> None:
        level_of = geometry.level_of
        if level_of and not 0 <= min(level_of) <= max(level_of) < len(levels):
            raise ValueError("a seat points to a level that has no style")
        self._geometry = geometry
        self._levels = tuple(levels)
        self._surface = QColor(colours.surface)
        self._points = [
            QPointF(x * UNITS, y * UNITS) for x, y in zip(geometry.x, geometry.y, strict=True)
        ]
        seats_of: list[list[int]] = [[] for _ in levels]
        for index, level in enumerate(level_of):
            seats_of[level].append(index)
        self._of_level = [(seats, _picked(self._points, seats)) for seats in seats_of]
        self._looks = Looks(levels, colours, UNITS * geometry.radius / NOMINAL_RADIUS)
        self._states = bytearray([SeatState.UNSALEABLE]) * len(geometry)
        self._wanted: int | None = None
        self._table: list[list[Look]] = []
        self._regroup()

    @property
    def states(self) -> bytes:
        """The state of each seat, as given last."""
        return bytes(self._states)

    def set_states(self, states: bytes | bytearray) -> None:
        """Give every seat its state. Raises ValueError for a wrong length or an unknown state."""
        if len(states) != len(self._geometry):
            raise ValueError("one state per seat is needed")
        if states and max(states) >= len(SeatState):
            raise ValueError("there is no such state of a seat")
        self._states = bytearray(states)
        self._regroup()

    def change_states(self, changes: Mapping[int, int]) -> list[Move]:
        """Change the state of some seats, by index; returns what moved from which look to which.

        Raises ValueError for an unknown state.
        """
        states, levels, points = self._states, self._geometry.level_of, self._points
        moves = []
        for index, state in changes.items():
            before, after = states[index], SeatState(state)
            old, new = self._table[before][levels[index]], self._table[after][levels[index]]
            states[index] = after
            if old is not new:
                old.take_out(index)
                new.put_in(index, points[index])
                moves.append((points[index], old, new))
        return moves

    def set_level_filter(self, level: int | None) -> None:
        """Show the free seats of one level bright and those of the others pale; None: all bright.

        Raises ValueError for a level without a style.
        """
        if level is not None and not 0 <= level < len(self._levels):
            raise ValueError("there is no such level")
        self._wanted = level
        self._regroup()

    def buyable(self, indexes: Iterable[int]) -> list[int]:
        """Those of the seats that are free and of the level looked for."""
        levels = self._geometry.level_of
        return [
            index
            for index in indexes
            if self._states[index] in BUYABLE and self._wanted in (None, levels[index])
        ]

    def numbered(self, indexes: Iterable[int]) -> list[int]:
        """Those of the seats whose look has room for a number."""
        states, levels = self._states, self._geometry.level_of
        roomy = [level.shape not in _PICTURES for level in self._levels]
        return [
            index
            for index in self.buyable(indexes)
            if states[index] in _PLAIN and roomy[levels[index]]
        ]

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw all seats but those that are mine."""
        painter.save()
        self._to_units(painter, view)
        for look in self._looks.in_bulk:
            look.draw(painter)
        painter.restore()

    def repaint(self, painter: QPainter, view: View, moves: list[Move]) -> None:
        """Draw some seats anew over what `paint` has painted.

        The old shape is whitened: what its soft edge leaves, less than a twentieth of the colour,
        goes with the next full painting.
        """
        leaving: dict[Look, list[QPointF]] = defaultdict(list)
        coming: dict[Look, list[QPointF]] = defaultdict(list)
        for point, old, new in moves:
            leaving[old].append(point)
            coming[new].append(point)
        painter.save()
        self._to_units(painter, view)
        for look, points in leaving.items():
            if look is not self._looks.mine:
                look.draw_at(painter, points * _WHITENINGS, self._surface)
        for look, points in coming.items():
            if look is not self._looks.mine:
                look.draw_at(painter, points, look.colour)
        painter.restore()

    def _to_units(self, painter: QPainter, view: View) -> None:
        painter.translate(view.left, view.top)
        painter.scale(view.scale / UNITS, view.scale / UNITS)

    def paint_mine(self, painter: QPainter, view: View, sight: QRectF) -> None:
        """Draw the seats that are mine over all others, one by one: they are few, and large enough
        to be seen from afar. `sight` is the visible part of the plan in metres.
        """
        geometry = self._geometry
        size = _MINE_METRES * geometry.radius / NOMINAL_RADIUS * view.scale
        size = max(size, _MINE_PIXELS)
        around = sight.adjusted(*(step * size / view.scale for step in (-1, -1, 1, 1)))
        rim, tick = QPen(self._surface, size * 0.08), QPen(self._surface, size * 0.13)
        tick.setCapStyle(Qt.PenCapStyle.RoundCap)
        tick.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        box = QRectF(-size / 2, -size / 2, size, size)
        line = tick_line(size / 500)
        painter.save()
        painter.setBrush(self._looks.mine.colour)
        for index in self._looks.mine.members:
            x, y = geometry.x[index], geometry.y[index]
            if around.contains(x, y):
                middle = QPointF(*map(round, view.to_screen(x, y)))
                painter.setPen(rim)
                painter.drawRoundedRect(box.translated(middle), size * 0.2, size * 0.2)
                painter.strokePath(line.translated(middle), tick)
        painter.restore()

    def _regroup(self) -> None:
        """Put every seat into its look."""
        levels = range(len(self._levels))
        self._table = [
            [self._looks.of(state, level, self._wanted) for level in levels] for state in SeatState
        ]
        for look in (*self._looks.in_bulk, self._looks.mine):
            look.empty()
        for level, (seats, points) in enumerate(self._of_level):
            states = bytes(_picked(self._states, seats))
            for state in SeatState:
                look, count = self._table[state][level], states.count(state)
                if count * _RARE > len(seats):
                    look.fill(seats, points, states.translate(_IS_STATE[state]))
                elif count:
                    here = _found(states, state)
                    look.fill(_picked(seats, here), _picked(points, here), b"\1" * count)


def _found(states: bytes, state: int) -> list[int]:
    """The places of a state."""
    places, place = [], states.find(state)
    while place >= 0:
        places.append(place)
        place = states.find(state, place + 1)
    return places


def _picked(values: Sequence, places: Sequence[int]) -> Sequence:
    """The values at those places."""
    return itemgetter(*places)(values) if len(places) > 1 else [values[place] for place in places]
