"""A tour while central is away: what is held is sold, the band says what is at stake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ui.sell.side_words import SideState
from ui.tour.morning import TOGETHER, Morning
from ui.window import SELL


class CutOff(Morning):
    """Of a home whose central records lie beside its own: they are put aside for a while."""

    def off_line(self) -> None:
        """Two seats in hand are sold while central is away; it hears of it afterwards."""
        office = self.context.office
        if office.settings.central:
            return  # no line of a venue is cut for a picture
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
        band = self.window.frame.offline_band
        with self._central_away():
            self.stage.until(lambda: band.text and not page.busy, "the band")
            page.open_cash()
            page.give_cash(200_000)
            page.finish()
            self.stage.until(
                lambda: page.counter.state is SideState.DONE and not page.busy, "the sale off line"
            )
            self.stage.until(lambda: "¥" in band.text, "what is at stake")
            self.stage.snap("sold-off-line")
        self.stage.until(lambda: not band.text, "central back and told")

    @contextmanager
    def _central_away(self) -> Iterator[None]:
        """The file is moved away, and the line to it is dropped: as if the server were gone."""
        home, link = self.context.office.home, self.context.office.link
        away = home.central_file.rename(home.central_file.with_suffix(".away"))
        try:
            link.lane.drop()
            yield
        finally:
            away.rename(home.central_file)
