"""The second half of a tour: a reservation, what comes back, finding, the close of the shift."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar, cast

from boxoffice import clock
from boxoffice.services.setup import training
from boxoffice.services.staff.shifts import figures
from ui.orders.act import OrderAct
from ui.orders.refund_act import RefundAct
from ui.orders.reprint_act import ReprintAct
from ui.orders.reservation_pay import PayReservation
from ui.orders.void_act import VoidAct
from ui.pages import CASES, CENTRAL, ORDERS, SELL, SETUP, SHIFT
from ui.screens.central import CentralPage
from ui.screens.orders import OrdersPage
from ui.screens.sell import SellPage
from ui.screens.shift import Mode, ShiftPage
from ui.sell.facts import DayFacts
from ui.sell.side_words import SideState
from ui.tour.cut_off import CutOff
from ui.tour.stage import Stage

FOUR = 4
DAYS_AHEAD = 4
"""A session so many days ahead lies in the second step of the refund policy: half comes back."""

VISITOR, PHONE = "王小明", "19900000000"
"""An invented name, and a number of a range that is not in use."""

A = TypeVar("A", bound=OrderAct)


class Day(CutOff):
    """A whole day at the window."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._reserved = ""

    # --- reserving

    def reserve(self) -> None:
        """Four seats of the second court, to be paid later."""
        page = self._back_to_selling()
        numbered = sorted(
            {card.capacity: card for card in self._facts().cards if card.numbered}.items(),
            reverse=True,
        )
        card = numbered[min(1, len(numbered) - 1)][1]
        page.choose_session(card.code)
        self.stage.until(
            lambda: not page.busy and page.court.session_id == card.id, "the second court"
        )
        court = page.court.facts
        assert court is not None
        level = max(court.levels, key=lambda found: found.free).category
        page.court.pick_level(level)
        page.take_best(level, FOUR)
        self.basket_has(FOUR)
        page.reserving.open()
        panel = page.counter.reserve
        panel.name.setText(VISITOR)
        self.stage.type(panel.phone, PHONE)
        self.stage.snap("reserve-four-seats")
        page.reserving.finish()
        self.stage.until(
            lambda: page.counter.state is SideState.RESERVED and not page.busy, "reserving"
        )
        made = page.counter.reserved.made
        assert made is not None
        self._reserved = made.number
        self.stage.snap("reserved")

    def pay_later(self) -> None:
        """The visitor comes back with the phone and pays."""
        page = self._open_order(PHONE, picture="find-by-phone")
        self.stage.snap("reservation-found")
        act = self._begin(PayReservation)
        for number in self.documents:
            if not act.missing:
                break
            act.scanned(number)
            self._settle()
        act.cash.give(200_000)
        self.stage.snap("reservation-paying")
        act.primary.click()
        self.stage.until(lambda: act.sale is not None, "paying the reservation")
        self._settle()
        self.stage.snap("reservation-paid")
        act.primary.click()
        self.stage.until(lambda: page.begun is None, "the order again")
        self._settle()
        self.stage.snap("reservation-history")

    # --- coming back

    def refund_one(self) -> None:
        """Two tickets for a session four days ahead; one comes back by its step."""
        number = self.sell_ahead()
        self._open_order(number)
        act = self._begin(RefundAct)
        self._settle()
        page = cast(OrdersPage, self.window.frame.page(ORDERS))
        assert page.file is not None
        act.tick(page.file.view.lines[0].id, True)
        self._settle()
        act.body.papers.setChecked(True)
        self._settle()
        self.stage.snap("refund-quote")
        act.primary.click()
        self.stage.until(lambda: act.back is not None, "the refund")
        self._settle()
        self.stage.snap("refund-done")
        act.primary.click()
        self._settle()
        self.stage.snap("refund-history")

    def void_sale(self) -> None:
        """A pass sold by mistake just now is undone, whole and without a fee."""
        number = self._sell_pass()
        self._open_order(number)
        act = self._begin(VoidAct)
        self._settle()
        act.reason.usual[0].click()
        act.body.papers.setChecked(True)
        self._settle()
        self.stage.snap("void")
        act.primary.click()
        self.stage.until(lambda: act.back is not None, "the void")
        self._settle()
        self.stage.snap("void-done")
        act.primary.click()
        self._settle()

    def reprint(self) -> None:
        """One damaged ticket of the reservation again, as a duplicate."""
        self._open_order(self._reserved)
        act = self._begin(ReprintAct)
        page = cast(OrdersPage, self.window.frame.page(ORDERS))
        assert page.file is not None
        act.tick(page.file.view.lines[0].id, True)
        act.reason.usual[0].click()
        self._settle()
        self.stage.snap("reprint")
        act.primary.click()
        self.stage.until(lambda: act.printed is not None, "the reprint")
        self.stage.snap("reprint-done")
        act.primary.click()
        self._settle()

    # --- finding

    def search(self) -> None:
        """As you type: initials of a name, then a name."""
        page = cast(OrdersPage, self.window.frame.page(ORDERS))
        self.window.frame.show_page(ORDERS)
        page.back()
        page.back()
        for text, name in (("wxm", "search-by-initials"), ("wang", "search-by-pinyin")):
            page.type_text(text)
            self.stage.until(lambda: not page.busy, "the search")
            self.stage.snap(name)
        page.back()

    # --- the close

    def close_shift(self) -> None:
        """The X report, the blind count, the Z report."""
        page = cast(ShiftPage, self.window.frame.page(SHIFT))
        self.window.frame.show_page(SHIFT)
        self._settle()
        self.stage.until(lambda: page.mode is Mode.READ, "the figures of the shift")
        self.stage.snap("x-report")
        page.print_x()
        self._settle()
        page.begin_count()
        self._settle()
        self.stage.snap("blind-count")
        for fen, count in self._in_the_drawer().items():
            self.stage.type(page.count.notes.counts[fen], str(count))
        self.stage.snap("counted")
        page.press()
        self.stage.snap("close-for-good")
        page.press()
        self.stage.until(lambda: self.window.closed_gate is not None, "the close")
        self._settle()
        self.stage.snap("z-report")

    def _in_the_drawer(self) -> dict[int, int]:
        """Notes that make what ought to be there, less ten yuan: the count comes out short."""
        found = figures(office=self.context.office, desk=self.context.desk)
        assert found is not None
        left = found.drawer_fen - 1_000
        notes = {}
        for fen in (10_000, 5_000, 2_000, 1_000, 500, 100):
            notes[fen], left = divmod(left, fen)
        return {fen: count for fen, count in notes.items() if count}

    def other_pages(self) -> None:
        """Cases and setup, then the lock."""
        for key in (CASES, SETUP):
            self.window.frame.show_page(key)
            self._settle()
            self.stage.snap(key)
        self.window.lock()
        self.stage.snap("locked")
        gate = self.window.gate
        assert gate is not None
        self.stage.type(gate.sign_in.pin, "1001")
        gate.sign_in.submit()
        self.stage.until(lambda: self.window.gate is None, "unlocking")

    def central(self) -> None:
        """Whoever runs the venue looks at the windows and what they hold."""
        self.window.lock()
        gate = self.window.gate
        assert gate is not None
        person = training.PEOPLE[-1]
        gate.sign_in.number.clear()
        self.stage.type(gate.sign_in.number, person.number)
        self.stage.type(gate.sign_in.pin, person.pin)
        gate.sign_in.submit()
        self.stage.until(lambda: self.window.gate is None, "signing in as administrator")
        page = cast(CentralPage, self.window.frame.page(CENTRAL))
        self.window.frame.show_page(CENTRAL)
        self.stage.until(lambda: page.view is not None and not page.busy, "the central page")
        self._settle()
        self.stage.snap("central-windows")
        page.show_part(page.reviews)
        self.stage.until(lambda: not page.busy, "the review list")
        self.stage.snap("central-reviews")

    # --- helpers

    def _back_to_selling(self) -> SellPage:
        page = self.sell
        self.window.frame.show_page(SELL)
        page.next_customer()
        self.sell_ready()
        return page

    def _facts(self) -> DayFacts:
        facts = self.sell.sessions.facts
        assert facts is not None
        return facts

    def sell_ahead(self) -> str:
        """Two tickets for cash, for a session some days ahead; answers the order's number."""
        page = self._back_to_selling()
        day = clock.business_day(clock.now()) + timedelta(days=DAYS_AHEAD)
        page.choose_day(day.isoformat())
        self.stage.until(lambda: not page.busy and self._facts().day == day.isoformat(), "the day")
        card = max(
            (card for card in self._facts().cards if card.numbered),
            key=lambda card: card.capacity,
        )
        page.choose_session(card.code)
        self.stage.until(lambda: not page.busy and page.court.session_id == card.id, "the court")
        court = page.court.facts
        assert court is not None
        page.take_best(court.levels[1].category, 2)
        self.basket_has(2)
        self.scan_documents(2)
        return self._pay_quietly(200_000)

    def _sell_pass(self) -> str:
        page = self._back_to_selling()
        page.choose_day(clock.business_day(clock.now()).isoformat())
        self.stage.until(lambda: not page.busy, "today")
        card = next(card for card in self._facts().cards if not card.numbered)
        page.choose_session(card.code)
        self.stage.until(lambda: not page.busy and page.places.session_id == card.id, "the passes")
        page.take_places(1, "adult")
        self.basket_has(1)
        self.scan_documents(1)
        return self._pay_quietly(5_000)

    def _pay_quietly(self, fen: int) -> str:
        page = self.sell
        page.open_cash()
        page.give_cash(fen)
        page.finish()
        self.stage.until(lambda: page.counter.state is SideState.DONE and not page.busy, "the sale")
        sale = page.counter.done.sale
        assert sale is not None
        return str(sale.number)

    def _open_order(self, text: str, picture: str = "") -> OrdersPage:
        self.window.frame.show_page(ORDERS)
        page = cast(OrdersPage, self.window.frame.page(ORDERS))
        page.back()
        page.back()
        page.type_text(text)
        self.stage.until(lambda: not page.busy, "finding the order")
        if picture:
            self.stage.snap(picture)
        page.open(page.found.rows[0].id)
        self.stage.until(lambda: not page.busy and page.file is not None, "the order")
        return page

    def _begin(self, kind: type[A]) -> A:
        page = cast(OrdersPage, self.window.frame.page(ORDERS))
        page.begin(kind)
        self._settle()
        return cast(A, page.begun)

    def _settle(self) -> None:
        """Whatever was asked by now has been answered: the answers come in turn."""
        for _ in range(SETTLE_ROUNDS):
            answered: list[int] = []
            self.context.ask(self.window.frame, lambda _store: 1, answered.append)
            self.stage.until(lambda answered=answered: answered, "an answer")  # type: ignore[misc]
        page = self.window.frame.front
        if page == ORDERS:
            orders = cast(OrdersPage, self.window.frame.page(ORDERS))
            self.stage.until(lambda: not orders.busy, "the order page")
            act = orders.begun
            self.stage.until(lambda: not getattr(act, "busy", False), "the act")


SETTLE_ROUNDS = 3
"""Answers that lead to questions: a change is told, views ask again, and show."""
