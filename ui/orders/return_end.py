"""How a refund or a void ended, as the side shows it: the amount to hand out, or who is asked."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.services.aftersales.returns import Back
from boxoffice.services.printing.tickets import Printed
from ui import formats
from ui.orders.act_body import ActBody
from ui.orders.return_words import ReturnWords


class ReturnEnd(QObject):
    """Says it once the act was done."""

    def __init__(self, words: ReturnWords, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def show(self, body: ActBody, back: Back, printed: Printed, *, void: bool = False) -> None:
        """Fill the side of the act with how it ended."""
        if void:
            done = self.tr("%n ticket(s) voided", "", back.tickets)
        else:
            done = self.tr("%n ticket(s) refunded", "", back.tickets)
        note, tone = self.tr("Their codes are dead. The customer signs the slip."), ""
        asked = sum(fen for _, fen in back.requests)
        if back.requests:
            said = self.tr("Asked of {channel}: {amount}. Hand out no cash for it.")
            channel = self._words.asked(back.requests)
            note = said.format(channel=channel, amount=formats.money(asked))
            tone = "attention"
        trouble = self.tr("Look at the printer: the slip is in doubt") if printed.doubtful else ""
        body.done.say(done + formats.DOT + back.number, note=note, tone=tone, trouble=trouble)
        if back.cash_fen:
            body.done.say_amount(self.tr("Hand out of the drawer"), back.cash_fen)
        body.show_done()

    def text(self, back: Back, *, void: bool = False) -> str:
        """The same in one line, for the window's notice."""
        if void:
            said = self.tr("%n ticket(s) voided, {amount} back", "", back.tickets)
        else:
            said = self.tr("%n ticket(s) refunded, {amount} back", "", back.tickets)
        return said.format(amount=formats.money(back.amount_fen))
