"""What the page tells the seat map: states of seats, looks of price levels, colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class SeatState(IntEnum):
    """State of one seat; one byte per seat, in the order of the plan."""

    FREE = 0
    TAKEN = 1
    MINE = 2
    HELD = 3  # in the hands of another window
    UNSALEABLE = 4
    OBSTRUCTED = 5  # free, but the view is not


#: States a customer may still buy.
BUYABLE = frozenset({SeatState.FREE, SeatState.OBSTRUCTED})


class Shape(StrEnum):
    """Outlines a seat can have; the first seven are for price levels, the rest mark states."""

    ROUND = "round"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    HEXAGON = "hexagon"
    WHEELCHAIR = "wheelchair"
    COMPANION = "companion"
    DOT = "dot"
    RING = "ring"
    CROSS = "cross"
    HALF = "half"
    TICK = "tick"


@dataclass(frozen=True)
class LevelStyle:
    """How the free seats of one price level look: name for the legend, colour as #RRGGBB."""

    name: str
    colour: str
    shape: Shape


@dataclass(frozen=True)
class MapColours:
    """Colours of everything on the map that has no price level."""

    surface: str = "#FFFFFF"
    ink: str = "#111827"
    grey: str = "#6B7280"
    taken: str = "#C9CED6"
    held: str = "#8A919E"
    unsaleable: str = "#B9BFC9"
    accent: str = "#0B5D4E"
    hairline: str = "#D8DCE2"
    court: str = "#1F6B91"
    apron: str = "#E6EFF4"
    line: str = "#FFFFFF"


#: Level looks in the order of the legend, for pages that have none of their own.
LEVEL_LOOKS: tuple[tuple[str, Shape], ...] = (
    ("#C2410C", Shape.ROUND),
    ("#B7791F", Shape.SQUARE),
    ("#0F766E", Shape.DIAMOND),
    ("#1D4ED8", Shape.TRIANGLE),
    ("#6D28D9", Shape.HEXAGON),
)
