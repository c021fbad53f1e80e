"""Exchange: tickets ticked, a place chosen, the difference said; then taken, paid and printed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from boxoffice.desk import Desk, Right
from boxoffice.domain.accounts import EXCHANGE
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import BoxOfficeError, QuoteChanged, SeatTaken
from boxoffice.queries import exchanges as terms
from boxoffice.queries.exchanges import Place, Target
from boxoffice.queries.orders import LineView, OrderView
from boxoffice.services.aftersales import exchanges
from boxoffice.services.aftersales.exchanges import Outlook
from ui import formats
from ui.context import Context
from ui.orders.exchange_paying import ExchangePaying
from ui.orders.place_choice import PlaceChoice
from ui.orders.return_words import ReturnWords
from ui.widgets.row_model import Row


class ExchangeAct(ExchangePaying):
    """First the places are chosen and taken, then the difference is paid or goes back.

    It is paid as on the page that sells. For those who drive it: `tick(line id, on)`, `choice`,
    `taking`, `cash`, `primary`; `busy` tells whether an answer is awaited, `due` what is due for
    the places that were taken, `sale` how it ended.
    """

    key = "Alt+J"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._words = ReturnWords(self)
        self._ticked: set[str] = set()
        self._outlook: Outlook | None = None
        self._places: dict[str, Place] = {}
        self.choice = PlaceChoice()
        self.body.middle.addWidget(self.choice)
        self.body.middle.addWidget(self.taking)
        self.body.foot.addWidget(self.sums)
        self.body.ticked.connect(self.tick)
        self.body.papers_changed.connect(self._show)
        self.body.approval.approved.connect(lambda _approval: self._show())
        self.body.approval.closed.connect(self.quit)
        self.choice.changed.connect(self._chosen)
        self.retranslate()

    # --- what the page asks

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("ExchangeAct", "Exchange")

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        allowed = desk.operator.may(Right.SELL) and desk.shift_id is not None
        begun = order.status == OrderStatus.EXCHANGING
        live = order.status == OrderStatus.PAID and any(line.ticket_live for line in order.lines)
        return allowed and (begun or live)

    def begin(self, order: OrderView) -> None:
        lines = self._live(order)
        self._view, self._trouble = order, ""
        self._outlook, self.due, self.sale = None, None, None
        self._here, self._unknown = None, False
        self.taking.forget()
        self._ticked = {lines[0].id} if len(lines) == 1 else set()
        self.body.papers.setChecked(False)
        self.body.approval.clear()
        self.body.show_asking()
        self._show()
        if order.status == OrderStatus.EXCHANGING:
            self._go_on(order.id)
        else:
            self._ask(lambda: self._context.office.read(terms.targets), self._offered)

    def retranslate(self) -> None:
        self.choice.retranslate()
        self.taking.retranslate()
        self._show()

    # --- choosing

    @staticmethod
    def _live(order: OrderView) -> list[LineView]:
        return [line for line in order.lines if line.ticket_live]

    @property
    def tickets(self) -> list[str]:
        """The tickets that may be exchanged, by the ids of their lines."""
        return [line.id for line in self._live(self._view)] if self._view is not None else []

    def tick(self, line_id: str, on: bool) -> None:
        """Choose a ticket, or not."""
        if self.due is None and self.sale is None:
            self._ticked = self._ticked | {line_id} if on else self._ticked - {line_id}
            self._chosen()

    def _offered(self, found: list[Target]) -> None:
        assert self._view is not None
        first = self._live(self._view)[0]
        self.choice.offer(found, first.session_id, first.category)
        self._chosen()

    def _chosen(self) -> None:
        """Ask what it comes to: for the seats named, or the best together."""
        self._outlook, self._trouble = None, ""
        self.body.approval.clear()
        view, session = self._view, self.choice.session
        if view is None or session is None or not self._ticked or self.due is not None:
            self._asking.forget()
            self._show()
            return
        office, desk = self._context.office, self._context.desk
        lines = [line.id for line in self._live(view) if line.id in self._ticked]
        level, named = self.choice.level, self.choice.seats

        def work() -> tuple[dict[str, Place], Outlook]:
            if named:
                seats = office.read(lambda store: terms.seats_named(store, session, named))
                places = dict(zip(lines, seats, strict=False))
            else:
                places = exchanges.best_places(
                    office=office, desk=desk, session_id=session, category=level, line_ids=lines
                )
            return places, exchanges.quote(
                office=office, desk=desk, order_id=view.id, places=places
            )

        self._show()
        self._ask(work, self._quoted)

    def _quoted(self, answer: tuple[dict[str, Place], Outlook]) -> None:
        self._places, self._outlook = answer
        reasons = self._outlook.approval
        if reasons:
            self.body.approval.ask(EXCHANGE, self._words.approval(reasons, 0, 0))
        self._show()

    def _take(self) -> None:
        view, outlook, places = self._view, self._outlook, dict(self._places)
        if view is None or outlook is None:
            return
        office, desk = self._context.office, self._context.desk
        papers, approval = self.body.papers.isChecked(), self.body.approval.approval
        self._ask(
            lambda: exchanges.begin(
                office=office,
                desk=desk,
                order_id=view.id,
                places=places,
                agreed_fen=outlook.terms.difference_fen,
                papers_back=papers,
                approval=approval,
            ),
            self._taken,
        )

    # --- the way through

    def _refused(self, error: BoxOfficeError) -> None:
        if isinstance(error, (QuoteChanged, SeatTaken)) and self.due is None:
            self._chosen()
        super()._refused(error)

    def _pressed(self) -> None:
        if self.sale is not None:
            self.done.emit(self._done_text())
        elif self._unknown:
            self.quit.emit()
        elif self.busy:
            return
        elif self.due is not None:
            self._pay()
        elif self.body.approval.asking:
            self.body.show_approval()
        else:
            self._take()

    # --- showing

    def _show(self) -> None:
        choosing = self.due is None
        view = self._view
        lines = self._live(view) if view is not None else []
        self.body.set_rows([self._row(line) for line in lines] if choosing else [])
        self.body.rows.setVisible(choosing)
        self.choice.setVisible(choosing)
        paid = self.due is not None and bool(self.due.due_fen)
        self.taking.setVisible(paid and self.sale is None)
        self.back_button.setText(self.tr("Keep the old tickets"))
        begun = self.due is not None and self.sale is None and not self._unknown
        self.back_button.setVisible(begun)
        self.back_button.setEnabled(begun and not self.taking.charging)
        if self.sale is not None:
            self.primary.setText(self.tr("Done"))
            self.primary.setEnabled(True)
        elif self.due is not None:
            self._show_due(self.due)
        else:
            self._show_choice()

    def _show_choice(self) -> None:
        found = self._outlook.terms if self._outlook is not None else None
        papers = found.papers if found is not None else 0
        self.body.ask_papers(
            self.tr("%n paper ticket(s) taken back (Alt K)", "", papers) if papers else ""
        )
        self.sums.setVisible(found is not None)
        missing = "" if self._ticked else self.tr("Tick the tickets that are exchanged.")
        self.primary.setText(self.tr("Take the new places"))
        if found is not None:
            self.sums.show_sums(found.price_fen, found.paid_fen, found.fee_fen)
            self.primary.setText(self._takes())
            if papers and not self.body.papers.isChecked():
                missing = self.tr("Take the paper tickets back and confirm it.")
        signs = found is not None and not missing and self.body.approval.asking
        if signs:
            missing = self.tr("A second person signs above.")
            self.primary.setText(self.tr("To the approval"))
        self.primary.setEnabled(found is not None and (signs or not missing))
        self.body.say(self._trouble or missing)

    def _takes(self) -> str:
        """The places by name, where they fit."""
        assert self._outlook is not None
        count = len(self._outlook.terms.parts)
        return self.tr("Take %n new place(s)", "", count)

    def _row(self, line: LineView) -> Row:
        return Row(
            key=line.id,
            fact=self._words.place(line),
            detail=self._words.about(line),
            value=formats.short_money(line.price_fen),
            ticked=line.id in self._ticked,
        )
