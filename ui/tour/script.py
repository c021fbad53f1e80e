"""What a tour shows, step by step, the way a clerk works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from boxoffice import clock
from boxoffice.queries.waiting import Waiting, waiting
from boxoffice.services import training
from ui.screens.pickup import PickupPage
from ui.screens.sell import SellPage
from ui.sell.side import SideState
from ui.tour.people import documents
from ui.tour.stage import Stage
from ui.window import CASES, PICKUP, SELL, SETUP, SHIFT

FLOAT_NOTES = {10_000: "3", 5_000: "2", 2_000: "3", 1_000: "3", 500: "2"}
"""Counted notes by fen: 500 yuan."""
PASSES = 3
TOGETHER = 2

Step = tuple[str, Callable[["Script"], None]]


class Script:
    """One run of the tour; each step leaves pictures."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.window = stage.window
        self.context = stage.window.context
        self._documents: Iterator[str] = documents()
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
        self._sell_ready()

    # --- selling

    @property
    def _sell(self) -> SellPage:
        return cast(SellPage, self.window.frame.page(SELL))

    def _sell_ready(self) -> None:
        page = self._sell
        self.stage.until(lambda: not page.busy and page.sessions.facts is not None, "the sell page")

    def two_seats(self) -> None:
        """Two adjacent seats of the greatest court, with documents, for cash with change."""
        page = self._sell
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
        self._basket_has(TOGETHER)
        self.stage.snap("two-seats-taken")
        self._scan_documents(TOGETHER, picture="one-document-missing")
        self.stage.snap("two-seats-complete")
        self._pay("two-seats", give=200_000)

    def three_passes(self) -> None:
        """Three grounds passes, with theirs."""
        page = self._sell
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
        self._basket_has(PASSES)
        self._scan_documents(PASSES)
        self.stage.snap("three-passes-complete")
        self._pay("three-passes", give=20_000)

    def _basket_has(self, count: int) -> None:
        page = self._sell
        self.stage.until(
            lambda: not page.busy and len(page.basket.lines) == count, f"{count} tickets taken"
        )

    def _scan_documents(self, count: int, picture: str = "") -> None:
        page = self._sell
        for n in range(count):
            self._bind_next(page, count - n - 1)
            if picture and n == 0:
                self.stage.snap(picture)

    def _bind_next(self, page: SellPage, left: int) -> None:
        """Scan documents until one is taken: a home that was toured before knows some."""
        for number in self._documents:
            page.scanned(number)
            self.stage.until(lambda: not page.busy, "a document")
            if sum(line.document_wanted for line in page.basket.lines) == left:
                return

    def _pay(self, name: str, give: int) -> None:
        page = self._sell
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

    # --- the rest

    def other_pages(self) -> None:
        """Shift, cases and setup, then the lock."""
        for key in (SHIFT, CASES, SETUP):
            self.window.frame.show_page(key)
            self.stage.until(self._settled, f"the page {key}")
            self.stage.snap(key)
        self.window.lock()
        self.stage.snap("locked")

    def _settled(self) -> bool:
        """One question after another has been answered: what was asked before is answered too."""
        answered: list[int] = []
        self.context.ask(self.window.frame, lambda _store: 1, answered.append)
        self.stage.until(lambda: answered, "an answer")
        return True


STEPS: tuple[Step, ...] = (
    ("sign-in", Script.sign_in),
    ("two-seats", Script.two_seats),
    ("three-passes", Script.three_passes),
    ("by-code", Script.by_code),
    ("by-phone", Script.by_phone),
    ("second-time", Script.second_time),
    ("other-pages", Script.other_pages),
)
NEEDS = {"second-time": "by-code"}
"""Steps that another one must precede."""


def run(stage: Stage, only: str | None = None) -> None:
    """Do every step, or signing in and the one that is named."""
    script = Script(stage)
    wanted = {"sign-in", only, NEEDS.get(only or "")} if only else {name for name, _ in STEPS}
    for name, step in STEPS:
        if name in wanted:
            step(script)
