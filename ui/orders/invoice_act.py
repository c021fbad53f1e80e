"""Tax invoice (开发票): asked for over what can be invoiced, and where those before it stand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt

from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import InvoiceStatus, OrderStatus
from boxoffice.errors import BoxOfficeError, NoInvoice
from boxoffice.queries.invoices import RED, InvoiceView, Standing, standing
from boxoffice.queries.orders import OrderView
from boxoffice.services.aftersales import invoice_filing, invoices
from boxoffice.services.aftersales.invoices import Asked
from boxoffice.services.telling.contacts import Reach, reach
from ui import formats
from ui.asking import Asking
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.act_body import ActBody
from ui.orders.invoice_form import InvoiceForm
from ui.orders.invoice_words import InvoiceWords
from ui.widgets.action_button import ActionButton
from ui.widgets.side_panel import AmountLine
from ui.widgets.text import Text


class InvoiceAct(OrderAct):
    """For those who drive it: `form`, `primary`, `again`, `due`; `busy` tells whether an answer is
    awaited, `standing` what is known, `finished` what was said at the end."""

    key = "Alt+I"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._words = InvoiceWords(self)
        self._order: OrderView | None = None
        self.standing: Standing | None = None
        self._trouble = ""
        self.finished = ""
        self.body: ActBody = ActBody(context)
        self.body.ask_papers("")
        self._amount = AmountLine(large=False)
        self.due = Text(wrap=True)
        self.due.set_tone("attention")
        self.form = InvoiceForm()
        self.again = ActionButton(key="Alt+W", act=self.want_again)
        for part in (self.due, self.again, self._amount, self.form):
            self.body.middle.addWidget(part)
        self.form.changed.connect(self._typed)
        # Queued: the field has to find its place, and the cursor, first.
        self.form.changed.connect(self._keep_in_sight, Qt.ConnectionType.QueuedConnection)
        self.form.confirmed.connect(self._pressed)
        self._asking = Asking(context, self.body, self)
        self.primary = ActionButton(key="F8", kind="primary", act=self._pressed)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._asking.busy

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("InvoiceAct", "Tax invoice")

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        paid = order.version > 0 and order.status in (OrderStatus.PAID, OrderStatus.RETURNED)
        return paid and desk.operator.may(Right.SELL)

    def begin(self, order: OrderView) -> None:
        self._order, self.standing = order, None
        self._trouble = self.finished = ""
        self.body.show_asking()
        self.body.rows.hide()
        self._look()

    def retranslate(self) -> None:
        self.form.retranslate()
        self.again.setText(self.tr("Send the red one again"))
        self._show()

    # --- what is known

    def _look(self) -> None:
        """Read where it stands, and how the customer is reached."""
        assert self._order is not None
        office, order_id = self._context.office, self._order.id

        def work() -> tuple[Standing, Reach]:
            return office.read(
                lambda store: (
                    standing(store, office.seal, order_id),
                    reach(store, office.seal, order_id, office.settings.language),
                )
            )

        self._asking.ask(work, self._looked, self._refused)

    def _looked(self, found: tuple[Standing, Reach]) -> None:
        self.standing = found[0]
        self.form.begin(found[1].masked())
        self._show()

    @property
    def _refused_red(self) -> InvoiceView | None:
        """A red one that the platform refused and that a supervisor may send again."""
        if self.standing is None or not self._context.desk.operator.may(Right.APPROVE):
            return None
        for one in self.standing.invoices:
            if one.kind == RED and one.status is InvoiceStatus.REFUSED:
                return one
        return None

    # --- doing

    def _typed(self) -> None:
        self._trouble = ""
        self._show()

    def _keep_in_sight(self) -> None:
        """On a low screen the address is below the others."""
        if self.form.address.hasFocus():
            self.body.scroller.ensureWidgetVisible(self.form.address)

    def _pressed(self) -> None:
        if self.finished:
            self.done.emit(self.finished)
        elif self.standing is not None and self.standing.why:
            self.quit.emit()
        elif self.standing is not None and not self.busy and not self.form.missing:
            self._ask()

    def _ask(self) -> None:
        assert self._order is not None
        office, desk, order_id = self._context.office, self._context.desk, self._order.id
        wanted = self.form.wanted
        self._asking.ask(
            lambda: invoices.ask(office=office, desk=desk, order_id=order_id, wanted=wanted),
            self._asked,
            self._refused,
            busy=self.primary,
        )

    def _asked(self, asked: Asked) -> None:
        said = self.tr("Tax invoice over {amount} asked for")
        self._finish(said.format(amount=formats.money(asked.amount_fen)))

    def want_again(self) -> None:
        """A red one that was refused goes to the platform once more, with the next file."""
        red = self._refused_red
        if red is None or self._order is None or self.busy or self.finished:
            return
        office, desk, order_id = self._context.office, self._context.desk, self._order.id
        self._asking.ask(
            lambda: invoice_filing.want_again(
                office=office, desk=desk, order_id=order_id, invoice_id=red.id
            ),
            lambda _: self._finish(self.tr("The red invoice goes out once more")),
            self._refused,
            busy=self.again,
        )

    def _finish(self, text: str) -> None:
        self.finished = text
        self.body.done.say(text, note=self.tr("It goes to the platform with the next file."))
        self.body.show_done()
        self._show()

    def _refused(self, error: BoxOfficeError) -> None:
        elsewhere = self.said_by_page(error)
        self._trouble = "" if elsewhere else self._context.troubles.sentence(error)
        self._show()

    # --- showing

    def _show(self) -> None:
        found = self.standing
        self.again.setVisible(self._refused_red is not None and not self.finished)
        if self.finished:
            self.primary.setText(self.tr("Done"))
            self.primary.setEnabled(True)
            return
        self.form.setVisible(found is not None and not found.why)
        self._amount.setVisible(found is not None and not found.why)
        self.due.hide()
        if found is None:
            self.primary.setText(self.title())
            self.primary.setEnabled(False)
            self.body.say(self._trouble)
            return
        self.body.set_rows([self._words.row(one) for one in found.invoices])
        self.body.rows.setVisible(bool(found.invoices))
        self._say_red(found)
        self._amount.set_amount(self.tr("Can be invoiced"), found.payable_fen)
        if found.why:
            self.primary.setText(self.tr("Back to the order"))
            self.primary.setEnabled(True)
            reason = self._context.troubles.sentence(NoInvoice(why=found.why))
            self.body.say(self._trouble or reason)
            return
        said = self.tr("Ask for the invoice over {amount}")
        self.primary.setText(said.format(amount=formats.money(found.payable_fen)))
        self.primary.setEnabled(not self.form.missing)
        self.body.say(self._trouble or self._why_refused(found) or self.form.missing)

    def _say_red(self, found: Standing) -> None:
        """What came back after the invoice was issued is to be taken back of it."""
        due = sum(
            one.amount_fen
            for one in found.invoices
            if one.kind == RED and one.status is InvoiceStatus.WANTED
        )
        said = self.tr("A red invoice over {amount} is due: it goes out with the next file.")
        self.due.setText(said.format(amount=formats.money(-due)))
        self.due.setVisible(due > 0)

    def _why_refused(self, found: Standing) -> str:
        """Before anything is typed: why the platform refused the last one."""
        last = found.invoices[-1] if found.invoices else None
        if last is None or last.status is not InvoiceStatus.REFUSED or self.form.title.text():
            return ""
        said = self.tr("The platform refused it: {reason}. Ask again with that put right.")
        return said.format(reason=last.reason)
