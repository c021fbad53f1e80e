"""Several clerks' worth of threads at one window, and two programs at one home."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from boxoffice import bootstrap
from boxoffice.errors import HandedOver, HeldElsewhere, HomeInUse, Refused, SeatTaken, WrongStatus
from boxoffice.services.printing import tickets
from boxoffice.services.sales import holds
from boxoffice.services.sharing import custody, sync
from boxoffice.settings import Home
from tests.faults.acts import hand_over, name_all, pay, proof, rows, sell, take, tickets_of
from tests.homes import AtWork, at_work

THREADS = 4


def at_once(*works: Callable[[], object]) -> list[object]:
    """Each in a thread of its own, begun together; answers what they answered or raised."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        start.wait()
        try:
            return work()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]


def test_threads_sell_different_seats(home: Home) -> None:
    def sell_row(work: AtWork, row: int) -> None:
        for number in range(1, 7):
            sale = sell(work, (row, number))
            tickets.print_jobs(office=work.office, desk=work.desk, job_ids=sale.print_jobs)

    with at_work(home, threaded=True) as work:
        done = at_once(*(lambda row=row: sell_row(work, row) for row in range(1, 5)))
        assert done == [None] * THREADS
    with at_work(home) as work:
        assert rows(work, "SELECT count(*) FROM ticket WHERE code_window = 1") == [(24,)]
        assert rows(work, "SELECT count(*) FROM print_job WHERE status = 'printed'") == [(48,)]
    assert proof(home).broken == ()


def test_threads_want_the_same_seats(home: Home) -> None:
    """Each seat is sold once, to whoever was first."""

    def grab(work: AtWork) -> int:
        won = 0
        for number in range(1, 7):
            try:
                sell(work, (2, number))
                won += 1
            except SeatTaken:
                continue
        return won

    with at_work(home, threaded=True) as work:
        won = at_once(*[lambda: grab(work)] * THREADS)
        assert sum(won) == 6
    assert proof(home).broken == ()


def test_threads_pay_the_same_basket(home: Home) -> None:
    with at_work(home, threaded=True) as work:
        for number in range(1, 6):
            basket = take(work, (1, number))
            done = at_once(*[lambda basket=basket: pay(work, basket)] * THREADS)
            refused = [answer for answer in done if isinstance(answer, Refused)]
            assert len(refused) == THREADS - 1, "one of them took the money"
    with at_work(home) as work:
        assert rows(work, "SELECT count(*) FROM payment WHERE window_id = 1") == [(5,)]
    assert proof(home).broken == ()


def test_a_basket_is_paid_abandoned_and_filled_at_once(home: Home) -> None:
    """Whichever comes first, the others find an order they can use, or are told."""
    with at_work(home, threaded=True) as work:
        office, desk = work.office, work.desk
        for number in range(1, 9):
            basket = take(work, (2, number), at="O1")
            name_all(work, basket, first=600 + number)
            at_once(
                lambda basket=basket: pay(work, basket),
                lambda basket=basket: holds.abandon(office=office, desk=desk, basket=basket),
                lambda basket=basket, n=number: take(work, (3, n), basket=basket, at="O1"),
                lambda: custody.settle(office),
            )
    with at_work(home):
        pass
    assert proof(home).broken == ()


def test_threads_hand_over_the_same_order(home: Home) -> None:
    with at_work(home, threaded=True) as work:
        order, (first, second) = tickets_of(work, "TT0001")
        done = at_once(
            *[lambda: hand_over(work, order, [first])] * 2,
            *[lambda: hand_over(work, order, [second])] * 2,
        )
        assert {type(d) for d in done if isinstance(d, Refused)} <= {
            HandedOver,
            HeldElsewhere,
            WrongStatus,
        }
        for ticket in (first, second):
            try:
                hand_over(work, order, [ticket])
            except HandedOver:
                continue
    with at_work(home) as work:
        assert rows(work, "SELECT count(*) FROM hand_over") == [(2,)]
        assert rows(work, "SELECT * FROM held_order") == []
    assert proof(home).broken == ()


def test_pushes_pulls_and_settling_beside_sales(home: Home) -> None:
    def keep_in_step(work: AtWork) -> None:
        for _ in range(10):
            custody.settle(work.office)
            sync.push(work.office)
            sync.pull(work.office)

    def sell_row(work: AtWork, row: int) -> None:
        for number in range(1, 6):
            sell(work, (row, number))

    with at_work(home, threaded=True) as work:
        done = at_once(
            lambda: keep_in_step(work),
            lambda: keep_in_step(work),
            lambda: sell_row(work, 1),
            lambda: sell_row(work, 2),
        )
        assert done == [None] * 4
    with at_work(home) as work:
        assert rows(work, "SELECT count(*) FROM ticket WHERE code_window = 1") == [(10,)]
        assert rows(work, "SELECT id FROM request WHERE status IN ('asked', 'giving')") == []
    assert proof(home).broken == ()


def test_two_programs_cannot_have_one_home(home: Home) -> None:
    with at_work(home):
        with pytest.raises(HomeInUse), bootstrap.open_office(home):
            pass
        with pytest.raises(HomeInUse), bootstrap.open_sides(home):
            pass
    with at_work(home):
        pass


def test_a_home_that_could_not_be_opened_is_left_unlocked(home: Home) -> None:
    away = home.key_file.rename(home.path / "elsewhere")
    with pytest.raises(Exception, match="KeyMissing"), bootstrap.open_office(home):
        pass
    away.rename(home.key_file)
    with at_work(home):
        pass
