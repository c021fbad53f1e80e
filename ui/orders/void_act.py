"""Void: a fresh sale made undone, its paper in hand, for a reason; else a supervisor signs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import OrderStatus
from boxoffice.queries.orders import LineView, OrderView
from boxoffice.services.aftersales import voids
from boxoffice.services.aftersales.voids import VOID
from ui import formats
from ui.approval.reason_entry import ReasonEntry
from ui.context import Context
from ui.orders.return_base import ReturnAct
from ui.widgets.row_model import Row

WINDOW = "window"
"""The channel of what was sold here: a pre-sold order is refunded, never voided."""


class VoidAct(ReturnAct):
    """All tickets are ticked at first. `reason.edit` is where the reason is typed."""

    key = "Alt+U"
    void = True

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._order: OrderView | None = None
        self._why: tuple[str, ...] | None = None
        self.reason = ReasonEntry(3)
        self.body.middle.addWidget(self.reason)
        self.reason.changed.connect(self._show)
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("VoidAct", "Void the sale")

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        allowed = desk.operator.may(Right.SELL) and desk.shift_id is not None
        allowed = allowed and order.status != OrderStatus.EXCHANGING
        return allowed and order.channel == WINDOW and bool(_live(order))

    def begin(self, order: OrderView) -> None:
        self._order, self._why = order, None
        super().begin(order)
        self._ticked = {line.id for line in _live(order)}
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
            self.refused,
        )

    def _looked(self, why: tuple[str, ...]) -> None:
        self._why = why
        self.ask_approval(VOID, why)
        self._show()

    # --- doing

    def do(self) -> None:
        if self._order is None:
            return
        office, desk, order_id = self._context.office, self._context.desk, self._order.id
        wanted, papers = sorted(self._ticked), self.body.papers.isChecked()
        reason = self.reason.text
        self.take_back(
            lambda approval: voids.void(
                office=office,
                desk=desk,
                order_id=order_id,
                line_ids=wanted,
                papers_back=papers,
                reason=reason,
                approval=approval,
            )
        )

    # --- showing

    def show_choice(self) -> None:
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
        self.say_next(self._missing(bool(chosen), papers), ready=self._why is not None)

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
