"""A seat was asked for, the answer was lost, and the basket is paid for without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice.domain.statuses import AttemptStatus
from boxoffice.errors import CentralUnreachable
from boxoffice.services.sales import asking
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import LOST, faulty, proof, rows, take, there
from tests.gateways import Hours, Party, hours, with_parties
from tests.homes import AtWork, at_work, small_home

HELD = "SELECT session_id, seat_id FROM custody_seat WHERE holder IS NOT NULL"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    with at_work(small_home(tmp_path)) as found:
        yield with_parties(found, Party())


@pytest.fixture
def time(work: AtWork) -> Iterator[Hours]:
    with hours() as found:
        yield found


def test_it_goes_back_once_central_is_asked_again(work: AtWork, time: Hours) -> None:
    basket = take(work, (1, 5))
    with pytest.raises(CentralUnreachable):
        take(faulty(work, LOST), (1, 6), basket=basket)
    assert there(work, HELD) == [
        (work.session("O2"), work.seat(1, 5)),
        (work.session("O2"), work.seat(1, 6)),
    ]
    paying = asking.ask(
        office=work.office, desk=work.desk, basket=basket, tender="wechat",
        code="134512345678901234", pause=time.wait,
    )  # fmt: skip
    assert paying.status is AttemptStatus.SUCCEEDED
    custody.settle(work.office)
    sync.push(work.office)
    assert there(work, HELD) == []
    assert rows(work, "SELECT 1 FROM request WHERE status IN ('asked', 'giving')") == []
    assert proof(work.office.home).broken == ()
