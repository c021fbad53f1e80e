"""Central as a supervisor sees it: windows, plans against what is held, chains, and off line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.central import allotting, fencing
from boxoffice.central.allotting import Plan
from boxoffice.desk import Desk
from boxoffice.domain.allotting import Groups
from boxoffice.errors import BadAllotment, CentralUnreachable, NotAllowed, WindowUnknown
from boxoffice.queries.central import allottable
from boxoffice.records.postgres import SERVER_NOW
from boxoffice.records.unit_of_work import Author
from boxoffice.services.sharing import allotments, sync
from boxoffice.services.staff import operators, shifts
from boxoffice.services.supervising import central_view
from boxoffice.services.supervising.central_view import Overview, State
from tests import servers
from tests.faults.acts import central_away, rows, sell, take
from tests.homes import NOON, AtWork, at_work, small_home
from tests.lines import cut_off
from tests.services.allotted import ahead, seats_of, wish
from tests.windows import window_home

CENTRAL_ACTS = "SELECT count(*) FROM journal WHERE act = 'allot' AND window_id = 1"


@dataclass(frozen=True)
class Place:
    """A window at work, at a file or at a server."""

    work: AtWork
    database: str

    def look(self) -> Overview:
        """Central as it is now."""
        view = central_view.look(self.work.office)
        assert view.overview is not None
        assert view.lost_since is None
        return view.overview

    def supervisor(self) -> Desk:
        """Who may ask for a plan."""
        office = self.work.office
        person = operators.operator_by_number(office=office, number="3001")
        return shifts.desk_for(office=office, operator=person)

    def ask_for(self, plan: Plan) -> None:
        """As the supervisor."""
        office = self.work.office
        central_view.ask_for(office=office, desk=self.supervisor(), plan=plan)

    def central(self, sql: str) -> list[tuple[object, ...]]:
        """What central has, whatever it is."""
        if not self.database:
            return self.work.office.link.lane.call(lambda store: store.all(sql))
        with closing(servers.as_owner(self.database)) as store:
            return store.all(sql)


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "file":
        with at_work(small_home(tmp_path)) as work:
            yield Place(work, "")
        return
    database = servers.fresh_database()
    with at_work(window_home(tmp_path, database, 1)) as work:
        yield Place(work, database)


def test_what_a_window_holds_and_how_far_it_reported(place: Place) -> None:
    take(place.work, (1, 5), (1, 6))
    sell(place.work, (2, 1))
    sync.push(place.work.office)
    window = place.look().windows[0]
    assert (window.number, window.state, window.own) == (1, State.HERE, True)
    assert (window.seats, window.unsent, window.reviews) == (2, 0, 0)
    ((number, hashed),) = rows(
        place.work, "SELECT number, hash FROM chain_head WHERE window_id = 1"
    )
    assert (window.head, window.head_hash) == (number, hashed)
    assert window.agrees is True


def test_a_chain_of_central_that_was_seen_otherwise_does_not_agree(place: Place) -> None:
    assert place.look().agrees is not False
    other = "UPDATE chain_head SET number = 1, hash = 'other' WHERE window_id = 0"
    place.work.office.write(lambda store: store.run(other))
    assert place.look().agrees is False


def test_what_a_window_was_seen_to_have_reported_is_not_forgotten(tmp_path: Path) -> None:
    database = servers.fresh_database()
    with ExitStack() as ending:
        one, two = (
            ending.enter_context(at_work(window_home(tmp_path / str(n), database, n)))
            for n in (1, 2)
        )
        sell(two, (1, 5))
        sync.push(two.office)
        place = Place(one, database)
        assert place.look().windows[1].agrees is None, "nothing was seen of it before"
        seen = place.look().windows[1]
        assert seen.agrees is True
        one.office.write(
            lambda store: store.run(
                "UPDATE meta SET value = replace(value, ?, ?) WHERE key = 'central_view'",
                (seen.head_hash, "0" * 64),
            )
        )
        for minutes in (1, 2, 3):
            clock.use(lambda minutes=minutes: NOON + timedelta(minutes=minutes))  # type: ignore[misc]
            assert place.look().windows[1].agrees is False, "also after it was kept again"


def test_a_plan_is_asked_for_by_the_window_and_answered_by_it(place: Place) -> None:
    place.ask_for(seats_of(pairs=2))
    (share,) = place.look().shares
    assert (share.window, share.session, share.category) == (1, "O2", "A")
    assert (share.planned, share.held, share.numbered) == (4, 0, True)
    assert allotments.keep(place.work.office)
    (share,) = place.look().shares
    assert (share.planned, share.held) == (4, 4)
    assert len(ahead(place.work)) == 4
    assert place.central(CENTRAL_ACTS) == [(1,)], "signed for in the window's own journal"
    place.ask_for(seats_of())
    (share,) = place.look().shares
    assert (share.planned, share.held) == (0, 4), "until the window gives them back"
    assert allotments.keep(place.work.office)
    assert place.look().shares == ()


def test_places_and_orders_are_planned_too(place: Place) -> None:
    place.ask_for(Plan("1", "G1", places=3))
    place.ask_for(Plan("1", "O1", orders=1))
    assert allotments.keep(place.work.office)
    by_session = {share.session: share for share in place.look().shares}
    assert (by_session["G1"].planned, by_session["G1"].held) == (3, 3)
    assert (by_session["O1"].orders, by_session["O1"].held_orders) == (1, 1)
    assert not by_session["G1"].numbered


def test_only_a_supervisor_asks_and_only_for_what_there_is(place: Place) -> None:
    with pytest.raises(NotAllowed):
        central_view.ask_for(office=place.work.office, desk=place.work.desk, plan=seats_of(pairs=1))
    with pytest.raises(WindowUnknown):
        place.ask_for(seats_of(pairs=1, window="nobody"))
    with pytest.raises(BadAllotment):
        place.ask_for(Plan("1", "O2", "Z", Groups(pairs=1)))
    assert place.central(CENTRAL_ACTS) == [(0,)]
    assert place.look().shares == ()


def test_what_may_be_allotted(place: Place) -> None:
    found = place.work.office.read(lambda store: allottable(store, "2025-09-27"))
    assert [(one.code, one.levels) for one in found] == [
        ("G1", ()),
        ("O1", ("A", "B", "Companion")),
        ("O2", ("A", "B", "Companion")),
    ]


def test_how_far_it_would_reach(place: Place) -> None:
    wish(place.work, seats_of(fours=1), place.database)
    allotments.keep(place.work.office)
    (reach,) = central_view.how_far(place.work.office, 0)
    assert (reach.window, reach.holds, reach.largest_now, reach.largest_after) == ("1", 4, 4, 4)


def test_a_server_out_of_reach_is_shown_as_it_was(tmp_path: Path) -> None:
    database = servers.fresh_database()
    with at_work(window_home(tmp_path, database, 1)) as work:
        place = Place(work, database)
        place.ask_for(seats_of(pairs=2))
        before = place.look()
        clock.use(lambda: NOON + timedelta(minutes=1))
        latest = place.look()
        assert latest.shares == before.shares
        work.office.link.watch(lambda: None)
        with cut_off(database):
            with pytest.raises(CentralUnreachable):
                work.office.link.greet()
            view = central_view.look(work.office)
            assert view.lost_since == clock.now()
            assert view.overview == latest, "with every row, as it was"
            with pytest.raises(CentralUnreachable):
                central_view.how_far(work.office, 4)
            with pytest.raises(CentralUnreachable):
                place.ask_for(seats_of(pairs=1))
        work.office.link.greet()
        work.office.link.watch(None)
        assert place.look().shares == latest.shares, "what was asked for in vain changed nothing"


def test_a_file_out_of_reach_before_anything_was_seen(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work, central_away(home):
        work.office.link.lane.drop()
        view = central_view.look(work.office)
    assert (view.overview, view.lost_since) == (None, NOON)


def test_another_window_is_here_silent_never_seen_or_fenced(tmp_path: Path) -> None:
    database = servers.fresh_database()
    with ExitStack() as ending:
        one = ending.enter_context(at_work(window_home(tmp_path / "1", database, 1)))
        place = Place(one, database)
        assert place.look().windows[1].state is State.NEVER
        two = ending.enter_context(at_work(window_home(tmp_path / "2", database, 2)))
        take(two, (1, 5))
        assert place.look().windows[1].state is State.HERE
        assert place.look().windows[1].seats == 1
        owner = ending.enter_context(closing(servers.as_owner(database)))
        with owner.transaction():
            an_hour_ago = SERVER_NOW.replace("now()", "(now() - interval '1 hour')")
            owner.run(f"UPDATE ticket_window SET last_seen = {an_hour_ago} WHERE id = 2")
        silent = place.look().windows[1]
        assert silent.state is State.SILENT
        # In venue time, which is set on purpose here: the server's own date means nothing to it.
        assert silent.last_seen is not None
        assert timedelta(0) <= NOON - timedelta(hours=1) - silent.last_seen < timedelta(minutes=1)
        fencing.fence(owner, 2, operator="3001", reason="burnt")
        assert place.look().windows[1].state is State.FENCED
        with owner.transaction():
            owner.run("INSERT INTO meta (key, value) VALUES ('recovering', '1')")
            owner.run("UPDATE meta SET value = 'another life' WHERE key = 'incarnation'")
        found = place.look()
        assert [line.number for line in found.awaited] == [1]


def test_a_window_plans_for_another_one(tmp_path: Path) -> None:
    database = servers.fresh_database()
    with ExitStack() as ending:
        one, two = (
            ending.enter_context(at_work(window_home(tmp_path / str(n), database, n)))
            for n in (1, 2)
        )
        Place(one, database).ask_for(seats_of(fours=1, window="2"))
        sync.pull(two.office)
        assert allotments.keep(two.office)
        assert len(ahead(two)) == 4
        assert not allotments.keep(one.office)


def test_an_entry_of_a_clerk_changes_no_plan(tmp_path: Path) -> None:
    """Also where a window's password is used to write it."""
    database = servers.fresh_database()
    with at_work(window_home(tmp_path, database, 1)) as work:
        place = Place(work, database)
        asked = seats_of(pairs=1)
        facts = work.office.link.call(lambda store, _: allotting.facts_of(store, asked))
        clerk = Author(work.desk.operator.id, work.desk.shift_id)
        number = work.office.unit(
            lambda unit: unit.record(allotting.ACT, author=clerk, facts=facts)
        )
        sync.push(work.office)
        for entry in (number, number + 1):
            with pytest.raises(NotAllowed):
                work.office.link.call(lambda store, who, n=entry: allotting.follow(store, who, n))
        assert place.look().shares == ()
