"""A band that names the window that has an order ends as soon as that window answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boxoffice.central import wishing
from boxoffice.central.allotting import Plan
from boxoffice.services.sales import reservations
from boxoffice.services.sharing import sync, wishes
from tests.faults.acts import tickets_of
from tests.lines import cut_off
from tests.services.allotted import allot
from tests.services.reserving import reserve
from tests.ui.many_windows import PATIENCE_MS, Venue, opened
from ui.orders.reservation_act import ReleaseReservation
from ui.pages import ORDERS, PICKUP
from ui.screens.orders import OrdersPage
from ui.screens.pickup import PickupPage

FREE = "Order TT0001 is free now. Do it once more."


@pytest.fixture
def venue(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Venue]:
    with opened(qtbot, tmp_path) as found:
        yield found


@pytest.fixture
def page(venue: Venue) -> PickupPage:
    """The clerk wanted to hand over an order that window 2 has, and was told so."""
    allot(venue.two, Plan("2", "O1", orders=2), venue.database)
    page = venue.window.frame.page(PICKUP)
    assert isinstance(page, PickupPage)
    venue.window.frame.show_page(PICKUP)
    page.choose(tickets_of(venue.one, "TT0001")[0])
    venue.qtbot.waitUntil(lambda: page.order is not None and not page.busy)
    page.hand_over()
    venue.qtbot.waitUntil(lambda: not page.busy, timeout=PATIENCE_MS)
    assert "TT0001 is being worked on at window 2" in page.error_band.text
    return page


def test_it_says_that_the_order_is_free_and_goes_when_it_is_had(
    venue: Venue, page: PickupPage
) -> None:
    band = page.error_band
    assert wishes.answer(venue.two.office)
    venue.qtbot.waitUntil(lambda: band.text == FREE, timeout=PATIENCE_MS)
    assert band.tone == "info"
    venue.window.switch_language()
    assert "TT0001" in band.text
    venue.window.switch_language()
    assert band.text == FREE
    page.hand_over()
    venue.qtbot.waitUntil(lambda: page.done, timeout=PATIENCE_MS)
    assert band.text == ""


def test_it_says_that_nobody_is_asked_any_more_off_line_too(
    venue: Venue, page: PickupPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cut_off(venue.database):
        monkeypatch.setattr(wishing, "LIFETIME", timedelta(0))
        said = "Order TT0001 was not let go"
        venue.qtbot.waitUntil(lambda: said in page.error_band.text, timeout=PATIENCE_MS)


def test_what_is_said_of_something_else_stays(venue: Venue, page: PickupPage) -> None:
    page.error_band.say("attention", "Document does not fit.")
    heard = []
    end = venue.one.office.changes.subscribe(heard.append)
    assert wishes.answer(venue.two.office)
    venue.qtbot.waitUntil(
        lambda: any("wish_free" in topic for told in heard for topic in told), timeout=PATIENCE_MS
    )
    end()
    venue.qtbot.waitUntil(lambda: not page.busy)
    assert page.error_band.text == "Document does not fit."


def test_an_act_on_the_orders_page_has_it_in_the_band_too(venue: Venue) -> None:
    """A reservation that is being paid for at the other window."""
    office, desk = venue.two.office, venue.two.desk
    reserved = reserve(venue.two, (1, 5)).order_id
    reservations.take_up(office=office, desk=desk, order_id=reserved)
    sync.pull(venue.one.office)
    page = venue.window.frame.page(ORDERS)
    assert isinstance(page, OrdersPage)
    venue.window.frame.show_page(ORDERS)
    venue.qtbot.waitUntil(lambda: not page.busy)
    page.open(reserved)
    venue.qtbot.waitUntil(lambda: page.file is not None and not page.busy)
    page.begin(ReleaseReservation)
    act = page.begun
    assert isinstance(act, ReleaseReservation)
    act.reason.usual[0].click()
    act.do()
    venue.qtbot.waitUntil(lambda: not act.busy, timeout=PATIENCE_MS)
    assert "is being worked on at window 2" in page.error_band.text
    assert page.error_band.text not in act.body.notice.text()
    reservations.put_back(office=office, order_id=reserved)
    venue.qtbot.waitUntil(lambda: "is free now" in page.error_band.text, timeout=PATIENCE_MS)
    act.do()
    venue.qtbot.waitUntil(lambda: bool(act.finished), timeout=PATIENCE_MS)
    venue.qtbot.waitUntil(lambda: page.error_band.text == "")
