"""Two windows at one central on a server."""

from __future__ import annotations

import pytest

from boxoffice.errors import SeatHeld, SeatSold, SeatTaken
from boxoffice.services.sharing import sync
from tests.faults.acts import pay, rows, take
from tests.homes import AtWork


def test_a_seat_one_window_holds_or_sold_the_other_does_not_get(
    both: tuple[AtWork, AtWork],
) -> None:
    one, two = both
    basket = take(one, (1, 5), (1, 6))
    with pytest.raises(SeatHeld) as held:
        take(two, (1, 6))
    assert held.value.fields["window"] == "1"
    sync.pull(two.office)
    assert len(rows(two, "SELECT * FROM elsewhere_seat WHERE window_id = 1")) == 2
    pay(one, basket)
    with pytest.raises(SeatSold) as sold:
        take(two, (1, 5))
    assert sold.value.fields["window"] == "1"
    with pytest.raises(SeatTaken) as own:
        take(one, (1, 5))
    assert type(own.value) is SeatTaken, "of this window's own it needs no name"
    sync.pull(two.office)
    assert rows(two, "SELECT * FROM elsewhere_seat") == []
    assert rows(two, "SELECT version FROM orders WHERE id = ?", basket) == [(1,)]
