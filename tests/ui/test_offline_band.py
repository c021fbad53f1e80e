"""The band: quiet words while central is away, what waits then, and nothing when all is well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytestqt.qtbot import QtBot

from boxoffice.services.office import Office
from boxoffice.services.sales import holds
from tests.faults.acts import central_away
from ui import app as application
from ui.widgets.offline_band import OffLine, OfflineBand
from ui.window import Window

AWAY = OffLine("14:05", sales=2, amount="¥1,360.00", unsent=7, seats=4, places=0, orders=1)


@pytest.fixture
def band(qtbot: QtBot) -> OfflineBand:
    made = OfflineBand()
    qtbot.addWidget(made)
    return made


def test_it_says_since_when_what_is_at_stake_and_what_goes_on(band: OfflineBand) -> None:
    assert not band.isVisibleTo(None)
    band.off_line(AWAY)
    assert band.isVisibleTo(None)
    for words in ("14:05", "2 sale", "¥1,360.00", "4 seat", "1 order"):
        assert words in band.text
    assert "place" not in band.text, "what is not there is not listed"
    assert band.tone == "info", "off line is a normal state"


def test_without_sales_it_counts_changes_and_says_that_nothing_is_in_hand(
    band: OfflineBand,
) -> None:
    band.off_line(OffLine("14:05", 0, "¥0.00", 3, 0, 0, 0))
    assert "3 change" in band.text
    assert "nothing to sell is in hand" in band.text
    band.off_line(OffLine("14:05", 0, "¥0.00", 0, 0, 0, 0))
    assert "change" not in band.text


def test_what_has_to_be_mended_is_said_first(band: OfflineBand) -> None:
    band.off_line(OffLine("14:05", 0, "¥0.00", 0, 0, 0, 0, why="Update this program."))
    assert band.text.startswith("Off line since 14:05: Update this program; printing")


def test_on_return_it_counts_down_and_goes(band: OfflineBand) -> None:
    band.off_line(AWAY)
    band.sending(312)
    assert "312" in band.text
    band.sending(0)
    assert band.text == ""
    assert not band.isVisibleTo(None)


@pytest.fixture
def window(qapp: object, office: Office) -> Iterator[Window]:
    with ExitStack() as closing:
        app = application.application(office.settings)
        found = application.open_window(app, office, closing, language="en")
        application.sign_in_demo(found, office)
        yield found


def test_the_window_shows_it_while_central_is_away_and_reports_by_itself(
    qtbot: QtBot, window: Window
) -> None:
    office, band = window.context.office, window.frame.offline_band
    qtbot.waitUntil(lambda: office.link.watched)
    session = office.read(lambda store: store.first("SELECT id FROM session WHERE plan_id IS NULL"))
    assert session is not None
    assert band.text == ""
    with central_away(office.home):
        office.link.lane.drop()
        window.context.act(
            window.frame,
            lambda: holds.take_places(
                office=office,
                desk=window.context.desk,
                session_id=int(session[0]),
                count=1,
                basket=None,
            ),
            lambda _: None,
            lambda _: None,
        )
        qtbot.waitUntil(lambda: "Off line since" in band.text, timeout=15_000)
        assert "out of reach" in window.frame.strip.accessibleName()
    qtbot.waitUntil(lambda: band.text == "", timeout=15_000)
    qtbot.waitUntil(lambda: "in step" in window.frame.strip.accessibleName(), timeout=15_000)
