"""What central plans for its windows: rows that travel, and no custody moved (rule 10)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boxoffice.central import allotting, pulling, wishing
from boxoffice.central.allotting import Plan
from boxoffice.central.guard import CENTRAL
from boxoffice.domain.allotting import Groups
from boxoffice.errors import BadAllotment, WindowUnknown
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import unit_of_work
from tests.central.conftest import Central

PAIRS = Plan("1", "O2", "A", Groups(pairs=4, fours=1))


def set_plan(store: Store, plan: Plan) -> None:
    with unit_of_work(store, CENTRAL) as unit:
        allotting.set_plan(unit, plan)


def test_a_row_of_the_plan_travels_and_moves_nothing(central: Central) -> None:
    before = pulling.versions(central.store)["people_version"]
    set_plan(central.store, PAIRS)
    assert pulling.versions(central.store)["people_version"] > before
    rows = pulling.group(central.of(central.one), "people_version")["allotment"]
    assert rows == [(1, central.session("O2"), "A", 4, 0, 1, 0, 0)]
    held = "SELECT count(*) FROM custody_seat WHERE holder IS NOT NULL"
    assert central.store.first(held) == (0,)
    assert allotting.standing(central.store, replace(PAIRS, groups=Groups())) == PAIRS
    set_plan(central.store, replace(PAIRS, groups=Groups(pairs=1)))
    assert [plan.groups for plan in allotting.plans(central.store, "2025-09-27")] == [Groups(1)]
    set_plan(central.store, replace(PAIRS, groups=Groups()))
    assert allotting.plans(central.store, "2025-09-27") == []
    acts = central.store.all("SELECT act FROM journal WHERE window_id = 0 AND act = 'allot'")
    assert len(acts) == 3, "each is in central's journal"


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (Plan("1", "O9", "A", Groups(1)), "no_session"),
        (Plan("1", "O2", "", Groups(1)), "no_level"),
        (Plan("1", "O2", "Z", Groups(1)), "unknown_level"),
        (Plan("1", "O2", places=3), "numbered"),
        (Plan("1", "G1", "A", places=3), "numbered"),
        (Plan("1", "O2", "A", orders=3), "orders_of_level"),
    ],
)
def test_what_no_window_could_keep_is_refused(central: Central, plan: Plan, why: str) -> None:
    with pytest.raises(BadAllotment) as refused:
        set_plan(central.store, plan)
    assert refused.value.fields["why"] == why


def test_an_unknown_window_is_refused(central: Central) -> None:
    with pytest.raises(WindowUnknown):
        set_plan(central.store, replace(PAIRS, window="West"))


def test_a_wish_stands_until_it_is_met_or_taken_back(central: Central) -> None:
    order = central.order("TT0001")
    one, two = central.of(central.one), central.of(central.two)
    with central.store.transaction():
        central.store.run("UPDATE custody_order SET holder = 1, epoch = 1")
    assert wishing.wanted(one, central.one) == []
    wishing.want(two, central.two, [order])
    wishing.want(two, central.two, [order])
    assert wishing.wanted(one, central.one) == [order]
    assert wishing.wanted(two, central.two) == []
    found = wishing.holder(two, [order])
    assert found is not None
    assert (found.window, found.silent_since) == ("1", None)
    wishing.withdraw(one, central.one, [order])
    assert wishing.wanted(one, central.one) == [order], "it is the other one's"
    wishing.withdraw(two, central.two, [order])
    assert wishing.wanted(one, central.one) == []


def test_a_window_says_that_it_is_here(central: Central) -> None:
    before = central.store.first("SELECT last_seen FROM ticket_window WHERE id = 1")
    with central.store.transaction():
        central.store.run("UPDATE ticket_window SET last_seen = '2025-09-27T01:00:00.000000Z'")
    assert before is not None
    wishing.tell(central.of(central.one), central.one, 7)
    rows = central.store.all("SELECT id, last_seen >= ?, unsent FROM ticket_window", before)
    assert sorted(rows) == [(1, 1, 7), (2, 0, 0)]


def test_a_supervisor_plans_without_being_the_owner(central: Central) -> None:
    if not central.store.shared:
        return
    central.store.execute("SET ROLE boxoffice_supervisor")
    set_plan(central.store, PAIRS)
    assert allotting.plans(central.store, "2025-09-27") == [PAIRS]
    central.store.execute("RESET ROLE")
