"""A central that was restored or failed over, as its windows live through it (rule 18)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from boxoffice.central import guard, recovering
from boxoffice.errors import CentralRecovering, CentralUnreachable
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.records.meta import read_fact, write_fact
from boxoffice.records.store import Store
from boxoffice.services.sales import holds
from boxoffice.services.sharing import following, restoring, sync
from boxoffice.settings import Home, HomeKind
from tests import servers
from tests.faults.acts import broken, hand_over, pay, rows, sell, take, tickets_of
from tests.homes import AtWork, at_work, small_home
from tests.windows import two_windows


def _central(home: Home) -> Store:
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    return open_records(home.central_file, key, "CENTRAL")


class Restorable:
    """Central of some windows, with a backup that can be put in its place."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind = folder, kind
        self.ending = ExitStack()
        self.windows: list[AtWork] = []

    def open(self) -> list[AtWork]:
        if self.kind == "file":
            home = small_home(self.folder)
            self.windows = [self.ending.enter_context(at_work(home))]
        else:
            self.windows = list(self.ending.enter_context(two_windows(self.folder)))
        return self.windows

    @property
    def _database(self) -> str:
        return self.windows[0].office.settings.central.rsplit("/", 1)[1]

    def _hang_up(self) -> None:
        for work in self.windows:
            work.office.link.lane.drop()
            work.office.link._hello = None

    def backup(self) -> None:
        self._hang_up()
        if self.kind == "file":
            home = self.windows[0].office.home
            shutil.copy(home.central_file, self.folder / "backup.db")
        else:
            servers.administer(f"CREATE DATABASE {self._database}b TEMPLATE {self._database}")

    def restore(self) -> None:
        self._hang_up()
        if self.kind == "file":
            home = self.windows[0].office.home
            for end in ("-wal", "-shm"):
                Path(f"{home.central_file}{end}").unlink(missing_ok=True)
            shutil.copy(self.folder / "backup.db", home.central_file)
        else:
            servers.administer(f"DROP DATABASE {self._database}")
            servers.administer(f"CREATE DATABASE {self._database} TEMPLATE {self._database}b")

    def central(self) -> Store:
        if self.kind == "file":
            return _central(self.windows[0].office.home)
        return servers.as_owner(self._database)


@pytest.fixture(params=["file", "server"])
def restorable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Restorable]:
    found = Restorable(tmp_path, request.param)
    with found.ending:
        found.open()
        yield found


def test_what_central_lost_is_pushed_again_and_custody_told(restorable: Restorable) -> None:
    one, *others = restorable.windows
    passed = take(one, (1, 4))
    given_back = take(one, (1, 8))
    restorable.backup()
    sold = sell(one, (1, 5))
    order, (ticket, _) = tickets_of(one, "TT0001")
    hand_over(one, order, [ticket])
    held = take(one, (1, 6))
    pay(one, passed)
    holds.abandon(office=one.office, desk=one.desk, basket=given_back)
    if others:
        sell(others[0], (2, 5))
        taken = take(others[0], (1, 8))
    restorable.restore()
    if others:
        with pytest.raises(CentralRecovering) as waits:
            take(one, (1, 7))
        assert waits.value.fields["windows"] == "2"
        # The other one has nothing to wait for; then both have.
        sync.pull(others[0].office)
        with pytest.raises(CentralRecovering) as waits:
            take(others[0], (1, 7))
        assert waits.value.fields["windows"] == "1"
    sync.push(one.office)
    sync.pull(one.office)
    basket = take(one, (1, 7))
    with closing(restorable.central()) as central:
        for found in (sold.order_id, passed):
            assert central.first("SELECT status FROM orders WHERE id = ?", (found,)) == ("paid",)
        assert central.first("SELECT ticket_id FROM hand_over WHERE order_id = ?", (order,)) == (
            ticket,
        )
        holders = dict(
            central.all(
                "SELECT seat_id, holder FROM custody_seat WHERE session_id = ? "
                "AND holder IS NOT NULL",
                (one.session("O2"),),
            )
        )
        expected = {one.seat(1, 6): 1, one.seat(1, 7): 1}
        if others:
            expected[one.seat(1, 8)] = 2
        assert holders == expected
        assert central.all("SELECT reason FROM review") == []
        assert central.all("SELECT facts FROM cases WHERE kind = 'recovery_conflict'") == []
        assert central.first("SELECT value FROM meta WHERE key = ?", (guard.RECOVERING,)) is None
    for found in (held, basket):
        pay(one, found)
    if others:
        pay(others[0], taken)
    else:
        assert broken(one) == ()
    for work in restorable.windows:
        assert rows(work, "SELECT * FROM held_order") == []
        assert rows(work, "SELECT id FROM request WHERE status IN ('asked', 'giving')") == []


def test_rule_18_what_was_lost_is_there_before_anything_is_granted(restorable: Restorable) -> None:
    """Nobody reports by hand here: the greeting alone does it."""
    one, *others = restorable.windows
    restorable.backup()
    sold = sell(one, (1, 5))
    restorable.restore()
    _greet_all([one, *others] * 3)
    with closing(restorable.central()) as central:
        assert central.first("SELECT status FROM orders WHERE id = ?", (sold.order_id,)) == (
            "paid",
        )
        assert central.first("SELECT value FROM meta WHERE key = ?", (guard.RECOVERING,)) is None
    take(one, (1, 6))


def test_declared_by_hand_where_no_number_shows_it(restorable: Restorable) -> None:
    """A standby took over and nobody's own numbers went back."""
    one, *others = restorable.windows
    held = take(one, (1, 5))
    with closing(restorable.central()) as central:
        recovering.declare(central, operator="9001", reason="failed over")
    restorable._hang_up()
    if others:
        with pytest.raises(CentralRecovering):
            take(one, (1, 6))
        sync.pull(others[0].office)
    take(one, (1, 6))
    pay(one, held)
    if not others:
        assert broken(one) == ()


def _greet_all(windows: list[AtWork]) -> None:
    """As far as each comes."""
    for work in windows:
        work.office.link._hello = None
        with suppress(CentralUnreachable):
            sync.pull(work.office)


def test_a_report_that_breaks_off_at_any_step_is_made_again(
    restorable: Restorable, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, *others = restorable.windows
    restorable.backup()
    sold = sell(one, (1, 5))
    held = take(one, (1, 6))
    restorable.restore()

    def breaks(*_: object) -> None:
        raise CentralUnreachable(why="cut")

    for step in ("notice", "let_go", "require_all_let_go", "claim", "reported"):
        with monkeypatch.context() as patch:
            patch.setattr(recovering, step, breaks)
            with pytest.raises(CentralUnreachable):
                take(one, (1, 7))
            if step == "claim":
                _greet_all(others)
    _greet_all(others)
    take(one, (1, 7))
    pay(one, held)
    with closing(restorable.central()) as central:
        assert central.first("SELECT status FROM orders WHERE id = ?", (sold.order_id,)) == (
            "paid",
        )
    if not others:
        assert broken(one) == ()


@pytest.mark.parametrize(
    ("was", "begins"),
    [("50:900", "50:900"), ("70:100", "60:40"), ("60:41", "60:40"), ("0:7", "0:7")],
)
def test_the_feed_is_read_again_from_where_it_was_written_anew(
    restorable: Restorable, was: str, begins: str
) -> None:
    def read(store: Store) -> str:
        write_fact(store, following.CURSOR, was)
        restoring._read_again(store, "60:40")
        return read_fact(store, following.CURSOR, "")

    assert restorable.windows[0].office.write(read) == begins
