"""How many tickets a session has left: as many as this window can sell now."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from boxoffice.central import fencing, freeing
from boxoffice.central.allotting import Plan
from boxoffice.queries import catalogue
from boxoffice.services.sales import holds
from boxoffice.services.sharing import elsewhere, sync
from tests import servers
from tests.faults.acts import pay, sell, take, writing
from tests.homes import CAPACITY, AtWork, at_work, small_home
from tests.services import return_acts
from tests.services.allotted import allot, seats_of

GROUNDS = 6
"""Places of the grounds pass."""


def database(work: AtWork) -> str:
    return str(work.office.settings.central).rpartition("/")[2]


def left(work: AtWork, code: str, *, away: bool = False) -> int:
    """What the cards of a day and the session itself both say."""
    session = work.session(code)
    one = work.office.read(lambda store: catalogue.session(store, session, away=away))
    day = work.office.read(lambda store: catalogue.sessions_on(store, one.business_day, away=away))
    (same,) = [card for card in day if card.id == session]
    assert same == one
    return one.left


def places(work: AtWork, count: int) -> str:
    return holds.take_places(
        office=work.office,
        desk=work.desk,
        session_id=work.session("G1"),
        count=count,
        basket=None,
    )


def give(work: AtWork, basket: str) -> None:
    holds.abandon(office=work.office, desk=work.desk, basket=basket)


def test_seats_that_another_window_holds_are_not_left(both: tuple[AtWork, AtWork]) -> None:
    one, two = both
    sell(one, (1, 1))
    basket = take(one, (1, 5), (1, 6), (1, 7))
    sync.pull(two.office)
    assert left(two, "O2") == left(one, "O2") == CAPACITY - 4
    give(one, basket)
    sync.pull(two.office)
    assert left(two, "O2") == CAPACITY - 1


def test_seats_had_ahead_of_time_are_left_at_their_window_only(
    both: tuple[AtWork, AtWork],
) -> None:
    one, two = both
    allot(one, seats_of(pairs=2), database(one))
    sync.pull(two.office)
    assert (left(one, "O2"), left(two, "O2")) == (CAPACITY, CAPACITY - 4)
    assert (left(one, "O2", away=True), left(two, "O2", away=True)) == (4, 0)


def test_so_are_places_without_numbers(both: tuple[AtWork, AtWork]) -> None:
    one, two = both
    allot(one, Plan("1", "G1", places=2), database(one))
    basket = places(one, 3)  # two of them were had ahead of time
    assert left(one, "G1") == GROUNDS - 3
    sync.pull(two.office)
    held = GROUNDS - left(two, "G1")
    assert held == 3
    assert (left(one, "G1", away=True), left(two, "G1", away=True)) == (0, 0)
    give(one, basket)
    sync.pull(two.office)
    assert left(two, "G1") == GROUNDS - 2
    assert left(one, "G1", away=True) == 2


def test_places_are_counted_once_when_they_are_sold(both: tuple[AtWork, AtWork]) -> None:
    one, two = both
    with closing(servers.as_owner(database(one))) as owner, owner.transaction():
        owner.run("UPDATE session SET real_name = 0")  # nobody has to name anybody
        owner.run("UPDATE meta SET value = '9' WHERE key = 'catalogue_version'")
    for work in both:
        sync.pull(work.office)
    basket = places(one, 2)
    sync.pull(two.office)
    assert left(two, "G1") == GROUNDS - 2
    pay(one, basket)
    sync.pull(two.office)
    assert left(two, "G1") == left(one, "G1") == GROUNDS - 2


def test_places_a_supervisor_frees_are_left_again_before_long(
    both: tuple[AtWork, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = both
    places(one, 4)
    sync.pull(two.office)
    with closing(servers.as_owner(database(one))) as owner:
        fencing.fence(owner, 1, operator="3001", reason="gone")
        sync.pull(two.office)
        assert left(two, "G1") == GROUNDS - 4, "it may have sold them"
        freeing.free(owner, 1, 1, operator="3001", reason="gone", approver="9001")
    monkeypatch.setattr(elsewhere, "PLACES_SECONDS", 0.0)
    sync.pull(two.office)
    assert left(two, "G1") == GROUNDS


def test_what_is_sold_on_line_only_is_not_left_off_line(tmp_path: Path) -> None:
    with at_work(small_home(tmp_path)) as work:
        allot(work, seats_of(pairs=1))
        assert left(work, "O2", away=True) == 2
        with writing(work.office.home, "window") as store:
            store.run(
                "INSERT INTO rule_row (id, rule, session, subject, valid_from, value) "
                "VALUES (99, 'off_line_sale', 'O2', '', '2025-01-01', 'no')"
            )
        assert left(work, "O2", away=True) == 0
        assert left(work, "O2") == CAPACITY


def test_what_came_back_and_goes_on_sale_later_is_left_then(tmp_path: Path) -> None:
    later = "slow,2025-08-01,0,,yes,10,,ticket,no,说明,note,30"
    with at_work(small_home(tmp_path)) as work:
        return_acts.policy(work, tmp_path, later, extra=",resale_after_minutes")
        return_acts.session(work, tmp_path, "L1", "2025-10-03T12:30", "slow")
        order = return_acts.sell_at(work, "L1", (1, 5))
        assert left(work, "L1") == CAPACITY - 1
        return_acts.be("2025-10-01T10:00")
        return_acts.refund(work, order)
        return_acts.be("2025-10-01T10:29:59")
        assert left(work, "L1") == CAPACITY - 1
        return_acts.be("2025-10-01T10:30:00")
        assert left(work, "L1") == CAPACITY
