"""Exchanges that were begun and that nobody ended: in sight, a case in time, undone by one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.queries import payments
from boxoffice.queries.payments import EXCHANGE_TAKES_S, ExchangeLeft
from boxoffice.services.sales import part_paid
from boxoffice.services.sharing import sync
from boxoffice.services.till import closing
from tests.faults.acts import rows, there
from tests.gateways import Hours
from tests.homes import AtWork, at_work, small_home
from tests.services.closes import settle_pages
from tests.services.exchange_acts import begin, cash, clean, give_up, to_seats
from tests.services.return_acts import sell_at


@pytest.fixture
def work(tmp_path: Path, time: Hours) -> Iterator[AtWork]:
    with at_work(small_home(tmp_path)) as found:
        clock.use(lambda: time.at)
        yield found


def listed(work: AtWork) -> tuple[ExchangeLeft, ...]:
    return work.office.read(lambda store: payments.open_money(store, 1, 1, ())).exchanges


def begun(work: AtWork) -> str:
    """A cheap seat that is to become a dear one."""
    order = sell_at(work, "O2", (3, 5))
    begin(work, order, to_seats(work, order, (1, 5)))
    return order


def test_with_its_customer_there_it_is_not_listed(work: AtWork, time: Hours) -> None:
    order = begun(work)
    time.pass_(EXCHANGE_TAKES_S)
    assert listed(work) == ()
    time.pass_(1)
    (left,) = listed(work)
    assert (left.order_id, left.tickets, left.paid_fen) == (order, 1, 0)


def test_what_is_here_of_the_difference_is_told(work: AtWork, time: Hours) -> None:
    order = begun(work)
    time.pass_(60)
    cash(work, order, 10_000)
    time.pass_(EXCHANGE_TAKES_S)
    assert listed(work) == (), "somebody went on with it meanwhile"
    time.pass_(1)
    assert [one.paid_fen for one in listed(work)] == [10_000]
    assert give_up(work, order).cash_fen == 10_000
    assert listed(work) == ()
    clean(work)


def test_left_it_becomes_a_case_until_it_is_ended(work: AtWork, time: Hours) -> None:
    order = begun(work)
    sync.push(work.office)
    assert part_paid.list_left(work.office) == []
    time.at += timedelta(minutes=work.office.settings.hold_minutes, seconds=1)
    assert part_paid.list_left(work.office) == [order]
    sync.pull(work.office)
    assert part_paid.list_left(work.office) == []
    assert there(work, "SELECT kind, key FROM cases") == [("exchange_left", order)]
    give_up(work, order)
    sync.push(work.office)
    assert there(work, "SELECT status FROM cases") == [("settled",)]
    clean(work)


def test_another_one_of_the_same_order_is_a_case_again(work: AtWork, time: Hours) -> None:
    order = begun(work)
    waits = timedelta(minutes=work.office.settings.hold_minutes, seconds=1)
    for _ in range(2):
        sync.push(work.office)
        time.at += waits
        assert part_paid.list_left(work.office) == [order]
        sync.pull(work.office)
        assert there(work, "SELECT status FROM cases") == [("open",)]
        give_up(work, order)
        sync.push(work.office)
        sync.pull(work.office)
        assert there(work, "SELECT status FROM cases") == [("settled",)]
        begin(work, order, to_seats(work, order, (1, 5)))
    give_up(work, order)
    clean(work)


def test_it_is_a_case_once_the_shift_is_closed(work: AtWork, time: Hours) -> None:
    order = begun(work)
    sync.push(work.office)
    settle_pages(work)
    closing.close_shift(office=work.office, desk=work.desk, counts={})
    assert rows(work, "SELECT status FROM shift") == [("closed",)]
    assert there(work, "SELECT kind, key FROM cases") == [("exchange_left", order)]
