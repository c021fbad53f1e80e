"""The second half of an exchange: its places are taken, the difference is paid or goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt

from boxoffice.domain.accounts import CASH
from boxoffice.errors import BoxOfficeError
from boxoffice.queries.deposits import Deposits, deposits
from boxoffice.queries.orders import OrderView
from boxoffice.services.aftersales import exchanges
from boxoffice.services.aftersales.exchanges import GivenUp
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.sales import dues, reservations
from boxoffice.services.sales.dues import Due
from boxoffice.services.sales.finishing import Sale
from ui import formats
from ui.asking import Asking
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.act_body import ActBody
from ui.orders.exchange_sums import ExchangeSums
from ui.orders.exchange_words import ExchangeWords
from ui.orders.taking import Taking
from ui.sell.tender_words import TenderWords
from ui.widgets.action_button import ActionButton

T = TypeVar("T")


class ExchangePaying(OrderAct):
    """Base of the act: the difference by any tender, or it is given up.

    `due` is what is due for the places that were taken, `sale` how it ended.
    """

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._tenders, self._counted = TenderWords(self), ExchangeWords(self)
        self._view: OrderView | None = None
        self._trouble = ""
        self._here: Deposits | None = None
        self._unknown = False
        self.due: Due | None = None
        self.sale: Sale | None = None
        self.body: ActBody = ActBody(context)
        self.sums, self.taking = ExchangeSums(), Taking(context)
        self.cash = self.taking.cash
        self._asking = Asking(context, self.body, self)
        self.primary = ActionButton(key="F8", kind="primary", act=self._pressed)
        self.back_button = ActionButton(key="Alt+Backspace", act=self.give_up)
        self.quiet = (self.back_button,)
        self.taking.changed.connect(self._show)
        # Queued: what is in front has to find its place first.
        keep = self.body.keep_in_sight
        self.taking.laid.connect(keep, Qt.ConnectionType.QueuedConnection)
        self.taking.came.connect(self._came)
        self.taking.unknown.connect(self._not_known)
        self.taking.refused.connect(self._refused)
        self.taking.closed.connect(self.quit)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._asking.busy or self.taking.busy

    def _show(self) -> None:
        raise NotImplementedError

    def _pressed(self) -> None:
        raise NotImplementedError

    def scanned(self, text: str) -> bool:
        """A payment code pays the difference."""
        wanted = self.due is not None and self.due.due_fen and self.sale is None
        return bool(wanted) and not self._unknown and self.taking.scanned(text)

    def escape(self) -> bool:
        """Esc gives up a charge that is under way."""
        if self.taking.charging:
            self.taking.give_up()
            return True
        return False

    # --- paying, or paying back

    def _go_on(self, order_id: str) -> None:
        """Places are taken for it: what is due for them."""
        office, desk = self._context.office, self._context.desk

        def work() -> tuple[Due, Deposits | None]:
            reservations.take_up(office=office, desk=desk, order_id=order_id)
            return office.read(
                lambda store: (dues.look(store, order_id), deposits(store, order_id))
            )

        self._ask(work, lambda answer: self._taken(*answer))

    def _taken(self, due: Due, here: Deposits | None = None) -> None:
        self.due, self._here = due, here
        self.body.approval.clear()
        self._show()

    def _pay(self) -> None:
        view, due = self._view, self.due
        if view is None or due is None:
            return
        office, desk = self._context.office, self._context.desk
        if not due.due_fen:
            self._end(lambda: exchanges.complete(office=office, desk=desk, order_id=view.id))
        else:
            self.taking.finish()

    def _end(self, work: Callable[[], Sale]) -> None:
        office, desk = self._context.office, self._context.desk

        def act() -> tuple[Sale, Printed]:
            sale = work()
            return sale, tickets.print_jobs(office=office, desk=desk, job_ids=sale.print_jobs)

        self._ask(act, lambda answer: self._came(*answer))

    def _came(self, sale: Sale, printed: Printed) -> None:
        if sale.left_fen:
            self._go_on(sale.order_id)
            return
        self.sale = sale
        back = dict(sale.returned)
        cash = back.pop(CASH, 0)
        asked = formats.DOT.join(
            f"{self._tenders.name(tender)} {formats.money(fen)}" for tender, fen in back.items()
        )
        note = self.tr("The old codes are dead.")
        if asked:
            note += " " + self.tr("Goes back the way it came: {ways}.").format(ways=asked)
        trouble = self.tr("Look at the printer: a page is in doubt.") if printed.doubtful else ""
        self.body.done.say(self._done_text(), note=note, trouble=trouble)
        if cash or sale.change_fen:
            label = self.tr("Hand out of the drawer") if cash else self.tr("Change to give")
            self.body.done.say_amount(label, cash or sale.change_fen)
        self.body.show_done()
        self._show()

    def _not_known(self) -> None:
        """Nobody can say whether it was paid: the places are kept, the old tickets stay good."""
        self._unknown = True
        self._show()

    def give_up(self) -> None:
        """The customer keeps the old tickets: the places go back to sale."""
        view = self._view
        if view is None or self.due is None or self.sale is not None or self.busy or self._unknown:
            return
        office, desk = self._context.office, self._context.desk
        self._ask(
            lambda: exchanges.give_up(office=office, desk=desk, order_id=view.id), self._given_up
        )

    def _given_up(self, back: GivenUp) -> None:
        said = self.tr("Nothing was exchanged, the old tickets stay good")
        if back.cash_fen:
            said += formats.DOT + self.tr("{amount} out of the drawer").format(
                amount=formats.money(back.cash_fen)
            )
        self.due = None
        self.done.emit(said)

    def _ask(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self._asking.ask(work, done, self._refused, busy=self.primary)

    def _refused(self, error: BoxOfficeError) -> None:
        elsewhere = self.said_by_page(error)
        self._trouble = "" if elsewhere else self._context.troubles.sentence(error)
        self._show()

    def _done_text(self) -> str:
        count = len(self.due.instead) if self.due is not None else 0
        return self._counted.done(count)

    def _show_due(self, due: Due) -> None:
        self.body.ask_papers("")
        self.sums.show_due(due)
        count, view = len(due.instead), self._view
        if self._unknown:
            self.primary.setText(self.tr("Back to the order"))
            self.primary.setEnabled(True)
        elif not due.due_fen:
            self.primary.setText(self._counted.ends(count, due.back_fen))
            self.primary.setEnabled(not self.busy)
        elif view is not None:
            self.taking.begin(view.id, due.due_fen, count, (), self._here)
            text, enabled = self.taking.words()
            self.primary.setText(text)
            self.primary.setEnabled(enabled)
        trouble = self._trouble or self.taking.trouble
        hint = self.taking.hint() if due.due_fen and not self._unknown else ""
        if due.back_fen:
            hint = self.tr("The old codes die, and what is above goes back the way it was paid.")
        self.body.say(trouble or hint, "attention" if trouble else "")
