"""What a window shows as held by others is what they hold, once it has read the feed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from boxoffice import bootstrap, clock
from boxoffice.central import recovering
from boxoffice.central.items import Credentials
from boxoffice.central.link import Link
from boxoffice.errors import CentralRecovering, SeatHeld
from boxoffice.records.store import Row, Store
from boxoffice.services.sales import holds, reservations, swaps
from boxoffice.services.sharing import following, sync
from tests import servers
from tests.faults.acts import pay, rows, sell, take
from tests.homes import NOON, AtWork
from tests.services.reserving import WAIT, lines_of
from tests.services.test_feed import begun
from tests.services.test_restored_central import Restorable

T = TypeVar("T")


def elsewhere(work: AtWork) -> list[Row]:
    return rows(work, "SELECT seat_id, window_id FROM elsewhere_seat ORDER BY seat_id")


def some_of_level(work: AtWork, count: int) -> str:
    """A basket with the best seats of level B in session O2."""
    return holds.take_best(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O2"),
        category="B",
        count=count,
        basket=None,
    )


def reserve_open(work: AtWork, basket: str) -> str:
    """A reservation for so many of a level; answers the order."""
    made = reservations.reserve(
        office=work.office,
        desk=work.desk,
        basket=basket,
        name="张伟",
        minutes=WAIT,
        seats_open=True,
    )
    return made.order_id


def swap_all(work: AtWork, order: str) -> None:
    lines = lines_of(work, order)
    swaps.swap_for_others(office=work.office, desk=work.desk, order_id=order, line_ids=lines)


def test_a_seat_that_came_to_a_reservation_and_left_it_between_two_pulls_is_free(
    both: tuple[AtWork, AtWork],
) -> None:
    one, two = both
    basket = some_of_level(one, 2)
    sync.pull(two.office)
    before = [seat for seat, _ in elsewhere(two)]
    assert len(before) == 2
    swap_all(one, reserve_open(one, basket))
    sync.pull(two.office)
    assert elsewhere(two) == []
    assert not {seat for seat, *_ in rows(two, "SELECT seat_id FROM order_line")} & set(before)


def test_of_an_order_this_window_changed_itself_too(both: tuple[AtWork, AtWork]) -> None:
    """It knows the order from the grant before the feed tells of it."""
    one, two = both
    basket = some_of_level(one, 2)
    sync.pull(two.office)
    order = reserve_open(one, basket)
    found = one.office.link.lane.call(
        lambda store: store.first("SELECT version FROM orders WHERE id = ?", (order,))
    )
    assert found == (1,), "it is at central"
    reservations.take_up(office=two.office, desk=two.desk, order_id=order)
    swap_all(two, order)
    sync.pull(two.office)
    assert elsewhere(two) == []


def test_a_seat_is_told_as_it_stands_now_however_often_it_moved(
    both: tuple[AtWork, AtWork],
) -> None:
    one, two = both
    for _ in range(3):
        holds.abandon(office=one.office, desk=one.desk, basket=take(one, (1, 5)))
    take(one, (1, 5))
    pay(one, take(one, (1, 6)))
    sync.pull(two.office)
    assert elsewhere(two) == [(one.seat(1, 5), 1)]
    sync.pull(one.office)
    assert elsewhere(one) == [], "what it holds itself is not elsewhere"


def test_what_came_and_went_on_lines_that_a_restored_central_lost_is_free(tmp_path: Path) -> None:
    venue = Restorable(tmp_path, "server")
    with venue.ending:
        one, two = venue.open()
        sell(two, (2, 5))
        venue.backup()
        basket = take(two, (1, 5))
        kept = take(two, (1, 6))
        sync.pull(one.office)
        assert len(elsewhere(one)) == 2
        holds.abandon(office=two.office, desk=two.desk, basket=basket)
        venue.restore()
        for _ in range(3):  # one of them finds the loss, both let go, both claim
            for work in (one, two):
                work.office.link._hello = None
                with suppress(CentralRecovering):
                    sync.pull(work.office)
        assert elsewhere(one) == [(one.seat(1, 6), 2)]
        pay(two, kept)
        sync.pull(one.office)
        assert elsewhere(one) == []


def test_a_page_that_was_read_before_a_restore_counts_no_more(
    both: tuple[AtWork, AtWork],
) -> None:
    one, two = both
    sync.pull(two.office)
    take(one, (1, 5))
    asked = []

    def reach(work: Callable[[Store], Any]) -> Any:
        answer = two.office.link.call(lambda store, _: work(store))
        if not asked:
            restored()
        asked.append(answer)
        return answer

    def restored() -> None:
        database = str(two.office.settings.central).rpartition("/")[2]
        with closing(servers.as_owner(database)) as owner:
            recovering.declare(owner, operator="9001", reason="failed over")
        with pytest.raises(CentralRecovering):
            one.office.link.greet()
        two.office.link.greet()

    assert following.pull_page(two.office, reach) == following.Pulled(0, more=True)
    sync.pull(two.office)
    assert elsewhere(two) == [(one.seat(1, 5), 1)]


class Slow(Link):
    """A line on which something happens before a refusal is heard."""

    def __init__(self, link: Link, meanwhile: Callable[[], object]) -> None:
        super().__init__(link.lane, link._window, link._epoch)
        self._line = link
        self._meanwhile = meanwhile

    def call(self, work: Callable[[Store, Credentials], T]) -> T:
        try:
            return self._line.call(work)
        except SeatHeld:
            self._meanwhile()
            raise


def test_who_has_a_seat_is_noted_with_the_refusal(both: tuple[AtWork, AtWork]) -> None:
    one, two = both
    take(one, (1, 5))
    with pytest.raises(SeatHeld):
        take(two, (1, 5))
    assert elsewhere(two) == [(one.seat(1, 5), 1)]


def test_a_refusal_that_is_heard_after_the_seat_went_back_is_not_noted(
    both: tuple[AtWork, AtWork],
) -> None:
    one, two = both
    basket = take(one, (1, 5))

    def back() -> None:
        holds.abandon(office=one.office, desk=one.desk, basket=basket)
        sync.pull(two.office)

    slow = AtWork(replace(two.office, link=Slow(two.office.link, back)), two.desk)
    with pytest.raises(SeatHeld):
        take(slow, (1, 5))
    sync.pull(two.office)
    assert elsewhere(two) == []


def test_a_window_that_begins_shows_what_an_ended_epoch_of_its_own_holds(tmp_path: Path) -> None:
    clock.use(lambda: NOON)
    database = servers.fresh_database()
    held = "UPDATE custody_seat SET holder = ?, epoch = ? WHERE (session_id, seat_id) = (?, ?)"
    with closing(servers.as_owner(database)) as owner, owner.transaction():
        places = owner.all(
            "SELECT session_id, seat_id FROM custody_seat WHERE order_id IS NULL "
            "ORDER BY 1, 2 LIMIT 3"
        )
        for who, place in zip(((2, 0), (2, 1), (1, 1)), places, strict=True):
            owner.run(held, (*who, *place))
    with bootstrap.open_office(begun(tmp_path, database)) as office:
        following.pull(office)
        found = office.read(
            lambda store: store.all("SELECT session_id, seat_id, window_id FROM elsewhere_seat")
        )
    assert found == [(*places[0], 2), (*places[2], 1)]
