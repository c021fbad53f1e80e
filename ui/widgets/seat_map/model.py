"""What the page tells the seat map: states of seats, looks of price levels, colours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from ui.theme import TOKENS

_THEME = TOKENS.colour


class SeatState(IntEnum):
    """State of one seat; one byte per seat, in the order of the plan."""

    FREE = 0
    TAKEN = 1
    MINE = 2
    HELD = 3  # in the hands of another window
    UNSALEABLE = 4
    OBSTRUCTED = 5  # free, but the view is not
    OURS = 6  # free, and held by this window ahead of time
    AWAY = 7  # free as far as is known, and not to be had now


#: States a customer may still buy.
BUYABLE = frozenset({SeatState.FREE, SeatState.OBSTRUCTED, SeatState.OURS})


class Shape(StrEnum):
    """Outlines a seat can have; the first eight are for price levels, the next mark states.

    The last ones are those of the price levels within a ring, in the same order.
    """

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    CROSS = "cross"
    HEXAGON = "hexagon"
    WHEELCHAIR = "wheelchair"
    COMPANION = "companion"
    DOT = "dot"
    RING = "ring"
    SALTIRE = "saltire"
    HALF = "half"
    TICK = "tick"
    BAR = "bar"
    RINGED_CIRCLE = "ringed circle"
    RINGED_SQUARE = "ringed square"
    RINGED_DIAMOND = "ringed diamond"
    RINGED_TRIANGLE = "ringed triangle"
    RINGED_CROSS = "ringed cross"
    RINGED_HEXAGON = "ringed hexagon"
    RINGED_WHEELCHAIR = "ringed wheelchair"
    RINGED_COMPANION = "ringed companion"


#: What a seat of a level looks like where it is this window's own ahead of time.
RINGED = dict(zip(tuple(Shape)[:8], tuple(Shape)[-8:], strict=True))


@dataclass(frozen=True)
class LevelStyle:
    """How the free seats of one price level look: name for the legend, colour as #RRGGBB."""

    name: str
    colour: str
    shape: Shape


@dataclass(frozen=True)
class MapColours:
    """Colours of everything on the map that has no price level."""

    surface: str = _THEME.surface
    ink: str = _THEME.ink
    grey: str = _THEME.grey
    accent: str = _THEME.accent
    taken: str = _THEME.faint
    hairline: str = _THEME.line
    held: str = "#8A919E"
    unsaleable: str = "#AEB5C0"
    court: str = "#1F6B91"
    apron: str = "#E6EFF4"
    line: str = "#FFFFFF"
