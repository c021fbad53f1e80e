"""A window's whole folder put back from a copy, with no network to tell (rule 16).

The head beside the file went back with it, but this computer keeps another, and counts starts. Only
where it lost that, too, a copy cannot be told from the real thing before central is reached:
docs/central.md says what that means and what to do.
"""

from __future__ import annotations

import shutil
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.central import fencing
from boxoffice.errors import CopiedRecords, ForkedJournal, RecordsBehind
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.records.postgres import Address
from boxoffice.services import machine
from boxoffice.services.sharing import forks, sync
from boxoffice.settings import HomeKind
from boxoffice.verify.proof import prove
from tests import servers
from tests.faults.acts import rows, sell, take
from tests.homes import AtWork, at_work
from tests.lines import cut_off
from tests.services.allotted import ahead, allot, seats_of
from tests.windows import window_home

SOLD = (
    "SELECT t.order_id FROM ticket t JOIN seat p ON p.id = t.seat_id JOIN session s "
    "ON s.id = t.session_id WHERE t.live = 1 AND s.code = 'O2' AND p.row = '1' AND p.number = '1'"
)


class Put:
    """A window with seats ahead that carries a mark, and a copy of its folder."""

    def __init__(self, folder: Path) -> None:
        self.database = servers.fresh_database()
        self.home = window_home(folder / "1", self.database, 1)
        self.backup = folder / "backup"
        with at_work(self.home) as work:
            work.office.writing.call(lambda store: machine.mark(store, self.home))
            allot(work, seats_of(1), self.database)
            assert (1, 1) in ahead(work)
            sync.push(work.office)

    @contextmanager
    def copied(self):
        """At work, in the start in which the copy was made."""
        with at_work(self.home) as work:
            shutil.copytree(self.home.path, self.backup)
            yield work

    def back(self) -> None:
        shutil.rmtree(self.home.path)
        shutil.copytree(self.backup, self.home.path)

    def forget(self) -> None:
        """What this computer remembers of its homes is gone."""
        for name in ("homes", "heads"):
            shutil.rmtree(self.home.path.parent.parent / "this-computer" / name)

    def off_line(self) -> str:
        """Started without network, the same seat sold; answers the order."""
        with cut_off(self.database), at_work(self.home) as work:
            return self.sold(work)

    def sold(self, work: AtWork) -> str:
        order = sell(work, (1, 1)).order_id
        assert rows(work, SOLD) == [(order,)]
        return order

    def central(self, sql: str) -> list[tuple[object, ...]]:
        with closing(servers.as_owner(self.database)) as store:
            return store.all(sql)

    def take_in(self) -> None:
        """What `central fence` and `central receive` come to."""
        key = load_keys(self.home, HomeKind.TRAINING).raw("records")
        with (
            closing(servers.as_owner(self.database)) as central,
            closing(open_records(self.home.window_file, key, "WINDOW")) as store,
        ):
            fencing.fence(central, 1, operator="9001", reason="put back from a copy")
            fork = forks.found(store, central, 1, 1)
            assert fork is not None
            forks.report(store, central, 1, fork)

    def proved(self) -> bool:
        central = Address(servers.database_url(self.database), servers.SCHEMA)
        with bootstrap.open_sides(central=central) as sides:
            return prove(sides).broken == ()


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    monkeypatch.setenv(machine.FOLDER, str(tmp_path / "this-computer"))
    return Put(tmp_path)


def test_a_start_since_the_copy_shows_with_no_network(put: Put) -> None:
    with put.copied():
        pass
    with at_work(put.home):
        pass
    put.back()
    with pytest.raises(CopiedRecords) as locked:
        put.off_line()
    assert locked.value.fields == {"window": 1, "why": "older"}


def test_a_copy_of_the_same_start_is_locked_off_line_too(put: Put) -> None:
    """The folder brought its own head along; what this computer keeps is ahead of it."""
    with put.copied() as work:
        first = put.sold(work)
        sync.push(work.office)
    put.back()
    with pytest.raises(RecordsBehind):
        put.off_line()
    assert put.central(SOLD) == [(first,)]
    assert put.proved()


def test_what_was_only_asked_for_since_the_copy_locks_it_too(put: Put) -> None:
    """No entry tells of a basket: the line of custody does."""
    with put.copied() as work:
        take(work, (2, 1))
    put.back()
    with pytest.raises(CopiedRecords):
        put.off_line()


def test_what_was_sold_off_line_since_the_copy_locks_it_too(put: Put) -> None:
    """Only paper has it by now: nobody may sell that seat before a supervisor has looked."""
    with put.copied() as work, cut_off(put.database):
        put.sold(work)
    put.back()
    with pytest.raises(RecordsBehind):
        put.off_line()
    assert put.central(SOLD) == []


def test_a_computer_that_forgot_leaves_it_to_central(put: Put) -> None:
    """There are two papers for one seat. Central knows one sale, and gets the other to review."""
    with put.copied() as work:
        first = put.sold(work)
        sync.push(work.office)
    put.back()
    put.forget()
    second = put.off_line()
    assert first != second
    for _ in range(2):
        with pytest.raises((RecordsBehind, ForkedJournal)), at_work(put.home):
            pass
    assert put.central(SOLD) == [(first,)]
    put.take_in()
    assert put.central(SOLD) == [(first,)]
    assert put.central("SELECT order_id FROM review") == [(second,)]
    assert put.central("SELECT count(*) FROM cases WHERE kind = 'forked_journal'") == [(1,)]
    assert put.proved()
