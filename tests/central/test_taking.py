"""Taking and giving at central, by the rules of CUSTODY.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from boxoffice import clock
from boxoffice.central import guard, taking
from boxoffice.central.items import Credentials, Items
from boxoffice.domain.ids import new_id
from boxoffice.errors import (
    CapacityReached,
    CentralUnreachable,
    DocumentUsed,
    Fenced,
    HeldElsewhere,
    NotEnoughPlaces,
    Refused,
    SeatTaken,
)
from boxoffice.records.store import Store
from tests.central.conftest import Central
from tests.homes import CAPACITY, NOON


def take(central: Central, who: Credentials, **wanted: object) -> str:
    request = new_id()
    taking.take(central.of(who), who, request, Items(**wanted))  # type: ignore[arg-type]
    return request


def give(central: Central, who: Credentials, **left: object) -> None:
    taking.give(central.of(who), who, new_id(), Items(**left))  # type: ignore[arg-type]


def test_rule_1_a_grant_looks_at_one_row(central: Central) -> None:
    """Nothing but the custody row decides: not the tickets, not who asked before."""
    free, sold = central.seat(1, 5), central.seat(1, 1, "O1")
    take(central, central.one, seats=(free,))
    assert central.holder(free) == (1, 1, None)
    with pytest.raises(SeatTaken) as refused:
        take(central, central.two, seats=(free,))
    assert refused.value.fields == {"zone": "1", "row": "1", "number": "5", "window": "1"}
    with pytest.raises(SeatTaken):
        take(central, central.two, seats=(sold,))
    with central.store.transaction():
        central.store.run("UPDATE ticket SET status = 'void', live = 0")
    with pytest.raises(SeatTaken):
        take(central, central.two, seats=(sold,))


@pytest.mark.parametrize("central", ["server"], indirect=True)
def test_a_seat_that_goes_back_while_it_is_refused_is_granted_after_all(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told that it is sold, who could not say to whom."""
    seat = central.seat(1, 5)
    look = taking._refuse_seat
    take(central, central.two, seats=(seat,))

    def late(*about: Any) -> None:
        give(central, central.two, seats=(seat,))
        monkeypatch.setattr(taking, "_refuse_seat", look)
        look(*about)

    monkeypatch.setattr(taking, "_refuse_seat", late)
    take(central, central.one, seats=(seat,))
    assert central.holder(seat) == (1, 1, None)


@pytest.mark.parametrize("central", ["server"], indirect=True)
def test_a_seat_that_comes_and_goes_is_refused_in_the_end(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = central.seat(1, 5)
    look, looked = taking._refuse_seat, []

    def always_late(*about: Any) -> None:
        give(central, central.two, seats=(seat,))
        try:
            look(*about)
        finally:
            looked.append(about[-1])
            take(central, central.two, seats=(seat,))

    take(central, central.two, seats=(seat,))
    monkeypatch.setattr(taking, "_refuse_seat", always_late)
    with pytest.raises(SeatTaken):
        take(central, central.one, seats=(seat,))
    assert looked == [2, 1, 0]


def test_rule_1_a_seat_bound_to_an_order_cannot_have_a_holder(central: Central) -> None:
    with pytest.raises(Exception, match=r"(?i)check"), central.store.transaction():
        central.store.run("UPDATE custody_seat SET holder = 1 WHERE order_id IS NOT NULL")


@pytest.mark.parametrize("spoiler", ["seat", "places", "claim", "order"])
def test_rule_2_all_or_none(central: Central, spoiler: str) -> None:
    """One thing that cannot be had keeps the rest where it is."""
    place, session, order = central.seat(1, 5), central.session("G1"), central.order("TT0001")
    spoil = {
        "seat": Items(seats=(central.seat(1, 6),)),
        "places": Items(places=((session, 5),)),
        "claim": Items(claims=((session, "doc"),)),
        "order": Items(orders=(central.order("TT0002"),)),
    }[spoiler]
    taking.take(central.of(central.two), central.two, new_id(), spoil)
    before = _custody(central.store)
    wanted = Items(
        seats=(central.seat(1, 6), place),
        places=((session, 2),),
        claims=((session, "doc"), (session, "other")),
        orders=(order, central.order("TT0002")),
    )
    with pytest.raises(Refused):
        taking.take(central.of(central.one), central.one, new_id(), wanted)
    assert _custody(central.store) == before


def _custody(store: Store) -> list[object]:
    return [
        store.all(f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("custody_seat", "custody_order", "claim", "pool", "pool_transfer", "answer")
    ]


def test_rule_2_each_refusal_says_why(central: Central) -> None:
    session = central.session("G1")
    with pytest.raises(NotEnoughPlaces) as places:
        take(central, central.one, places=((session, 7),))
    assert places.value.fields == {"count": 7, "left": 6}
    take(central, central.two, orders=(central.order("TT0001"),))
    with pytest.raises(HeldElsewhere) as order:
        take(central, central.one, orders=(central.order("TT0001"),))
    assert order.value.fields == {"order": "TT0001", "window": "2"}
    take(central, central.two, claims=((session, "doc"),))
    with pytest.raises(DocumentUsed):
        take(central, central.one, claims=((session, "doc"),))
    take(central, central.one, claims=((central.session("O2"), "doc"),))


def test_rule_3_a_request_repeated_is_granted_once(central: Central) -> None:
    request, items = new_id(), Items(seats=(central.seat(1, 5),), orders=(central.order("TT0001"),))
    first = taking.take(central.of(central.one), central.one, request, items)
    assert central.pool("O2")[1] == 1
    assert taking.take(central.of(central.one), central.one, request, items) == first
    assert central.pool("O2")[1] == 1
    assert taking.granted(central.of(central.one), central.one, [request, "never"]) == {request}


def test_rule_4_a_gift_repeated_is_booked_once(central: Central) -> None:
    items = Items(seats=(central.seat(1, 5),), places=((central.session("G1"), 2),))
    taking.take(central.of(central.one), central.one, new_id(), items)
    gift = new_id()
    taking.give(central.of(central.one), central.one, gift, items)
    taking.take(central.of(central.two), central.two, new_id(), items)
    taking.give(central.of(central.one), central.one, gift, items)
    assert central.holder(central.seat(1, 5)) == (2, 1, None), "it is another window's now"
    assert central.pool("G1") == {0: 4, 2: 2}


@pytest.mark.parametrize("kind", ["seats", "places", "claims", "orders"])
def test_rule_4_nobody_gives_what_is_not_theirs(central: Central, kind: str) -> None:
    items = {
        "seats": Items(seats=(central.seat(1, 5),)),
        "places": Items(places=((central.session("G1"), 2),)),
        "claims": Items(claims=((central.session("G1"), "doc"),)),
        "orders": Items(orders=(central.order("TT0001"),)),
    }[kind]
    taking.take(central.of(central.two), central.two, new_id(), items)
    before = _custody(central.store)
    with pytest.raises((RuntimeError, Refused)):
        taking.give(central.of(central.one), central.one, new_id(), items)
    assert _custody(central.store) == before


def test_rule_5_a_late_packet_of_the_old_connection_is_refused(central: Central) -> None:
    again = guard.hello(central.of(central.one), 1, 1).credentials
    assert again.connection == central.one.connection + 1
    items = Items(seats=(central.seat(1, 5),))
    with pytest.raises(CentralUnreachable):
        taking.take(central.of(central.one), central.one, new_id(), items)
    assert central.holder(central.seat(1, 5)) == (None, None, None)
    request = new_id()
    taking.take(central.of(again), again, request, items)
    for act in (
        lambda: taking.give(central.of(central.one), central.one, new_id(), items),
        lambda: taking.granted(central.of(central.one), central.one, [request]),
    ):
        with pytest.raises(CentralUnreachable):
            act()


def test_rule_5_another_epoch_is_fenced(central: Central) -> None:
    items = Items(seats=(central.seat(1, 5),))
    taking.take(central.of(central.one), central.one, new_id(), items)
    wrong = replace(central.one, epoch=2)
    store = central.of(central.one)
    # A server knows a window by its role, whatever number it gives itself.
    unknown = () if store.shared else (replace(central.one, window=9),)
    for who in (wrong, *unknown):
        with pytest.raises(Fenced):
            taking.take(store, who, new_id(), Items(seats=(central.seat(1, 6),)))
        with pytest.raises(Fenced):
            taking.give(store, who, new_id(), items)
        with pytest.raises(Fenced):
            guard.hello(store, who.window, who.epoch)
    assert central.holder(central.seat(1, 5)) == (1, 1, None)


def test_rule_5_hello_counts_what_central_booked(central: Central) -> None:
    assert guard.hello(central.of(central.two), 2, 1).answers == 0
    me = guard.hello(central.of(central.two), 2, 1).credentials
    items = Items(seats=(central.seat(1, 5),))
    taking.take(central.of(me), me, new_id(), items)
    taking.give(central.of(me), me, new_id(), items)
    assert guard.hello(central.of(central.two), 2, 1).answers == 2


def test_rule_6_the_grant_of_an_order_brings_its_rows(central: Central) -> None:
    order = central.order("TT0001")
    (rows,) = taking.take(central.of(central.one), central.one, new_id(), Items(orders=(order,)))
    assert rows["orders"][0][0] == order
    assert (len(rows["order_line"]), len(rows["ticket"]), len(rows["payment"])) == (2, 2, 1)


def test_rule_7_nothing_that_is_held_expires_by_the_clock(central: Central) -> None:
    take(central, central.one, seats=(central.seat(1, 5),))
    clock.use(lambda: NOON + timedelta(days=300))
    with pytest.raises(SeatTaken):
        take(central, central.two, seats=(central.seat(1, 5),))


def test_rule_11_pools_never_go_below_zero_and_always_add_up(central: Central) -> None:
    session = central.session("G1")
    take(central, central.one, places=((session, 4),))
    take(central, central.two, places=((session, 2),))
    assert central.pool("G1") == {1: 4, 2: 2}
    with pytest.raises(NotEnoughPlaces):
        take(central, central.two, places=((session, 1),))
    with pytest.raises(Exception, match=r"(?i)check"), central.store.transaction():
        central.store.run("UPDATE pool SET places = -1 WHERE session_id = ?", (session,))
    for change in ("UPDATE pool_transfer SET places = 9", "DELETE FROM pool_transfer"):
        with pytest.raises(Exception, match="never changed"), central.store.transaction():
            central.store.run(change)
    moved = central.store.all(
        "SELECT giver, taker, places FROM pool_transfer WHERE session_id = ? ORDER BY id",
        (session,),
    )
    assert moved == [(None, 0, 6), (0, 1, 4), (0, 2, 2)]


def test_rule_11_the_cap_of_a_numbered_session_is_such_a_pool(central: Central) -> None:
    seats = [central.seat(row, n) for row in range(1, 5) for n in range(1, 11)]
    take(central, central.one, seats=tuple(seats[: CAPACITY - 1]))
    take(central, central.two, seats=(seats[CAPACITY - 1],))
    with pytest.raises(CapacityReached) as refused:
        take(central, central.two, seats=(seats[CAPACITY],))
    assert refused.value.fields == {"session": "O2", "capacity": CAPACITY}
    assert central.holder(seats[CAPACITY]) == (None, None, None)
