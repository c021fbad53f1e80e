"""After a reservation: its code, until when it waits, and how its slip came out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from boxoffice.services.sales.reservations import Reservation
from ui import formats
from ui.sell.after_panel import AfterPanel
from ui.widgets.text import Text

_GROUP = 4


class ReservedPanel(AfterPanel):
    """The code is shown in groups of four, as it is read out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: Reservation | None = None
        self._tickets = 0
        self._code_word, self._code = Text(role="quiet"), Text(role="amount")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._until_word, self._until = Text(role="quiet"), Text(role="title")
        self._advice, self._number = Text(role="quiet", wrap=True), Text(role="detail")
        self.lay_out(
            (self._code_word, self._code, self._until_word, self._until),
            (self._advice, self._number, self.band),
        )

    @property
    def made(self) -> Reservation | None:
        """The reservation that was made."""
        return self._made

    def show_made(self, made: Reservation, tickets: int) -> None:
        """It stands; the slip is on its way."""
        self._made, self._tickets = made, tickets
        self.begin()

    def retranslate(self) -> None:
        """Set every text again."""
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
        if self.printed is None:
            said = self.tr("Printing the slip…")
        elif self.doubtful:
            said = self.tr("The slip may not have been printed")
        else:
            said = self.tr("The slip is printed")
        advice = self.tr("The reservation stands. Write the code down for the customer.")
        self.say_paper(said, advice)
