"""Taking the money: from the basket to cash, tickets on paper, and the next customer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from boxoffice.errors import BoxOfficeError
from boxoffice.queries import printing
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.sales import checkout
from boxoffice.services.sales.finishing import Sale
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.side import SellSide
from ui.sell.side_words import SideState
from ui.widgets.page import Page

DOUBTFUL = "doubtful"


class Till(QObject):
    """Emits `sold` when a basket was paid; printing follows by itself and cannot undo it."""

    sold = Signal()

    def __init__(self, context: Context, basket: Basket, side: SellSide, page: Page) -> None:
        super().__init__(page)
        self._context, self._basket, self._side, self._page = context, basket, side, page
        self._printing = 0
        side.cash.confirmed.connect(self.finish)
        side.done.came_out.connect(lambda: self._settle(came_out=True))
        side.done.again_wanted.connect(lambda: self._settle(came_out=False))

    @property
    def busy(self) -> bool:
        """Whether pages are being printed."""
        return self._printing > 0

    def set_busy(self, busy: bool) -> None:
        """Told by the operation: a print run begins or ends."""
        self._printing += 1 if busy else -1

    def open(self) -> None:
        """Ask for the money, where the basket is complete and nothing is under way."""
        view = self._basket.view
        if view is not None and view.lines and not view.documents_wanted and not self._basket.busy:
            self._side.cash.begin(view.total_fen)
            self._side.show_state(SideState.CASH)

    def finish(self) -> None:
        """Sell for what was given."""
        view, given = self._basket.view, self._side.cash.amount.fen()
        ready = self._side.state is SideState.CASH and not self._basket.busy
        if view is None or given is None or self._side.cash.change_fen is None or not ready:
            return
        office, desk = self._context.office, self._context.desk
        count = len(view.lines)

        def work(basket: str | None) -> Sale:
            assert basket is not None  # the view that is paid has one
            return checkout.pay_cash(office=office, desk=desk, basket=basket, tendered_fen=given)

        self._basket.do(work, lambda sale: self._sold(sale, count), self._failed)

    def _failed(self, error: BoxOfficeError) -> None:
        self._side.show_state(SideState.BASKET)
        self._context.troubles.show(self._page, error)

    def _sold(self, sale: Sale, count: int) -> None:
        self._side.done.show_sale(sale, count)
        self._basket.adopt(None)
        self._side.show_state(SideState.DONE)
        self.sold.emit()
        self._print(sale, sale.print_jobs)

    def _print(self, sale: Sale, jobs: Sequence[str]) -> None:
        office, desk = self._context.office, self._context.desk
        self._context.act(
            self._page,
            lambda: tickets.print_jobs(office=office, desk=desk, job_ids=jobs),
            lambda printed: self._printed(sale, printed),
            busy=self,
        )

    def _printed(self, sale: Sale, printed: Printed) -> None:
        why = self._context.troubles.sentence(printed.trouble) if printed.trouble else ""
        if self._side.state is SideState.DONE and self._side.done.sale is sale:
            self._side.done.show_printed(printed, why)
            return
        if printed.doubtful:  # the next customer is here already
            said = self.tr("Order {number}: pages may not have been printed.")
            self._page.error_band.say("danger", f"{said.format(number=sale.number)} {why}".strip())

    def _settle(self, *, came_out: bool) -> None:
        """The clerk looked at the printer."""
        sale = self._side.done.sale
        if sale is None:
            return
        office, desk = self._context.office, self._context.desk

        def work() -> Printed:
            rows = office.read(printing.unsettled)
            jobs = [
                row.id for row in rows if row.order_id == sale.order_id and row.status == DOUBTFUL
            ]
            ended = [
                tickets.settle_doubtful(office=office, desk=desk, job_id=job, came_out=came_out)
                for job in jobs
            ]
            return Printed(
                sum(one.printed for one in ended),
                sum(one.doubtful for one in ended),
                next((one.trouble for one in ended if one.trouble), None),
            )

        self._context.act(self._page, work, lambda ended: self._printed(sale, ended), busy=self)
