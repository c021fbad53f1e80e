"""Reservations on a line that breaks, and in a program that ends: never by halves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.errors import CentralUnreachable, ReservationOver, SeatTaken
from boxoffice.services.sales import releases, reservations, swaps
from boxoffice.services.sharing import sync
from tests.faults.acts import (
    DEAF,
    DIES,
    LOST,
    Crash,
    broken,
    central_away,
    faulty,
    proof,
    rows,
    take,
    there,
)
from tests.homes import CAPACITY, NOON, AtWork, at_work, small_home
from tests.services.reserving import (
    WAIT,
    all_well,
    at,
    let_go,
    lines_of,
    pay,
    pools,
    reserve,
    statuses,
)

SEATS = (3, 5), (3, 6)


@contextmanager
def off_line(work: AtWork) -> Iterator[None]:
    """Central is away, and this window has noticed."""
    with central_away(work.office.home):
        with pytest.raises(CentralUnreachable):
            work.office.link.greet()
        yield


def made(work: AtWork) -> str:
    """Two seats of level B, swappable."""
    return reservations.reserve(
        office=work.office,
        desk=work.desk,
        basket=take(work, *SEATS),
        name="张伟",
        minutes=WAIT,
        seats_open=True,
    ).order_id


def _extend(work: AtWork, order: str) -> None:
    until = NOON + timedelta(minutes=2 * WAIT)
    reservations.extend(
        office=work.office, desk=work.desk, order_id=order, until=until, reason="堵车"
    )


def _swap(work: AtWork, order: str) -> None:
    swaps.swap_for_others(
        office=work.office, desk=work.desk, order_id=order, line_ids=lines_of(work, order)
    )


def _sweep(work: AtWork, _order: str) -> None:
    at(WAIT + 1)
    releases.release_expired(work.office)


def _pay_one(work: AtWork, order: str) -> None:
    pay(work, order, lines_of(work, order)[0])


ACTS: dict[str, Callable[[AtWork, str], object]] = {
    "pay": pay,
    "pay_one": _pay_one,
    "extend": _extend,
    "release": let_go,
    "swap": _swap,
    "sweep": _sweep,
}


def go_on(work: AtWork, order: str) -> None:
    """Whatever came of it, the order can be finished, and every place is where it belongs."""
    assert broken(work) == ()
    status, lines = statuses(work, order)
    assert (status == "reserved") == ("reserved" in lines)
    if status == "reserved":
        with suppress(ReservationOver):  # its time may be over, then it is swept
            pay(work, order)
        releases.release_expired(work.office)
    sync.push(work.office)
    sold = statuses(work, order)[1].count("sold")
    counted = {"free": CAPACITY - sold, "sold": sold}
    assert pools(work) == {name: places for name, places in counted.items() if places}
    all_well(work)


@pytest.mark.parametrize("call", [0, 1, 2])
@pytest.mark.parametrize("act", ACTS)
def test_the_program_ends_at_any_call_of_central(tmp_path: Path, act: str, call: int) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        order = made(work)
        with suppress(Crash):
            ACTS[act](faulty(work, *[""] * call, DIES), order)
    with at_work(home) as work:
        assert broken(work) == ()
        go_on(work, order)
    assert proof(home).broken == ()


@pytest.mark.parametrize("call", [0, 1, 2])
@pytest.mark.parametrize("fault", [DEAF, LOST])
@pytest.mark.parametrize("act", ACTS)
def test_the_line_breaks_at_any_call_of_central(
    work: AtWork, act: str, fault: str, call: int
) -> None:
    order = made(work)
    with suppress(CentralUnreachable):
        ACTS[act](faulty(work, *[""] * call, fault), order)
    assert broken(work) == ()
    bootstrap.recover(work.office)
    go_on(work, order)


def test_the_program_ends_while_one_is_in_hand(tmp_path: Path) -> None:
    """The next start puts it back: other windows need not wait for this one."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        order = made(work)
        reservations.take_up(office=work.office, desk=work.desk, order_id=order)
    with at_work(home) as work:
        held = there(work, "SELECT holder FROM custody_order WHERE order_id = ?", order)
        assert held == [(None,)]
        go_on(work, order)
    assert proof(home).broken == ()


def test_off_line_a_window_reserves_and_takes_the_money_for_what_it_made(work: AtWork) -> None:
    basket = take(work, (1, 5), (1, 6))
    with off_line(work):
        order = reservations.reserve(
            office=work.office, desk=work.desk, basket=basket, name="张伟", minutes=WAIT
        ).order_id
        pay(work, order, lines_of(work, order)[0])
        at(10)
        pay(work, order)
    assert broken(work) == ()
    sync.push(work.office)
    assert pools(work) == {"free": CAPACITY - 2, "sold": 2}
    all_well(work)


def test_off_line_what_a_window_made_lapses_by_its_own_clock(work: AtWork) -> None:
    """Until it is pushed nobody else can let it lapse."""
    basket = take(work, (1, 5))
    with off_line(work):
        order = reservations.reserve(
            office=work.office, desk=work.desk, basket=basket, name="张伟", minutes=WAIT
        ).order_id
        at(WAIT + 1)
        with pytest.raises(ReservationOver):
            pay(work, order)
        assert releases.release_expired(work.office) == [order]
        assert statuses(work, order) == ("released", ["released"])
    assert broken(work) == ()
    sync.push(work.office)
    assert pools(work) == {"free": CAPACITY}
    all_well(work)


def test_off_line_others_are_neither_paid_nor_let_go(work: AtWork) -> None:
    order = made(work)
    with central_away(work.office.home):
        with pytest.raises(CentralUnreachable):
            pay(work, order)
        with pytest.raises(CentralUnreachable):
            let_go(work, order)
        at(WAIT + 1)
        for _ in range(3):
            assert releases.release_expired(work.office) == []
    assert statuses(work, order)[0] == "reserved"
    open_requests = "SELECT count(*) FROM request WHERE status = 'asked'"
    assert rows(work, open_requests)[0][0] <= 3, "the sweep does not pile up questions"
    sync.push(work.office)
    go_on(work, order)


def test_central_judges_by_its_own_record(work: AtWork) -> None:
    """What this window knows may be old: another one extended it meanwhile."""
    order = made(work)
    work.office.write(
        lambda store: store.run(
            "UPDATE orders SET deadline = '2025-09-27T03:00:00.000000Z' WHERE id = ?", (order,)
        )
    )
    assert releases.release_expired(work.office) == []
    assert there(work, "SELECT status FROM orders WHERE id = ?", order) == [("reserved",)]
    assert statuses(work, order)[0] == "reserved"


def test_a_swap_that_is_not_reported_yet_is_not_swapped_again(work: AtWork) -> None:
    order = made(work)
    calls = faulty(work, "", "", *[DEAF] * 9)
    _swap(calls, order)
    assert broken(work) == ()
    with pytest.raises(CentralUnreachable):
        _swap(faulty(work, DEAF, "", "", ""), order)
    assert broken(work) == ()
    sync.push(work.office)
    _swap(work, order)
    with pytest.raises(SeatTaken):
        take(work, (3, 5), *[(3, n) for n in range(1, 11) if n != 5])
    go_on(work, order)


def test_two_that_were_reserved_off_line_keep_their_numbers_apart(work: AtWork) -> None:
    baskets = [take(work, (1, n)) for n in (5, 6)]
    with off_line(work):
        found = [
            reservations.reserve(office=work.office, desk=work.desk, basket=basket, name="张伟")
            for basket in baskets
        ]
    sync.push(work.office)
    assert len({one.number for one in found} | {one.code for one in found}) == 4
    reserve(work, (1, 7))
    all_well(work)
