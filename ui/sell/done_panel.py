"""After a sale: the change to give, how printing went, and the order number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from boxoffice.domain.accounts import CASH
from boxoffice.queries.deposits import Deposit
from boxoffice.services.sales.finishing import Sale
from ui import formats, theme
from ui.orders.contact_act import ContactAct
from ui.orders.invoice_act import InvoiceAct
from ui.sell.after_panel import AfterPanel
from ui.sell.tender_words import TenderWords
from ui.widgets.action_button import ActionButton
from ui.widgets.text import Text


def _row(*buttons: QWidget) -> QWidget:
    """Beside each other, as wide as the side."""
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(8))
    for button in buttons:
        row.addWidget(button, 1)
    return widget


class DonePanel(AfterPanel):
    """Emits `came_out` or `again_wanted` for pages that are in doubt; `contact_wanted` or
    `invoice_wanted` with the id of the order, where its customer wants that."""

    came_out = Signal()
    again_wanted = Signal()
    contact_wanted = Signal(str)
    invoice_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sale: Sale | None = None
        self._tickets = 0
        self._before: tuple[Deposit, ...] = ()
        self._words = TenderWords(self)
        self._give, self._change = Text(role="quiet"), Text(role="amount")
        self._facts = Text(role="quiet", wrap=True)
        self._number_word, self._number = Text(role="quiet"), Text(role="title")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._came_out = ActionButton(key="Alt+Y", act=self.came_out.emit)
        self._again = ActionButton(key="Alt+R", act=self.again_wanted.emit)
        self.contact = ActionButton(key=ContactAct.key, act=self._want(self.contact_wanted))
        self.invoice = ActionButton(key=InvoiceAct.key, act=self._want(self.invoice_wanted))
        self._wishes = Text(role="quiet")
        below = (self._number_word, self._number, self.band, _row(self._came_out, self._again))
        wishes = (self._wishes, _row(self.contact, self.invoice))
        self.lay_out((self._give, self._change, self._facts), (*below, *wishes))

    @property
    def sale(self) -> Sale | None:
        """The sale that was made."""
        return self._sale

    def show_sale(self, sale: Sale, tickets: int, before: Sequence[Deposit] = ()) -> None:
        """The money is taken; the pages are on their way. `before`: parts that were here."""
        self._sale, self._tickets, self._before = sale, tickets, tuple(before)
        self.begin()

    def _want(self, wanted: SignalInstance) -> Callable[[], None]:
        """What a key does: say which order is meant."""

        def want() -> None:
            if self._sale is not None:
                wanted.emit(self._sale.order_id)

        return want

    def _say_money(self, sale: Sale) -> None:
        """Change where there is cash, else what came by which tender; parts that were here."""
        name = self._words.name(sale.tender)
        if sale.tender == CASH:
            self._give.setText(self.tr("Change to give"))
            self._change.setText(formats.money(sale.change_fen))
        else:
            self._give.setText(self.tr("Taken by {tender}").format(tender=name))
            self._change.setText(formats.money(sale.tendered_fen))
        parts = [
            f"{self._words.name(part.tender)} {formats.money(part.left_fen)}"
            for part in self._before
        ]
        if parts:
            parts.append(f"{name} {formats.money(sale.tendered_fen - sale.change_fen)}")
            said = self.tr("Due {due}: {parts}")
            words = said.format(due=formats.money(sale.total_fen), parts=formats.DOT.join(parts))
        elif sale.tender == CASH:
            said = self.tr("Due {due}, given {given}")
            words = said.format(
                due=formats.money(sale.total_fen), given=formats.money(sale.tendered_fen)
            )
        else:
            words = self.tr("No change to give")
        self._facts.setText(words)

    def _paper_words(self) -> str:
        if self.printed is None:
            return self.tr("Printing %n ticket(s)…", "", self._tickets)
        if self.doubtful:
            return self.tr("%n page(s) may not have been printed", "", self.printed.doubtful)
        return self.tr("%n ticket(s) printed, and the receipt", "", self._tickets)

    def retranslate(self) -> None:
        """Set every text again."""
        if self._sale is None:
            return
        self._say_money(self._sale)
        self._number_word.setText(self.tr("Order number"))
        self._number.setText(self._sale.number)
        self._came_out.setText(self.tr("They came out"))
        self._again.setText(self.tr("Print again"))
        self._wishes.setText(self.tr("If this customer wants it"))
        self.contact.setText(ContactAct.title())
        self.invoice.setText(InvoiceAct.title())
        for button in (self._came_out, self._again):
            button.setVisible(self.doubtful)
        advice = self.tr("The sale stands. Look at the printer, then say what you found.")
        self.say_paper(self._paper_words(), advice)
