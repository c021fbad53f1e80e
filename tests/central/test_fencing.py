"""The end of an epoch, what becomes of what it held, and what is pushed later (rules 16 and 17)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from boxoffice.central import fencing, freeing, guard, pulling, pushing, taking
from boxoffice.central.freeing import Freed
from boxoffice.central.items import Credentials, Items, Page, ended_pool
from boxoffice.domain.ids import new_id
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import (
    EpochRuns,
    Fenced,
    NeedsApproval,
    ReasonMissing,
    SamePerson,
    SeatHeld,
    SeatTaken,
    WindowUnknown,
)
from boxoffice.records.journal import FIRST
from boxoffice.records.store import Store
from tests import servers
from tests.central.conftest import Central
from tests.central.test_pushing import START, changed, entry, head, holder, reviews

BY = {"operator": "2001", "reason": "the computer was stolen"}


def take(central: Central, who: Credentials, **wanted: object) -> None:
    taking.take(central.of(who), who, new_id(), Items(**wanted))  # type: ignore[arg-type]


def key(window: int, epoch: int) -> CertifiedKey:
    return CertifiedKey(window, epoch, bytes([epoch]) * 32, b"")


def ended(who: Credentials) -> Credentials:
    return replace(who, connection=0, ended=True)


def epoch(central: Central, window: int, number: int) -> tuple[object, object]:
    found = fencing.epoch_row(central.store, window, number)
    return found[0], found[1]


# --- fencing


def test_a_fenced_window_is_refused_and_what_it_held_stays_off_sale(central: Central) -> None:
    seat, session = central.seat(1, 5), central.session("G1")
    order = central.order("TT0001")
    take(central, central.one, seats=(seat,), places=((session, 2),), orders=(order,))
    take(central, central.one, claims=((session, "doc"),))
    assert fencing.fence(central.store, 1, **BY) == 1
    for act in (
        lambda: take(central, central.one, seats=(central.seat(1, 6),)),
        lambda: guard.hello(central.of(central.one), 1, 1),
        lambda: pushing.push(
            central.of(central.one), central.one, Page([entry(central.one, START)], [])
        ),
    ):
        with pytest.raises(Fenced):
            act()
    with pytest.raises(SeatHeld):
        take(central, central.two, seats=(seat,))
    assert central.holder(seat) == (1, 1, None)
    assert central.pool("G1") == {0: 4, ended_pool(1, 1): 2}
    assert central.pool("O2")[ended_pool(1, 1)] == 1
    left = fencing.held(central.store, 1, 1)
    assert (left.seats, left.places, left.orders) == ((seat,), ((session, 2),), (order,))
    assert left.claims == 1
    (facts,) = central.store.first(
        "SELECT facts FROM journal WHERE window_id = 0 AND act = 'fence'"
    ) or ("",)
    assert '"reason":"the computer was stolen"' in str(facts)
    assert epoch(central, 1, 1)[0] is not None
    assert fencing.fence(central.store, 1, **BY) == 1, "once more changes nothing"
    assert central.store.all("SELECT 1 FROM journal WHERE act = 'fence'") == [(1,)]
    with pytest.raises(WindowUnknown):
        fencing.fence(central.store, 9, **BY)


def test_a_new_epoch_waits_for_the_end_of_the_old_one(central: Central) -> None:
    seat = central.seat(1, 5)
    take(central, central.one, seats=(seat,))
    with pytest.raises(EpochRuns):
        fencing.new_epoch(central.store, key(1, 2))
    fencing.fence(central.store, 1, **BY)
    fencing.new_epoch(central.store, key(1, 2))
    with pytest.raises(Fenced):
        guard.hello(central.of(central.one), 1, 1)
    begun = guard.hello(central.of(central.one), 1, 2)
    assert (begun.head, begun.answers) == (START, 0)
    with pytest.raises(SeatHeld):
        take(central, begun.credentials, seats=(seat,))
    take(central, begun.credentials, seats=(central.seat(1, 6),))
    assert central.pool("O2")[1] == 1
    freed = freeing.free(central.store, 1, 1, **BY, approver="9001")
    assert freed == Freed(seats=1, places=0, orders=0, claims=0)
    assert central.holder(central.seat(1, 6)) == (1, 2, None), "the new epoch keeps its own"
    take(central, begun.credentials, seats=(seat,))
    assert central.holder(seat) == (1, 2, None)


def test_an_epoch_whose_enrolment_was_lost_is_ended_by_the_next_one(central: Central) -> None:
    """Killed between the new epoch and its file: nobody ever spoke under it."""
    fencing.fence(central.store, 1, **BY)
    fencing.new_epoch(central.store, key(1, 2))
    fencing.new_epoch(central.store, key(1, 3))
    assert epoch(central, 1, 2)[0] is not None
    guard.hello(central.of(central.one), 1, 3)
    with pytest.raises(EpochRuns):
        fencing.new_epoch(central.store, key(1, 4))
    fencing.fence(central.store, 1, **BY)
    with pytest.raises(ValueError, match="does not follow"):
        fencing.new_epoch(central.store, key(1, 7))


# --- freeing


def test_freeing_needs_the_file_or_a_second_person(central: Central) -> None:
    seat, other, session = central.seat(1, 5), central.seat(1, 6), central.session("G1")
    order = central.order("TT0001")
    take(central, central.one, seats=(seat, other), places=((session, 2),), orders=(order,))
    take(central, central.one, claims=((session, "doc"),))
    with pytest.raises(EpochRuns):
        freeing.free(central.store, 1, 1, **BY, approver="9001")
    fencing.fence(central.store, 1, **BY)
    for error, given in (
        (NeedsApproval, BY),
        (SamePerson, {**BY, "approver": "2001"}),
        (ReasonMissing, {**BY, "reason": " ", "approver": "9001"}),
    ):
        with pytest.raises(error):
            freeing.free(central.store, 1, 1, **given)
    assert fencing.held(central.store, 1, 1).seats == (seat, other)
    one = freeing.free(central.store, 1, 1, **BY, approver="9001", seats=[seat])
    assert one == Freed(1, 0, 0, 0)
    assert central.holder(seat) == (None, None, None)
    assert central.holder(other) == (1, 1, None)
    rest = freeing.free(central.store, 1, 1, **BY, approver="9001")
    assert rest == Freed(1, 2, 1, 1)
    assert not fencing.held(central.store, 1, 1)
    assert central.pool("G1") == {0: 6}
    assert 1 not in central.pool("O2")
    assert holder(central, "TT0001") is None
    noted = central.store.all(
        "SELECT session_id, seat_id, places, operator, approver FROM freed_seat ORDER BY places, 2"
    )
    assert sorted(noted) == sorted(
        [(*seat, 1, "2001", "9001"), (*other, 1, "2001", "9001"), (session, 0, 2, "2001", "9001")]
    )
    assert central.store.all("SELECT order_id FROM freed_order") == [(order,)]
    take(central, central.two, seats=(seat, other), places=((session, 6),), orders=(order,))
    take(central, central.two, claims=((session, "doc"),))
    assert freeing.free(central.store, 1, 1, **BY, approver="9001") == Freed(0, 0, 0, 0)


def test_the_maps_hear_what_was_freed(central: Central) -> None:
    seat = central.seat(1, 5)
    take(central, central.one, seats=(seat,))
    fencing.fence(central.store, 1, **BY)
    before = central.store.first("SELECT max(id) FROM feed")
    freeing.free(central.store, 1, 1, **BY, approver="9001")
    found = central.store.all(
        "SELECT a.window_id, a.kind, a.items FROM feed f JOIN answer a "
        "ON a.request_id = f.request_id WHERE f.id > ?",
        before or (0,),
    )
    assert [(row[0], row[1], Items.read(row[2]).seats) for row in found] == [(1, "give", (seat,))]
    (listed,) = pulling.group(central.store, "people_version")["freed_seat"]
    assert listed[1:3] == seat


def test_the_recovered_file_frees_without_a_second_person(central: Central) -> None:
    order = changed(central, central.one, "TT0001", 1, "late")
    take(central, central.one, seats=(central.seat(1, 5),))
    fencing.fence(central.store, 1, **BY)
    row = entry(central.one, START, order)
    with pytest.raises(Fenced):
        pushing.push(central.of(central.one), central.one, Page([row], [], [order]))
    who = ended(central.one)
    ack = pushing.push(central.of(who), who, Page([row], [], [order]))
    assert (ack.number, ack.reviewed) == (1, ())
    assert holder(central, "TT0001") is None
    assert not fencing.receive_all(central.of(who), who, 0, FIRST), "an older copy tells not all"
    with pytest.raises(NeedsApproval):
        freeing.free(central.store, 1, 1, **BY)
    assert fencing.receive_all(central.of(who), who, *head(row))
    assert freeing.free(central.store, 1, 1, **BY) == Freed(1, 0, 0, 0)
    assert central.store.all("SELECT 1 FROM freed_seat") == [], "nobody took a risk"
    assert central.holder(central.seat(1, 5)) == (None, None, None)


def test_what_a_fenced_window_pushes_is_stored_and_applies_where_it_still_may(
    central: Central,
) -> None:
    """Money happened; what was freed meanwhile goes to review (rule 17)."""
    kept = changed(central, central.one, "TT0001", 1, "kept")
    lost = changed(central, central.one, "TT0002", 2, "lost")
    fencing.fence(central.store, 1, **BY)
    fencing.new_epoch(central.store, key(1, 2))
    with central.store.transaction():
        sql = "UPDATE custody_order SET holder = NULL, epoch = NULL WHERE order_id = ?"
        central.store.run(sql, (central.order("TT0002"),))
    who = ended(central.one)
    first = entry(central.one, START, kept)
    second = entry(central.one, head(first), lost)
    ack = pushing.push(central.of(who), who, Page([first, second], [], [kept, lost]))
    assert ack.number == 2
    assert reviews(central) == ["the window does not hold this order"]
    labels = "SELECT number, label FROM orders WHERE number LIKE 'TT%' ORDER BY number"
    assert central.store.all(labels)[0] == ("TT0001", "kept")
    assert central.store.all(labels)[1][1] != "lost"
    assert fencing.receive_all(central.of(who), who, *head(second))
    # Its paper may be out: the sale that waits for review keeps what it is about.
    with central.store.transaction():
        sql = "UPDATE custody_order SET holder = 1, epoch = 1 WHERE order_id = ?"
        central.store.run(sql, (central.order("TT0002"),))
    with pytest.raises(NeedsApproval):
        freeing.free(central.store, 1, 1, **BY)


def test_only_an_ended_epoch_is_pushed_as_one(central: Central) -> None:
    who = ended(central.one)
    with pytest.raises(EpochRuns):
        pushing.push(central.of(who), who, Page([entry(central.one, START)], []))
    fencing.fence(central.store, 1, **BY)
    with pytest.raises(EpochRuns):
        pushing.push(central.of(who), replace(who, epoch=2), Page([entry(central.one, START)], []))


def test_a_late_push_draws_on_the_places_of_its_epoch(central: Central) -> None:
    """Not on those the same window has by now under a new one."""
    session = central.session("G1")
    take(central, central.one, places=((session, 2),))
    fencing.fence(central.store, 1, **BY)
    fencing.new_epoch(central.store, key(1, 2))
    again = guard.hello(central.of(central.one), 1, 2).credentials
    take(central, again, places=((session, 1),))
    assert central.pool("G1") == {0: 3, 1: 1, ended_pool(1, 1): 2}
    assert (central.one.pool, ended(central.one).pool, again.pool) == (1, ended_pool(1, 1), 1)


# --- on a server, with a supervisor's own rights, and at the same time


@contextmanager
def supervisor(central: Central) -> Iterator[Store]:
    """The central records as somebody sees them who may fence and free, and no more."""
    (database,) = central.store.first("SELECT current_database()") or ("",)
    name = f"boss_{database}"
    servers.administer(f"CREATE ROLE {name} LOGIN PASSWORD '{servers.PASSWORD}'")
    servers.administer(f"GRANT {servers.SCHEMA}_supervisor TO {name}")
    url = servers.database_url(str(database), 1).replace(f"{servers.SCHEMA}_w1", name)
    with closing(servers.connect(servers.Address(url, servers.SCHEMA))) as store:
        yield store


@pytest.mark.parametrize("central", ["server"], indirect=True)
def test_a_supervisor_fences_and_frees_and_writes_central_s_journal_only(central: Central) -> None:
    seat, session = central.seat(1, 5), central.session("G1")
    order = central.order("TT0001")
    take(central, central.one, seats=(seat,), places=((session, 2),), orders=(order,))
    with supervisor(central) as store:
        assert fencing.fence(store, 1, **BY) == 1
        with pytest.raises(NeedsApproval):
            freeing.free(store, 1, 1, **BY)
        with pytest.raises(Exception, match="nothing is freed"), store.transaction():
            store.run(
                "SELECT free_seats(1, 1, ?::bigint[], '{}', '2001', '', 'x')", ([list(seat)],)
            )
        assert freeing.free(store, 1, 1, **BY, approver="9001") == Freed(1, 2, 1, 0)
        for forbidden in (
            "UPDATE custody_seat SET holder = NULL",
            "UPDATE ticket_window SET fenced = 0",
            "INSERT INTO journal SELECT 2, 1, 1, at, operator_id, shift_id, act, order_id, "
            "order_version, order_digest, facts, postings, repeat('0', 64), hash FROM journal "
            "LIMIT 1",
            "SELECT guard_ended(1)",
            "SELECT verifier FROM pin",
        ):
            with pytest.raises(Exception, match=r"permission|policy"), store.transaction():
                store.run(forbidden)
    for forbidden in ("SELECT fence(2, 'x')", "SELECT free_claims(1, 1, 'a', 'b', 'c')"):
        with (
            pytest.raises(Exception, match="permission"),
            central.of(central.two).transaction(),
        ):
            central.of(central.two).run(forbidden)


@pytest.mark.parametrize("central", ["server"], indirect=True)
def test_a_fence_waits_for_a_push_in_flight_or_beats_it(central: Central) -> None:
    """Two connections: what central has told the window is done is done, or refused (rule 5)."""
    one, boss = central.of(central.one), central.store
    # Each connection is one thread's: what is asked for is known before.
    kept, late_seat = central.seat(1, 5), central.seat(1, 7)
    with one.transaction():
        guard.check(one, central.one)
        fenced = threading.Thread(target=lambda: fencing.fence(boss, 1, **BY))
        fenced.start()
        one.run(
            "UPDATE custody_seat SET holder = 1, epoch = 1 WHERE session_id = ? AND seat_id = ?",
            kept,
        )
        fenced.join(0.3)
        assert fenced.is_alive(), "it waits until the window has its answer"
    fenced.join(5)
    assert not fenced.is_alive()
    assert central.holder(kept) == (1, 1, None)
    with pytest.raises(Fenced):
        take(central, central.one, seats=(central.seat(1, 6),))
    # The other way round: the fence is under way when the push comes.
    with boss.transaction():
        boss.first("SELECT fence(2, 'lost')")
        refused: list[Exception] = []

        def late() -> None:
            try:
                take(central, central.two, seats=(late_seat,))
            except Fenced as error:
                refused.append(error)

        push = threading.Thread(target=late)
        push.start()
        push.join(0.3)
        assert push.is_alive()
    push.join(5)
    assert len(refused) == 1
    with pytest.raises((Fenced, SeatTaken)):
        take(central, central.two, seats=(late_seat,))
    assert central.holder(late_seat) == (None, None, None)
