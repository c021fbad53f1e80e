"""What is on: the day, and a card for each of its sessions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from boxoffice.queries.catalogue import SessionCard
from ui import formats, keys, theme
from ui.sell.facts import DayFacts
from ui.sell.words import Words, in_language, short_names
from ui.widgets.choice_cards import Choice, ChoiceCards
from ui.widgets.key_cap import KeyCap
from ui.widgets.text import Text

NEXT_DAY, DAY_BEFORE = "Alt+PgDown", "Alt+PgUp"
NEXT_SESSION, SESSION_BEFORE = "Alt+Right", "Alt+Left"


class SessionsBar(QWidget):
    """Emits `day_picked(YYYY-MM-DD)` and `session_picked(id)`; choosing by code is silent."""

    day_picked = Signal(str)
    session_picked = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._facts: DayFacts | None = None
        self._days = QComboBox()
        self._days.setMinimumWidth(theme.px(160))
        self._days.activated.connect(self._day_chosen)
        self._cards = ChoiceCards()
        self._cards.chosen.connect(lambda key: self.session_picked.emit(int(key)))
        self._session_word = Text(role="detail")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(theme.TOKENS.space.medium))
        left = QVBoxLayout()
        left.setSpacing(theme.px(4))
        left.addWidget(self._days)
        hints = QHBoxLayout()
        hints.setSpacing(theme.px(5))
        hints.addWidget(KeyCap(NEXT_DAY))
        hints.addStretch(1)
        hints.addWidget(KeyCap(NEXT_SESSION))
        hints.addWidget(self._session_word)
        left.addLayout(hints)
        row.addLayout(left)
        row.addWidget(self._cards, 1)
        for key, act in (
            (NEXT_DAY, lambda: self._step_day(1)),
            (DAY_BEFORE, lambda: self._step_day(-1)),
            (NEXT_SESSION, lambda: self._step_session(1)),
            (SESSION_BEFORE, lambda: self._step_session(-1)),
        ):
            keys.current().bind(self, key, act)
        self.retranslate()

    @property
    def facts(self) -> DayFacts | None:
        """What is shown."""
        return self._facts

    @property
    def current(self) -> int | None:
        """Id of the chosen session."""
        key = self._cards.current
        return None if key is None else int(key)

    def card(self, session_id: int | None) -> SessionCard | None:
        """The card of a session of the day that is shown."""
        cards = self._facts.cards if self._facts is not None else ()
        return next((card for card in cards if card.id == session_id), None)

    def set_facts(self, facts: DayFacts) -> None:
        """Show a day; a session stays chosen where it is among its cards, else the first is."""
        self._facts = facts
        if [self._days.itemData(at) for at in range(self._days.count())] != list(facts.days):
            self._days.clear()
            for day in facts.days:
                self._days.addItem(self._words.day(day), day)
        self._days.setCurrentIndex(self._days.findData(facts.day))
        known = {card.id for card in facts.cards}
        current = self.current if self.current in known else None
        if current is None and facts.cards:
            current = facts.cards[0].id
        names = short_names([in_language(card.name_zh, card.name_en) for card in facts.cards])
        choices = [
            Choice(str(card.id), name, self._detail(card))
            for card, name in zip(facts.cards, names, strict=True)
        ]
        self._cards.set_choices(choices, None if current is None else str(current))

    def choose(self, session_id: int) -> None:
        """Mark a session as chosen, without a signal."""
        self._cards.choose(str(session_id))

    def _detail(self, card: SessionCard) -> str:
        left = self.tr("{count} left").format(count=formats.count(card.left))
        price = self._facts.pass_fen.get(card.id) if self._facts is not None else None
        if price is not None:
            return f"{formats.short_money(price)}{formats.DOT}{left}"
        starts = self.tr("{time} start").format(time=formats.time(card.starts_at))
        return f"{starts}{formats.DOT}{left}"

    def _day_chosen(self, at: int) -> None:
        self.day_picked.emit(self._days.itemData(at))

    def _step_day(self, step: int) -> None:
        at = self._days.currentIndex() + step
        if 0 <= at < self._days.count():
            self.day_picked.emit(self._days.itemData(at))

    def _step_session(self, step: int) -> None:
        ids = [card.id for card in self._facts.cards] if self._facts is not None else []
        if not ids:
            return
        at = ids.index(self.current) if self.current in ids else -step
        session = ids[(at + step) % len(ids)]
        self.choose(session)
        self.session_picked.emit(session)

    def retranslate(self) -> None:
        """Set every text again."""
        self._session_word.setText(self.tr("session"))
        self._days.setAccessibleName(self.tr("Day"))
        for at in range(self._days.count()):
            self._days.setItemText(at, self._words.day(self._days.itemData(at)))
        if self._facts is not None:
            self.set_facts(self._facts)
