"""A tour while central is away: what is held is sold, the band says what is at stake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ui.sell.side_words import SideState
from ui.tour.tenders import Tenders


class CutOff(Tenders):
    """Of a home whose central records lie beside its own: they are put aside for a while."""

    def off_line(self) -> None:
        """Two seats in hand are sold while central is away; it hears of it afterwards."""
        office = self.context.office
        if office.settings.central:
            return  # no line of a venue is cut for a picture
        page = self.complete_basket()
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
