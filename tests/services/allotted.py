"""What tests of allotments share: a plan made at central, and what a window has of it."""

from __future__ import annotations

from contextlib import closing

from boxoffice.central import allotting, guard
from boxoffice.central.allotting import Plan
from boxoffice.domain.allotting import Groups
from boxoffice.records.journal import CENTRAL_CHAIN
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain, unit_of_work
from boxoffice.services.sharing import allotments, sync
from tests import servers
from tests.faults.acts import rows
from tests.homes import AtWork

PLACES = 4
"""Of the six of the grounds pass."""


def set_plan(store: Store, plan: Plan) -> None:
    """One row of the plan, as those who run central write it."""
    with unit_of_work(store, Chain(CENTRAL_CHAIN, guard.CENTRAL_EPOCH)) as unit:
        allotting.set_plan(unit, plan)


def wish(work: AtWork, plan: Plan, database: str = "") -> None:
    """One row of the plan, and the window has heard of it; in its file or on a server."""
    if database:
        with closing(servers.as_owner(database)) as store:
            set_plan(store, plan)
    else:
        work.office.link.call(lambda store, _: set_plan(store, plan))
    sync.pull(work.office)


def seats_of(pairs: int = 0, threes: int = 0, fours: int = 0, *, window: str = "1") -> Plan:
    """Groups of level A of the second day."""
    return Plan(window, "O2", "A", Groups(pairs, threes, fours))


def allot(work: AtWork, plan: Plan, database: str = "") -> None:
    """A plan made and answered."""
    wish(work, plan, database)
    allotments.keep(work.office)


def ahead(work: AtWork) -> list[tuple[int, int]]:
    """(row, number) of the seats a window has ahead of time."""
    return [
        (int(row), int(number))
        for row, number in rows(
            work,
            "SELECT p.row, p.number FROM allotted_seat a JOIN seat p ON p.id = a.seat_id "
            "ORDER BY p.row_no, p.ordinal",
        )
    ]


def places_ahead(work: AtWork) -> int:
    """Places of the grounds pass a window has ahead of time."""
    found = rows(work, "SELECT coalesce(sum(places), 0) FROM allotted_places")
    return int(found[0][0])


def orders_ahead(work: AtWork) -> list[str]:
    """Numbers of the orders a window has ahead of time."""
    found = rows(
        work,
        "SELECT o.number FROM held_order h JOIN orders o ON o.id = h.order_id "
        "WHERE h.allotted = 1 ORDER BY 1",
    )
    return [str(row[0]) for row in found]
