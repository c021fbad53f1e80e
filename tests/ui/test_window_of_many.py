"""A whole window at a central on a server: who sees what, a low screen, why it is away, its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boxoffice.central import recovering
from boxoffice.errors import CopiedRecords, Fenced
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators, shifts
from tests import servers
from tests.lines import cut_off
from tests.ui.many_windows import LOW, PATIENCE_MS, Venue, opened
from ui.pages import CENTRAL
from ui.widgets.offline_band import OffLine


@pytest.fixture
def venue(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Venue]:
    with opened(qtbot, tmp_path) as found:
        yield found


@pytest.mark.parametrize(
    ("number", "sees"), [("1001", False), ("2001", False), ("3001", True), ("9001", True)]
)
def test_only_who_may_settle_gets_the_central_page(venue: Venue, number: str, sees: bool) -> None:
    office = venue.one.office
    person = operators.operator_by_number(office=office, number=number)
    venue.window.sign_on(shifts.desk_for(office=office, operator=person))
    assert (CENTRAL in venue.window.frame._entries) is sees


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_low_screen_has_room_for_every_band(venue: Venue, language: str) -> None:
    window, page = venue.window, venue.sell
    if language == "zh_CN":
        window.switch_language()
    page.choose_day("2025-09-28")
    venue.qtbot.waitUntil(lambda: not page.busy)
    page.choose_session("O2")
    venue.qtbot.waitUntil(lambda: not page.busy and page.court.facts is not None)
    window.frame.offline_band.off_line(OffLine("14:05", 2, "¥1,360.00", 7, 38, 40, 5))
    page.error_band.say("attention", "Block 105 row 2 seat 15 is held at window 7.")
    assert window.frame.training_band.text
    venue.qtbot.waitUntil(lambda: window.frame.minimumSizeHint().height() < LOW[1] - 100)
    assert (window.frame.width(), window.frame.height()) == LOW


def test_a_central_that_waits_for_another_window_says_so_in_the_band(venue: Venue) -> None:
    band = venue.window.frame.offline_band
    with closing(servers.as_owner(venue.database)) as store:
        recovering.declare(store, operator="9001", reason="disk")
    with cut_off(venue.database):
        venue.qtbot.waitUntil(lambda: "Off line since 12:00;" in band.text, timeout=PATIENCE_MS)
    venue.qtbot.waitUntil(lambda: "were restored" in band.text, timeout=PATIENCE_MS)
    assert "Waiting for: 2" in band.text
    venue.two.office.link.lane.drop()
    venue.two.office.link.greet()
    sync.push(venue.two.office)
    venue.qtbot.waitUntil(lambda: band.text == "", timeout=PATIENCE_MS)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Fenced(window=1), "This window was retired at central"),
        (CopiedRecords(window=1, why="machine"), "The records of this window are locked"),
    ],
)
def test_a_window_that_may_not_sell_offers_nothing(
    venue: Venue, error: Fenced | CopiedRecords, said: str
) -> None:
    page, frame = venue.sell, venue.window.frame
    assert page.court.isVisible() or page.places.isVisible()
    venue.one.office.underway.stopped = error
    venue.one.office.changes.tell(["central"])
    venue.qtbot.waitUntil(lambda: said in venue.strip)
    assert "in step" not in venue.strip, "one thing is said of central"
    venue.qtbot.waitUntil(lambda: not page.busy)
    assert not page.court.isVisible()
    assert not page.places.isVisible()
    told = venue.window.context.troubles.sentence(error)
    assert frame.error_band.text == told
    assert told in page.offer._nothing.accessibleName()
    assert not frame.offline_band.isVisible(), "nothing goes on here"
