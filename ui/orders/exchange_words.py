"""What an exchange says of how many tickets it is about."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui import formats


class ExchangeWords(QObject):
    """Words that count, in the language of the moment."""

    def ends(self, count: int, back_fen: int) -> str:
        """On the key that ends it where nothing is to be paid."""
        if not back_fen:
            return self.tr("Exchange %n", "", count)
        said = self.tr("Exchange %n, {amount} back", "", count)
        return said.format(amount=formats.money(back_fen))

    def done(self, count: int) -> str:
        """Once it is over."""
        return self.tr("%n ticket(s) exchanged", "", count)
