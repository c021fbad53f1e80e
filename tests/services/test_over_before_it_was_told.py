"""An order central knows gets other seats or documents and is over again before that is told."""

from __future__ import annotations

import pytest

from boxoffice.services.sales import holds, reservations, swaps
from boxoffice.services.sharing import sync
from tests.faults.acts import there
from tests.homes import CAPACITY, AtWork, resident_id
from tests.services.reserving import WAIT, all_well, at, let_go, lines_of, pay, pools
from tests.services.return_acts import void

HELD = "SELECT session_id, seat_id FROM custody_seat WHERE holder IS NOT NULL"


def _reserved(work: AtWork, session: str) -> str:
    """A reservation of one seat of level B, its seat told to nobody; central knows it."""
    basket = holds.take_best(
        office=work.office, desk=work.desk, session_id=work.session(session), category="B",
        count=1, basket=None,
    )  # fmt: skip
    reservations.reserve(
        office=work.office, desk=work.desk, basket=basket, name="张伟", minutes=WAIT,
        seats_open=True,
    )  # fmt: skip
    assert there(work, HELD) == []
    return basket


@pytest.fixture
def swapped(work: AtWork, monkeypatch: pytest.MonkeyPatch) -> str:
    """A reservation with another seat than central knows of; nothing is reported by itself."""
    order = _reserved(work, "O2")
    monkeypatch.setattr(sync, "report", lambda _: None)
    swaps.swap_for_others(
        office=work.office, desk=work.desk, order_id=order, line_ids=lines_of(work, order)
    )
    assert len(there(work, HELD)) == 1
    return order


def _all_back(work: AtWork) -> None:
    sync.push(work.office)
    assert there(work, HELD) == []
    assert pools(work) == {"free": CAPACITY}
    all_well(work)


def test_swapped_and_released(work: AtWork, swapped: str) -> None:
    let_go(work, swapped)
    _all_back(work)


def test_swapped_and_expired(work: AtWork, swapped: str) -> None:
    at(WAIT + 1)
    reservations.put_back(office=work.office, order_id=swapped)
    sync.push(work.office)
    assert len(there(work, "SELECT 1 FROM custody_seat WHERE order_id = ?", swapped)) == 1
    all_well(work)


def test_swapped_sold_and_void(work: AtWork, swapped: str) -> None:
    pay(work, swapped)
    void(work, swapped)
    _all_back(work)


def test_sold_to_a_person_and_void(work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    at(-120)
    order = _reserved(work, "O1")
    monkeypatch.setattr(sync, "report", lambda _: None)
    (line,) = lines_of(work, order)
    reservations.name_attendee(
        office=work.office, desk=work.desk, order_id=order, line_id=line, name="试",
        document_type="resident_id", document=resident_id(500),
    )  # fmt: skip
    pay(work, order)
    assert len(there(work, "SELECT 1 FROM claim WHERE holder IS NOT NULL")) == 1
    void(work, order)
    sync.push(work.office)
    assert there(work, "SELECT 1 FROM claim WHERE holder IS NOT NULL") == []
    all_well(work)
