"""After a sale: the change to give, how printing went, and the order number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from boxoffice.services.checkout import Sale
from boxoffice.services.tickets import Printed
from ui import formats, theme
from ui.widgets.action_button import ActionButton
from ui.widgets.band import Band
from ui.widgets.card import Rule
from ui.widgets.text import Text


class DonePanel(QWidget):
    """Emits `next_wanted` on Enter, `came_out` or `again_wanted` for pages that are in doubt."""

    next_wanted = Signal()
    came_out = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sale: Sale | None = None
        self._tickets = 0
        self._printed: Printed | None = None
        self._why = ""
        self._give, self._change = Text(role="quiet"), Text(role="amount")
        self._paper = Text(role="heading", wrap=True)
        self._facts = Text(role="quiet", wrap=True)
        self._number_word, self._number = Text(role="quiet"), Text(role="title")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.band = Band(closable=False)
        self._came_out = ActionButton(key="Alt+Y", act=self.came_out.emit)
        self._again = ActionButton(key="Alt+R", act=self.again_wanted.emit)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(18), edge, edge)
        column.setSpacing(theme.px(6))
        for part in (self._give, self._change, self._facts):
            column.addWidget(part)
        column.addSpacing(theme.px(8))
        column.addWidget(Rule())
        column.addSpacing(theme.px(8))
        for part in (self._paper, self._number_word, self._number):
            column.addWidget(part)
        column.addWidget(self.band)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self._came_out, self._again):
            row.addWidget(button, 1)
        column.addLayout(row)
        column.addStretch(1)

    @property
    def sale(self) -> Sale | None:
        """The sale that was made."""
        return self._sale

    @property
    def printed(self) -> Printed | None:
        """How printing ended; None while it is under way."""
        return self._printed

    def show_sale(self, sale: Sale, tickets: int) -> None:
        """The money is taken; the pages are on their way."""
        self._sale, self._tickets, self._printed, self._why = sale, tickets, None, ""
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
        if self._sale is None:
            return
        self._give.setText(self.tr("Change to give"))
        self._change.setText(formats.money(self._sale.change_fen))
        due, given = self._sale.total_fen, self._sale.tendered_fen
        said = self.tr("Due {due}, given {given}")
        self._facts.setText(said.format(due=formats.money(due), given=formats.money(given)))
        self._number_word.setText(self.tr("Order number"))
        self._number.setText(self._sale.number)
        self._came_out.setText(self.tr("They came out"))
        self._again.setText(self.tr("Print again"))
        doubtful = self._printed is not None and self._printed.doubtful > 0
        self._paper.setText(self._paper_words())
        self._paper.set_tone("danger" if doubtful else "")
        for button in (self._came_out, self._again):
            button.setVisible(doubtful)
        if doubtful:
            advice = self.tr("The sale stands. Look at the printer, then say what you found.")
            self.band.say("danger", f"{self._why} {advice}".strip())
        else:
            self.band.clear()

    def _paper_words(self) -> str:
        if self._printed is None:
            return self.tr("Printing %n ticket(s)…", "", self._tickets)
        if self._printed.doubtful:
            return self.tr("%n page(s) may not have been printed", "", self._printed.doubtful)
        return self.tr("%n ticket(s) printed, and the receipt", "", self._tickets)

    def retranslate(self) -> None:
        """Set every text again."""
        self._show()
