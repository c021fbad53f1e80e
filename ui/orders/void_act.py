"""Void: a fresh sale made undone, its paper in hand, for a reason; else a supervisor signs."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.desk import Desk, Right
from boxoffice.errors import BoxOfficeError
from boxoffice.queries.orders import LineView, OrderView
from boxoffice.services import tickets, voids
from boxoffice.services.returns import Back
from boxoffice.services.tickets import Printed
from boxoffice.services.voids import VOID
from ui import formats
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.act_body import ActBody
from ui.orders.asking import Asking
from ui.orders.reason_entry import ReasonEntry
from ui.orders.return_end import ReturnEnd
from ui.orders.return_words import ReturnWords
from ui.widgets.action_button import ActionButton
from ui.widgets.row_model import Row

WINDOW = "window"
"""The channel of what was sold here: a pre-sold order is refunded, never voided."""


class VoidAct(OrderAct):
    """For those who drive it: `tick(line id, on)`, `reason.edit`, `body.papers`, `body.approval`,
    `primary`; `busy` tells whether an answer is awaited, `back` what went back at last."""

    key = "Alt+U"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._words = ReturnWords(self)
        self._order: OrderView | None = None
        self._ticked: set[str] = set()
        self._why: tuple[str, ...] | None = None
        self._trouble = ""
        self.back: tuple[Back, Printed] | None = None
        self.body: ActBody = ActBody(context)
        self.reason = ReasonEntry(3)
        self.body.middle.addWidget(self.reason)
        self._asking = Asking(context, self.body, self)
        self._end = ReturnEnd(self._words, self)
        self.primary = ActionButton(key="F8", kind="primary", act=self._pressed)
        self.body.ticked.connect(self.tick)
        self.body.papers_changed.connect(self._show)
        self.reason.changed.connect(self._show)
        self.body.approval.approved.connect(lambda _approval: self._show())
        self.body.approval.closed.connect(self.quit)
        self.retranslate()

    @property
    def busy(self) -> bool:
        return self._asking.busy

    def title(self) -> str:
        return self.tr("Void the sale")

    def fits(self, order: OrderView, desk: Desk) -> bool:
        allowed = desk.operator.may(Right.SELL) and desk.shift_id is not None
        return allowed and order.channel == WINDOW and bool(_live(order))

    def begin(self, order: OrderView) -> None:
        self._order, self._why, self.back, self._trouble = order, None, None, ""
        self._ticked = {line.id for line in _live(order)}
        self.body.papers.setChecked(False)
        self.body.approval.clear()
        self.body.show_asking()
        self.reason.begin()
        self._look()

    def retranslate(self) -> None:
        self.reason.set_texts(
            self.tr("Why"),
            self.tr("The reason, in a few words"),
            [self.tr("Wrong session or seat"), self.tr("Wrong count"), self.tr("Not wanted")],
        )
        self._show()

    # --- choosing

    def tick(self, line_id: str, on: bool) -> None:
        """Choose a ticket, or not; at first all are chosen."""
        if self.back is None:
            self._ticked = self._ticked | {line_id} if on else self._ticked - {line_id}
            self._look()

    def _look(self) -> None:
        """Ask whether a second person has to approve."""
        assert self._order is not None
        self._why, self._trouble = None, ""
        self._asking.forget()
        self._show()
        if not self._ticked:
            return
        office, desk, order_id = self._context.office, self._context.desk, self._order.id
        wanted = sorted(self._ticked)
        self._asking.ask(
            lambda: voids.why_approve(office=office, desk=desk, order_id=order_id, line_ids=wanted),
            self._looked,
            self._refused,
        )

    def _looked(self, why: tuple[str, ...]) -> None:
        self._why = why
        if why:
            settings = self._context.office.settings
            said = self._words.approval(why, settings.refund_limit_fen, settings.void_minutes)
            self.body.approval.ask(VOID, said)
        else:
            self.body.approval.clear()
        self._show()

    def _refused(self, error: BoxOfficeError) -> None:
        self._trouble = self._context.troubles.sentence(error)
        self._show()

    # --- doing

    def _pressed(self) -> None:
        if self.back is not None:
            self.done.emit(self._end.text(self.back[0], void=True))
        elif self.body.approval.asking:
            self.body.show_approval()
        elif self._order is not None and not self.busy:
            self._void(self._order.id)

    def _void(self, order_id: str) -> None:
        office, desk = self._context.office, self._context.desk
        wanted, papers = sorted(self._ticked), self.body.papers.isChecked()
        reason, approval = self.reason.text, self.body.approval.approval

        def work() -> tuple[Back, Printed]:
            back = voids.void(
                office=office,
                desk=desk,
                order_id=order_id,
                line_ids=wanted,
                papers_back=papers,
                reason=reason,
                approval=approval,
            )
            return back, tickets.print_jobs(office=office, desk=desk, job_ids=back.print_jobs)

        self._asking.ask(work, self._voided, self._refused, busy=self.primary)

    def _voided(self, answer: tuple[Back, Printed]) -> None:
        self.back = answer
        self.body.approval.clear()
        self._show()

    # --- showing

    def _show(self) -> None:
        if self.back is not None:
            self._end.show(self.body, *self.back, void=True)
            self.primary.setText(self.tr("Done"))
            self.primary.setEnabled(True)
            return
        lines = _live(self._order) if self._order is not None else ()
        chosen = [line for line in lines if line.id in self._ticked]
        self.body.set_rows([self._row(line) for line in lines])
        papers = sum(line.handed_over_at is not None for line in chosen)
        self.body.ask_papers(
            self.tr("%n paper ticket(s) in hand (Alt K)", "", papers) if papers else ""
        )
        amount = formats.money(sum(line.price_fen for line in chosen))
        said = self.tr("Void %n · hand out {amount}", "", len(chosen))
        self.primary.setText(said.format(amount=amount) if chosen else self.title())
        missing = self._missing(bool(chosen), papers)
        asking = self.body.approval.asking and not missing
        if asking:
            missing = self.tr("A second person signs above.")
            self.primary.setText(self.tr("To the approval"))
        self.primary.setEnabled(self._why is not None and (asking or not missing))
        self.body.say(self._trouble or missing)

    def _missing(self, chosen: bool, papers: int) -> str:
        """The next thing to do; "" where all is there but, at most, the approval."""
        if not chosen:
            return self.tr("Tick the tickets to void.")
        if not self.reason.text:
            return self.tr("Say why: press a reason or type one.")
        if papers and not self.body.papers.isChecked():
            return self.tr("Take the paper tickets back and confirm it.")
        return ""

    def _row(self, line: LineView) -> Row:
        return Row(
            key=line.id,
            fact=self._words.place(line),
            detail=self._words.about(line),
            value=formats.money(line.price_fen),
            note=self.tr("no fee"),
            ticked=line.id in self._ticked,
        )


def _live(order: OrderView) -> tuple[LineView, ...]:
    return tuple(line for line in order.lines if line.ticket_live)
