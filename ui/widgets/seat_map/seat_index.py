"""Finding seats by place: under a point, inside a rectangle, next in a direction."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from ui.widgets.seat_map.geometry import PlanGeometry

#: Side of a grid cell in seat pitches: small enough to look at few seats, large enough to be few.
_CELL_PITCHES = 2.5
#: Reach of the successive searches for the next seat in a direction, in seat pitches.
_REACHES = (4.0, 12.0, 60.0, 600.0)


class SeatIndex:
    """A grid over the seats of one plan. All lengths are metres, all results seat indexes."""

    def __init__(self, geometry: PlanGeometry) -> None:
        self._geometry = geometry
        self._cell = geometry.pitch * _CELL_PITCHES
        self._grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, (x, y) in enumerate(zip(geometry.x, geometry.y, strict=True)):
            self._grid[int(x // self._cell), int(y // self._cell)].append(index)

    def _near(self, left: float, top: float, right: float, bottom: float) -> Iterator[int]:
        cell, grid = self._cell, self._grid
        columns = range(int(left // cell), int(right // cell) + 1)
        rows = range(int(top // cell), int(bottom // cell) + 1)
        if len(columns) * len(rows) > len(grid):
            for members in grid.values():
                yield from members
            return
        for column in columns:
            for row in rows:
                yield from grid.get((column, row), ())

    def within(self, left: float, top: float, right: float, bottom: float) -> list[int]:
        """Seats whose middle lies in the rectangle."""
        xs, ys = self._geometry.x, self._geometry.y
        return [
            index
            for index in self._near(left, top, right, bottom)
            if left <= xs[index] <= right and top <= ys[index] <= bottom
        ]

    def nearest(self, x: float, y: float, reach: float) -> int:
        """The seat nearest to the point, at most `reach` away; -1 if there is none."""
        xs, ys = self._geometry.x, self._geometry.y
        best, best_distance = -1, reach
        for index in self._near(x - reach, y - reach, x + reach, y + reach):
            distance = math.hypot(xs[index] - x, ys[index] - y)
            if distance <= best_distance:
                best, best_distance = index, distance
        return best

    def step(self, start: int, dx: int, dy: int) -> int:
        """The next seat from `start` towards (dx, dy), one of the four directions.

        A neighbour in the row comes first when the row runs that way; else the seat that lies
        closest and straightest. Returns `start` where nothing lies that way.
        """
        along_row = self._row_step(start, dx, dy)
        if along_row >= 0:
            return along_row
        geometry = self._geometry
        x, y = geometry.x[start], geometry.y[start]
        for pitches in _REACHES:
            reach = pitches * geometry.pitch
            best, best_cost = -1, math.inf
            for index in self._near(x - reach, y - reach, x + reach, y + reach):
                ahead = (geometry.x[index] - x) * dx + (geometry.y[index] - y) * dy
                aside = abs((geometry.x[index] - x) * dy) + abs((geometry.y[index] - y) * dx)
                cost = ahead + 2 * aside
                if ahead > aside and ahead <= reach and cost < best_cost:
                    best, best_cost = index, cost
            if best >= 0:
                return best
        return start

    def _row_step(self, start: int, dx: int, dy: int) -> int:
        geometry = self._geometry
        row = geometry.row_members[geometry.row_of[start]]
        place = geometry.place_in_row[start]
        for other in row[max(place - 1, 0) : place + 2]:
            ahead = (geometry.x[other] - geometry.x[start]) * dx
            ahead += (geometry.y[other] - geometry.y[start]) * dy
            # cos 45° of the way there: the row runs closer to this direction than across it
            if other != start and ahead > 0.7072 * geometry.distance(start, other):
                return other
        return -1
