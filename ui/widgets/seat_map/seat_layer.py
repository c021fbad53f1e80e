"""The seats themselves: which look each has now, and drawing all of them in a few calls."""

from __future__ import annotations

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
#: Positions are kept in this many units to the metre: Qt rounds them to 1/64 of one.
UNITS = 100.0
#: Size of a seat that is mine: in metres, and in pixels however far away.
_MINE_METRES, _MINE_PIXELS = 0.53, 14.0
#: For each state, what turns a string of states into ones where it stands and zeros elsewhere.
_IS_STATE = {state: bytes(number == state for number in range(256)) for state in SeatState}


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

    def change_states(self, changes: Mapping[int, int]) -> None:
        """Change the state of some seats, by index. Raises ValueError for an unknown state."""
        states, levels, points = self._states, self._geometry.level_of, self._points
        for index, state in changes.items():
            before, after = states[index], SeatState(state)
            old, new = self._table[before][levels[index]], self._table[after][levels[index]]
            states[index] = after
            old.take_out(index)
            new.put_in(index, points[index])

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
            if states[index] == SeatState.FREE and roomy[levels[index]]
        ]

    def paint(self, painter: QPainter, view: View, sight: QRectF) -> None:
        """Draw all seats; `sight` is the visible part of the plan in metres."""
        painter.save()
        painter.translate(view.left, view.top)
        painter.scale(view.scale / UNITS, view.scale / UNITS)
        for look in self._looks.in_bulk:
            look.draw(painter)
        painter.restore()
        self._paint_mine(painter, view, sight)

    def _paint_mine(self, painter: QPainter, view: View, sight: QRectF) -> None:
        """Seats that are mine, few and one by one, for they keep a size that is seen from afar."""
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
                if state in states:
                    self._table[state][level].fill(
                        seats, points, states.translate(_IS_STATE[state])
                    )


def _picked(values: Sequence, places: Sequence[int]) -> Sequence:
    """The values at those places."""
    return itemgetter(*places)(values) if len(places) > 1 else [values[place] for place in places]
