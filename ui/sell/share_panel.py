"""Taking a share by a code, a card, or a terminal that stands alone: how much, and its number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from boxoffice.domain.accounts import CARD, CARD_APART, CODES
from ui import formats, keys, theme
from ui.sell.tender_words import TenderWords
from ui.widgets.number_edit import NumberEdit
from ui.widgets.text import Text

_LONGEST_REFERENCE = 24


class SharePanel(QWidget):
    """Emits `changed` with every letter, `confirmed` when Enter ends what was complete."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = TenderWords(self)
        self._tender, self._due = CARD, 0
        self._amount_word = Text(role="quiet")
        self.amount = NumberEdit()
        self.amount.setProperty("role", "hero")
        self.amount.setMinimumHeight(theme.px(64))
        self._rest = Text(wrap=True)
        self._rest.set_tone("attention")
        self._what = Text(role="heading", wrap=True)
        self._how = Text(role="quiet", wrap=True)
        self._number_word = Text(role="quiet")
        self.reference = QLineEdit()
        self.reference.setMaxLength(_LONGEST_REFERENCE)
        self.reference.setMinimumHeight(theme.px(theme.TOKENS.button_height))
        self._trouble = Text(wrap=True)
        self._trouble.set_tone("attention")
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(8))
        for part in (self._amount_word, self.amount, self._rest):
            column.addWidget(part)
        column.addSpacing(theme.px(8))
        for below in (self._what, self._how, self._number_word, self.reference, self._trouble):
            column.addWidget(below)
        column.addStretch(1)
        self.amount.fen_changed.connect(lambda _fen: self._show())
        self.reference.textEdited.connect(lambda _text: self._show())
        self.amount.submitted.connect(lambda _fen: self._entered())
        self.reference.returnPressed.connect(self._entered)
        self.retranslate()

    @property
    def tender(self) -> str:
        """By which it is taken."""
        return self._tender

    @property
    def share_fen(self) -> int | None:
        """How much; None while that is nothing, or more than is due."""
        fen = self.amount.fen()
        return fen if fen is not None and 0 < fen <= self._due else None

    @property
    def part(self) -> bool:
        """Whether something stays to be paid afterwards."""
        return self.share_fen is not None and self.share_fen < self._due

    @property
    def complete(self) -> bool:
        """Whether F8 could go on: a code is scanned instead."""
        if self.share_fen is None or self._tender in CODES:
            return False
        return self._tender != CARD_APART or bool(self.reference.text().strip())

    def begin(self, tender: str, due_fen: int) -> None:
        """Take that much, or a part of it, by that tender."""
        self._tender, self._due = tender, due_fen
        self.reference.clear()
        self.amount.set_fen(due_fen)
        self.retranslate()

    def take_focus(self) -> None:
        """The cursor stands where typing is likely: a smaller amount, or the slip's number."""
        if self._tender == CARD_APART:
            self.reference.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.amount.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.amount.selectAll()

    def say(self, text: str) -> None:
        """What was wrong with what was typed."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def _entered(self) -> None:
        if self.complete and not keys.current().composing:
            self.confirmed.emit()
        elif self._tender == CARD_APART and self.share_fen is not None:
            self.reference.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        self.say("")
        fen = self.amount.fen()
        if self.part and fen is not None:
            said = self.tr("A part: {left} stays to be paid")
            self._rest.setText(said.format(left=formats.money(self._due - fen)))
        else:
            self._rest.setText(self.tr("More than is due") if (fen or 0) > self._due else "")
        self._rest.setVisible(bool(self._rest.text()))
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        name = self._words.name(self._tender)
        self._amount_word.setText(self.tr("To take by {tender}").format(tender=name))
        self.amount.setAccessibleName(self._amount_word.text())
        if self._tender in CODES:
            self._what.setText(self.tr("Scan the customer's payment code"))
            self._how.setText(self.tr("It is charged at once. For a part, type the amount first."))
        elif self._tender == CARD:
            self._what.setText(self.tr("The terminal asks for the card"))
            self._how.setText(self.tr("For a part, type the amount first."))
        else:
            self._what.setText(self.tr("Take it at the other terminal"))
            self._how.setText(
                self.tr("Once it says approved, type the number printed on its slip.")
            )
        self._number_word.setText(self.tr("Number on the slip"))
        self.reference.setAccessibleName(self._number_word.text())
        for field in (self._number_word, self.reference):
            field.setVisible(self._tender == CARD_APART)
        self._show()
