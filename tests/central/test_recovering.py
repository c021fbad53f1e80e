"""Central restored from a backup: it grants nothing before every window has reported (rule 18)."""

from __future__ import annotations

import pytest

from boxoffice.central import fencing, guard, recovering, taking
from boxoffice.central.items import Credentials, Items
from boxoffice.central.recovering import Held
from boxoffice.domain.ids import new_id
from boxoffice.errors import CentralRecovering
from tests.central.conftest import Central

BY = {"operator": "9001", "reason": "restored from the backup of 03:00"}


def take(central: Central, who: Credentials, **wanted: object) -> None:
    taking.take(central.of(who), who, new_id(), Items(**wanted))  # type: ignore[arg-type]


def greet(central: Central, window: int) -> Credentials:
    return guard.hello(central.stores[window], window, 1).credentials


def report(central: Central, who: Credentials, held: Held) -> int:
    """Both rounds of one window, when all have been through the first."""
    store = central.of(who)
    recovering.require_all_let_go(store)
    disputes = recovering.claim(store, who, held)
    recovering.reported(store, who)
    return disputes


def test_nothing_is_granted_before_all_have_reported(central: Central) -> None:
    life = guard.incarnation(central.store)
    recovering.declare(central.store, **BY)
    assert guard.incarnation(central.store) != life
    one, two = greet(central, 1), greet(central, 2)
    seat = central.seat(1, 5)
    for waited_for in ("1, 2", "1, 2"):
        with pytest.raises(CentralRecovering) as refused:
            take(central, one, seats=(seat,))
        assert refused.value.fields["windows"] == waited_for
    recovering.let_go(central.of(one), one, Held())
    with pytest.raises(CentralRecovering) as refused:
        recovering.require_all_let_go(central.of(one))
    assert refused.value.fields["windows"] == "2"
    recovering.let_go(central.of(two), two, Held())
    assert report(central, one, Held()) == 0
    with pytest.raises(CentralRecovering) as refused:
        take(central, one, seats=(seat,))
    assert refused.value.fields["windows"] == "2"
    assert report(central, two, Held()) == 0
    take(central, one, seats=(seat,))
    assert guard.hello(central.of(one), 1, 1).reported == guard.incarnation(central.store)


def test_a_fenced_window_is_not_waited_for(central: Central) -> None:
    recovering.declare(central.store, **BY)
    one = greet(central, 1)
    recovering.let_go(central.of(one), one, Held())
    fencing.fence(central.store, 2, operator="9001", reason="lost")
    assert report(central, one, Held()) == 0
    take(central, one, seats=(central.seat(1, 5),))


def test_a_window_that_never_spoke_is_not_waited_for(central: Central) -> None:
    with central.store.transaction():
        central.store.run("UPDATE ticket_window SET incarnation = '' WHERE id = 2")
    recovering.declare(central.store, **BY)
    one = greet(central, 1)
    recovering.let_go(central.of(one), one, Held())
    assert report(central, one, Held()) == 0
    take(central, one, seats=(central.seat(1, 5),))


def test_what_windows_hold_is_theirs_again_and_what_they_gave_back_is_free(
    central: Central,
) -> None:
    """Central lost that 1 gave seat 5 back, that 2 took it then, and all that 1 took since."""
    passed_on, fresh, session = central.seat(1, 5), central.seat(1, 6), central.session("G1")
    order, other = central.order("TT0001"), central.order("TT0002")
    take(central, central.one, seats=(passed_on,), places=((session, 3),), orders=(other,))
    take(central, central.one, claims=((session, "old"),))
    recovering.declare(central.store, **BY)
    one, two = greet(central, 1), greet(central, 2)
    mine = Held({fresh: ""}, {session: 1}, frozenset({(session, "doc")}), frozenset({order}))
    theirs = Held({passed_on: ""}, {session: 2})
    for who, held in ((two, theirs), (one, mine)):
        recovering.let_go(central.of(who), who, held)
    assert central.holder(passed_on) == (None, None, None)
    assert report(central, two, theirs) == 0
    assert report(central, one, mine) == 0
    assert central.holder(passed_on) == (2, 1, None)
    assert central.holder(fresh) == (1, 1, None)
    assert central.pool("G1") == {0: 3, 1: 1, 2: 2}
    assert central.pool("O2")[1] == central.pool("O2")[2] == 1
    held = central.store.all("SELECT order_id, holder FROM custody_order ORDER BY order_id")
    assert dict(held)[order] == 1
    assert dict(held)[other] is None
    assert central.store.all(
        "SELECT document_hash, holder FROM claim WHERE holder IS NOT NULL"
    ) == [("doc", 1)]
    assert recovering.claim(central.of(one), one, mine) == 0, "once more changes nothing"
    assert central.pool("G1") == {0: 3, 1: 1, 2: 2}


def test_what_two_hold_becomes_a_case_and_is_taken_from_nobody(central: Central) -> None:
    seat, sold, session = central.seat(1, 5), central.seat(1, 1, "O1"), central.session("G1")
    recovering.declare(central.store, **BY)
    one, two = greet(central, 1), greet(central, 2)
    both = Held({seat: ""}, {session: 4})
    too_much = Held({seat: "", sold: ""}, {session: 4}, orders=frozenset({central.order("TT0001")}))
    for who, held in ((one, both), (two, too_much)):
        recovering.let_go(central.of(who), who, held)
    assert report(central, one, both) == 0
    assert report(central, two, too_much) == 3
    assert central.holder(seat) == (1, 1, None)
    assert central.holder(sold)[0] is None  # type: ignore[index]
    assert central.pool("G1") == {1: 4, 2: 2}
    found = central.store.all("SELECT facts FROM cases WHERE kind = 'recovery_conflict'")
    assert len(found) == 3
    assert all('"window":2' in str(row[0]) for row in found)


def test_a_window_that_finds_a_loss_starts_it(central: Central) -> None:
    life = guard.incarnation(central.store)
    recovering.notice(central.of(central.two), central.two)
    noticed = guard.incarnation(central.store)
    assert noticed != life
    with pytest.raises(CentralRecovering):
        take(central, central.one, seats=(central.seat(1, 5),))
    recovering.notice(central.of(central.one), central.one)
    assert guard.incarnation(central.store) == noticed, "one loss, one new life"
    assert guard.waiting_for(central.store) == ["1", "2"]
