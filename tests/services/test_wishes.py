"""Two windows at one central: what one has ahead of time, and orders the other wishes for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.central.allotting import Plan
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import HeldElsewhere, HeldOffLine, SeatAwayAt, SeatHeld, TogetherAway
from boxoffice.queries import allotments as asked
from boxoffice.queries import reach
from boxoffice.records.takings import Attempt
from boxoffice.services.sales import holds, reservations
from boxoffice.services.sharing import allotments, sync, wishes
from tests import servers
from tests.faults.acts import DEAF, faulty, hand_over, pay, rows, take, tickets_of
from tests.homes import NOON, AtWork, at_work
from tests.services.allotted import ahead, allot, orders_ahead, seats_of, wish
from tests.services.reserving import let_go, reserve
from tests.windows import window_home


@dataclass(frozen=True)
class Both:
    """Windows 1 and 2, and their central."""

    one: AtWork
    two: AtWork
    database: str

    def central(self, sql: str) -> list[tuple[object, ...]]:
        """What central has."""
        with closing(servers.as_owner(self.database)) as store:
            return store.all(sql)


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    database = servers.fresh_database()
    with ExitStack() as ending:
        one, two = (
            ending.enter_context(at_work(window_home(tmp_path / str(n), database, n)))
            for n in (1, 2)
        )
        yield Both(one, two, database)


def test_each_has_a_part_of_the_house_and_sees_the_others(both: Both) -> None:
    wish(both.one, seats_of(2), both.database)
    wish(both.two, seats_of(2, window="2"), both.database)
    sync.pull(both.one.office)
    assert allotments.keep(both.one.office)
    assert allotments.keep(both.two.office)
    first, second = ahead(both.one), ahead(both.two)
    assert len(first) == len(second) == 4
    assert not set(first) & set(second)
    sync.pull(both.one.office)
    session = both.one.session("O2")
    apart = both.one.office.read(lambda store: asked.seats_apart(store, session))
    assert apart.elsewhere == {both.one.seat(*place): "2" for place in second}
    with pytest.raises(SeatHeld):
        take(both.one, second[0])
    away = faulty(both.one, DEAF)
    with pytest.raises(SeatAwayAt) as told:
        take(away, second[0])
    assert told.value.fields["window"] == "2"


def test_whoever_comes_second_takes_other_seats(both: Both) -> None:
    """Without news of the other one it begins at the same spot."""
    wish(both.one, seats_of(2), both.database)
    assert allotments.keep(both.one.office)
    sync.pull(both.two.office)
    rows_before = ahead(both.one)
    with closing(servers.as_owner(both.database)) as store, store.transaction():
        store.run("UPDATE allotment SET window_id = 2")
        store.run("UPDATE meta SET value = '9' WHERE key = 'people_version'")
    both.two.office.write(lambda store: store.run("DELETE FROM elsewhere_seat"))
    sync.pull(both.two.office)
    assert allotments.keep(both.two.office)
    assert len(ahead(both.two)) == 4
    assert not set(ahead(both.two)) & set(rows_before)


def test_an_order_nobody_is_at_is_given_at_once(both: Both) -> None:
    allot(both.one, Plan("1", "O1", orders=2), both.database)
    order, tickets = tickets_of(both.two, "TT0001")
    with pytest.raises(HeldElsewhere) as told:
        hand_over(both.two, order, tickets)
    assert told.value.fields["window"] == "1"
    assert wishes.answer(both.one.office) == [order]
    assert orders_ahead(both.one) == ["TT0002"]
    allotments.keep(both.one.office)
    assert orders_ahead(both.one) == ["TT0002"], "it does not take back what was wished for"
    hand_over(both.two, order, tickets)
    assert both.central("SELECT count(*) FROM wish") == [(0,)]
    assert wishes.answer(both.one.office) == []


def test_an_order_on_the_screen_or_changed_is_not_given(both: Both) -> None:
    allot(both.one, Plan("1", "O1", orders=2), both.database)
    reserved = reserve(both.one, (1, 5)).order_id
    reservations.take_up(office=both.one.office, desk=both.one.desk, order_id=reserved)
    sync.pull(both.two.office)
    with pytest.raises(HeldElsewhere):
        let_go(both.two, reserved)
    assert wishes.answer(both.one.office) == []
    reservations.put_back(office=both.one.office, order_id=reserved)
    let_go(both.two, reserved)
    order, tickets = tickets_of(both.two, "TT0001")
    with pytest.raises(HeldElsewhere):
        hand_over(both.two, order, tickets)
    hand_over(faulty(both.one, DEAF), order, tickets[:1])
    assert wishes.answer(both.one.office) == []
    sync.push(both.one.office)
    hand_over(both.two, order, tickets[1:])


def test_rule_8_an_order_being_paid_is_not_given(both: Both) -> None:
    """Its money is on its way, even where no thread of this program knows of it any more."""
    allot(both.one, Plan("1", "O1", orders=1), both.database)
    order, tickets = tickets_of(both.two, "TT0001")
    row = {
        "id": "attempt",
        "number": "1-1-99",
        "order_id": order,
        "tender": "cash",
        "amount_fen": 1,
        "currency": "CNY",
        "status": AttemptStatus.SENT,
        "created_at": NOON,
        "ended_at": None,
    }
    both.one.office.write(lambda store: store.insert(Attempt, [row]))
    with pytest.raises(HeldElsewhere):
        hand_over(both.two, order, tickets)
    assert wishes.answer(both.one.office) == []
    assert orders_ahead(both.one) == ["TT0001"]


def test_a_window_that_is_off_line_is_named(both: Both) -> None:
    allot(both.one, Plan("1", "O1", orders=1), both.database)
    order, tickets = tickets_of(both.two, "TT0001")
    wishes.answer(both.one.office)
    seen = str(both.central("SELECT last_seen FROM ticket_window WHERE id = 1")[0][0])
    before = clock.to_text(clock.from_text(seen) - timedelta(minutes=5))
    with closing(servers.as_owner(both.database)) as store, store.transaction():
        store.run("UPDATE ticket_window SET last_seen = ? WHERE id = 1", (before,))
    with pytest.raises(HeldOffLine) as told:
        hand_over(both.two, order, tickets)
    since = told.value.fields.pop("since")
    assert told.value.fields == {"order": "TT0001", "window": "1"}
    assert timedelta(minutes=5) <= clock.now() - since < timedelta(minutes=6), "by venue time"
    clock.use(lambda: NOON + timedelta(minutes=11))
    assert wishes.answer(both.one.office) == [], "that customer is gone"
    assert orders_ahead(both.one) == ["TT0001"]


def test_a_clerk_who_waits_a_moment_has_the_order(tmp_path: Path) -> None:
    database = servers.fresh_database()
    with (
        at_work(window_home(tmp_path / "1", database, 1)) as one,
        at_work(window_home(tmp_path / "2", database, 2), threaded=True) as two,
    ):
        allot(one, Plan("1", "O1", orders=2), database)
        order, tickets = tickets_of(two, "TT0001")
        assert two.office.acts is not None
        waiting = two.office.acts.submit(lambda: hand_over(two, order, tickets))
        while not waiting.done():
            wishes.answer(one.office)
        assert waiting.result().tickets == 2


def test_off_line_the_best_seats_are_those_of_the_window(both: Both) -> None:
    allot(both.one, seats_of(1, 0, 1), both.database)

    def best(work: AtWork, count: int) -> str:
        return holds.take_best(
            office=work.office,
            desk=work.desk,
            session_id=work.session("O2"),
            category="A",
            count=count,
            basket=None,
        )

    pay(faulty(both.one, *[DEAF] * 9), best(faulty(both.one, *[DEAF] * 9), 4))
    with pytest.raises(TogetherAway):
        best(faulty(both.one, *[DEAF] * 9), 3)
    pay(faulty(both.one, *[DEAF] * 9), best(faulty(both.one, *[DEAF] * 9), 2))
    sync.push(both.one.office)
    assert rows(both.one, "SELECT count(*) FROM held_order") == [(0,)]
    assert both.central("SELECT count(*) FROM review") == [(0,)]
    assert both.central("SELECT holder, places FROM pool WHERE holder = 1 AND places > 0") == []


def test_the_report_tells_how_far_it_reaches(both: Both) -> None:
    allot(both.one, seats_of(3, 0, 2), both.database)
    with closing(servers.as_owner(both.database)) as store:
        (found,) = reach.report(store, hours=0)
        assert (found.window, found.session, found.category, found.holds) == ("1", "O2", "A", 14)
        assert found.largest_now == found.largest_after
        assert found.assumed
        (found,) = reach.report(store, hours=4)
        assert (found.parties, found.largest_after) == (80, 0)
    pay(both.one, take(both.one, (3, 1), (3, 2)))
    pay(both.one, take(both.one, (1, 1), (1, 2)))
    sync.push(both.one.office)
    with closing(servers.as_owner(both.database)) as store:
        (found,) = reach.report(store, hours=4)
        assert not found.assumed
        assert found.parties == 4
        assert found.largest_after > 0
