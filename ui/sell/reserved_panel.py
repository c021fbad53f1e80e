"""After a reservation: its code, until when it waits, and how its slip came out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.services.reservations import Reservation
from boxoffice.services.tickets import Printed
from ui import formats, theme
from ui.widgets.band import Band
from ui.widgets.card import Rule
from ui.widgets.text import Text

_GROUP = 4


class ReservedPanel(QWidget):
    """Emits `next_wanted` on Enter."""

    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: Reservation | None = None
        self._tickets = 0
        self._printed: Printed | None = None
        self._why = ""
        self._code_word, self._code = Text(role="quiet"), Text(role="amount")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._until_word, self._until = Text(role="quiet"), Text(role="title")
        self._paper, self._advice = Text(role="heading", wrap=True), Text(role="quiet", wrap=True)
        self._number = Text(role="detail")
        self.band = Band(closable=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(18), edge, edge)
        column.setSpacing(theme.px(6))
        for part in (self._code_word, self._code, self._until_word, self._until):
            column.addWidget(part)
        column.addSpacing(theme.px(8))
        column.addWidget(Rule())
        column.addSpacing(theme.px(8))
        for part in (self._paper, self._advice, self._number):
            column.addWidget(part)
        column.addWidget(self.band)
        column.addStretch(1)

    @property
    def made(self) -> Reservation | None:
        """The reservation that was made."""
        return self._made

    @property
    def printed(self) -> Printed | None:
        """How printing ended; None while it is under way."""
        return self._printed

    def show_made(self, made: Reservation, tickets: int) -> None:
        """It stands; the slip is on its way."""
        self._made, self._tickets, self._printed, self._why = made, tickets, None, ""
        self._show()

    def show_printed(self, printed: Printed, why: str = "") -> None:
        """How printing ended; `why` is the sentence of the trouble."""
        self._printed, self._why = printed, why
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next customer."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        if self._made is None:
            return
        code = self._made.code
        groups = [code[at : at + _GROUP] for at in range(0, len(code), _GROUP)]
        self._code_word.setText(self.tr("Reservation code"))
        self._code.setText(" ".join(groups))
        self._until_word.setText(self.tr("%n ticket(s), to be paid before", "", self._tickets))
        self._until.setText(formats.stamp(self._made.deadline))
        self._advice.setText(
            self.tr("Give the slip to the customer. Any window takes the money for it.")
        )
        number = self.tr("Order number {number}")
        self._number.setText(number.format(number=self._made.number))
        doubtful = self._printed is not None and self._printed.doubtful > 0
        if self._printed is None:
            self._paper.setText(self.tr("Printing the slip…"))
        elif doubtful:
            self._paper.setText(self.tr("The slip may not have been printed"))
        else:
            self._paper.setText(self.tr("The slip is printed"))
        self._paper.set_tone("danger" if doubtful else "")
        if doubtful:
            advice = self.tr("The reservation stands. Write the code down for the customer.")
            self.band.say("danger", f"{self._why} {advice}".strip())
        else:
            self.band.clear()

    def retranslate(self) -> None:
        """Set every text again."""
        self._show()
