"""Central on two servers: the standby has every commit before a window hears of it (rule 18)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from boxoffice import bootstrap
from boxoffice.central import guard, rights, taking
from boxoffice.central.items import Items
from boxoffice.domain.ids import new_id
from boxoffice.errors import CentralUnreachable
from boxoffice.records.postgres import Address, PostgresStore, connect
from boxoffice.rehearsal.standby import StandbyPair
from boxoffice.services.keeper import Keeper
from boxoffice.services.sharing import custody, sync
from boxoffice.settings import Home
from boxoffice.verify.proof import prove
from tests import servers
from tests.faults.acts import rows, sell
from tests.homes import AtWork, at_work
from tests.lines import until
from tests.windows import home_at

SEATS = [(row, number) for row in range(1, 4) for number in range(1, 11)]
BEFORE, AFTER = 4, 8
"""Sales of each window before the primary is killed, and in all."""
PATIENCE = 60.0


@contextmanager
def two_servers() -> Iterator[StandbyPair]:
    """A primary with its standby, the small catalogue, windows 1 and 2."""
    with TemporaryDirectory(prefix="boxoffice-pair-") as folder:
        Path(folder).chmod(0o755)  # the servers are another user's where we are root
        made = StandbyPair(Path(folder))
        try:
            made.make()
            servers.fill(made.primary.address())
            yield made
        finally:
            made.discard()


@pytest.fixture(scope="module")
def pair() -> Iterator[StandbyPair]:
    """For tests that leave both servers as they were; each as another window."""
    with two_servers() as made:
        yield made


@contextmanager
def windows(pair: StandbyPair, folder: Path) -> Iterator[tuple[AtWork, AtWork]]:
    """Both windows as at the venue: threads of their own, and a keeper each."""
    with ExitStack() as ending:
        works = []
        for number in (1, 2):
            home = home_at(folder / str(number), pair.address_for(), number)
            works.append(ending.enter_context(at_work(home, threaded=True)))
            keeper = Keeper(works[-1].office)
            ending.callback(keeper.close)
            keeper.start()
        yield works[0], works[1]


def sell_all(
    work: AtWork, seats: list[tuple[int, int]], half: threading.Barrier
) -> tuple[list[str], int]:
    """Numbers of the orders sold, one seat after the other, whatever the line does meanwhile; and
    how often central was out of reach."""
    sold: list[str] = []
    broken = 0
    for seat in seats:
        if len(sold) == BEFORE:
            half.wait(PATIENCE)
        while True:
            try:
                sold.append(str(sell(work, seat).number))
                break
            except CentralUnreachable:
                # As a clerk does who tries again when the band is gone.
                broken += 1
                until(work, lambda: work.office.link.lost is None, PATIENCE)
    return sold, broken


def test_rule_18_nothing_acknowledged_is_lost_with_the_primary(tmp_path: Path) -> None:
    with two_servers() as pair:
        homes = lose_the_primary(pair, tmp_path)
        proved(pair, homes)


def lose_the_primary(pair: StandbyPair, folder: Path) -> list[Home]:
    """Both windows sell while it dies; the standby is promoted, and nobody touches a window."""
    half = threading.Barrier(3)
    with windows(pair, folder) as works, ThreadPoolExecutor(2) as clerks:
        life = incarnation(pair.primary.address())
        selling: list[Future[tuple[list[str], int]]] = [
            clerks.submit(sell_all, work, SEATS[n::2][:AFTER], half) for n, work in enumerate(works)
        ]
        half.wait(PATIENCE)
        pair.primary.kill()
        told = [work.office.writing.call(sync.acknowledged) for work in works]
        pair.standby.promote()
        sold = [done.result(PATIENCE)[0] for done in selling]
        assert any(done.result()[1] for done in selling), "nobody noticed"
        for work, numbers in zip(works, sold, strict=True):
            assert len(numbers) == AFTER
            until(work, lambda work=work: unsent(work) == 0, PATIENCE)
        homes = [work.office.home for work in works]
    with closing(connect(pair.standby.address())) as central:
        kept = {str(row[0]) for row in central.all("SELECT number FROM orders")}
        assert kept >= {*sold[0], *sold[1]}
        heads = dict(central.all("SELECT window_id, number FROM chain_head WHERE window_id > 0"))
        assert all(heads[n] >= before for n, before in enumerate(told, start=1))
    # Had an answer been lost, it would be another life, in which every window reports first.
    assert incarnation(pair.standby.address()) == life
    return homes


def incarnation(address: Address) -> str:
    with closing(connect(address)) as store:
        assert not store.first(*guard.GRANTING)
        return guard.incarnation(store)


def unsent(work: AtWork) -> int:
    return work.office.read(lambda store: sync.unsent(store, work.desk.window, work.desk.epoch))


def proved(pair: StandbyPair, homes: list[Home]) -> None:
    with bootstrap.open_sides(*homes, central=pair.standby.address()) as sides:
        assert prove(sides).broken == ()


# --- a wait for the standby that was cancelled


def test_rule_18_a_cancelled_wait_for_the_standby_is_an_unknown_result(pair: StandbyPair) -> None:
    """Committed here, not there: the window hears of a broken line, and asks."""
    with closing(as_window(pair, 2)) as store, ThreadPoolExecutor(1) as clerk:
        who = guard.hello(store, 2, 1).credentials
        with closing(connect(pair.primary.address())) as owner:
            seat = free_seat(owner)
            pair.standby.kill()
            request = new_id()
            items = Items(seats=(seat,))
            # In one statement; with BEGIN and COMMIT it is what a push does (below).
            asked = clerk.submit(taking.take, store, who, request, items)
            cancel_wait(owner, 2)
            with pytest.raises(CentralUnreachable, match=r"synchronous"):
                asked.result(PATIENCE)
            pushed = clerk.submit(taking.give, store, who, new_id(), items)
            cancel_wait(owner, 2)
            with pytest.raises(CentralUnreachable, match=r"synchronous"):
                pushed.result(PATIENCE)
            found = owner.all("SELECT kind FROM answer WHERE window_id = 2 ORDER BY number")
            assert found == [("take",), ("give",)], "it had happened"
            pair.standby.start()
            assert taking.granted(store, who, [request]) == {request}


def test_rule_18_a_window_asks_about_what_it_does_not_know(
    pair: StandbyPair, tmp_path: Path
) -> None:
    home = home_at(tmp_path, pair.address_for(), 1)
    with at_work(home) as work, closing(connect(pair.primary.address())) as owner:
        sync.push(work.office)
        pair.standby.kill()
        with ThreadPoolExecutor(1) as admin:
            cancelled = admin.submit(cancel_wait, owner, 1)
            with pytest.raises(CentralUnreachable):
                sell(work, (1, 5))
            cancelled.result(PATIENCE)
        pair.standby.start()
        assert rows(work, "SELECT 1 FROM request WHERE status = 'asked'")
        custody.settle(work.office)
        assert not rows(work, "SELECT 1 FROM request WHERE status = 'asked'")
        sync.push(work.office)
        held = owner.all("SELECT 1 FROM custody_seat WHERE holder = 1")
        assert len(held) == len(rows(work, "SELECT 1 FROM held_seat"))


def as_window(pair: StandbyPair, window: int) -> PostgresStore:
    role = rights.window_role(servers.SCHEMA, window)
    return connect(Address(pair.address_for(), servers.SCHEMA, role, servers.PASSWORD))


def free_seat(owner: PostgresStore) -> tuple[int, int]:
    found = owner.first(
        "SELECT session_id, seat_id FROM custody_seat WHERE holder IS NULL AND order_id IS NULL"
    )
    assert found is not None
    return int(found[0]), int(found[1])


def cancel_wait(owner: PostgresStore, window: int) -> None:
    """Cancel the wait of a window for the standby, as soon as it waits."""
    never = threading.Event()
    for _ in range(2000):
        for (pid,) in owner.all(
            "SELECT pid FROM pg_stat_activity WHERE usename = ? AND wait_event = 'SyncRep'",
            (rights.window_role(servers.SCHEMA, window),),
        ):
            owner.all("SELECT pg_cancel_backend(?)", (pid,))
            return
        never.wait(0.01)
    raise AssertionError("nobody waited for the standby")
