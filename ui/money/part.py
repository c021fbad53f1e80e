"""What every part of the money page is: shown the money as it is, it may ask for an order."""

from __future__ import annotations

from PySide6.QtCore import Signal

from boxoffice.services.money.looking import MoneyView
from ui import theme
from ui.context import Context
from ui.money.words import MoneyWords
from ui.widgets.part import Part


class MoneyPart(Part):
    """Emits `order_wanted(number)` where an order is to be looked at."""

    order_wanted = Signal(str)

    def __init__(self, context: Context, words: MoneyWords) -> None:
        super().__init__(context)
        self._words = words
        self.view: MoneyView | None = None
        self.column.setSpacing(theme.px(theme.TOKENS.space.small))

    def show_view(self, view: MoneyView) -> None:
        """Show the money as it is now."""
        self.view = view
        self.refill()
