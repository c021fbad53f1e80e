"""A window that was off line reports an order that took several steps since central saw it."""

from __future__ import annotations

import pytest

from boxoffice.services.aftersales import voids
from boxoffice.services.sales import reservations
from boxoffice.services.sharing import sync
from tests.faults.acts import rows, take
from tests.homes import AtWork


def test_a_reservation_paid_and_voided_before_the_push(
    both: tuple[AtWork, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = both
    order = take(one, (1, 5), (1, 6))
    reservations.reserve(office=one.office, desk=one.desk, basket=order, name="试")
    reservations.take_up(office=one.office, desk=one.desk, order_id=order)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sync, "report", lambda _: None)
        reservations.pay_cash(
            office=one.office, desk=one.desk, order_id=order, tendered_fen=1_000_000
        )
        voids.void(
            office=one.office, desk=one.desk, order_id=order, papers_back=True, reason="wrong"
        )
    sync.push(one.office)
    sync.pull(two.office)
    assert rows(two, "SELECT status FROM orders WHERE id = ?", order) == [("returned",)]
    assert one.office.link.call(lambda store, _: store.all("SELECT reason FROM review")) == []
