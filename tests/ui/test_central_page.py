"""The central page: windows, plans asked for, reviews settled, and what is left of it off line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from boxoffice.central import recovering
from boxoffice.central.enrolling import enrol
from boxoffice.desk import Desk
from boxoffice.domain.signing import CertifiedKey
from boxoffice.sentences import SENTENCES
from boxoffice.services.sharing import allotments, line, sync
from boxoffice.services.staff import operators, shifts
from boxoffice.services.staff.approvals import Approval
from boxoffice.services.supervising import reviews
from boxoffice.services.supervising.central_view import Outcome
from tests import servers
from tests.faults.acts import pay, take
from tests.homes import AtWork, at_work
from tests.lines import cut_off
from tests.windows import window_home
from ui import app as application
from ui.context import Context
from ui.error_presenter import ErrorPresenter
from ui.screens.central import CentralPage


@dataclass
class Venue:
    """Window 1 with a supervisor at the central page, and window 2."""

    database: str
    one: AtWork
    two: AtWork
    context: Context
    page: CentralPage
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until the page has every answer."""
        self.qtbot.waitUntil(lambda: self.page.view is not None and not self.page.busy)

    def refresh(self) -> None:
        """Ask again and wait."""
        self.settle()
        self.page.reload()
        self.settle()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Central is out of reach, and window 1 knows it."""
        link = self.one.office.link
        link.watch(lambda: None)
        with cut_off(self.database):
            with pytest.raises(Exception, match="CentralUnreachable"):
                link.greet()
            yield
        link.greet()
        link.watch(None)


def supervisor(work: AtWork) -> Desk:
    """Who may see the page."""
    person = operators.operator_by_number(office=work.office, number="3001")
    return shifts.desk_for(office=work.office, operator=person)


@contextmanager
def hosted(context: Context, qtbot: QtBot) -> Iterator[CentralPage]:
    """A page on a window of its own; no answer is waited for any more afterwards."""
    host = QWidget()
    page = CentralPage(context)
    page.setParent(host)
    for zone in (page.centre, page.panel):
        zone.setParent(host)
    page.retranslate()
    host.show()
    page.shown()
    qtbot.waitUntil(lambda: page.view is not None and not page.busy)
    try:
        yield page
        page.left()
        qtbot.waitUntil(lambda: not page.busy)
    finally:
        host.close()
        host.deleteLater()


@pytest.fixture
def venue(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Venue]:
    database = servers.fresh_database()
    with (
        at_work(window_home(tmp_path / "2", database, 2)) as two,
        at_work(window_home(tmp_path / "1", database, 1), threaded=True) as one,
    ):
        application.application(one.office.settings)
        assert one.office.acts is not None
        context = Context(one.office, one.office.acts, ErrorPresenter(SENTENCES))
        context.use_desk(supervisor(one))
        with hosted(context, qtbot) as page:
            yield Venue(database, one, two, context, page, qtbot)
        context.relay.close()


def test_one_window_beside_its_central(context: Context, qtbot: QtBot) -> None:
    with hosted(context, qtbot) as page:
        (row,) = page.windows.rows.rows
        assert (row.fact, row.detail) == ("Window 1", "this window, on line")
        assert "on line: 1 of 1 windows" in page.head.state.text()
        assert page.windows.command.text().startswith("main.py central fence 1")
        assert [tab.isHidden() for tab in page.tabs.values()] == [False, True, False, True]
        page.show_part(page.reviews)
        assert page.reviews.rows.rows == ()
        assert page.primary.isHidden()


def test_windows_with_what_they_hold_and_reported(venue: Venue) -> None:
    take(venue.two, (1, 5), (1, 6))
    venue.refresh()
    rows = {row.key: row for row in venue.page.windows.rows.rows}
    assert rows["2"].middle == "2 seat(s)"
    assert rows["2"].detail == "on line"
    number, hashed = venue.one.office.read(
        lambda store: store.first("SELECT number, hash FROM chain_head WHERE window_id = 1")
    )
    assert rows["1"].middle_detail == f"entry {number} · {hashed[:8]} · agrees"
    assert rows["1"].value == "all reported"


def test_a_plan_is_asked_for_and_kept(venue: Venue) -> None:
    page = venue.page
    page.show_part(page.plans)
    venue.settle()
    form = page.plans.form
    venue.qtbot.waitUntil(lambda: form.session.count() == 3)
    assert page.plans.rows.rows == ()
    form.choose(2, "O2", "A")
    assert not page.primary.isEnabled(), "nothing was changed"
    form.counts["pairs"].setText("2")
    assert page.primary.isEnabled()
    assert page.primary.text() == "Ask Window 2"
    page.primary.click()
    venue.qtbot.waitUntil(lambda: len(page.plans.rows.rows) == 1)
    (row,) = page.plans.rows.rows
    assert (row.middle, row.value, row.value_tone) == ("Window 2", "0 / 4", "attention")
    venue.settle()
    assert "answers as it can" in page.error_band.text
    page.show_part(page.windows)
    assert page.error_band.text == "", "another part is about something else"
    page.show_part(page.plans)
    venue.settle()
    sync.pull(venue.two.office)
    allotments.keep(venue.two.office)
    venue.refresh()
    assert page.plans.rows.rows[0].value == "4 / 4"
    assert not page.primary.isEnabled(), "that is what stands"


def test_places_and_orders_have_their_own_figures(venue: Venue) -> None:
    page = venue.page
    page.show_part(page.plans)
    venue.settle()
    form = page.plans.form
    venue.qtbot.waitUntil(lambda: form.session.count() == 3)
    for place, shown in (
        ((1, "O2", "A"), {"pairs", "threes", "fours"}),
        ((1, "O2", ""), {"orders"}),
        ((1, "G1", ""), {"places", "orders"}),
    ):
        form.choose(*place)
        assert {name for name, edit in form.counts.items() if not edit.isHidden()} == shown


def test_how_far_it_would_reach(venue: Venue) -> None:
    take(venue.two, (1, 5), (1, 6))
    page = venue.page
    page.show_part(page.reach)
    venue.qtbot.waitUntil(lambda: len(page.reach.rows.rows) == 1)
    (row,) = page.reach.rows.rows
    assert (row.fact, row.detail) == ("Window 2", "O2 · Level A")
    assert row.middle == "holds 2, together at most 2 now"
    assert row.note == "after 4 hour(s)"
    page.reach.chips[1].click()
    venue.qtbot.waitUntil(lambda: page.reach.rows.rows[0].note == "after 1 hour(s)")


def refused(venue: Venue, work: AtWork, place: tuple[int, int], other: int) -> str:
    """An order of a window that central could not take: the seat went elsewhere meanwhile."""
    basket = take(work, place)
    with venue.away():
        work.office.link.lane.drop()
        pay(work, basket)
    with closing(servers.as_owner(venue.database)) as owner, owner.transaction():
        owner.run(
            "UPDATE custody_seat SET holder = ? WHERE session_id = ? AND seat_id = ?",
            (other, work.session("O2"), work.seat(*place)),
        )
    work.office.link.lane.drop()
    work.office.link.greet()
    sync.push(work.office)
    sync.pull(work.office)
    return basket


def test_an_order_central_refused_is_settled_by_two(venue: Venue) -> None:
    page = venue.page
    refused(venue, venue.one, (1, 5), 2)
    venue.refresh()
    page.show_part(page.reviews)
    (row,) = page.reviews.rows.rows
    assert row.middle == "The window does not hold it any more"
    assert not page.primary.isEnabled()
    page.reviews.choose_outcome(Outcome.CENTRAL)
    page.reviews.reason.edit.setText("other seats were given")
    assert not page.primary.isEnabled(), "a second person is missing"
    other = ("other", "3002", "主管", "supervisor", 1)
    venue.one.office.write(
        lambda store: store.run("INSERT INTO operator VALUES (?, ?, ?, ?, ?)", other)
    )
    page.reviews.second._given(
        page.reviews.second._asks, Approval("other", "3002", "主管", reviews.SETTLE)
    )
    assert page.primary.isEnabled()
    page.primary.click()
    venue.qtbot.waitUntil(lambda: page.reviews.rows.rows == ())
    venue.settle()
    assert "Settled: Order" in page.error_band.text
    sync.pull(venue.one.office)
    assert line.look(venue.one.office).reviews == 0


def test_an_order_of_another_window_is_settled_there(venue: Venue) -> None:
    page = venue.page
    refused(venue, venue.two, (1, 5), 1)
    with venue.qtbot.waitSignal(page.badge_changed) as told:
        venue.refresh()
    assert told.args == [1]
    page.show_part(page.reviews)
    assert page.primary.isHidden()
    assert "settled at Window 2" in page.reviews.what.texts[-1]


def test_off_line_it_shows_what_it_last_knew(venue: Venue) -> None:
    page = venue.page
    take(venue.two, (1, 5))
    venue.refresh()
    with venue.away():
        venue.refresh()
        assert page.head.state.text().startswith("out of reach since 12:00")
        rows = {row.key: row for row in page.windows.rows.rows}
        assert rows["2"].middle == "1 seat(s)"
        assert (rows["1"].detail, rows["1"].tone) == ("this window, off line", "attention")
        assert (rows["2"].detail, rows["2"].tone) == ("was on line", "")
        page.show_part(page.plans)
        venue.settle()
        venue.qtbot.waitUntil(lambda: page.plans.form.session.count() == 3)
        page.plans.form.counts["pairs"].setText("5")
        assert not page.primary.isEnabled()
    venue.refresh()
    assert page.head.state.text().startswith("on line")


def test_what_was_reported_is_said_of_the_time_it_was_seen(venue: Venue) -> None:
    with closing(servers.as_owner(venue.database)) as owner, owner.transaction():
        owner.run("UPDATE ticket_window SET last_seen = '2020-01-01T00:00:00.000000Z' WHERE id = 2")
        enrol(owner, 3, "West", CertifiedKey(3, 1, b"", b""))
    venue.refresh()
    rows = {row.key: row for row in venue.page.windows.rows.rows}
    assert rows["1"].value == "all reported"
    assert rows["2"].value == "all reported then"
    assert (rows["3"].detail, rows["3"].value) == ("has not come yet", "")


def test_while_windows_are_waited_for_the_head_is_not_green(venue: Venue) -> None:
    state = venue.page.head.state
    assert state.property("tone") == "good"
    with closing(servers.as_owner(venue.database)) as owner:
        recovering.declare(owner, operator="9001", reason="disk")
    venue.refresh()
    assert state.property("tone") == "attention"
    assert venue.page.head.warning.text().endswith(": 1, 2")
