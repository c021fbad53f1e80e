"""The first half of a tour: signing on, selling, picking up, the way a clerk works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from boxoffice import clock
from boxoffice.queries.waiting import Waiting, waiting
from boxoffice.services.setup import training
from ui.pages import PICKUP, SELL
from ui.screens.pickup import PickupPage
from ui.screens.sell import SellPage
from ui.sell.side_words import SideState
from ui.tour.people import documents as invented
from ui.tour.stage import Stage

FLOAT_NOTES = {10_000: "3", 5_000: "2", 2_000: "3", 1_000: "3", 500: "2"}
"""Counted notes by fen: 500 yuan."""
PASSES = 3
TOGETHER = 2


class Morning:
    """What the day begins with; each step leaves pictures."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.window = stage.window
        self.context = stage.window.context
        self.documents: Iterator[str] = invented()
        self._handed: Waiting | None = None

    # --- signing on

    def sign_in(self) -> None:
        """Number and PIN, then the float counted into the drawer."""
        gate = self.window.gate
        assert gate is not None
        clerk = training.PEOPLE[0]
        self.stage.snap("sign-in")
        self.stage.type(gate.sign_in.number, clerk.number)
        self.stage.type(gate.sign_in.pin, clerk.pin)
        self.stage.snap("number-and-pin")
        gate.sign_in.submit()
        self.stage.until(lambda: gate.counting is not None or self.context.signed_on, "signing in")
        if gate.counting is not None:
            for fen, count in FLOAT_NOTES.items():
                self.stage.type(gate.counting.counts[fen], count)
            self.stage.snap("count-the-float")
            gate.counting.submit()
        self.stage.until(lambda: self.context.signed_on, "opening the shift")
        self.sell_ready()

    # --- selling

    @property
    def sell(self) -> SellPage:
        """The sell page."""
        return cast(SellPage, self.window.frame.page(SELL))

    def sell_ready(self) -> None:
        page = self.sell
        self.stage.until(lambda: not page.busy and page.sessions.facts is not None, "the sell page")

    def two_seats(self) -> None:
        """Two adjacent seats of the greatest court, with documents, for cash with change."""
        page = self.sell
        facts = page.sessions.facts
        assert facts is not None
        card = max((card for card in facts.cards if card.numbered), key=lambda card: card.capacity)
        page.choose_session(card.code)
        self.stage.until(
            lambda: not page.busy and page.court.session_id == card.id, "the map of the court"
        )
        self.stage.snap("the-whole-court")
        court = page.court.facts
        assert court is not None
        level = court.levels[1].category
        page.court.pick_level(level)
        page.take_best(level, TOGETHER)
        self.basket_has(TOGETHER)
        self.stage.snap("two-seats-taken")
        self.scan_documents(TOGETHER, picture="one-document-missing")
        self.stage.snap("two-seats-complete")
        self._pay("two-seats", give=200_000)

    def three_passes(self) -> None:
        """Three grounds passes, with theirs."""
        page = self.sell
        page.next_customer()
        facts = page.sessions.facts
        assert facts is not None
        card = next(card for card in facts.cards if not card.numbered)
        page.choose_session(card.code)
        self.stage.until(
            lambda: not page.busy and page.places.session_id == card.id, "the grounds passes"
        )
        self.stage.snap("grounds-passes")
        page.take_places(PASSES, "adult")
        self.basket_has(PASSES)
        self.scan_documents(PASSES)
        self.stage.snap("three-passes-complete")
        self._pay("three-passes", give=20_000)

    def basket_has(self, count: int) -> None:
        page = self.sell
        self.stage.until(
            lambda: not page.busy and len(page.basket.lines) == count, f"{count} tickets taken"
        )

    def scan_documents(self, count: int, picture: str = "") -> None:
        page = self.sell
        for n in range(count):
            self.bind_next(page, count - n - 1)
            if picture and n == 0:
                self.stage.snap(picture)

    def bind_next(self, page: SellPage, left: int) -> None:
        """Scan documents until one is taken: a home that was toured before knows some."""
        for number in self.documents:
            page.scanned(number)
            self.stage.until(lambda: not page.busy, "a document")
            if sum(line.document_wanted for line in page.basket.lines) == left:
                return

    def _pay(self, name: str, give: int) -> None:
        page = self.sell
        page.open_cash()
        self.stage.snap(f"{name}-cash")
        page.give_cash(give)
        self.stage.snap(f"{name}-change")
        page.finish()
        self.stage.until(lambda: page.counter.state is SideState.DONE and not page.busy, "the sale")
        self.stage.snap(f"{name}-done")

    # --- picking up

    @property
    def _pickup(self) -> PickupPage:
        return cast(PickupPage, self.window.frame.page(PICKUP))

    def by_code(self) -> None:
        """A presold order by its pickup code."""
        self.window.frame.show_page(PICKUP)
        self.stage.until(lambda: not self._pickup.busy, "the pickup page")
        self.stage.snap("pickup-empty")
        self._handed = self._waiting()[0]
        self._hand_over(self._handed.code, self._handed, "pickup-by-code")

    def by_phone(self) -> None:
        """Another by the visitor's phone."""
        self._pickup.next_visitor()
        found = self._waiting()[0]
        self._hand_over(found.phone, found, "pickup-by-phone")

    def second_time(self) -> None:
        """The first code again: refused, with when and where it was handed over."""
        assert self._handed is not None
        page = self._pickup
        page.next_visitor()
        page.scanned(self._handed.code)
        self.stage.until(lambda: not page.busy and page.order is not None, "the order again")
        self.stage.snap("handed-over-before")

    def _waiting(self) -> list[Waiting]:
        office = self.context.office
        day = clock.business_day(clock.now()).isoformat()
        return office.read(lambda store: waiting(store, office.seal, day, 5))

    def _hand_over(self, text: str, found: Waiting, name: str) -> None:
        page = self._pickup
        page.scanned(text)
        self.stage.until(lambda: not page.busy, "finding the order")
        if page.order is None:
            self.stage.snap(f"{name}-several")
            page.choose(found.id)
            self.stage.until(lambda: page.order is not None, "choosing the order")
        self.stage.snap(name)
        page.hand_over()
        self.stage.until(lambda: page.done and not page.busy, "handing over")
        self.stage.snap(f"{name}-done")
