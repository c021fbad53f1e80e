"""What was paid, what is kept and what goes back, and how: the sums of a quote."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from boxoffice.queries.refunds import Quote
from ui import formats, theme
from ui.orders.return_words import ReturnWords
from ui.widgets.side_panel import AmountLine
from ui.widgets.text import Text


class QuoteSums(QWidget):
    """Hidden while nothing is quoted; `clauses` belong above it, `no_cash` below."""

    def __init__(self, words: ReturnWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.clauses = Text(wrap=True)
        self._paid, self._fee = AmountLine(large=False), AmountLine(large=False)
        self._cash, self._asked = AmountLine(), AmountLine()
        self.no_cash = Text(wrap=True)
        self.no_cash.set_tone("attention")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for part in (self._paid, self._fee, self._cash, self._asked):
            column.addWidget(part)

    def show_quote(self, quote: Quote | None) -> None:
        """Say what goes back and how; None: nothing is quoted."""
        self.setVisible(quote is not None)
        self.clauses.setVisible(quote is not None)
        self.no_cash.setVisible(quote is not None and bool(quote.requests))
        if quote is None:
            return
        self.clauses.setText(self._words.clauses(quote))
        self._paid.set_amount(self.tr("Paid"), quote.price_fen)
        self._fee.set_amount(self.tr("Fee kept"), -quote.fee_fen)
        self._cash.set_amount(self.tr("Cash back"), quote.cash_fen)
        self._cash.setVisible(bool(quote.cash_fen) or not quote.requests)
        asked = sum(fen for _, fen in quote.requests)
        said = self.tr("Asked of {channel}").format(channel=self._words.asked(quote.requests))
        self._asked.set_amount(said, asked)
        self._asked.setVisible(bool(quote.requests))
        self.no_cash.setText(
            self.tr("It was paid there: hand out no cash. {channel} pays it back.").format(
                channel=self._words.asked(quote.requests)
            )
        )

    def what_happens(self, quote: Quote | None) -> str:
        """What the primary action does, exactly."""
        if quote is None:
            return self.tr("Refund")
        count = len(quote.lines)
        cash = formats.money(quote.cash_fen)
        if not quote.amount_fen:
            return self.tr("Return %n, nothing to pay back", "", count)
        if not quote.requests:
            return self.tr("Refund %n · hand out {amount}", "", count).format(amount=cash)
        asked = formats.money(sum(fen for _, fen in quote.requests))
        channel = self._words.asked(quote.requests)
        if not quote.cash_fen:
            said = self.tr("Return %n · ask {channel} for {amount}", "", count)
            return said.format(channel=channel, amount=asked)
        said = self.tr("Refund %n · {cash} cash, {amount} from {channel}", "", count)
        return said.format(cash=cash, amount=asked, channel=channel)
