"""From the basket to a reservation: asked for, made, its slip printed, and the next customer."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.sales import reservations
from boxoffice.services.sales.reservations import Reservation
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.desk_acts import DeskActs
from ui.sell.side import SellSide
from ui.sell.side_words import SideState
from ui.widgets.page import Page


class Reserving(QObject):
    """Emits `reserved` once a basket has become a reservation; its slip follows by itself."""

    reserved = Signal()

    def __init__(
        self, context: Context, basket: Basket, side: SellSide, acts: DeskActs, page: Page
    ) -> None:
        super().__init__(page)
        self._context, self._basket, self._side = context, basket, side
        self._acts, self._page = acts, page
        self._printing = 0
        side.reserve.confirmed.connect(self.finish)

    @property
    def busy(self) -> bool:
        """Whether a slip is being printed."""
        return self._printing > 0

    def set_busy(self, busy: bool) -> None:
        """Told by the operation: a print run begins or ends."""
        self._printing += 1 if busy else -1

    def open(self) -> None:
        """Ask for whom and how long, where there is something to reserve."""
        view = self._basket.view
        if view is None or not view.lines or self._basket.busy:
            return
        settings = self._context.office.settings
        before = timedelta(minutes=settings.reservation_ends_before_start_minutes)
        self._page.error_band.clear()
        self._side.reserve.begin(view, self._acts.buyer_typed, settings.reservation_minutes, before)
        self._side.show_state(SideState.RESERVE)

    def finish(self) -> None:
        """Make it, for whom and as long as the panel says."""
        panel, view = self._side.reserve, self._basket.view
        ready = self._side.state is SideState.RESERVE and not self._basket.busy
        if view is None or not ready or panel.missing():
            return
        office, desk = self._context.office, self._context.desk
        name, phone = panel.name.text().strip(), panel.phone.text().strip()
        minutes, seats_open, count = panel.minutes, panel.seats_open, len(view.lines)

        def work(basket: str | None) -> Reservation:
            assert basket is not None  # the view that is reserved has one
            return reservations.reserve(
                office=office,
                desk=desk,
                basket=basket,
                name=name,
                phone=phone,
                minutes=minutes,
                seats_open=seats_open,
            )

        self._basket.do(work, lambda made: self._made(made, count))

    def _made(self, made: Reservation, count: int) -> None:
        self._side.reserved.show_made(made, count)
        self._basket.adopt(None)
        self._side.show_state(SideState.RESERVED)
        self.reserved.emit()
        office, desk = self._context.office, self._context.desk
        self._context.act(
            self._page,
            lambda: tickets.print_jobs(office=office, desk=desk, job_ids=made.print_jobs),
            lambda printed: self._printed(made, printed),
            busy=self,
        )

    def _printed(self, made: Reservation, printed: Printed) -> None:
        why = self._context.troubles.sentence(printed.trouble) if printed.trouble else ""
        if self._side.state is SideState.RESERVED and self._side.reserved.made is made:
            self._side.reserved.show_printed(printed, why)
        elif printed.doubtful:  # the next customer is here already
            said = self.tr("Reservation {number}: the slip may not have been printed.")
            self._page.error_band.say("danger", f"{said.format(number=made.number)} {why}".strip())
