"""Where the words of a plan stand: blocks in front of their first row, rows at both their ends."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from ui.widgets.seat_map.geometry import PlanGeometry
from ui.widgets.seat_map.seat_index import SeatIndex

#: How far in front of a block its name may stand, and the step of looking for other seats there.
_FARTHEST, _STEP = 6.0, 0.25  # metres


@dataclass(frozen=True)
class Tag:
    """A word that stands off a seat at (x, y) in a direction of length one; all in metres.

    It has `room` along the row, and `gap` from that seat to the next ones in its direction.
    """

    text: str
    x: float
    y: float
    dx: float
    dy: float
    room: float = math.inf
    gap: float = math.inf


def row_tags(geometry: PlanGeometry) -> list[Tag]:
    """The names of rows, beyond their first and last seats."""
    tags = []
    for label, members in zip(geometry.rows, geometry.row_members, strict=True):
        if len(members) < 2:
            continue
        for end, before in ((members[0], members[1]), (members[-1], members[-2])):
            dx, dy = _direction(_place(geometry, before), _place(geometry, end))
            tags.append(Tag(label, *_place(geometry, end), dx, dy))
    return tags


def zone_tags(geometry: PlanGeometry, index: SeatIndex) -> list[Tag]:
    """The names of blocks, in front of their first row, which is the one next to the court."""
    rows_of: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for members in geometry.row_members:
        if members:
            rows_of[geometry.zone_of[members[0]]].append(members)
    tags = []
    for zone, rows in sorted(rows_of.items()):
        # the middle seat, not the mean of all: a row may bend
        middles = {row: _place(geometry, row[len(row) // 2]) for row in rows}
        rows.sort(key=lambda row: math.dist(middles[row], geometry.centre))
        x, y = middles[rows[0]]
        if len(rows) > 1:
            dx, dy = _direction(middles[rows[-1]], (x, y))
        else:
            dx, dy = _direction((x, y), geometry.centre)
        room = geometry.distance(rows[0][0], rows[0][-1]) + 2 * geometry.pitch
        gap = _gap(index, geometry.pitch * 0.8, x, y, dx, dy)
        tags.append(Tag(geometry.zones[zone], x, y, dx, dy, room, gap))
    return tags


def _place(geometry: PlanGeometry, seat: int) -> tuple[float, float]:
    return (geometry.x[seat], geometry.y[seat])


def _direction(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    length = math.dist(start, end) or 1.0
    return ((end[0] - start[0]) / length, (end[1] - start[1]) / length)


def _gap(index: SeatIndex, reach: float, x: float, y: float, dx: float, dy: float) -> float:
    """Metres from a seat to the next ones in a direction; endless if there are none for long."""
    ahead = reach + _STEP
    while ahead <= _FARTHEST:
        if index.nearest(x + dx * ahead, y + dy * ahead, reach) >= 0:
            return ahead + reach
        ahead += _STEP
    return math.inf
