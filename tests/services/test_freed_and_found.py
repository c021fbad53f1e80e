"""A seat is freed with a second person, then the disk is found: it is no copy for that."""

from __future__ import annotations

import pytest

from boxoffice.central import fencing, freeing
from boxoffice.services.sharing import sync
from boxoffice.services.supervising import supervision
from tests import venues
from tests.faults.acts import DEAF, faulty, pay, take

BY = {"operator": "3001", "reason": "gone"}


@pytest.mark.parametrize("freed_before", [False, True])
def test_all_of_it_is_received(venue: venues.Venue, freed_before: bool) -> None:
    home = venue.window("East")
    with venue.at_work(home) as work:
        sold = take(work, (1, 5))
        take(work, (1, 6))
        place = (work.session("O2"), work.seat(1, 6))
        sync.push(work.office)
        pay(faulty(work, *[DEAF] * 99), sold)
    with venue.opened() as central:
        fencing.fence(central.store, 1, **BY)
        if freed_before:
            freed = freeing.free(central.store, 1, 1, **BY, approver="3002", seats=[place])
            assert freed.seats == 1
        *_, complete = supervision.receive(central.store, home)
        assert complete
