"""Taking the money: the tender, its share, tickets on paper, and the next customer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from boxoffice.domain.accounts import CARD, CARD_APART, CASH, COMPLIMENTARY
from boxoffice.errors import BadReference, BoxOfficeError
from boxoffice.queries import printing
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.sales import at_counter, checkout, undoing
from boxoffice.services.sales.finishing import Sale
from boxoffice.services.sales.undoing import Undone
from ui import formats
from ui.context import Context
from ui.sell.basket import Basket
from ui.sell.charging import Charging
from ui.sell.side import SellSide
from ui.sell.side_words import PAYING, SideState
from ui.sell.tender_words import TenderWords
from ui.widgets.page import Page

DOUBTFUL = "doubtful"


class Till(QObject):
    """Emits `sold` when a basket was paid, or left; printing follows by itself and cannot undo it.

    A share of what is due is a deposit: the side goes on with what is left.
    """

    sold = Signal()
    moved = Signal()
    """The side shows something else than before."""

    def __init__(self, context: Context, basket: Basket, side: SellSide, page: Page) -> None:
        super().__init__(page)
        self._context, self._basket, self._side, self._page = context, basket, side, page
        self._words = TenderWords(self)
        self._printing = 0
        self._go_on = False
        self.charging = Charging(context, basket, side, page)
        self.charging.began.connect(self.moved)
        self.charging.came.connect(self._came)
        self.charging.failed.connect(self._failed)
        self.charging.not_taken.connect(self._show_tender)
        self.charging.parted.connect(self.sold)
        for panel in (side.cash, side.share):
            panel.confirmed.connect(self.finish)
        side.tenders.chosen.connect(self.choose)
        side.part_pressed.connect(self.keep_part)
        side.undo_pressed.connect(self.undo_pressed)
        side.done.came_out.connect(lambda: self._settle(came_out=True))
        side.done.again_wanted.connect(lambda: self._settle(came_out=False))
        basket.changed.connect(self._basket_changed)

    @property
    def busy(self) -> bool:
        """Whether pages are being printed."""
        return self._printing > 0

    def set_busy(self, busy: bool) -> None:
        """Told by the operation: a print run begins or ends."""
        self._printing += 1 if busy else -1

    # --- the tender

    def open(self) -> None:
        """Ask for the money, cash unless another tender is chosen."""
        self.choose(CASH)

    def choose(self, tender: str) -> None:
        """Take it by that tender, where the basket is complete and nothing is under way."""
        view = self._basket.view
        if view is None or not view.lines or self._side.missing_words() or self._basket.acting:
            return
        self._show_tender(tender)

    def _show_tender(self, tender: str) -> None:
        due, side = self._basket.due_fen, self._side
        if tender == CASH:
            side.cash.begin(due)
            side.show_state(SideState.CASH)
        elif tender == COMPLIMENTARY:
            side.show_state(SideState.FREE)
            side.free.begin()
        else:
            side.share.begin(tender, due)
            side.show_state(SideState.SHARE)
        self.moved.emit()

    def finish(self) -> None:
        """Take what the panel in front says."""
        state, busy = self._side.state, self._basket.busy
        if busy or self._basket.view is None:
            return
        if state is SideState.CASH and self._side.cash.change_fen is not None:
            self._take_cash(None)
        elif state is SideState.SHARE and self._side.share.complete:
            self._take_share()
        elif state is SideState.FREE and self._side.free.complete():
            self._give_away()

    def keep_part(self) -> None:
        """The cash that was given is a part of what is due."""
        given, short = self._side.cash.amount.fen(), self._side.cash.change_fen is None
        if self._side.state is SideState.CASH and given and short and not self._basket.busy:
            self._take_cash(given)

    def _take_cash(self, part: int | None) -> None:
        office, desk, given = self._context.office, self._context.desk, self._side.cash.amount.fen()
        assert given is not None  # the panel is complete
        self._pay(
            lambda basket: checkout.pay_cash(
                office=office, desk=desk, basket=basket, tendered_fen=given, amount_fen=part
            )
        )

    def _take_share(self) -> None:
        share, office, desk = self._side.share, self._context.office, self._context.desk
        fen = share.share_fen
        assert fen is not None  # the panel is complete
        if share.tender == CARD:
            self.charging.charge(CARD, fen, whole=not share.part)
        elif share.tender == CARD_APART:
            typed = share.reference.text()
            self._pay(
                lambda basket: at_counter.pay_apart(
                    office=office, desk=desk, basket=basket, typed=typed, amount_fen=fen
                )
            )

    def _give_away(self) -> None:
        free, office, desk = self._side.free, self._context.office, self._context.desk
        reason, approval = free.reason.text, free.approval
        self._pay(
            lambda basket: at_counter.give_away(
                office=office, desk=desk, basket=basket, reason=reason, approval=approval
            )
        )

    def _pay(self, take: Callable[[str], Sale]) -> None:
        count = len(self._basket.lines)

        def work(basket: str | None) -> Sale:
            assert basket is not None  # the view that is paid has one
            return take(basket)

        self._basket.do(work, lambda sale: self._came(sale, count), self._failed)

    # --- what came of it

    def _failed(self, error: BoxOfficeError) -> None:
        if isinstance(error, BadReference):
            self._side.share.say(self._context.troubles.sentence(error))
            return
        self._side.show_state(SideState.BASKET)
        self.moved.emit()
        self._context.troubles.show(self._page, error)

    def _came(self, sale: Sale, count: int) -> None:
        if self._basket.id != sale.order_id:  # somebody else works here by now
            self._print(sale, sale.print_jobs)
            return
        if not sale.finished:
            self._go_on = True  # once what is here was read
            return
        before = self._basket.here.parts if self._basket.here is not None else ()
        self._side.done.show_sale(sale, count, before)
        self._basket.adopt(None)
        self._side.show_state(SideState.DONE)
        self.sold.emit()
        self._print(sale, sale.print_jobs)

    def _basket_changed(self) -> None:
        """A part came, or the order was taken up again: the rest is asked for."""
        here = self._basket.here
        if not self._go_on or here is None or self._basket.acting:
            return
        self._go_on = False
        self.choose(CASH)
        listed = formats.DOT.join(
            f"{self._words.name(part.tender)} {formats.money(part.left_fen)}" for part in here.parts
        )
        said = self.tr("Here: {parts}. {left} is left: choose how it is paid.")
        left = formats.money(self._basket.due_fen)
        self._page.error_band.say("info", said.format(parts=listed, left=left))

    def go_on(self, order_id: str) -> None:
        """Take up an order that was paid in part."""
        self._go_on = True
        self._basket.adopt(order_id)

    # --- undoing what was paid in part

    def undo_pressed(self) -> None:
        """Give all back: asks once, the second press means it."""
        if self._side.state in (SideState.BASKET, *PAYING) and self._side.ask_sure():
            self.undo()

    def undo(self) -> None:
        """Give back what was paid of it, and let its seats go."""
        office, desk = self._context.office, self._context.desk
        self._page.error_band.clear()

        def work(basket: str | None) -> Undone:
            assert basket is not None  # money is here for it
            return undoing.undo(office=office, desk=desk, order_id=basket)

        self._basket.do(work, self._undone, self._failed)

    def _undone(self, undone: Undone) -> None:
        self._side.undone.show_undone(undone)
        self._basket.adopt(None)
        self._side.show_state(SideState.UNDONE)
        self.sold.emit()

    # --- paper

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
