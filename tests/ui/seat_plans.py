"""Small seat plans for the tests of the seat map."""

from __future__ import annotations

from ui.widgets.seat_map import LevelStyle, PlanGeometry, Shape

PITCH = 0.55
LEVELS = (
    LevelStyle("A", "#C2410C", Shape.SQUARE),
    LevelStyle("B", "#1D4ED8", Shape.TRIANGLE),
)


def stands(rows: int = 6, seats: int = 20) -> PlanGeometry:
    """Two straight blocks, north and south of a court; ids from 1001, level 1 in the south.

    Row 1 of each block is the one next to the court; seat 1 is the westernmost.
    """
    xs, ys, zones, row_of, ordinals, numbers, levels, labels = [], [], [], [], [], [], [], []
    for zone in (0, 1):
        for row in range(rows):
            labels.append(str(row + 1))
            for seat in range(seats):
                xs.append(30.0 + seat * PITCH)
                ys.append(20.0 - row * 0.85 if zone == 0 else 50.0 + row * 0.85)
                zones.append(zone)
                row_of.append(zone * rows + row)
                ordinals.append(seat)
                numbers.append(str(seat + 1))
                levels.append(zone)
    ids = range(1001, 1001 + len(xs))
    return PlanGeometry(
        80.0, 70.0, 0.22, ids, xs, ys, ("N", "S"), zones, labels, row_of, ordinals, numbers, levels
    )


def seat(plan: PlanGeometry, zone: int, row: int, number: int) -> int:
    """Id of a seat by its zone and by row and number as people count."""
    rows = len(plan.rows) // 2
    members = plan.row_members[zone * rows + row - 1]
    return plan.ids[members[number - 1]]
