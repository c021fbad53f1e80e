"""Where the seats of a court are: frozen plain data, made once per plan and kept by the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise


@dataclass(frozen=True, eq=False)
class PlanGeometry:
    """A seat plan in metres, x to the right and y downwards.

    The per-seat sequences (`ids`, `x`, `y`, `zone_of`, `row_of`, `ordinal`, `numbers`, `level_of`)
    have one entry per seat, in one order: an entry's place is the seat's *index*. `zones` and
    `rows` are labels; `zone_of` and `row_of` point into them, so two rows "7" of two zones are two
    entries of `rows`. `ordinal` counts along the row: neighbours differ by one, and a gap in it is
    an aisle. `level_of` points into the level styles given with the plan.

    Raises ValueError where the sequences do not fit together.
    """

    width: float
    height: float
    radius: float
    ids: Sequence[int]
    x: Sequence[float]
    y: Sequence[float]
    zones: Sequence[str]
    zone_of: Sequence[int]
    rows: Sequence[str]
    row_of: Sequence[int]
    ordinal: Sequence[int]
    numbers: Sequence[str]
    level_of: Sequence[int]

    def __post_init__(self) -> None:
        per_seat = (
            self.x, self.y, self.zone_of, self.row_of, self.ordinal, self.numbers, self.level_of
        )  # fmt: skip
        if any(len(values) != len(self.ids) for values in per_seat):
            raise ValueError("every sequence of a seat plan needs one entry per seat")
        if self.radius <= 0:
            raise ValueError("the radius of a seat must be above zero")
        for pointers, labels in ((self.zone_of, self.zones), (self.row_of, self.rows)):
            if pointers and not 0 <= min(pointers) <= max(pointers) < len(labels):
                raise ValueError("a seat points to a zone or row the plan does not have")

    @classmethod
    def empty(cls) -> PlanGeometry:
        """A plan without seats, for a page that has no session chosen yet."""
        return cls(0.0, 0.0, 0.22, (), (), (), (), (), (), (), (), (), ())

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def index_of(self) -> dict[int, int]:
        """Index of the seat with this id."""
        return {seat_id: index for index, seat_id in enumerate(self.ids)}

    @cached_property
    def row_members(self) -> tuple[tuple[int, ...], ...]:
        """Indexes of the seats of each row, in the order they stand in."""
        members: list[list[int]] = [[] for _ in self.rows]
        for index, row in enumerate(self.row_of):
            members[row].append(index)
        return tuple(tuple(sorted(row, key=self.ordinal.__getitem__)) for row in members)

    @cached_property
    def place_in_row(self) -> tuple[int, ...]:
        """Place of each seat within the members of its row."""
        places = [0] * len(self)
        for row in self.row_members:
            for place, index in enumerate(row):
                places[index] = place
        return tuple(places)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom edge of all seats, in metres; zeros for an empty plan."""
        if not self.ids:
            return (0.0, 0.0, 0.0, 0.0)
        r = self.radius * 1.5
        return (min(self.x) - r, min(self.y) - r, max(self.x) + r, max(self.y) + r)

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of all seats, where the court lies."""
        left, top, right, bottom = self.bounds
        return ((left + right) / 2, (top + bottom) / 2)

    @cached_property
    def pitch(self) -> float:
        """Usual distance between neighbours in a row, in metres."""
        gaps = sorted(
            self.distance(first, second)
            for row in self.row_members
            for first, second in pairwise(row[:7])
        )
        return gaps[len(gaps) // 2] if gaps else self.radius * 2.5

    def distance(self, first: int, second: int) -> float:
        """Metres between the middles of two seats."""
        return math.hypot(self.x[first] - self.x[second], self.y[first] - self.y[second])

    def run_between(self, first: int, second: int) -> tuple[int, ...]:
        """The seats from one to the other along their row; nothing if the rows differ."""
        if self.row_of[first] != self.row_of[second]:
            return ()
        places = sorted((self.place_in_row[first], self.place_in_row[second]))
        return self.row_members[self.row_of[first]][places[0] : places[1] + 1]
