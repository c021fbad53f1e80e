"""Acts on an allotment, for a program that is killed in the middle of them."""

from __future__ import annotations

from boxoffice.central.allotting import Plan
from boxoffice.services.sales import holds
from boxoffice.services.sharing import allotments
from tests.faults.acts import take
from tests.homes import AtWork
from tests.services.allotted import seats_of, wish

KEEP, BASKETS = "keep", "baskets"


def keep(work: AtWork) -> None:
    """Seats and places are taken; then the plan is another one."""
    allotments.keep(work.office)
    wish(work, seats_of(1))
    wish(work, Plan("1", "G1", places=1))
    allotments.keep(work.office)


def baskets(work: AtWork) -> None:
    """Seats from the allotment, and more from central; one basket stays, the other is cleared."""
    allotments.keep(work.office)
    take(work, (1, 1), (1, 2))
    mixed = take(work, (1, 4), (1, 5))
    holds.abandon(office=work.office, desk=work.desk, basket=mixed)
    allotments.keep(work.office)


ACTS = {KEEP: keep, BASKETS: baskets}
