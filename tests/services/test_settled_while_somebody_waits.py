"""Requests are settled by one thread while another goes without its answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from boxoffice.errors import CentralUnreachable
from boxoffice.services.sales import holds
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import LOST, faulty, proof, take, there
from tests.homes import AtWork

HELD = "SELECT session_id, seat_id FROM custody_seat WHERE holder IS NOT NULL"


class Watched(set[str]):
    """Requests somebody waits for; `leaving` runs just before nobody waits for one any more."""

    def __init__(self, leaving: Callable[[], object]) -> None:
        super().__init__()
        self._leaving = leaving

    def discard(self, request_id: str) -> None:
        leaving, self._leaving = self._leaving, lambda: None
        leaving()
        super().discard(request_id)


def _settles(work: AtWork) -> Watched:
    return Watched(lambda: custody.settle(work.office))


def test_a_seat_whose_answer_was_lost_goes_back(work: AtWork) -> None:
    work.office.underway.requests = _settles(work)
    with pytest.raises(CentralUnreachable):
        take(faulty(work, LOST), (1, 5))
    assert len(there(work, HELD)) == 1
    sync.push(work.office)
    assert there(work, HELD) == []
    assert proof(work.office.home).broken == ()


def test_a_seat_given_back_on_a_broken_line_goes_back(work: AtWork) -> None:
    basket = take(work, (1, 5))
    work.office.underway.requests = _settles(work)
    broken = faulty(work, LOST)
    holds.abandon(office=broken.office, desk=broken.desk, basket=basket)
    sync.push(work.office)
    assert there(work, "SELECT 1 FROM answer WHERE kind = 'give'") == [(1,)]
    assert (
        work.office.read(
            lambda store: store.all("SELECT 1 FROM request WHERE status IN ('asked', 'giving')")
        )
        == []
    )
    assert proof(work.office.home).broken == ()
