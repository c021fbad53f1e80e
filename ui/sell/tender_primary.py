"""What F8 would do while money is taken, by the tender that is chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.domain.accounts import CARD, CARD_APART
from ui import formats
from ui.sell.cash_panel import CashPanel
from ui.sell.share_panel import SharePanel
from ui.sell.waiting_panel import WaitingPanel


class TenderPrimary(QObject):
    """Reads the panels it is given; each answers the words, and whether F8 may be pressed."""

    def __init__(
        self, cash: CashPanel, share: SharePanel, waiting: WaitingPanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._cash, self._share, self._waiting = cash, share, waiting

    def cash(self, count: int) -> tuple[str, bool]:
        """Notes on the counter, for that many tickets."""
        given, change = self._cash.amount.fen(), self._cash.change_fen
        if given is None or change is None:
            return self.tr("Enter what was given"), False
        if not change:
            text = self.tr("Take {given}, print %n ticket(s)", "", count)
            return text.format(given=formats.short_money(given)), True
        text = self.tr("Take {given}, give {change}\nand print %n ticket(s)", "", count)
        said = text.format(given=formats.short_money(given), change=formats.short_money(change))
        return said, True

    def share(self, count: int) -> tuple[str, bool]:
        """A code, a card, or a terminal that stands alone."""
        fen, tender = self._share.share_fen, self._share.tender
        if fen is None:
            return self.tr("Type how much"), False
        amount = formats.short_money(fen)
        if tender == CARD:
            return self.tr("Ask the terminal for {amount}").format(amount=amount), True
        if tender != CARD_APART:
            return self.tr("Scan: {amount}").format(amount=amount), False
        if not self._share.complete:
            return self.tr("Type the number on the slip"), False
        if self._share.part:
            return self.tr("{amount} is taken: keep it as a part").format(amount=amount), True
        said = self.tr("{amount} is taken:\nprint %n ticket(s)", "", count)
        return said.format(amount=amount), True

    def waiting(self) -> tuple[str, bool]:
        """Somebody is asked: there is nothing to press."""
        if self._waiting.ending:
            return self.tr("Being reversed…"), False
        return self.tr("Waiting for the customer…"), False

    def part(self, given_fen: int) -> str:
        """What the key that keeps a part of what is due says."""
        said = self.tr("Keep {amount} as a part")
        return said.format(amount=formats.short_money(given_fen))
