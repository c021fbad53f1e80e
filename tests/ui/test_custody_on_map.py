"""Custody on the map: what is this window's ahead of time, what others hold, and off line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from boxoffice.sentences import SENTENCES
from boxoffice.services.keeper import Keeper
from boxoffice.services.sharing import sync
from tests import servers
from tests.faults.acts import take
from tests.homes import AtWork, at_work
from tests.lines import cut_off, until
from tests.services.allotted import allot, seats_of
from tests.ui.selling import Clerk, clerk_at_work
from tests.windows import window_home
from ui import app as application
from ui.context import Context
from ui.error_presenter import ErrorPresenter
from ui.widgets.seat_map import SeatState


@dataclass
class Venue:
    """Window 1 at its sell page, with its keeper, and window 2."""

    database: str
    one: AtWork
    two: AtWork
    clerk: Clerk
    qtbot: QtBot

    def states(self, *places: tuple[int, int]) -> list[SeatState]:
        """How seats (row, number) are shown at window 1."""
        return [self.clerk.page.court.state(self.one.seat(*place)) for place in places]

    def wait(self, state: SeatState, *places: tuple[int, int]) -> None:
        """Until these seats are shown so."""
        self.qtbot.waitUntil(lambda: set(self.states(*places)) == {state})


@pytest.fixture
def venue(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Venue]:
    database = servers.fresh_database()
    with (
        at_work(window_home(tmp_path / "2", database, 2)) as two,
        at_work(window_home(tmp_path / "1", database, 1), threaded=True) as one,
    ):
        allot(one, seats_of(pairs=1), database)
        application.application(one.office.settings)
        assert one.office.acts is not None
        context = Context(one.office, one.office.acts, ErrorPresenter(SENTENCES))
        context.use_desk(one.desk)
        keeper = Keeper(one.office)
        keeper.start()
        until(one, lambda: one.office.link.greeted)
        with clerk_at_work(context, qtbot) as clerk:
            clerk.page.choose_day("2025-09-28")
            clerk.wait()
            clerk.session("O2")
            yield Venue(database, one, two, clerk, qtbot)
        keeper.close()
        context.relay.close()


def test_seats_ahead_are_marked_and_free(venue: Venue) -> None:
    court = venue.clerk.page.court
    assert venue.states((1, 1), (1, 2), (1, 3)) == [
        SeatState.OURS,
        SeatState.OURS,
        SeatState.FREE,
    ]
    assert court.notes.texts == ("held ahead by this window: 2",)
    assert court.describe(venue.one.seat(1, 1)).endswith("held ahead of time by this window")
    facts = court.facts
    assert facts is not None
    level = next(level for level in facts.levels if level.category == "A")
    assert level.free == 20
    venue.clerk.page.take_seats([venue.one.seat(1, 1), venue.one.seat(1, 2)])
    venue.clerk.wait()
    venue.wait(SeatState.MINE, (1, 1), (1, 2))
    venue.clerk.page.give_back(venue.one.seat(1, 1))
    venue.clerk.wait()
    venue.wait(SeatState.OURS, (1, 1))


def test_what_another_window_takes_is_seen_by_itself_and_by_name(venue: Venue) -> None:
    court = venue.clerk.page.court
    basket = take(venue.two, (2, 5), (2, 6))
    venue.wait(SeatState.HELD, (2, 5), (2, 6))
    assert court.describe(venue.one.seat(2, 5)).endswith("held at 2号窗")
    assert court.notes.texts[-1] == "held at other windows: 2"
    assert basket
    sync.push(venue.two.office)


def test_off_line_only_what_this_window_holds_can_be_had(venue: Venue) -> None:
    court = venue.clerk.page.court
    wanted: list[list[int]] = []
    court.seats_wanted.connect(wanted.append)
    with cut_off(venue.database):
        venue.wait(SeatState.AWAY, (1, 3), (2, 1))
        assert venue.states((1, 1), (1, 2)) == [SeatState.OURS] * 2
        assert "only what this window holds" in court.notes.texts[-1]
        assert court.describe(venue.one.seat(1, 3)).endswith("while central is out of reach")
        venue.clerk.click_seat(venue.one.seat(1, 3))
        assert wanted == []
        venue.clerk.click_seat(venue.one.seat(1, 1))
        assert wanted == [[venue.one.seat(1, 1)]]
        venue.clerk.wait()
        venue.wait(SeatState.MINE, (1, 1))
    venue.wait(SeatState.FREE, (1, 3), (2, 1))
    assert venue.states((1, 1)) == [SeatState.MINE]
