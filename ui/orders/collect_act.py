"""Pay out what is owed (领款): money of a session that was called off, for who comes for it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import CASH
from boxoffice.errors import BoxOfficeError
from boxoffice.queries import rain_runs
from boxoffice.queries.orders import OrderView
from boxoffice.queries.rain_runs import InPerson
from boxoffice.services.aftersales import collecting
from ui import formats
from ui.approval.reason_entry import ReasonEntry
from ui.asking import Asking
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.act_body import ActBody
from ui.sell.tender_words import TenderWords
from ui.widgets.action_button import ActionButton
from ui.widgets.row_model import Row


class CollectAct(OrderAct):
    """`shown` is what the customer proves it with; `paid` the fen that were paid out."""

    key = "Alt+R"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._order: OrderView | None = None
        self._owed: tuple[InPerson, ...] = ()
        self._trouble = ""
        self.paid: int | None = None
        self._tenders = TenderWords(self)
        self.body: ActBody = ActBody(context)
        self.body.ask_papers("")
        self.shown = ReasonEntry(3)
        self.body.middle.addWidget(self.shown)
        self.primary = ActionButton(key="F8", kind="primary", act=self._pressed)
        self._asking = Asking(context, self.body, self)
        self.shown.changed.connect(self._show)
        self.retranslate()

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._asking.busy

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("CollectAct", "Pay out what is owed")

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        return bool(order.owed_fen) and desk.operator.may(Right.SELL) and desk.shift_id is not None

    def begin(self, order: OrderView) -> None:
        self._order, self._owed, self._trouble, self.paid = order, (), "", None
        self.body.show_asking()
        self.shown.begin()
        self._look()

    def _look(self) -> None:
        assert self._order is not None
        office, order_id = self._context.office, self._order.id
        self._asking.ask(
            lambda: office.read(lambda store: rain_runs.to_collect(store, order_id)),
            self._looked,
            self._refused,
        )

    def _looked(self, found: list[InPerson]) -> None:
        # What has no way back of its own goes by transfer, not over the counter.
        self._owed = tuple(one for one in found if one.why != "dead")
        self._show()

    # --- doing

    @property
    def _fen(self) -> int:
        return sum(one.amount_fen for one in self._owed)

    def _pressed(self) -> None:
        if self.paid is not None:
            self.done.emit(self._ended())
        elif self._order is not None and not self.busy and not self._missing():
            self._collect()

    def _collect(self) -> None:
        office, desk, shown, owed = (
            self._context.office, self._context.desk, self.shown.text, self._owed
        )  # fmt: skip

        def work() -> int:
            return sum(
                collecting.collect(office=office, desk=desk, payback_id=one.payback_id, shown=shown)
                for one in owed
            )

        self._asking.ask(work, self._collected, self._refused, busy=self.primary)

    def _collected(self, fen: int) -> None:
        self.paid = fen
        self._show()

    def _refused(self, error: BoxOfficeError) -> None:
        elsewhere = self.said_by_page(error)
        self._trouble = "" if elsewhere else self._context.troubles.sentence(error)
        self._show()

    # --- showing

    def _missing(self) -> str:
        return "" if self.shown.text else self.tr("Say what they show: press one, or type it.")

    def _ended(self) -> str:
        return self.tr("{amount} paid out").format(amount=formats.money(self.paid or 0))

    def _show(self) -> None:
        if self.paid is not None:
            cash = sum(one.amount_fen for one in self._owed if one.tender == CASH)
            apart = self.tr("Give the rest back on the other terminal, with their card.")
            self.body.done.say(self._ended(), note="" if cash == self.paid else apart)
            if cash:
                self.body.done.say_amount(self.tr("Hand out in cash"), cash)
            self.body.show_done()
            self.primary.setText(self.tr("Done"))
            self.primary.setEnabled(True)
            return
        self.body.set_rows([self._row(one) for one in self._owed])
        self.primary.setText(
            self.tr("Pay out {amount}").format(amount=formats.money(self._fen))
            if self._owed
            else self.title()
        )
        missing = self._missing()
        self.primary.setEnabled(bool(self._owed) and not missing and not self.busy)
        self.body.say(self._trouble or missing)

    def _row(self, one: InPerson) -> Row:
        cash = one.tender == CASH
        way = self.tr("in cash") if cash else self.tr("on the other terminal: with the card")
        name = self._tenders.name(one.tender)
        return Row(one.payback_id, name, way, value=formats.money(one.amount_fen))

    def retranslate(self) -> None:
        self.shown.set_texts(
            self.tr("What do they show?"),
            self.tr("Something else"),
            (self.tr("The ticket"), self.tr("The document"), self.tr("The slip to ask by")),
        )
        self._show()
