"""An order is told while it is paid for, the answer is lost, and the payment comes to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice.central.items import Items
from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import CentralUnreachable
from boxoffice.services.sales import asking, reservations
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import LOST, faulty, proof, rows, take, there
from tests.gateways import Hours, Party, hours, with_parties
from tests.homes import AtWork, at_work, small_home

HELD = "SELECT holder FROM custody_order WHERE order_id = ?"


@pytest.fixture
def work(tmp_path: Path, party: Party) -> Iterator[AtWork]:
    with at_work(small_home(tmp_path)) as found:
        yield with_parties(found, party)


@pytest.fixture
def time(work: AtWork) -> Iterator[Hours]:
    with hours() as found:
        yield found


@pytest.fixture
def told(
    work: AtWork, party: Party, time: Hours, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, str]:
    """(order, attempt): a reservation of which central was told while its payment was unknown,
    without this window having heard that it was."""
    basket = take(work, (1, 5))
    with monkeypatch.context() as quiet:
        quiet.setattr(sync, "report", lambda _: None)
        reservations.reserve(office=work.office, desk=work.desk, basket=basket, name="试")
    party.days = ["silent"] * 40
    paying = asking.ask(
        office=work.office, desk=work.desk, basket=basket, tender="wechat",
        code="134512345678901234", pause=time.wait,
    )  # fmt: skip
    assert paying.status is AttemptStatus.UNKNOWN
    with pytest.raises(CentralUnreachable):
        sync.push_page(faulty(work, LOST).office)
    assert there(work, HELD, basket) == [(1,)]
    party.days = []
    return basket, paying.attempt_id


def test_it_is_in_hand_on_both_sides(work: AtWork, time: Hours, told: tuple[str, str]) -> None:
    order, attempt = told
    asking.look_again(office=work.office, attempt_id=attempt, reverse=True)
    sync.push(work.office)
    assert there(work, HELD, order) == [(1,)]
    assert len(rows(work, "SELECT 1 FROM held_order WHERE order_id = ?", order)) == 1
    assert proof(work.office.home).broken == ()


def test_it_can_be_put_back(work: AtWork, time: Hours, told: tuple[str, str]) -> None:
    order, attempt = told
    asking.look_again(office=work.office, attempt_id=attempt, reverse=True)
    sync.push(work.office)
    reservations.put_back(office=work.office, order_id=order)
    assert there(work, HELD, order) == [(None,)]
    assert rows(work, "SELECT 1 FROM held_order WHERE order_id = ?", order) == []
    assert proof(work.office.home).broken == ()


def test_one_that_was_taken_again_before_its_answer_came(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = take(work, (1, 5))
    with monkeypatch.context() as quiet:
        quiet.setattr(sync, "report", lambda _: None)
        reservations.reserve(office=work.office, desk=work.desk, basket=order, name="试")
    with pytest.raises(CentralUnreachable):
        sync.push_page(faulty(work, LOST).office)
    assert there(work, HELD, order) == [(None,)]
    custody.take(work.office, order_id=order, wish=lambda _: Items(orders=(order,)))
    sync.push(work.office)
    assert there(work, HELD, order) == [(1,)]
    assert len(rows(work, "SELECT 1 FROM held_order WHERE order_id = ?", order)) == 1
    assert proof(work.office.home).broken == ()
