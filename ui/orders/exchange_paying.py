"""The second half of an exchange: its places are taken, the difference is paid or goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from boxoffice.domain.accounts import CARD, CASH
from boxoffice.errors import BoxOfficeError
from boxoffice.queries.orders import OrderView
from boxoffice.services.aftersales import exchanges
from boxoffice.services.aftersales.exchanges import GivenUp
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.sales import asking, checkout, dues, reservations
from boxoffice.services.sales.attempts import Paying
from boxoffice.services.sales.dues import Due
from boxoffice.services.sales.finishing import Sale
from ui import formats
from ui.asking import Asking
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.act_body import ActBody
from ui.orders.exchange_sums import ExchangeSums
from ui.sell.cash_panel import CashPanel
from ui.sell.paying_codes import payment_code, tender_of
from ui.sell.tender_words import TenderWords
from ui.widgets.action_button import ActionButton

T = TypeVar("T")


class ExchangePaying(OrderAct):
    """Base of the act: cash, a payment code that is scanned, the terminal; or given up.

    `due` is what is due for the places that were taken, `sale` how it ended.
    """

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._tenders = TenderWords(self)
        self._view: OrderView | None = None
        self._trouble = ""
        self.due: Due | None = None
        self.sale: Sale | None = None
        self.body: ActBody = ActBody(context)
        self.sums, self.cash = ExchangeSums(), CashPanel()
        self._asking = Asking(context, self.body, self)
        self.primary = ActionButton(key="F8", kind="primary", act=self._pressed)
        self.card_button = ActionButton(key="Alt+C", act=self.pay_by_card)
        self.back_button = ActionButton(key="Alt+Q", act=self.give_up)
        self.quiet = (self.card_button, self.back_button)
        self.cash.changed.connect(self._show)
        self.cash.confirmed.connect(self._pressed)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._asking.busy

    def _show(self) -> None:
        raise NotImplementedError

    def _pressed(self) -> None:
        raise NotImplementedError

    def scanned(self, text: str) -> bool:
        """A payment code pays the difference."""
        code = payment_code(text, expected=True)
        if self.due is None or not self.due.due_fen or self.sale is not None or not code:
            return False
        self._charge(tender_of(code), code)
        return True

    # --- paying, or paying back

    def _go_on(self, order_id: str) -> None:
        office, desk = self._context.office, self._context.desk

        def work() -> Due:
            reservations.take_up(office=office, desk=desk, order_id=order_id)
            return office.read(lambda store: dues.look(store, order_id))

        self._ask(work, self._taken)

    def _taken(self, due: Due) -> None:
        self.due = due
        self.body.approval.clear()
        if due.due_fen:
            self.cash.begin(due.due_fen)
        self._show()
        if due.due_fen:
            self.cash.take_focus()

    def _pay(self) -> None:
        view, due, given = self._view, self.due, self.cash.amount.fen()
        if view is None or due is None:
            return
        office, desk = self._context.office, self._context.desk
        if not due.due_fen:
            self._end(lambda: exchanges.complete(office=office, desk=desk, order_id=view.id))
        elif given is not None and self.cash.change_fen is not None:
            self._end(
                lambda: checkout.pay_cash(
                    office=office, desk=desk, basket=view.id, tendered_fen=given
                )
            )

    def pay_by_card(self) -> None:
        """The terminal asks for the difference."""
        if self.due is not None and self.due.due_fen and self.sale is None:
            self._charge(CARD, "")

    def _charge(self, tender: str, code: str) -> None:
        view = self._view
        if view is None or self.busy:
            return
        office, desk = self._context.office, self._context.desk

        def work() -> tuple[Paying, Printed | None]:
            paying = asking.ask(office=office, desk=desk, basket=view.id, tender=tender, code=code)
            if paying.sale is None:
                return paying, None
            jobs = paying.sale.print_jobs
            return paying, tickets.print_jobs(office=office, desk=desk, job_ids=jobs)

        self._trouble = self.tr("{tender} is asked. Wait for the customer.").format(
            tender=self._tenders.name(tender)
        )
        self._show()
        self._ask(work, lambda answer: self._asked(*answer))

    def _asked(self, paying: Paying, printed: Printed | None) -> None:
        self._trouble = ""
        if paying.sale is not None and printed is not None:
            self._ended((paying.sale, printed))
            return
        name = self._tenders.name(paying.tender)
        said = (
            self.tr("{tender}: nothing was taken.")
            if paying.over
            else self.tr("{tender}: it is not known yet whether it was paid. The places are kept.")
        )
        why = self._tenders.why_not(paying.why)
        self._trouble = f"{said.format(tender=name)} {why}".strip()
        self._show()

    def _end(self, work: Callable[[], Sale]) -> None:
        office, desk = self._context.office, self._context.desk

        def act() -> tuple[Sale, Printed]:
            sale = work()
            return sale, tickets.print_jobs(office=office, desk=desk, job_ids=sale.print_jobs)

        self._ask(act, self._ended)

    def _ended(self, answer: tuple[Sale, Printed]) -> None:
        self.sale, printed = answer
        back = dict(self.sale.returned)
        cash = back.pop(CASH, 0)
        asked = formats.DOT.join(
            f"{self._tenders.name(tender)} {formats.money(fen)}" for tender, fen in back.items()
        )
        note = self.tr("The old codes are dead.")
        if asked:
            note += " " + self.tr("Goes back the way it came: {ways}.").format(ways=asked)
        trouble = self.tr("Look at the printer: a page is in doubt.") if printed.doubtful else ""
        self.body.done.say(self._done_text(), note=note, trouble=trouble)
        if cash or self.sale.change_fen:
            label = self.tr("Hand out of the drawer") if cash else self.tr("Change to give")
            self.body.done.say_amount(label, cash or self.sale.change_fen)
        self.body.show_done()
        self._show()

    def give_up(self) -> None:
        """The customer keeps the old tickets: the places go back to sale."""
        view = self._view
        if view is None or self.due is None or self.sale is not None or self.busy:
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
        return self.tr("%n ticket(s) exchanged", "", count)

    def _show_due(self, due: Due) -> None:
        self.body.ask_papers("")
        self.sums.show_due(due)
        given, change = self.cash.amount.fen(), self.cash.change_fen
        count = len(due.instead)
        if not due.due_fen:
            back = formats.money(due.back_fen)
            said = self.tr("Exchange %n, {amount} back", "", count).format(amount=back)
            self.primary.setText(said if due.back_fen else self.tr("Exchange %n", "", count))
            self.primary.setEnabled(True)
        else:
            enough = given is not None and change is not None
            said = self.tr("Take {given}, give {change}\nand print %n ticket(s)", "", count)
            words = said.format(
                given=formats.short_money(given or 0), change=formats.short_money(change or 0)
            )
            self.primary.setText(words if enough else self.tr("Enter what was given"))
            self.primary.setEnabled(enough)
        scan = self.tr("Or scan the customer's payment code.") if due.due_fen else ""
        self.body.say(self._trouble or scan, "attention" if self._trouble else "")
