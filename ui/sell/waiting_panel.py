"""While somebody outside is asked for money: what is waited for, and how long already."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice import clock
from boxoffice.domain.accounts import CARD
from boxoffice.queries.payments import OpenAttempt
from ui import formats, theme
from ui.sell.tender_words import TenderWords
from ui.widgets.text import MoneyLabel, Text

_TICK_MS = 1000


class WaitingPanel(QWidget):
    """Says calmly what is going on; giving it up is the side's one key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = TenderWords(self)
        self._tender, self._given_up = CARD, False
        self._began: datetime | None = None
        self._attempt: OpenAttempt | None = None
        self._by = Text(role="quiet")
        self._amount = MoneyLabel()
        self._what, self._how = Text(role="title", wrap=True), Text(role="quiet", wrap=True)
        self._seconds = Text(role="heading")
        for label in (self._by, self._amount, self._what, self._seconds, self._how):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        edge = theme.px(16)
        column.setContentsMargins(edge, theme.px(32), edge, edge)
        column.setSpacing(theme.px(12))
        for part in (self._by, self._amount):
            column.addWidget(part)
        column.addSpacing(theme.px(24))
        for part in (self._what, self._seconds, self._how):
            column.addWidget(part)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._count)
        self.retranslate()

    @property
    def tender(self) -> str:
        """Who is asked."""
        return self._tender

    @property
    def attempt(self) -> OpenAttempt | None:
        """The attempt as it was last read; None until it is on record."""
        return self._attempt

    @property
    def ending(self) -> bool:
        """Whether it was given up and is being reversed."""
        return self._given_up or (self._attempt is not None and self._attempt.reversing)

    def begin(self, tender: str, fen: int) -> None:
        """Somebody is asked for that much."""
        self._tender, self._given_up, self._attempt = tender, False, None
        self._began = clock.now()
        self._amount.set_fen(fen)
        self._timer.start()
        self.retranslate()

    def show_attempt(self, attempt: OpenAttempt | None) -> None:
        """How it stands now."""
        self._attempt = attempt
        self.retranslate()

    def give_up(self) -> None:
        """It is wanted no more."""
        self._given_up = True
        self.retranslate()

    def end(self) -> None:
        """It is decided, or unknown: nothing is waited for."""
        self._timer.stop()
        self._attempt = None

    def _count(self) -> None:
        if self._began is not None:
            passed = max(int((clock.now() - self._began).total_seconds()), 0)
            self._seconds.setText(formats.countdown(passed))

    def _said(self) -> tuple[str, str]:
        name = self._words.name(self._tender)
        if self.ending:
            return (
                self.tr("Giving it up"),
                self.tr("{tender} is asked to reverse it. What was taken goes back.").format(
                    tender=name
                ),
            )
        why = self._attempt.why if self._attempt is not None else ""
        if why == "password":
            return (
                self.tr("The customer is typing a password"),
                self.tr("It goes on by itself once the phone says paid."),
            )
        if self._tender == CARD and not why:
            return (
                self.tr("The card belongs in the terminal"),
                self.tr("It goes on by itself once the terminal says approved."),
            )
        if why:
            once = self.tr("Do not scan the code again.")
            return (
                self.tr("Asking {tender} again").format(tender=name),
                f"{self._words.why_not(why)} {once}".strip(),
            )
        return self.tr("Asking {tender}").format(tender=name), ""

    def retranslate(self) -> None:
        """Set every text again."""
        self._by.setText(self.tr("To take by {tender}").format(
            tender=self._words.name(self._tender)
        ))  # fmt: skip
        what, how = self._said()
        self._what.setText(what)
        self._how.setText(how)
        self._count()
