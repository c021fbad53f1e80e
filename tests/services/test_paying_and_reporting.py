"""An order that is being paid for is told, and stays: with money on its way it moves nowhere."""

from __future__ import annotations

import pytest

from boxoffice.errors import HeldElsewhere
from boxoffice.services.office import Office
from boxoffice.services.sales import reservations
from boxoffice.services.sharing import custody, sync
from tests.faults.acts import rows, take
from tests.homes import AtWork


def test_a_push_in_the_middle_of_a_payment(
    both: tuple[AtWork, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keeper reports behind the clerk's back, between the attempt and the sale."""
    one, two = both
    basket = take(one, (1, 5))
    reservations.reserve(office=one.office, desk=one.desk, basket=basket, name="试")
    reservations.take_up(office=one.office, desk=one.desk, order_id=basket)
    # Said of it, and not reported yet.
    monkeypatch.setattr(sync, "report", lambda _: None)
    reservations.confirm_proof(
        office=one.office,
        desk=one.desk,
        order_id=basket,
        line_id=str(rows(one, "SELECT id FROM order_line WHERE order_id = ?", basket)[0][0]),
        seen="student",
    )

    get = custody.take

    def get_and_push(office: Office, **what: object) -> None:
        get(office, **what)  # type: ignore[arg-type]
        monkeypatch.setattr(custody, "take", get)
        sync.push(office)
        with pytest.raises(HeldElsewhere):
            reservations.take_up(office=two.office, desk=two.desk, order_id=basket)

    monkeypatch.setattr(custody, "take", get_and_push)
    reservations.pay_cash(office=one.office, desk=one.desk, order_id=basket, tendered_fen=1_000_000)
    sync.push(one.office)
    sync.pull(two.office)
    assert rows(two, "SELECT status FROM orders WHERE id = ?", basket) == [("paid",)]
    assert rows(two, "SELECT * FROM held_order") == []
