"""What the side says at the end where nothing was sold: unknown money, or money given back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.domain.accounts import CARD
from boxoffice.services.sales.attempts import Paying
from boxoffice.services.sales.undoing import Undone
from ui import formats, theme
from ui.sell.tender_words import TenderWords
from ui.widgets.card import Rule
from ui.widgets.text import Text


class ToldPanel(QWidget):
    """Base: a quiet word, an amount, a heading and what to do. Emits `next_wanted` on Enter."""

    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = TenderWords(self)
        self.word, self.amount = Text(role="quiet"), Text(role="amount")
        self.heading, self.advice = Text(role="heading", wrap=True), Text(wrap=True)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(18), edge, edge)
        column.setSpacing(theme.px(10))
        for part in (self.word, self.amount, Rule(), self.heading, self.advice):
            column.addWidget(part)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next customer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set every text again."""
        raise NotImplementedError


class UnknownPanel(ToldPanel):
    """Nobody can say yet whether the money came: what that means, and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paying: Paying | None = None
        self.heading.set_tone("attention")

    @property
    def paying(self) -> Paying | None:
        """What is unknown."""
        return self._paying

    def show_paying(self, paying: Paying) -> None:
        """It could not be decided while the customer waited."""
        self._paying = paying
        self.retranslate()

    def retranslate(self) -> None:
        paying = self._paying
        if paying is None:
            return
        name = self.words.name(paying.tender)
        self.word.setText(self.tr("Asked for by {tender}").format(tender=name))
        self.amount.setText(formats.money(paying.amount_fen))
        self.heading.setText(self.tr("Not known yet whether it was paid"))
        proof = (
            self.tr("If the card slip says approved, let the customer keep it.")
            if paying.tender == CARD
            else self.tr("If the phone says paid, let the customer keep that picture.")
        )
        said = (
            self.words.why_not(paying.why),
            self.tr("Hand nothing over. The seats stay held and are sold to nobody else."),
            proof,
            self.tr(
                "The window goes on asking by itself: what was taken becomes the tickets or goes "
                "back. Alt Q shows how it stands."
            ),
            self.tr("Now serve the next customer."),
        )
        self.advice.setText("\n\n".join(part for part in said if part))


class UndonePanel(ToldPanel):
    """What was paid in part was undone: what the clerk hands back, and what goes by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undone: Undone | None = None

    @property
    def undone(self) -> Undone | None:
        """What went back."""
        return self._undone

    def show_undone(self, undone: Undone) -> None:
        """It is on record; the cash lies in the drawer still."""
        self._undone = undone
        self.retranslate()

    def retranslate(self) -> None:
        undone = self._undone
        if undone is None:
            return
        self.word.setText(self.tr("Give back in cash"))
        self.amount.setText(formats.money(undone.cash_fen))
        self.heading.setText(self.tr("The order is undone, its seats are free"))
        by_itself = [
            self.tr("{amount} goes back by {tender}, by itself.").format(
                amount=formats.money(fen), tender=self.words.name(tender)
            )
            for tender, fen in undone.asked
        ]
        self.advice.setText("\n".join(by_itself))
