"""Allotments at one window: taken, topped up, sold off line, given back (rules 4 and 10)."""

from __future__ import annotations

import pytest

from boxoffice.central.allotting import Plan
from boxoffice.central.enrolling import enrol
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import (
    CentralUnreachable,
    PlacesAway,
    SeatAway,
    SeatTaken,
    TogetherAway,
)
from boxoffice.queries import allotments as asked
from boxoffice.services.sales import holds
from boxoffice.services.sharing import allotments, custody, sync
from boxoffice.services.till import closing
from tests.faults.acts import (
    DEAF,
    LOST,
    broken,
    central_away,
    faulty,
    hand_over,
    pay,
    rows,
    take,
    there,
    tickets_of,
    writing,
)
from tests.homes import AtWork
from tests.services.allotted import ahead, allot, orders_ahead, places_ahead, seats_of, wish

HELD = "SELECT count(*) FROM custody_seat WHERE holder = 1"


def places(work: AtWork, count: int, basket: str | None = None) -> str:
    return holds.take_places(
        office=work.office,
        desk=work.desk,
        session_id=work.session("G1"),
        count=count,
        basket=basket,
    )


def best(work: AtWork, count: int) -> str:
    return holds.take_best(
        office=work.office,
        desk=work.desk,
        session_id=work.session("O2"),
        category="A",
        count=count,
        basket=None,
    )


def close(work: AtWork) -> None:
    closing.close_shift(office=work.office, desk=work.desk, counts={10_000: 5})


def test_a_plan_is_answered_with_unbroken_groups_near_each_other(work: AtWork) -> None:
    allot(work, seats_of(2, 1, 1))
    assert ahead(work) == [(1, n) for n in range(1, 8)] + [(2, n) for n in range(1, 5)]
    assert there(work, HELD) == [(11,)]
    assert broken(work) == ()
    assert not allotments.keep(work.office), "repeating it changes nothing"


def test_off_line_it_sells_what_it_has_and_nothing_else(work: AtWork) -> None:
    allot(work, seats_of(2))
    first = ahead(work)
    assert first == [(1, 1), (1, 2), (1, 3), (1, 4)]
    with central_away(work.office.home):
        pay(work, take(work, (1, 1), (1, 2)))
        pay(work, best(work, 2))
        with pytest.raises(TogetherAway) as none:
            best(work, 1)
        assert none.value.fields["longest"] == 0
        with pytest.raises(SeatAway) as away:
            take(work, (2, 5))
        assert (away.value.fields["row"], away.value.fields["number"]) == ("2", "5")
    sync.push(work.office)
    assert there(work, HELD) == [(0,)]
    assert there(work, "SELECT count(*) FROM ticket WHERE live = 1 AND session_id = 2") == [(4,)]
    assert broken(work) == ()


def test_places_and_orders_off_line(work: AtWork) -> None:
    allot(work, Plan("1", "G1", places=4))
    allot(work, Plan("1", "O1", orders=2))
    assert places_ahead(work) == 4
    assert orders_ahead(work) == ["TT0001", "TT0002"]
    assert broken(work) == ()
    with central_away(work.office.home):
        basket = places(work, 3)
        with pytest.raises(PlacesAway) as away:
            places(work, 2)
        assert away.value.fields["left"] == 1
        hand_over(work, *tickets_of(work, "TT0001"))
        holds.abandon(office=work.office, desk=work.desk, basket=basket)
        assert places_ahead(work) == 4, "back where it came from"
    sync.push(work.office)
    assert orders_ahead(work) == ["TT0002"]
    allotments.keep(work.office)
    assert orders_ahead(work) == ["TT0002"], "no other order is expected"
    assert broken(work) == ()


def test_what_a_customer_does_not_want_goes_back_to_the_allotment(work: AtWork) -> None:
    allot(work, seats_of(2))
    with central_away(work.office.home):
        basket = take(work, (1, 1), (1, 2), (1, 3))
        lines = rows(work, "SELECT id FROM order_line WHERE order_id = ?", basket)
        holds.drop_lines(
            office=work.office, desk=work.desk, basket=basket, line_ids=[str(lines[0][0])]
        )
        assert ahead(work) == [(1, 1), (1, 4)]
        holds.abandon(office=work.office, desk=work.desk, basket=basket)
        assert ahead(work) == [(1, 1), (1, 2), (1, 3), (1, 4)]
        assert rows(work, "SELECT count(*) FROM request WHERE status = 'giving'") == [(0,)]
    assert broken(work) == ()


def test_a_basket_takes_from_the_allotment_and_the_rest_from_central(work: AtWork) -> None:
    allot(work, seats_of(1))
    basket = take(work, (1, 2), (1, 3))
    assert ahead(work) == [(1, 1)]
    assert rows(work, "SELECT sum(allotted), count(*) FROM held_seat") == [(1, 2)]
    holds.abandon(office=work.office, desk=work.desk, basket=basket)
    assert ahead(work) == [(1, 1), (1, 2)]
    assert there(work, HELD) == [(2,)]
    assert broken(work) == ()


def test_a_seat_nobody_gives_leaves_the_allotment_as_it_was(work: AtWork) -> None:
    allot(work, seats_of(1))
    seat = work.seat(1, 3)
    with writing(work.office.home, "central") as store:
        enrol(store, 2, "2", CertifiedKey(2, 1, b"", b""))
        store.run("UPDATE custody_seat SET holder = 2, epoch = 1 WHERE seat_id = ?", (seat,))
    with pytest.raises(SeatTaken):
        take(work, (1, 2), (1, 3))
    assert ahead(work) == [(1, 1), (1, 2)]
    assert rows(work, "SELECT count(*) FROM held_seat") == [(0,)]


def test_it_is_topped_up_as_it_is_sold_and_an_odd_seat_goes_back(work: AtWork) -> None:
    allot(work, seats_of(2))
    pay(work, take(work, (1, 2)))
    assert allotments.keep(work.office)
    assert ahead(work) == [(1, 3), (1, 4), (1, 5), (1, 6)]
    assert there(work, HELD) == [(4,)]
    assert not allotments.keep(work.office)
    assert broken(work) == ()


def test_a_plan_that_shrinks_is_a_wish_the_window_answers(work: AtWork) -> None:
    allot(work, seats_of(3))
    allot(work, Plan("1", "G1", places=4))
    allot(work, Plan("1", "O1", orders=1))
    wish(work, seats_of(1))
    wish(work, Plan("1", "G1", places=1))
    wish(work, Plan("1", "O1"))
    assert there(work, HELD) == [(6,)], "only the plan changed"
    assert allotments.keep(work.office)
    assert len(ahead(work)) == 2
    assert places_ahead(work) == 1
    assert orders_ahead(work) == []
    assert broken(work) == ()


def test_more_is_planned_than_there_is(work: AtWork) -> None:
    allot(work, seats_of(pairs=15))
    allot(work, Plan("1", "G1", places=50))
    assert len(ahead(work)) == 20
    assert places_ahead(work) == 6
    assert not allotments.keep(work.office)
    assert broken(work) == ()


def test_the_cap_of_the_session_holds(work: AtWork) -> None:
    allot(work, Plan("1", "O2", "A", seats_of(pairs=10).groups))
    allot(work, Plan("1", "O2", "B", seats_of(pairs=9).groups))
    assert len(ahead(work)) <= 38
    assert broken(work) == ()


def test_after_the_shift_all_goes_back(work: AtWork) -> None:
    allot(work, seats_of(2))
    allot(work, Plan("1", "G1", places=4))
    allot(work, Plan("1", "O1", orders=2))
    close(work)
    assert (ahead(work), places_ahead(work), orders_ahead(work)) == ([], 0, [])
    assert there(work, HELD) == [(0,)]
    assert there(work, "SELECT count(*) FROM custody_order WHERE holder = 1") == [(0,)]
    assert there(work, "SELECT places FROM pool WHERE holder = 1 AND places > 0") == []
    assert broken(work) == ()


def test_off_line_the_next_shift_has_what_the_last_one_had(work: AtWork) -> None:
    allot(work, seats_of(2))
    with central_away(work.office.home):
        close(work)
        with pytest.raises(CentralUnreachable):
            allotments.keep(work.office)
        assert len(ahead(work)) == 4
    assert allotments.keep(work.office)
    assert ahead(work) == []
    assert broken(work) == ()


def test_an_order_being_looked_at_stays(work: AtWork) -> None:
    allot(work, Plan("1", "O1", orders=2))
    order, _ = tickets_of(work, "TT0001")
    work.office.underway.on_screen.add(order)
    close(work)
    assert orders_ahead(work) == ["TT0001"]
    work.office.underway.on_screen.clear()
    allotments.keep(work.office)
    assert orders_ahead(work) == []


@pytest.mark.parametrize("fault", [DEAF, LOST])
def test_a_grant_whose_answer_is_lost_is_given_back(work: AtWork, fault: str) -> None:
    wish(work, seats_of(2))
    with pytest.raises(CentralUnreachable):
        allotments.keep(faulty(work, fault).office)
    assert ahead(work) == []
    custody.settle(work.office)
    assert there(work, HELD) == [(0,)]
    assert broken(work) == ()
    assert allotments.keep(work.office)
    assert len(ahead(work)) == 4
    assert broken(work) == ()


def test_what_was_sold_elsewhere_is_looked_for_elsewhere(work: AtWork) -> None:
    """The window does not know yet that another one has the seats it would take."""
    listed = ",".join(str(work.seat(1, n)) for n in range(1, 11))
    with writing(work.office.home, "central") as store:
        enrol(store, 2, "2", CertifiedKey(2, 1, b"", b""))
        store.run(
            f"UPDATE custody_seat SET holder = 2, epoch = 1 WHERE session_id = ? "
            f"AND seat_id IN ({listed})",
            (work.session("O2"),),
        )
    wish(work, seats_of(2))
    assert not allotments.keep(work.office), "of ten seats it lost six"
    work.office.underway.in_vain.clear()
    assert allotments.keep(work.office)
    assert {row for row, _ in ahead(work)} == {2}


def test_the_map_is_told_what_is_ours(work: AtWork) -> None:
    allot(work, seats_of(1))
    session = work.session("O2")
    apart = work.office.read(lambda store: asked.seats_apart(store, session))
    assert apart.ours == {work.seat(1, 1), work.seat(1, 2)}
    assert apart.elsewhere == {}
