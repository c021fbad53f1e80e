"""What the cards of the sell page say is left follows other windows, and the line."""

from __future__ import annotations

from boxoffice.services.sales import holds
from tests.faults.acts import take
from tests.homes import CAPACITY
from tests.lines import cut_off
from tests.ui.test_custody_on_map import Venue, venue

__all__ = ["venue"]


def test_of_numbered_seats(venue: Venue) -> None:
    sessions, session = venue.clerk.page.offer.sessions, venue.one.session("O2")

    def left() -> int:
        card = sessions.card(session)
        return card.left if card is not None else -1

    assert left() == CAPACITY
    take(venue.two, (2, 5), (2, 6))
    venue.qtbot.waitUntil(lambda: left() == CAPACITY - 2)
    with cut_off(venue.database):
        venue.qtbot.waitUntil(lambda: left() == 2, timeout=15_000)
    venue.qtbot.waitUntil(lambda: left() == CAPACITY - 2, timeout=15_000)


def test_of_places_without_numbers(venue: Venue) -> None:
    clerk = venue.clerk
    clerk.page.choose_day("2025-09-27")
    clerk.wait()
    clerk.session("G1")
    places = clerk.page.offer.places
    assert places._left.text() == "6 left"
    holds.take_places(
        office=venue.two.office,
        desk=venue.two.desk,
        session_id=venue.two.session("G1"),
        count=4,
        basket=None,
    )
    venue.qtbot.waitUntil(lambda: places._left.text() == "2 left")
    with cut_off(venue.database):
        venue.qtbot.waitUntil(lambda: places._left.text() == "0 left", timeout=15_000)
    venue.qtbot.waitUntil(lambda: places._left.text() == "2 left", timeout=15_000)
