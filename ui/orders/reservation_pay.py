"""Taking the money for a reservation: documents first where they are asked for, then cash."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from boxoffice.errors import BadDocument, BoxOfficeError, LimitReached
from boxoffice.queries.orders import LineView, OrderView
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.sales import limit_overrides, reservations
from boxoffice.services.sales.finishing import Sale
from ui import formats
from ui.approval.limit_panel import LimitPanel
from ui.context import Context
from ui.orders.document_scan import read_document
from ui.orders.reservation_base import ReservationAct
from ui.sell.cash_panel import CashPanel
from ui.sell.document_entry import DocumentEntry


class PayReservation(ReservationAct):
    """The reservation is in hand from the beginning until the side shows something else.

    For those who drive it: `scanned(text)`, `entry`, `cash.give(fen)`, `primary`.
    """

    key = "Alt+S"
    shift_needed = True

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._due = 0
        self.sale: Sale | None = None
        self._again: Callable[[], None] = self._pay
        self.entry, self.cash = DocumentEntry(self._words), CashPanel()
        self.limit = LimitPanel(context)
        self.limit.changed.connect(self._named_again)
        self.limit.closed.connect(self._keep_limit)
        self.entry.entered.connect(self.enter)
        self.entry.closed.connect(self.quit)
        self.cash.changed.connect(self._named_again)
        self.cash.confirmed.connect(self._pressed)
        self.body.papers_changed.connect(self._named_again)
        for part in (self.entry, self.cash, self.limit):
            self.body.middle.addWidget(part)
            part.hide()
        self.body.installEventFilter(self)
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("PayReservation", "Take the money")

    def begin(self, order: OrderView) -> None:
        self.sale, self._due = None, -1
        self._forget_limit()
        self.body.papers.setChecked(False)
        super().begin(order)
        office, desk = self._context.office, self._context.desk

        def take_up() -> None:
            reservations.take_up(office=office, desk=desk, order_id=order.id)

        self.act(take_up, self._in_hand)

    def _in_hand(self) -> None:
        if self.body.isVisible():
            self.reload()
        else:  # the clerk went on before it came
            self._put_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The side shows something else: other windows may have the reservation again."""
        if watched is self.body and event.type() == QEvent.Type.Hide and not event.spontaneous():
            self._put_back()
        return False

    def _put_back(self) -> None:
        view, office = self._view, self._context.office
        if view is not None and self.sale is None:
            self._context.act(
                self.body,
                lambda: reservations.put_back(office=office, order_id=view.id),
                lambda _: None,
            )

    # --- documents

    @property
    def missing(self) -> tuple[LineView, ...]:
        """Ticked tickets that still lack their document."""
        return tuple(line for line in self.chosen if line.document_wanted)

    @property
    def proofs(self) -> tuple[LineView, ...]:
        """Ticked tickets whose price wants a proof that nobody noted as seen."""
        return tuple(line for line in self.chosen if line.proof_wanted)

    def scanned(self, text: str) -> bool:
        """A document goes to the first ticket that lacks one."""
        if self.finished or not self.missing:
            return False
        try:
            found = read_document(text)
        except BadDocument as error:
            self.refused(error)
            return True
        if found is None:
            return False
        if found.sure:
            self.enter(found.kind, found.number, found.name)
        else:
            self.entry.begin(found.kind, found.number)
        return True

    def enter(self, kind: str, number: str, name: str) -> None:
        """Bind a document to the first ticket that lacks one."""
        if self._view is None or not self.missing or self.busy:
            return
        office, desk = self._context.office, self._context.desk
        order_id, line_id = self._view.id, self.missing[0].id

        def work() -> None:
            reservations.name_attendee(
                office=office,
                desk=desk,
                order_id=order_id,
                line_id=line_id,
                name=name,
                document_type=kind,
                document=number,
            )

        def bound() -> None:
            self.entry.begin()
            self.reload()

        self._again = lambda: self.enter(kind, number, name)
        self.act(work, bound)

    def note(self, line: LineView) -> str:
        if line.document_wanted:
            return self.tr("document missing")
        return line.document

    # --- money

    def do(self) -> None:
        if self.limit.asking:
            self._let_pass()
        else:
            self._pay()

    def _pay(self) -> None:
        given, view = self.cash.amount.fen(), self._view
        if view is None or given is None or self.cash.change_fen is None or not self._complete():
            return
        office, desk = self._context.office, self._context.desk
        lines = [line.id for line in self.chosen]
        proofs = [(line.id, line.proof_asked) for line in self.proofs]

        def work() -> tuple[Sale, Printed]:
            for line_id, seen in proofs:
                reservations.confirm_proof(
                    office=office, desk=desk, order_id=view.id, line_id=line_id, seen=seen
                )
            sale = reservations.pay_cash(
                office=office, desk=desk, order_id=view.id, line_ids=lines, tendered_fen=given
            )
            printed = tickets.print_jobs(office=office, desk=desk, job_ids=sale.print_jobs)
            return sale, printed

        self._again = self._pay
        self._asking.ask(
            work, lambda answer: self._sold(*answer, len(lines)), self.refused, busy=self.primary
        )

    def _sold(self, sale: Sale, printed: Printed, count: int) -> None:
        self.sale = sale
        trouble = ""
        if printed.doubtful:
            why = self._context.troubles.sentence(printed.trouble) if printed.trouble else ""
            advice = self.tr("The sale stands. Look at the printer.")
            trouble = f"{why} {advice}".strip()
        rest = len(self.lines) - count
        note = self.tr("%n ticket(s) still wait to be paid", "", rest) if rest else ""
        self.finish(self.tr("%n ticket(s) paid and handed over", "", count), note, trouble)
        self.body.done.say_amount(self.tr("Change to give"), sale.change_fen)

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
        self._again()

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
        return bool(self.chosen) and not self.missing and not self._unseen()

    def _unseen(self) -> int:
        """How many proofs the clerk still has to see."""
        return 0 if self.body.papers.isChecked() else len(self.proofs)

    def _named_again(self) -> None:
        if not self.finished:
            self.body.say("")
            self.name()

    def name(self) -> None:
        if self.limit.asking:
            text, enabled = self.limit.words()
            self.primary.setText(text)
            self.primary.setEnabled(enabled)
            self.body.say(self.limit.missing())
            for part in (self.entry, self.cash):
                part.hide()
            return
        due = sum(line.price_fen for line in self.chosen)
        asked = sorted({self._words.proof(line) for line in self.proofs})
        self.body.ask_papers(
            self.tr("{proof} · seen: Alt K").format(proof=", ".join(asked)) if asked else ""
        )
        complete = self._complete()
        self.cash.setVisible(complete)
        wants = bool(self.missing)
        if wants and self.entry.isHidden():
            self.entry.begin()
        self.entry.setVisible(wants)
        if complete and due != self._due:
            self._due = due
            self.cash.begin(due)
            self.cash.take_focus()
        text, enabled = self._what_happens()
        self.primary.setText(text)
        self.primary.setEnabled(enabled)

    def _what_happens(self) -> tuple[str, bool]:
        if not self.chosen:
            self.body.say(self.tr("Tick the tickets that are paid now"))
            return self.tr("Take cash"), False
        if self.missing:
            self.body.say(self.tr("%n document(s) still to scan", "", len(self.missing)))
            return self.tr("Take cash"), False
        if self._unseen():
            self.body.say(self.tr("%n proof(s) still to see", "", self._unseen()))
            return self.tr("Take cash"), False
        given, change = self.cash.amount.fen(), self.cash.change_fen
        if given is None or change is None:
            return self.tr("Enter what was given"), False
        if not change:
            said = self.tr("Take {given}, print %n ticket(s)", "", len(self.chosen))
        else:
            said = self.tr(
                "Take {given}, give {change}\nand print %n ticket(s)", "", len(self.chosen)
            )
        words = said.format(given=formats.short_money(given), change=formats.short_money(change))
        return words, True

    def retranslate(self) -> None:
        for part in (self.entry, self.cash, self.limit):
            part.retranslate()
        self.show()
