"""What the page reads about sessions: the cards of a day, a court with its seats, a pass.

Everything here runs on the reading lane; `store` is whatever the queries are given there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from boxoffice.queries import allotments, catalogue
from boxoffice.queries.allotments import SeatsApart
from boxoffice.queries.catalogue import PlanSeats, PriceTag, SessionCard
from boxoffice.services.sales.holds import USUAL_TYPES
from ui.widgets.seat_map import BUYABLE, PlanGeometry, SeatState

WHEELCHAIR, COMPANION = "Wheelchair", "Companion"
SOME_ORDER = "0"
"""In place of a window: the seat is that of an order which is still being fetched."""
_OWN_SHAPE = (WHEELCHAIR, COMPANION)
"""Levels for particular visitors: they stand last and have shapes of their own."""


@dataclass(frozen=True, slots=True)
class DayFacts:
    """The sessions of one business day; prices of unnumbered ones in fen.

    `away`: central is out of reach, and only what this window holds is left.
    """

    day: str
    days: tuple[str, ...]
    cards: tuple[SessionCard, ...]
    pass_fen: dict[int, int]
    away: bool


@dataclass(frozen=True, slots=True)
class Level:
    """One price level of a court: usual price in fen (None: not on sale), seats free."""

    category: str
    fen: int | None
    free: int


@dataclass(frozen=True, slots=True)
class CourtFacts:
    """A numbered session: where its seats are, and which of them are free.

    `away`: central is out of reach, and only what this window holds can be had.
    """

    card: SessionCard
    geometry: PlanGeometry
    levels: tuple[Level, ...]
    states: bytes
    tags: dict[tuple[str, str], PriceTag]
    elsewhere: dict[int, str]
    """Seat -> name of the window that has it."""
    away: bool

    def count(self, state: SeatState) -> int:
        """How many seats stand so."""
        return self.states.count(state)


@dataclass(frozen=True, slots=True)
class PlacesFacts:
    """An unnumbered session: its ticket types with prices, which courts it opens."""

    card: SessionCard
    tags: tuple[PriceTag, ...]
    courts: tuple[tuple[str, str], ...]


def day_facts(store: Any, day: str, today: str, *, away: bool = False) -> DayFacts:
    """The cards of a day, and which days there are from today on."""
    cards = catalogue.sessions_on(store, day, away=away)
    prices = {}
    for card in cards:
        if not card.numbered:
            tag = catalogue.prices(store, card.price_plan, today).get(("", USUAL_TYPES[0]))
            if tag is not None:
                prices[card.id] = tag.fen
    return DayFacts(day, tuple(catalogue.days(store, today)), tuple(cards), prices, away)


def places_facts(store: Any, session_id: int, today: str, *, away: bool = False) -> PlacesFacts:
    """What is to be known about an unnumbered session; dearer types first."""
    card = catalogue.session(store, session_id, away=away)
    tags = catalogue.prices(store, card.price_plan, today)
    found = sorted(
        (tag for (category, _), tag in tags.items() if not category), key=lambda tag: -tag.fen
    )
    courts = catalogue.session_courts(store, session_id)
    return PlacesFacts(card, tuple(found), tuple(courts))


class CourtReader:
    """Reads courts, keeping the plans it has read; used on the reading lane only."""

    def __init__(self) -> None:
        self._plans: dict[int, PlanSeats] = {}
        self._geometries: dict[tuple[int, tuple[str, ...]], PlanGeometry] = {}

    def read(
        self, store: Any, session_id: int, basket: str | None, today: str, *, away: bool = False
    ) -> CourtFacts:
        """A session as it stands, seen by that basket; `away` while central is out of reach."""
        card = catalogue.session(store, session_id, away=away)
        if card.plan_id is None:
            raise LookupError(f"session {card.code} has no seats")
        seats = self._plan(store, card.plan_id)
        tags = catalogue.prices(store, card.price_plan, today)
        order = _order(set(seats.categories), tags)
        geometry = self._geometry(seats, order)
        fens = [usual_fen(tags, category) for category in order]
        apart = allotments.seats_apart(store, session_id)
        states = _states(store, session_id, basket, geometry, fens, apart, away=away)
        free = Counter(
            level
            for level, state in zip(geometry.level_of, states, strict=True)
            if state in BUYABLE
        )
        levels = tuple(
            Level(category, fen, free[place])
            for place, (category, fen) in enumerate(zip(order, fens, strict=True))
        )
        return CourtFacts(card, geometry, levels, states, tags, apart.elsewhere, away)

    def _plan(self, store: Any, plan_id: int) -> PlanSeats:
        if plan_id not in self._plans:
            self._plans[plan_id] = catalogue.plan_seats(store, plan_id)
        return self._plans[plan_id]

    def _geometry(self, seats: PlanSeats, order: tuple[str, ...]) -> PlanGeometry:
        key = seats.plan_id, order
        if key not in self._geometries:
            self._geometries[key] = geometry_of(seats, order)
        return self._geometries[key]


def usual_fen(tags: dict[tuple[str, str], PriceTag], category: str) -> int | None:
    """What a seat of a level costs unless the clerk says otherwise; None where it has no price."""
    for ticket_type in USUAL_TYPES:
        if (category, ticket_type) in tags:
            return tags[category, ticket_type].fen
    return None


def _order(categories: set[str], tags: dict[tuple[str, str], PriceTag]) -> tuple[str, ...]:
    def key(category: str) -> tuple[int, int, str]:
        own = _OWN_SHAPE.index(category) + 1 if category in _OWN_SHAPE else 0
        return own, -(usual_fen(tags, category) or 0), category

    return tuple(sorted(categories, key=key))


def geometry_of(seats: PlanSeats, order: tuple[str, ...]) -> PlanGeometry:
    """The plan as the map takes it; levels are positions in `order`."""
    zones = {zone: place for place, zone in enumerate(dict.fromkeys(seats.zones))}
    rows = {row: place for place, row in enumerate(dict.fromkeys(seats.row_nos))}
    labels = dict(zip(seats.row_nos, seats.rows, strict=True))
    place_of = {category: place for place, category in enumerate(order)}
    geometry = PlanGeometry(
        width=seats.width_mm / 1000,
        height=seats.height_mm / 1000,
        radius=0.22,
        ids=seats.ids,
        x=[x / 1000 for x in seats.xs],
        y=[y / 1000 for y in seats.ys],
        zones=tuple(zones),
        zone_of=[zones[zone] for zone in seats.zones],
        rows=[labels[row] for row in rows],
        row_of=[rows[row] for row in seats.row_nos],
        ordinal=seats.ordinals,
        numbers=seats.numbers,
        level_of=[place_of[category] for category in seats.categories],
    )
    # Made here, off the GUI thread; the map only looks them up.
    _ = geometry.index_of, geometry.row_members, geometry.place_in_row, geometry.bounds
    _ = geometry.pitch
    return geometry


def _states(
    store: Any,
    session_id: int,
    basket: str | None,
    geometry: PlanGeometry,
    fens: list[int | None],
    apart: SeatsApart,
    *,
    away: bool,
) -> bytes:
    gone = catalogue.seats_gone(store, session_id)
    free = SeatState.AWAY if away else SeatState.FREE
    base = [SeatState.UNSALEABLE if fen is None else free for fen in fens]
    states = bytearray(base[level] for level in geometry.level_of)
    index = geometry.index_of
    for seat in apart.ours:
        if states[index[seat]] == free:
            states[index[seat]] = SeatState.OURS
    for seat, window in apart.elsewhere.items():
        states[index[seat]] = SeatState.TAKEN if window == SOME_ORDER else SeatState.HELD
    for seat in gone.sold:
        states[index[seat]] = SeatState.TAKEN
    for seat, holder in gone.held.items():
        states[index[seat]] = SeatState.MINE if holder == basket else SeatState.HELD
    return bytes(states)
