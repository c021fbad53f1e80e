"""Reprint: tickets that were handed over get a new page with a new code; the old code dies."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import BoxOfficeError
from boxoffice.queries.orders import LineView, OrderView
from boxoffice.services.aftersales import reprints
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from ui.approval.reason_entry import ReasonEntry
from ui.asking import Asking
from ui.context import Context
from ui.orders.act import OrderAct
from ui.orders.act_body import ActBody
from ui.orders.return_words import ReturnWords
from ui.widgets.action_button import ActionButton
from ui.widgets.row_model import Row
from ui.widgets.text import Text


class ReprintAct(OrderAct):
    """For those who drive it: `tick(line id, on)`, `reason.edit`, `primary`; `busy` tells whether
    an answer is awaited, `printed` how it ended."""

    key = "Alt+D"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._words = ReturnWords(self)
        self._order: OrderView | None = None
        self._ticked: set[str] = set()
        self._trouble = ""
        self.printed: tuple[int, Printed] | None = None
        self.body: ActBody = ActBody(context)
        self.reason = ReasonEntry(3)
        self._warning = Text(wrap=True)
        self.body.middle.addWidget(self.reason)
        self.body.middle.addWidget(self._warning)
        self.body.ask_papers("")
        self._asking = Asking(context, self.body, self)
        self.primary = ActionButton(key="F8", kind="primary", act=self._pressed)
        self.body.ticked.connect(self.tick)
        self.reason.changed.connect(self._show)
        self.retranslate()

    @property
    def busy(self) -> bool:
        return self._asking.busy

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("ReprintAct", "Print again")

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        allowed = desk.operator.may(Right.PICK_UP) and desk.shift_id is not None
        return allowed and order.status != OrderStatus.EXCHANGING and bool(_out(order))

    def begin(self, order: OrderView) -> None:
        lines = _out(order)
        self._order, self.printed, self._trouble = order, None, ""
        self._ticked = {line.id for line in lines} if len(lines) == 1 else set()
        self.body.show_asking()
        self.reason.begin()
        self._show()

    def retranslate(self) -> None:
        self.reason.set_texts(
            self.tr("Why"),
            self.tr("The reason, in a few words"),
            [self.tr("Damaged"), self.tr("Badly printed"), self.tr("Lost, document seen")],
        )
        self._warning.setText(self.tr("DUPLICATE stands on the new paper; the old code is dead."))
        self._show()

    def tick(self, line_id: str, on: bool) -> None:
        """Choose a ticket, or not."""
        if self.printed is None:
            self._trouble = ""
            self._ticked = self._ticked | {line_id} if on else self._ticked - {line_id}
            self._show()

    def _pressed(self) -> None:
        if self.printed is not None:
            self.done.emit(self._ended())
        elif self._order is not None and not self.busy:
            self._reprint(self._order)

    def _reprint(self, order: OrderView) -> None:
        office, desk, reason = self._context.office, self._context.desk, self.reason.text
        wanted = [
            line.ticket_id
            for line in _out(order)
            if line.id in self._ticked and line.ticket_id is not None
        ]

        def work() -> tuple[int, Printed]:
            made = reprints.reprint(
                office=office, desk=desk, order_id=order.id, ticket_ids=wanted, reason=reason
            )
            printed = tickets.print_jobs(office=office, desk=desk, job_ids=made.print_jobs)
            return made.tickets, printed

        self._asking.ask(work, self._reprinted, self._refused, busy=self.primary)

    def _reprinted(self, answer: tuple[int, Printed]) -> None:
        self.printed = answer
        self._show()

    def _refused(self, error: BoxOfficeError) -> None:
        elsewhere = self.said_by_page(error)
        self._trouble = "" if elsewhere else self._context.troubles.sentence(error)
        self._show()

    def _ended(self) -> str:
        assert self.printed is not None
        return self.tr("%n ticket(s) printed again", "", self.printed[0])

    def _show(self) -> None:
        if self.printed is not None:
            doubt = self.tr("Look at the printer: pages are in doubt")
            self.body.done.say(
                self._ended(),
                note=self.tr("Keep the old paper if it is here: it admits nobody any more."),
                trouble=doubt if self.printed[1].doubtful else "",
            )
            self.body.show_done()
            self.primary.setText(self.tr("Done"))
            self.primary.setEnabled(True)
            return
        lines = _out(self._order) if self._order is not None else ()
        self.body.set_rows([self._row(line) for line in lines])
        count = len(self._ticked)
        said = self.tr("Print %n again", "", count) if count else self.title()
        self.primary.setText(said)
        missing = ""
        if not count:
            missing = self.tr("Tick the tickets to print again.")
        elif not self.reason.text:
            missing = self.tr("Say why: press a reason or type one.")
        self.primary.setEnabled(not missing)
        self.body.say(self._trouble or missing)

    def _row(self, line: LineView) -> Row:
        issue = self.tr("issue {number}").format(number=line.issue) if line.issue > 1 else ""
        return Row(
            key=line.id,
            fact=self._words.place(line),
            detail=self._words.about(line),
            value=line.attendee,
            note=issue,
            ticked=line.id in self._ticked,
        )


def _out(order: OrderView) -> tuple[LineView, ...]:
    """Lines whose live ticket is out on paper."""
    return tuple(
        line for line in order.lines if line.ticket_live and line.handed_over_at is not None
    )
