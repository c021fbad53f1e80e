"""Taking the money for a reservation: documents first where they are asked for, then any tender."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from boxoffice.domain.accounts import CASH
from boxoffice.errors import BoxOfficeError, LimitReached, WrongStatus
from boxoffice.queries import orders
from boxoffice.queries.deposits import Deposits, deposits
from boxoffice.queries.orders import LineView, OrderView
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.sales import limit_overrides, reservations, undoing
from boxoffice.services.sales.finishing import Sale
from boxoffice.services.sales.undoing import Undone
from ui import formats
from ui.approval.limit_panel import LimitPanel
from ui.context import Context
from ui.orders.reservation_naming import NamingReservation
from ui.orders.taking import Taking
from ui.sell.tender_words import TenderWords
from ui.widgets.action_button import ActionButton


class PayReservation(NamingReservation):
    """The reservation is in hand from the beginning until the side shows something else.

    What was paid in part is taken up again, and paid on, or given back by a key pressed twice. For
    those who drive it: `scanned(text)`, `entry`, `taking`, `cash.give(fen)`, `primary`.
    """

    key = "Alt+S"
    shift_needed = True

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._tenders = TenderWords(self)
        self._here: Deposits | None = None
        self._ready = self._sure = False
        self.sale: Sale | None = None
        self.taking = Taking(context)
        self.cash = self.taking.cash
        self.again = self.taking.finish
        self.limit = LimitPanel(context)
        self.limit.changed.connect(self._named_again)
        self.limit.closed.connect(self._keep_limit)
        self.taking.changed.connect(self._named_again)
        # Queued: what is in front has to find its place first, below the tickets.
        keep = self.body.keep_in_sight
        self.taking.laid.connect(keep, Qt.ConnectionType.QueuedConnection)
        self.taking.came.connect(self._came)
        self.taking.unknown.connect(self._not_known)
        self.taking.refused.connect(self._not_taken)
        self.taking.closed.connect(self.quit)
        for part in (self.entry, self.taking, self.limit):
            self.body.middle.addWidget(part)
            part.hide()
        self.body.installEventFilter(self)
        # Alt A is Alipay's here.
        self.all_button.set_key("Alt+M")
        self.undo_button = ActionButton(key="Alt+Backspace", act=self.undo_pressed)
        self.body.foot.addWidget(self.undo_button)
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("PayReservation", "Take the money")

    @property
    def busy(self) -> bool:
        return super().busy or self.taking.busy

    def begin(self, order: OrderView) -> None:
        self.sale, self._here, self._ready, self._sure = None, None, False, False
        self._forget_limit()
        self.taking.forget()
        self.body.papers.setChecked(False)
        super().begin(order)
        office, desk = self._context.office, self._context.desk

        def take_up() -> None:
            reservations.take_up(office=office, desk=desk, order_id=order.id)

        self.act(take_up, self._in_hand)

    def escape(self) -> bool:
        """Esc gives up a charge that is under way."""
        if self.taking.charging:
            self.taking.give_up()
            return True
        return False

    def _in_hand(self) -> None:
        if self.body.isVisible():
            self.reload()
        else:  # the clerk went on before it came
            self._put_back()

    def reload(self) -> None:
        view, office = self._view, self._context.office
        if view is None:
            return
        self._asking.ask(
            lambda: office.read(
                lambda store: (
                    orders.order(store, office.seal, view.id),
                    deposits(store, view.id),
                )
            ),
            self._stands,
            self.refused,
        )

    def _stands(self, answer: tuple[OrderView, Deposits | None]) -> None:
        self._view, self._here = answer
        self._ready = True
        self.show()
        self.proofs_seen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The side shows something else: other windows may have the reservation again."""
        if watched is self.body and event.type() == QEvent.Type.Hide and not event.spontaneous():
            self._put_back()
        return False

    def _put_back(self) -> None:
        view, office = self._view, self._context.office
        if view is None or self.sale is not None or self.taking.charging:
            return
        self._context.act(
            self.body,
            lambda: reservations.put_back(office=office, order_id=view.id),
            lambda _: None,
            self._kept,
        )

    def _kept(self, error: BoxOfficeError) -> None:
        # While it is not known whether it was paid it stays here; that was said.
        if not isinstance(error, WrongStatus):
            self._context.troubles.show(self, error)

    # --- tickets

    @property
    def chosen(self) -> tuple[LineView, ...]:
        """Once a part is paid, what it was paid for."""
        if self._here is None:
            return super().chosen
        paid_for = self._here.line_ids
        return tuple(line for line in self.lines if not paid_for or line.id in paid_for)

    def tick(self, line_id: str, on: bool) -> None:
        if self._here is None and not self.taking.charging:
            super().tick(line_id, on)

    def tick_all(self) -> None:
        if self._here is None and not self.taking.charging:
            super().tick_all()

    def scanned(self, text: str) -> bool:
        """A document goes to the first ticket that lacks one; a payment code pays."""
        if self.finished:
            return False
        if self.missing:
            return self.document_scanned(text)
        return self._complete() and self.taking.scanned(text)

    # --- money

    def do(self) -> None:
        if self.limit.asking:
            self._let_pass()
        else:
            self.again = self.taking.finish
            self.taking.finish()

    def _came(self, sale: Sale, printed: Printed) -> None:
        if sale.left_fen:
            self.reload()
            return
        count = len(self.chosen)
        self.sale = sale
        trouble = ""
        if printed.doubtful:
            why = self._context.troubles.sentence(printed.trouble) if printed.trouble else ""
            advice = self.tr("The sale stands. Look at the printer.")
            trouble = f"{why} {advice}".strip()
        rest = len(self.lines) - count
        note = self.tr("%n ticket(s) still wait to be paid", "", rest) if rest else ""
        self.finish(self.tr("%n ticket(s) paid and handed over", "", count), note, trouble)
        if sale.tender == CASH:
            self.body.done.say_amount(self.tr("Change to give"), sale.change_fen)

    def _not_known(self) -> None:
        """Nobody can say whether it was paid: that stands in the side until the clerk goes on."""
        self.finished = self.tr("Not known yet whether it was paid")
        self.show()

    def undo_pressed(self) -> None:
        """Give back what was paid of it: asks once, the second press means it."""
        view = self._view
        if view is None or self._here is None or self.busy or self.finished:
            return
        self._sure = not self._sure
        self._named_again()
        if self._sure:
            return
        office, desk = self._context.office, self._context.desk
        self._asking.ask(
            lambda: undoing.undo(office=office, desk=desk, order_id=view.id),
            self._undone,
            self.refused,
        )

    def _undone(self, undone: Undone) -> None:
        by_itself = formats.DOT.join(
            f"{self._tenders.name(tender)} {formats.money(fen)}" for tender, fen in undone.asked
        )
        note = self.tr("The reservation waits for its money again.")
        if by_itself:
            note += " " + self.tr("Goes back the way it came: {ways}.").format(ways=by_itself)
        self.finish(self.tr("What was paid was given back"), note)
        if undone.cash_fen:
            self.body.done.say_amount(self.tr("Hand out of the drawer"), undone.cash_fen)

    # --- over a limit

    def _forget_limit(self) -> None:
        self.limit.forget()
        self.limit.hide()

    def _keep_limit(self) -> None:
        """Esc: nobody approves; what was refused stays so."""
        self._forget_limit()
        self.show()

    def _let_pass(self) -> None:
        """A supervisor signed at this screen: what was refused is done again."""
        view = self._view
        if view is None or not self.limit.complete():
            return
        work = self.limit.letting()
        self.act(lambda: work(view.id), self._passed)

    def _passed(self) -> None:
        self._forget_limit()
        self.show()
        self.again()

    def _not_taken(self, error: BoxOfficeError) -> None:
        self.refused(error)

    def refused(self, error: BoxOfficeError) -> None:
        if isinstance(error, LimitReached) and limit_overrides.may_pass(str(error.fields["rule"])):
            self.limit.ask(error)
            self.limit.show()
            self.show()
        elif self.said_by_page(error):
            self.show()
        elif self.entry.isVisible():
            self.show()
            self.entry.say(self._context.troubles.sentence(error))
        else:
            super().refused(error)

    # --- showing

    def _complete(self) -> bool:
        return self._ready and bool(self.chosen) and not self.missing and not self.proofs

    def _named_again(self) -> None:
        if not self.finished:
            self.body.say("")
            self.name()

    def show(self) -> None:
        super().show()
        self.body.rows.setVisible(not self.finished and not self.taking.charging)
        self.all_button.setEnabled(self.all_button.isEnabled() and self._here is None)
        self._name_undo()

    def _name_undo(self) -> None:
        wanted = self._here is not None and not self.finished and not self.taking.charging
        self.undo_button.setVisible(wanted)
        again = self.tr("Press again") if self._sure else ""
        self.undo_button.setText(again or self.tr("Give all back"))

    def name(self) -> None:
        self._name_undo()
        self.body.rows.setVisible(not self.taking.charging)
        if self.limit.asking:
            text, enabled = self.limit.words()
            self.primary.setText(text)
            self.primary.setEnabled(enabled)
            self.body.say(self.limit.missing())
            for part in (self.entry, self.taking):
                part.hide()
            return
        asked = sorted({self._words.proof(line) for line in self.proofs})
        self.body.ask_papers(
            self.tr("{proof} · seen: Alt K").format(proof=", ".join(asked)) if asked else ""
        )
        complete, wants = self._complete(), bool(self.missing)
        self.taking.setVisible(complete)
        if wants and self.entry.isHidden():
            self.entry.begin()
        self.entry.setVisible(wants)
        if complete:
            self._begin_taking()
        text, enabled = self._what_happens()
        self.primary.setText(text)
        self.primary.setEnabled(enabled)

    def _begin_taking(self) -> None:
        view, here = self._view, self._here
        assert view is not None  # something in it is chosen
        due = sum(line.price_fen for line in self.chosen) - (0 if here is None else here.fen)
        lines = () if len(self.chosen) == len(self.lines) else [line.id for line in self.chosen]
        self.taking.begin(view.id, due, len(self.chosen), lines, here)

    def _what_happens(self) -> tuple[str, bool]:
        take = self.tr("Take the money")
        if not self.chosen:
            self.body.say(self.tr("Tick the tickets that are paid now"))
            return take, False
        if self.missing:
            self.body.say(self.tr("%n document(s) still to scan", "", len(self.missing)))
            return take, False
        if self.proofs:
            self.body.say(self.tr("%n proof(s) still to see", "", len(self.proofs)))
            return take, False
        if not self._ready:
            return take, False
        trouble = self.taking.trouble
        self.body.say(trouble or self.taking.hint(), "attention" if trouble else "")
        return self.taking.words()

    def retranslate(self) -> None:
        for part in (self.entry, self.taking, self.limit):
            part.retranslate()
        self.show()
