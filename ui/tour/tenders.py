"""A tour's customers who pay by code: by password, in parts, and one who stays unknown."""

from __future__ import annotations

from typing import cast

from boxoffice.domain.accounts import ALIPAY, WECHAT
from boxoffice.rehearsal.gateways.scripted import Scripted
from ui.pages import SELL
from ui.screens.sell import SellPage
from ui.sell.side_words import SideState
from ui.tour.morning import TOGETHER, Morning

WECHAT_CODE, ALIPAY_CODE = "134500000000000001", "280000000000000001"
"""Codes as a phone shows them, of nobody."""
PART_FEN = 30_000


class Tenders(Morning):
    """Of a window whose companies say what the tour tells them to."""

    def code_payment(self) -> None:
        """The phone asks for a password; then it is paid."""
        page, company = self.complete_basket(), self._company(WECHAT)
        company.want_password()
        page.scanned(WECHAT_CODE)
        self._until_asked()
        self.stage.snap("code-payment-waiting")
        company.pay()
        self._until_sold()
        self.stage.snap("code-payment-done")

    def split(self) -> None:
        """A part in cash, the rest by a code."""
        page = self.complete_basket()
        self._company(ALIPAY).pay()
        page.open_cash()
        page.give_cash(PART_FEN)
        page.till.keep_part()
        self.stage.until(lambda: page.basket.here is not None and not page.busy, "the part")
        self.stage.snap("split-part-here")
        page.choose_tender(ALIPAY)
        self.stage.snap("split-rest-by-code")
        page.scanned(ALIPAY_CODE)
        self._until_sold()
        self.stage.snap("split-done")

    def unknown(self) -> None:
        """The company falls silent: it is unknown, listed, and reversed once it speaks again."""
        page, company = self.complete_basket(), self._company(WECHAT)
        company.fall_silent()
        page.scanned(WECHAT_CODE)
        self._until_asked()
        page.back()
        self.stage.until(lambda: page.counter.state is SideState.UNKNOWN, "not knowing")
        mark = self.window.frame.top_bar.mark
        self.stage.until(lambda: mark.isVisible() and not page.busy, "the mark on top")
        self.stage.snap("payment-unknown")
        self.window.open_payments()
        self.stage.until(lambda: not page.busy, "the open payments")
        self.stage.snap("payments-open")
        company.pay()

        def settled() -> bool:
            # The window may be asking by itself just now; then a clerk presses once more.
            if mark.isVisible() and not page.busy:
                page.settling.ask_again(reverse=True)
            return not mark.isVisible() and not page.busy

        self.stage.until(settled, "nothing unknown")
        self.basket_has(TOGETHER)
        self.stage.snap("payments-settled")
        # Its customer left: the seats go back, by the clerk's own key.
        for _press in range(2):
            page.acts.clear_pressed()
        self.stage.until(lambda: page.basket.id is None and not page.busy, "the seats back")

    def _company(self, tender: str) -> Scripted:
        return cast(Scripted, self.context.office.gateways[tender])

    def _until_asked(self) -> None:
        waiting = self.sell.counter.waiting
        self.stage.until(
            lambda: waiting.attempt is not None and waiting.attempt.why, "the company's answer"
        )

    def _until_sold(self) -> None:
        page = self.sell
        self.stage.until(lambda: page.counter.state is SideState.DONE and not page.busy, "the sale")

    def complete_basket(self) -> SellPage:
        """Two seats of the greatest court, with their documents."""
        page = self.sell
        self.window.frame.show_page(SELL)
        page.next_customer()
        self.sell_ready()
        facts = page.sessions.facts
        assert facts is not None
        card = max((card for card in facts.cards if card.numbered), key=lambda card: card.capacity)
        page.choose_session(card.code)
        self.stage.until(
            lambda: not page.busy and page.court.session_id == card.id, "the map of the court"
        )
        court = page.court.facts
        assert court is not None
        page.take_best(court.levels[1].category, TOGETHER)
        self.basket_has(TOGETHER)
        self.scan_documents(TOGETHER)
        return page
