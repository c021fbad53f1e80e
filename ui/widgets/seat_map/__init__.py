"""The seat map: every seat of a court at once, as a widget that knows no service."""

from __future__ import annotations

from ui.widgets.seat_map.geometry import PlanGeometry
from ui.widgets.seat_map.model import BUYABLE, LevelStyle, MapColours, SeatState, Shape
from ui.widgets.seat_map.shapes import shape_pixmap
from ui.widgets.seat_map.widget import SeatMap

__all__ = [
    "BUYABLE",
    "LevelStyle",
    "MapColours",
    "PlanGeometry",
    "SeatMap",
    "SeatState",
    "Shape",
    "shape_pixmap",
]
