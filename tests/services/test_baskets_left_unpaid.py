"""Baskets whose payment came to nothing behind the clerk: in sight, held anew, brought back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.errors import WrongStatus
from boxoffice.queries import orders
from boxoffice.services.sales import asking, checkout, holds
from tests.faults.acts import name_all, take
from tests.gateways import TIMING, Hours, Party, with_parties
from tests.homes import AtWork, at_work, small_home

PRICE = 68_000


@pytest.fixture
def party() -> Party:
    return Party(timing=replace(TIMING, give_up_s=0, reverse_give_up_s=0))


@pytest.fixture
def work(tmp_path: Path, time: Hours, party: Party) -> Iterator[AtWork]:
    with at_work(small_home(tmp_path)) as found:
        clock.use(lambda: time.at)
        yield with_parties(found, party)


def left_unknown(work: AtWork, time: Hours, party: Party) -> tuple[str, str]:
    """(basket, attempt) of one that nobody could decide while its customer waited."""
    basket = take(work, (1, 5))
    name_all(work, basket, 1)
    party.days = ["waiting", *["silent"] * 20]
    paying = asking.ask(
        office=work.office,
        desk=work.desk,
        basket=basket,
        tender="wechat",
        code="134567890123456789",
        pause=time.wait,
    )
    assert not paying.over
    return basket, paying.attempt_id


def waiting(work: AtWork) -> list[tuple[str, bool]]:
    return [(row.id, row.unpaid) for row in work.office.read(orders.parked)]


def test_listed_once_it_is_decided_and_sold_another_way(
    work: AtWork, time: Hours, party: Party
) -> None:
    basket, attempt = left_unknown(work, time, party)
    assert waiting(work) == []
    with pytest.raises(WrongStatus):
        holds.recall(office=work.office, desk=work.desk, basket=basket)

    party.days = []
    party.timing = TIMING
    assert asking.look_again(office=work.office, attempt_id=attempt, reverse=True).over
    assert waiting(work) == [(basket, True)]

    holds.recall(office=work.office, desk=work.desk, basket=basket)
    checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=PRICE)
    assert waiting(work) == []


def test_its_hold_begins_anew_when_the_payment_ends(
    work: AtWork, time: Hours, party: Party
) -> None:
    basket, attempt = left_unknown(work, time, party)
    hold = timedelta(minutes=work.office.settings.hold_minutes)
    time.pass_(3 * hold.total_seconds())
    party.days = []
    party.timing = TIMING
    assert asking.look_again(office=work.office, attempt_id=attempt, reverse=True).over

    time.pass_(hold.total_seconds() - 60)
    assert holds.abandon_expired(office=work.office) == []
    time.pass_(120)
    assert holds.abandon_expired(office=work.office) == [basket]
    assert waiting(work) == []
