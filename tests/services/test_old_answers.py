"""An older file that lacks only what was answered goes on, and nothing happens twice (rule 16).

A window's file is kept after every commit of an act. Each of these files is put back in turn, with
the head beside it that tells all: it starts locked, or whatever can be done with it off line and
on line does no harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest

from boxoffice import bootstrap
from boxoffice.central.allotting import Plan
from boxoffice.errors import BoxOfficeError, CopiedRecords, RecordsBehind
from boxoffice.lanes import Lane
from boxoffice.records.postgres import Address
from boxoffice.records.store import Store
from boxoffice.services.sales import holds
from boxoffice.services.sharing import allotments, sync
from boxoffice.settings import Home
from boxoffice.verify.proof import prove
from tests import servers
from tests.faults.acts import hand_over, pay, rows, sell, take, tickets_of
from tests.homes import AtWork, at_work
from tests.lines import cut_off
from tests.services.allotted import allot, seats_of, wish
from tests.services.return_acts import lines, supervisor, void
from tests.windows import window_home

T = TypeVar("T")
File = tuple[bytes, bytes]
SEATS = (1, 2, 5)
"""Of row 1: two that an allotment has, and one."""
THERE = (
    "SELECT session_id, seat_id, '' FROM custody_seat WHERE holder = 1 "
    "UNION ALL SELECT 0, 0, order_id FROM custody_order WHERE holder = 1 ORDER BY 1, 2, 3"
)
HERE = (
    "SELECT session_id, seat_id, '' FROM held_seat "
    "UNION ALL SELECT session_id, seat_id, '' FROM allotted_seat "
    "UNION ALL SELECT 0, 0, order_id FROM held_order ORDER BY 1, 2, 3"
)


def file_of(home: Home) -> File:
    """The window's file as it stands, with its log."""
    log = home.window_file.with_name("window.db-wal")
    return home.window_file.read_bytes(), log.read_bytes() if log.exists() else b""


def put_back(home: Home, file: File) -> None:
    """In the place of the newest one; the head beside it stays."""
    home.window_file.write_bytes(file[0])
    home.window_file.with_name("window.db-wal").write_bytes(file[1])
    home.window_file.with_name("window.db-shm").unlink(missing_ok=True)


class Watched(Lane[Store]):
    """The write lane of an office; the file is kept whenever a commit made it another one."""

    def __init__(self, lane: Lane[Store], home: Home) -> None:
        super().__init__(lane.name, lane.another, Store.close, threaded=False)
        self._lane, self._home = lane, home
        self.files = [file_of(home)]

    def call(self, work: Callable[[Store], T]) -> T:
        answer = self._lane.call(work)
        file = file_of(self._home)
        if file != self.files[-1]:
            self.files.append(file)
        return answer


@dataclass
class Done:
    """What people had: who has a seat, paper, money back. Nobody twice."""

    seats: Counter[tuple[int, int]] = field(default_factory=Counter)
    once: Counter[tuple[str, str]] = field(default_factory=Counter)

    def sell(self, work: AtWork, number: int) -> None:
        """A seat of row 1, for cash."""
        with suppress(BoxOfficeError):
            sell(work, (1, number))
            self._sold(work.session("O2"), work.seat(1, number))

    def pay(self, work: AtWork, basket: str) -> None:
        """What a basket has."""
        places = rows(work, "SELECT session_id, seat_id FROM order_line WHERE order_id = ?", basket)
        with suppress(BoxOfficeError):
            pay(work, basket)
            for session, seat in places:
                self._sold(session, seat)

    def _sold(self, session: int, seat: int) -> None:
        self.seats[session, seat] += 1
        assert self.seats[session, seat] == 1, "a seat sold twice"

    def hand_over(self, work: AtWork, order: str, ticket: str) -> None:
        """Paper, for an order of the presale."""
        with suppress(BoxOfficeError):
            hand_over(work, order, [ticket])
            self._first("paper", ticket)

    def void(self, work: AtWork, order: str) -> None:
        """Money back, and the seat free again."""
        sold = lines(work, order)
        places = rows(work, "SELECT session_id, seat_id FROM order_line WHERE order_id = ?", order)
        with suppress(BoxOfficeError):
            void(work, order, sold, approval=supervisor(work, "void"))
            self._first("money back", order)
            self.seats.subtract(places)

    def _first(self, kind: str, what: str) -> None:
        self.once[kind, what] += 1
        assert self.once[kind, what] == 1, f"{kind} twice"

    def everything(self, work: AtWork) -> None:
        """All that can be done with what a window has."""
        sold = "SELECT id FROM orders WHERE version > 0 AND channel = 'window' AND status = 'paid'"
        for (order,) in rows(work, sold):
            self.void(work, str(order))
        for (basket,) in rows(work, "SELECT id FROM orders WHERE version = 0 AND status = 'open'"):
            self.pay(work, str(basket))
        for number in SEATS:
            self.sell(work, number)
        waiting = "SELECT order_id, id FROM ticket WHERE session_id = ? AND live = 1 ORDER BY id"
        for order, ticket in rows(work, waiting, work.session("O1")):
            self.hand_over(work, str(order), str(ticket))


@dataclass(frozen=True)
class Case:
    """What both windows did before, and the act of window 1 whose files are kept."""

    before: Callable[[AtWork, str], object]
    act: Callable[[AtWork, Done], object]


def nothing(work: AtWork, database: str) -> None:
    pass


def basket_of_one(work: AtWork, database: str) -> None:
    take(work, (1, 5))


def wished_ahead(work: AtWork, database: str) -> None:
    wish(work, seats_of(2), database)


def pairs_too_many(work: AtWork, database: str) -> None:
    allot(work, seats_of(2), database)
    wish(work, seats_of(0), database)


def orders_ahead(work: AtWork, database: str) -> None:
    allot(work, Plan("1", "O1", orders=2), database)


def orders_too_many(work: AtWork, database: str) -> None:
    orders_ahead(work, database)
    wish(work, Plan("1", "O1", orders=0), database)


def takes(work: AtWork, done: Done) -> None:
    take(work, (1, 5))


def gives(work: AtWork, done: Done) -> None:
    (basket,) = rows(work, "SELECT id FROM orders WHERE version = 0")[0]
    holds.abandon(office=work.office, desk=work.desk, basket=str(basket))


def keeps(work: AtWork, done: Done) -> None:
    allotments.keep(work.office)


def sells(work: AtWork, done: Done) -> None:
    done.sell(work, 5)


def hands_over(work: AtWork, done: Done) -> None:
    order, tickets = tickets_of(work, "TT0001")
    done.hand_over(work, order, tickets[0])


CASES = {
    "the grant of a take": Case(nothing, takes),
    "the answer to a give": Case(basket_of_one, gives),
    "the answer to a give of what was ahead": Case(pairs_too_many, keeps),
    "the answer to a give of orders": Case(orders_too_many, keeps),
    "the grant of seats ahead": Case(wished_ahead, keeps),
    "the acknowledgement of a sale": Case(nothing, sells),
    "the acknowledgement of a hand-over": Case(nothing, hands_over),
    "the acknowledgement of a hand-over ahead": Case(orders_ahead, hands_over),
}


def played(folder: Path, case: Case, back: int) -> bool:
    """Window 1 acts and its file of so many commits before is put back, while window 2 goes on with
    all it can get; answers whether that file started unlocked."""
    database, done = servers.fresh_database(), Done()
    home = window_home(folder / "1", database, 1)
    with at_work(home) as work:
        case.before(work, database)
        watched = Watched(work.office.writing, home)
        case.act(AtWork(replace(work.office, writing=watched), work.desk), done)
        assert len(watched.files) > back
        older = watched.files[-1 - back]
    with at_work(window_home(folder / "2", database, 2)) as other:
        done.everything(other)
        sync.push(other.office)
    put_back(home, older)
    try:
        with cut_off(database), at_work(home) as work:
            done.everything(work)
    except (CopiedRecords, RecordsBehind):
        return False
    with at_work(home) as work:
        done.everything(work)
        sync.push(work.office)
        sync.pull(work.office)
    central = Address(servers.database_url(database), servers.SCHEMA)
    with bootstrap.open_sides(home, Home(folder / "2" / "home"), central=central) as sides:
        assert prove(sides).broken == ()
        there = sides.central.store
        assert there.all("SELECT reason FROM review") == []
        assert there.all(THERE) == sides.windows[0].store.all(HERE), "what is held by one is known"
    assert done.seats
    assert done.once
    return True


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_lacks_only_an_answer_does_no_harm(tmp_path: Path, name: str) -> None:
    back = 1
    while played(tmp_path / str(back), CASES[name], back):
        back += 1
    assert back > 1, "that file is no old one"
