"""An unnumbered session: what a pass costs and opens, and how many the customer wants."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import formats, theme
from ui.sell.facts import PlacesFacts
from ui.sell.words import Words, in_language
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.text import Text

BUTTONS = 6
MOST = 999
_TYPE_KEYS = {"adult": "Alt+A", "concession": "Alt+C"}


class PlacesView(QWidget):
    """Emits `places_wanted(count, ticket type)`."""

    places_wanted = Signal(int, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._facts: PlacesFacts | None = None
        self._type = ""
        self._types: dict[str, ActionButton] = {}
        self._name = Text(role="title", wrap=True)
        self._opens = Text(role="quiet", wrap=True)
        self._left = Text(role="heading")
        self._which, self._how_many = Text(role="quiet"), Text(role="quiet")
        self._type_row = QHBoxLayout()
        self._type_row.setSpacing(theme.px(10))
        self._counts = [
            ActionButton(str(n), key=f"Alt+{n}", act=partial(self._wanted, n))
            for n in range(1, BUTTONS + 1)
        ]
        self._other = QLineEdit()
        self._other.setMaxLength(3)
        self._other.setFixedHeight(theme.px(theme.TOKENS.button_height))
        self._other.returnPressed.connect(self._other_entered)
        self._other_go = ActionButton(key="Alt+0", act=self._other_pressed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        card = Card(padding=28, gap=8)
        card.setMaximumWidth(theme.px(760))
        grid = QGridLayout()
        grid.setSpacing(theme.px(10))
        for place, button in enumerate(self._counts):
            button.text_sizes = (28, theme.TOKENS.type.title)
            button.padding = 12
            button.setFixedHeight(theme.px(72))
            grid.addWidget(button, 0, place)
        last = QHBoxLayout()
        last.setSpacing(theme.px(10))
        last.addWidget(self._other, 1)
        last.addWidget(self._other_go, 1)
        for part in (self._name, self._opens, self._left):
            card.body.addWidget(part)
        card.body.addSpacing(theme.px(14))
        card.body.addWidget(self._which)
        card.body.addLayout(self._type_row)
        card.body.addSpacing(theme.px(14))
        card.body.addWidget(self._how_many)
        card.body.addLayout(grid)
        card.body.addLayout(last)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 20)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    @property
    def session_id(self) -> int | None:
        """The session that is shown."""
        return self._facts.card.id if self._facts is not None else None

    @property
    def ticket_type(self) -> str:
        """The type passes are taken as."""
        return self._type

    def show_places(self, facts: PlacesFacts) -> None:
        """Show a session as it stands."""
        changed = self._facts is None or self._facts.card.id != facts.card.id
        self._facts = facts
        types = [tag.ticket_type for tag in facts.tags]
        if types != list(self._types):
            self._make_types(types)
        if changed or self._type not in types:
            self.choose_type(types[0] if types else "")
        self._show()

    def clear(self) -> None:
        """No session is chosen."""
        self._facts = None

    def choose_type(self, ticket_type: str) -> None:
        """Take passes as that type from now on."""
        self._type = ticket_type
        for code, button in self._types.items():
            button.setChecked(code == ticket_type)

    def _type_pressed(self, code: str, _on: bool = False) -> None:
        self.choose_type(code)

    def _make_types(self, types: list[str]) -> None:
        for button in self._types.values():
            button.set_key(None)
            self._type_row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._types = {}
        for code in types:
            button = ActionButton(key=_TYPE_KEYS.get(code))
            button.setCheckable(True)
            button.setProperty("kind", "card")
            button.text_sizes = (theme.TOKENS.type.title, theme.TOKENS.type.text)
            button.setFixedHeight(theme.px(56))
            button.clicked.connect(partial(self._type_pressed, code))
            self._types[code] = button
            self._type_row.addWidget(button, 1)

    def _show(self) -> None:
        if self._facts is None:
            return
        card = self._facts.card
        self._name.setText(in_language(card.name_zh, card.name_en))
        courts = formats.DOT.join(in_language(zh, en) for zh, en in self._facts.courts)
        self._opens.setText(self.tr("Opens: {courts}").format(courts=courts) if courts else "")
        self._opens.setVisible(bool(courts))
        left = card.left
        self._left.setText(self.tr("{count} left").format(count=formats.count(left)))
        for tag in self._facts.tags:
            name = self._words.ticket_type(tag.ticket_type)
            self._types[tag.ticket_type].setText(f"{name}  {formats.short_money(tag.fen)}")
        for number, button in enumerate(self._counts, 1):
            button.setEnabled(number <= left and bool(self._type))
        self._other_go.setEnabled(left > 0 and bool(self._type))

    def _wanted(self, count: int) -> None:
        if self._type:
            self.places_wanted.emit(count, self._type)

    def _other_pressed(self) -> None:
        if self._other.text():
            self._other_entered()
        else:
            self._other.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _other_entered(self) -> None:
        text = self._other.text().strip()
        if text.isdecimal() and 0 < int(text) <= MOST:
            self._other.clear()
            self._wanted(int(text))

    def retranslate(self) -> None:
        """Set every text again."""
        self._which.setText(self.tr("Which ticket?"))
        self._how_many.setText(self.tr("How many? One press puts them into the basket."))
        self._other.setPlaceholderText(self.tr("Another number"))
        self._other_go.setText(self.tr("Take that many"))
        self._show()
