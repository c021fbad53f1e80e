"""A numbered session: the map of its court, the price levels, and seats together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import formats, theme
from ui.sell.facts import COMPANION, WHEELCHAIR, CourtFacts
from ui.sell.together_bar import TogetherBar
from ui.sell.words import Words
from ui.widgets.card import Card
from ui.widgets.level_legend import LegendEntry, LevelLegend
from ui.widgets.seat_map import BUYABLE, LevelStyle, PlanGeometry, SeatMap, SeatState, Shape
from ui.widgets.state_legend import StateEntry, StateLegend

_OWN_SHAPES = {WHEELCHAIR: Shape.WHEELCHAIR, COMPANION: Shape.COMPANION}
_FREE_OTHERWISE = (SeatState.OURS, SeatState.AWAY)
_OWN_COLOUR = -1  # the last of the palette's level colours


class CourtView(QWidget):
    """Emits `seats_wanted(ids)`, `seat_returned(id)`, `best_wanted(category, count)`.

    A seat that was clicked shows its new state at once: `expect` it, `refuse` it where it failed.
    """

    seats_wanted = Signal(list)
    seat_returned = Signal(object)
    best_wanted = Signal(str, int)
    level_missing = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._facts: CourtFacts | None = None
        self._pending: dict[int, SeatState] = {}
        self.map = SeatMap()
        self.map.set_text_provider(self.describe)
        self.map.seat_clicked.connect(self._clicked)
        self.map.seat_activated.connect(self._clicked)
        self.map.seats_swept.connect(self._swept)
        self.notes = StateLegend()
        self.legend = LevelLegend()
        self.legend.level_picked.connect(self._level_picked)
        self.together = TogetherBar()
        self.together.best_wanted.connect(self._best)
        self.together.next_level.connect(self._next_level)
        self.together.map_wanted.connect(self.take_focus)
        frame = Card(padding=0)
        frame.body.addWidget(self.map)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(theme.TOKENS.space.medium))
        column.addWidget(frame, 1)
        column.addWidget(self.legend)
        column.addWidget(self.notes)
        column.addWidget(self.together)

    # --- what is shown

    @property
    def facts(self) -> CourtFacts | None:
        """What is shown; None before the first court."""
        return self._facts

    @property
    def session_id(self) -> int | None:
        """The session that is shown."""
        return self._facts.card.id if self._facts is not None else None

    def show_court(self, facts: CourtFacts) -> None:
        """Show a session as it stands; what is under way stays as it was clicked."""
        if self._facts is None or self._facts.card.id != facts.card.id:
            self._pending.clear()
            self.map.set_level_filter(None)
            self.legend.pick(-1)
        before, self._facts = self._facts, facts
        styles = self._styles()
        if before is None or before.card.id != facts.card.id:
            self.map.set_plan(facts.geometry, styles)
        self._show_states()
        self._show_levels(styles)
        self._show_notes()

    def clear(self) -> None:
        """No session is chosen."""
        self._facts = None
        self._pending.clear()
        self.map.set_plan(PlanGeometry.empty(), ())
        self.notes.set_entries(())

    def describe(self, seat_id: int) -> str:
        """The hint card of a seat: where, which level, what it costs, and how it stands."""
        if self._facts is None:
            return ""
        geometry = self._facts.geometry
        at = geometry.index_of[seat_id]
        level = self._facts.levels[geometry.level_of[at]]
        first = formats.DOT.join(
            (self.label(seat_id), self._level_words(level.category, level.fen))
        )
        window = self._facts.elsewhere.get(seat_id)
        state = self.state(seat_id)
        if window is not None and state is SeatState.HELD:
            held = self.tr("held at {window}").format(window=formats.window(window))
            return f"{first}\n{held}"
        return f"{first}\n{self._state_words(state)}"

    def label(self, seat_id: int) -> str:
        """A seat in the words of the window."""
        geometry = self._facts.geometry if self._facts is not None else PlanGeometry.empty()
        at = geometry.index_of[seat_id]
        zone, row = geometry.zones[geometry.zone_of[at]], geometry.rows[geometry.row_of[at]]
        return formats.seat(zone, row, geometry.numbers[at])

    def state(self, seat_id: int) -> SeatState:
        """How a seat is shown."""
        at = self.map.geometry_of_plan.index_of[seat_id]
        return SeatState(self.map.states[at])

    def seat_named(self, zone: str, row: str, number: str) -> int:
        """Id of a seat by its labels. Raises KeyError where the court has none such."""
        geometry = self._facts.geometry if self._facts is not None else PlanGeometry.empty()
        for at, seat in enumerate(geometry.ids):
            if (
                geometry.numbers[at] == number
                and geometry.rows[geometry.row_of[at]] == row
                and geometry.zones[geometry.zone_of[at]] == zone
            ):
                return seat
        raise KeyError((zone, row, number))

    # --- what is under way

    def expect(self, seats: Iterable[int], state: SeatState) -> None:
        """Show seats as they are going to be, until a reading says so too."""
        for seat in seats:
            self._pending[seat] = state
        self._show_states()

    def refuse(self, seats: Sequence[int], *, lost: bool = False) -> None:
        """It did not happen; a single seat that was lost is shown as somebody else's."""
        for seat in seats:
            self._pending.pop(seat, None)
        if lost and len(seats) == 1:
            self._pending[seats[0]] = SeatState.HELD
        self._show_states()

    def forget(self) -> None:
        """Nothing is under way any more."""
        self._pending.clear()
        self._show_states()

    def _show_states(self) -> None:
        if self._facts is None:
            return
        states = bytearray(self._facts.states)
        index = self._facts.geometry.index_of
        for seat, state in list(self._pending.items()):
            read = SeatState(states[index[seat]])
            given_back = state is SeatState.FREE and read in _FREE_OTHERWISE
            if read is state or given_back or (state is SeatState.HELD and read not in BUYABLE):
                del self._pending[seat]
            else:
                states[index[seat]] = state
        self.map.set_states(states)

    # --- levels

    def pick_level(self, category: str | None) -> None:
        """Show only that level's free seats bright; None shows all."""
        levels = self._facts.levels if self._facts is not None else ()
        place = next((i for i, level in enumerate(levels) if level.category == category), -1)
        self.legend.pick(place)
        self._level_picked(place)

    def _level_picked(self, place: int) -> None:
        self.map.set_level_filter(None if place < 0 else place)
        self._name_best()

    def _next_level(self) -> None:
        levels = self._facts.levels if self._facts is not None else ()
        place = self.legend.picked + 1
        while place < len(levels) and not levels[place].free:
            place += 1
        place = place if place < len(levels) else -1
        self.legend.pick(place)
        self._level_picked(place)

    def _styles(self) -> list[LevelStyle]:
        styles = []
        for place, level in enumerate(self._facts.levels if self._facts is not None else ()):
            own = _OWN_SHAPES.get(level.category)
            look = theme.level(place) if own is None else theme.TOKENS.levels[_OWN_COLOUR]
            shape = own or Shape(look.shape)
            styles.append(LevelStyle(self._words.level(level.category), look.colour, shape))
        return styles

    def _show_levels(self, styles: list[LevelStyle]) -> None:
        levels = self._facts.levels if self._facts is not None else ()
        self.legend.set_levels(
            [
                LegendEntry(style, level.fen, level.free)
                for style, level in zip(styles, levels, strict=True)
            ]
        )
        self._name_best()

    def _picked_category(self) -> str:
        place = self.legend.picked
        if self._facts is None or not 0 <= place < len(self._facts.levels):
            return ""
        return self._facts.levels[place].category

    def _name_best(self) -> None:
        category = self._picked_category()
        self.together.set_level(self._words.whole_level(category) if category else "")

    # --- taking

    def _clicked(self, seat_id: int) -> None:
        state = self.state(seat_id)
        if state in BUYABLE:
            self.seats_wanted.emit([seat_id])
        elif state is SeatState.MINE:
            self.seat_returned.emit(seat_id)

    def _swept(self, seats: list[int]) -> None:
        self.seats_wanted.emit(list(seats))

    def _best(self, count: int) -> None:
        category = self._picked_category()
        if category:
            self.best_wanted.emit(category, count)
        else:
            self.level_missing.emit()

    def take_focus(self) -> None:
        """Let the keyboard choose seats."""
        self.map.setFocus(Qt.FocusReason.TabFocusReason)

    # --- words

    def _level_words(self, category: str, fen: int | None) -> str:
        name = self._words.whole_level(category)
        return name if fen is None else f"{name} {formats.short_money(fen)}"

    def _state_words(self, state: SeatState) -> str:
        return {
            SeatState.FREE: self.tr("free"),
            SeatState.OBSTRUCTED: self.tr("free, view obstructed"),
            SeatState.MINE: self.tr("in this basket: click to give it back"),
            SeatState.HELD: self.tr("held by another basket or window"),
            SeatState.TAKEN: self.tr("sold"),
            SeatState.UNSALEABLE: self.tr("not on sale"),
            SeatState.OURS: self.tr("free, held ahead of time by this window"),
            SeatState.AWAY: self.tr("not to be had while central is out of reach"),
        }[state]

    def _show_notes(self) -> None:
        """What the marks of custody mean, while there are any on the map."""
        facts = self._facts
        if facts is None:
            return
        ours, elsewhere = facts.count(SeatState.OURS), len(facts.elsewhere)
        entries = []
        if ours or facts.away:
            said = self.tr("held ahead by this window: {count}")
            words = said.format(count=formats.count(ours))
            entries.append(StateEntry(Shape.RINGED_CIRCLE, "ink", words))
        if elsewhere:
            said = self.tr("held at other windows: {count}")
            words = said.format(count=formats.count(elsewhere))
            entries.append(StateEntry(Shape.RING, "grey", words))
        if facts.away:
            words = self.tr("central is out of reach: only what this window holds can be sold")
            entries.append(StateEntry(Shape.BAR, "attention", words, "attention"))
        self.notes.set_entries(entries)

    def retranslate(self) -> None:
        """Set every text again."""
        self.together.retranslate()
        if self._facts is not None:
            styles = self._styles()
            self.map.set_plan(self._facts.geometry, styles)
            self._show_states()
            self._show_levels(styles)
            self._show_notes()
