"""What an exchange comes to, in sums: paid, the new price, the fee, the difference."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from boxoffice.services.sales.dues import Due
from ui import theme
from ui.widgets.side_panel import AmountLine


class ExchangeSums(QWidget):
    """Hidden while nothing is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paid, self._price, self._fee = (AmountLine(large=False) for _ in range(3))
        self._here = AmountLine(large=False)
        self.difference = AmountLine()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for part in (self._price, self._paid, self._fee, self._here, self.difference):
            column.addWidget(part)

    def show_sums(self, price_fen: int, paid_fen: int, fee_fen: int, here_fen: int = 0) -> None:
        """The new price, what the old tickets cost, the fee, what came of the difference."""
        self._price.set_amount(self.tr("New tickets"), price_fen)
        self._paid.set_amount(self.tr("Paid for the old ones"), -paid_fen)
        self._fee.set_amount(self.tr("Fee"), fee_fen)
        self._fee.setVisible(bool(fee_fen))
        self._here.set_amount(self.tr("Paid towards it"), -here_fen)
        self._here.setVisible(bool(here_fen))
        left = price_fen - paid_fen + fee_fen - here_fen
        label = self.tr("To pay") if left >= 0 else self.tr("Goes back")
        self.difference.set_amount(label, abs(left))
        self.show()

    def show_due(self, due: Due) -> None:
        """Of places that are taken already."""
        paid = sum(one.price_fen for one in due.instead)
        fee = sum(one.fee_fen for one in due.instead)
        self.show_sums(due.total.fen, paid, fee, due.paid_fen)
