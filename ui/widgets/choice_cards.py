"""A row of cards of which one is chosen, such as the sessions of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.widgets.action_button import KeyedButton

_HEIGHT = 66
_WIDEST = 300
_NARROWEST = 168


@dataclass(frozen=True, slots=True)
class Choice:
    """One card: what it is, a line about it, and whether it can be chosen."""

    key: str
    title: str
    detail: str = ""
    enabled: bool = True


class _ChoiceCard(KeyedButton):
    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        super().__init__(choice.title)
        self.setProperty("kind", "card")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_choice(choice)

    def show_choice(self, choice: Choice) -> None:
        self.choice = choice
        self.setText(choice.title)
        self.setEnabled(choice.enabled)
        self.setAccessibleDescription(choice.detail)
        self.setToolTip(f"{choice.title}\n{choice.detail}" if choice.detail else choice.title)

    def sizeHint(self) -> QSize:
        title = QFontMetrics(theme.font(theme.TOKENS.type.label, bold=True))
        detail = QFontMetrics(theme.font(theme.TOKENS.type.detail))
        words = max(
            title.horizontalAdvance(self.choice.title), detail.horizontalAdvance(self.choice.detail)
        )
        width = min(
            max(words + 2 * theme.px(self.padding) + 4, theme.px(_NARROWEST)), theme.px(_WIDEST)
        )
        return QSize(width, theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_words(self, painter: QPainter, place: QRect) -> None:
        half = place.height() // 2
        lines = (
            (self.choice.title, theme.TOKENS.type.label, True, Qt.AlignmentFlag.AlignBottom, 3),
            (self.choice.detail, theme.TOKENS.type.detail, False, Qt.AlignmentFlag.AlignTop, 2),
        )
        for number, (text, size, bold, upright, nudge) in enumerate(lines):
            if not text:
                continue
            line = QRect(place.x(), place.y() + number * half, place.width(), half)
            line.translate(0, theme.px(nudge))
            font = theme.font(size, bold=bold)
            painter.setFont(font)
            if number:
                painter.setPen(theme.colour("grey"))
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, upright | Qt.AlignmentFlag.AlignLeft, cut)


class ChoiceCards(QScrollArea):
    """Emits `chosen(key)` when another card is picked by mouse or by the arrow keys.

    The row scrolls sideways where the cards do not fit; the chosen one is kept in sight.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(10))
        self._row.addStretch(1)
        self._group = QButtonGroup(self)
        self._cards: list[_ChoiceCard] = []
        self._chosen: str | None = None
        self.setWidget(inner)
        self.setFixedHeight(theme.px(_HEIGHT))
        self.horizontalScrollBar().rangeChanged.connect(self._range_changed)

    @property
    def current(self) -> str | None:
        """Key of the chosen card."""
        return self._chosen

    def set_choices(self, choices: Sequence[Choice], current: str | None = None) -> None:
        """Show these cards; `current`, else the one chosen before, is chosen without a signal."""
        wanted = current if current is not None else self._chosen
        if [card.choice.key for card in self._cards] == [choice.key for choice in choices]:
            for card, choice in zip(self._cards, choices, strict=True):
                card.show_choice(choice)
        else:
            self._rebuild(choices)
        self._chosen = None
        self.choose(wanted)

    def choose(self, key: str | None) -> None:
        """Mark a card as chosen without a signal; an unknown key leaves none chosen."""
        self._group.setExclusive(False)
        for card in self._cards:
            card.setChecked(card.choice.key == key)
            if card.isChecked():
                self._chosen = key
                self.ensureWidgetVisible(card)
        self._group.setExclusive(True)

    def _rebuild(self, choices: Sequence[Choice]) -> None:
        for card in self._cards:
            self._group.removeButton(card)
            card.hide()
            card.deleteLater()
        self._cards = [_ChoiceCard(choice) for choice in choices]
        for place, card in enumerate(self._cards):
            self._group.addButton(card)
            self._row.insertWidget(place, card)
            card.clicked.connect(lambda _checked=False, card=card: self._picked(card))

    def _picked(self, card: _ChoiceCard) -> None:
        self.ensureWidgetVisible(card)
        if card.choice.key != self._chosen:
            self._chosen = card.choice.key
            self.chosen.emit(card.choice.key)

    def _range_changed(self, _least: int, most: int) -> None:
        self.setFixedHeight(
            theme.px(_HEIGHT) + (self.horizontalScrollBar().sizeHint().height() if most else 0)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        usable = [card for card in self._cards if card.isEnabled()]
        if not step or not usable:
            super().keyPressEvent(event)
            return
        at = next((i for i, card in enumerate(usable) if card.choice.key == self._chosen), 0)
        card = usable[min(max(at + step, 0), len(usable) - 1)]
        card.setFocus()
        card.click()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.y() or turned.x()))
        event.accept()
