"""Epochs that ended: what a window still reports, and what becomes of what it held (rule 17)."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.central import fencing, freeing
from boxoffice.errors import (
    EpochRuns,
    Fenced,
    RecordsBehind,
    SeatHeld,
    SeatTaken,
)
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.records.store import Store
from boxoffice.services.sharing import epochs, sync
from boxoffice.services.supervising import supervision
from boxoffice.settings import Home, HomeKind
from tests import servers
from tests.faults.acts import (
    DEAF,
    broken,
    faulty,
    hand_over,
    pay,
    rows,
    sell,
    take,
    tickets_of,
)
from tests.homes import AtWork, at_work, small_home
from tests.windows import two_windows, window_home

BY = {"operator": "9001", "reason": "lost"}


def owner(database: str) -> Store:
    return servers.as_owner(database)


def test_a_fenced_window_reports_and_its_successor_goes_on(tmp_path: Path) -> None:
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with closing(owner(database)) as central, at_work(home) as work:
        held = take(work, (1, 8))
        off = faulty(work, *[DEAF] * 99)
        sold = pay(off, held)
        order, tickets = tickets_of(work, "TT0001")
        fencing.fence(central, 1, **BY)
        for act in (lambda: take(work, (1, 9)), lambda: hand_over(work, order, tickets)):
            with pytest.raises(Fenced):
                act()
        with pytest.raises(Fenced):
            sync.push(work.office)
        with pytest.raises(EpochRuns):
            epochs.push_ended(_writing_store(work), central, 1, 2)
        with pytest.raises(Fenced):
            bootstrap.recover(work.office)
        assert central.first("SELECT status FROM orders WHERE id = ?", (sold.order_id,)) == (
            "paid",
        )
        assert fencing.epoch_row(central, 1, 1)[1] is not None, "central has all of it"
        assert not fencing.held(central, 1, 1).seats
        with pytest.raises(Fenced):
            take(work, (1, 9))


def _writing_store(work: AtWork) -> Store:
    return work.office.writing.call(lambda store: store)


def test_a_sale_of_a_seat_that_was_freed_goes_to_review_and_its_money_is_kept(
    tmp_path: Path,
) -> None:
    with two_windows(tmp_path) as (one, two):
        basket = take(one, (1, 5))
        take(one, (1, 6))
        off = faulty(one, *[DEAF] * 99)
        pay(off, basket)
        database = one.office.settings.central.rsplit("/", 1)[1]
        with closing(owner(database)) as central:
            fencing.fence(central, 1, **BY)
            with pytest.raises(SeatHeld):
                take(two, (1, 5))
            freed = freeing.free(central, 1, 1, **BY, approver="2001")
            assert freed.seats == 2
            sell(two, (1, 5))
            epochs.hear_end(one.office, Fenced(window=1))
            assert len(central.all("SELECT reason FROM review")) == 1
            money = central.first(
                "SELECT sum(amount_fen) FROM posting WHERE window_id = 1 AND account = ?",
                ("cash:drawer",),
            )
            assert money is not None
            assert money[0] > 50_000
            assert central.first(
                "SELECT count(*) FROM ticket WHERE seat_id = ? AND session_id = ? AND live = 1",
                (two.seat(1, 5), two.session("O2")),
            ) == (1,)
        sync.pull(two.office)
        assert rows(two, "SELECT count(*) FROM freed_seat") == [(2,)]


def test_the_recovered_disk_is_received_by_command(tmp_path: Path) -> None:
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as work:
        basket = take(work, (1, 5))
        take(work, (1, 6))
        pay(faulty(work, *[DEAF] * 99), basket)
    backup = Home(Path(shutil.copytree(home.path, tmp_path / "disk")))
    with closing(owner(database)) as central:
        with pytest.raises(EpochRuns):
            supervision.receive(central, backup)
        fencing.fence(central, 1, **BY)
        window, epoch, entries, complete = supervision.receive(central, backup)
        assert (window, epoch, complete) == (1, 1, True)
        assert central.first("SELECT max(number) FROM journal WHERE window_id = 1") == (entries,)
        assert supervision.receive(central, backup) == (window, epoch, entries, True)
        assert central.all("SELECT reason FROM review") == []
        number, _, freed = supervision.free_held(central, "1", **BY, seats=["O2:1-1-6"])
        assert (number, freed.seats) == (1, 1)
        assert not fencing.held(central, 1, 1)


def test_an_old_copy_of_the_disk_does_not_tell_all(tmp_path: Path) -> None:
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as work:
        backup = home.window_file.read_bytes()
        take(work, (1, 6))
        pay(faulty(work, *[DEAF] * 99), take(work, (1, 5)))
    home.window_file.write_bytes(backup)
    with closing(owner(database)) as central:
        fencing.fence(central, 1, **BY)
        assert supervision.receive(central, home)[3] is False, "the head outside is ahead of it"
        assert fencing.epoch_row(central, 1, 1)[1] is None


STEPS = ("fence", "push_ended", "new_epoch", "replace_keys", "begin_epoch")


@pytest.mark.parametrize("killed_at", [None, *STEPS])
def test_a_window_with_its_own_central_begins_anew_after_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_at: str | None
) -> None:
    """Killed before any step of the new epoch, doing it again ends well."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        sell(work, (1, 5))
        take(work, (1, 9))
    older = {file: file.read_bytes() for file in (home.window_file, home.central_file)}
    with at_work(home) as work:
        sell(work, (1, 6))
    for file, content in older.items():
        file.write_bytes(content)
    with pytest.raises(RecordsBehind), at_work(home):
        pass
    if killed_at:

        def killed(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        owners = {"fence": fencing, "new_epoch": fencing, "replace_keys": supervision}
        with monkeypatch.context() as patch:
            patch.setattr(owners.get(killed_at, epochs), killed_at, killed)
            with pytest.raises(KeyboardInterrupt):
                supervision.begin_anew(home, **BY)
        with pytest.raises((RecordsBehind, Fenced)), at_work(home):
            pass
    window, epoch = supervision.begin_anew(home, **BY)
    assert window == 1
    assert epoch >= 2
    with at_work(home) as work:
        assert work.office.chain.epoch == epoch
        with pytest.raises(SeatHeld):
            take(work, (1, 9))
        with closing(_central(home)) as central:
            assert freeing.free(central, 1, 1, **BY, approver="2001").seats == 1
        take(work, (1, 9))
        with pytest.raises(SeatTaken):
            take(work, (1, 5))
        sell(work, (1, 10))
        assert broken(work) == ()


def _central(home: Home) -> Store:
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    return open_records(home.central_file, key, "CENTRAL")


def test_a_payment_that_was_left_open_is_a_case(tmp_path: Path) -> None:
    """Only a supervisor settles what an ended epoch was in the middle of."""
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as work:
        off = faulty(work, *[DEAF] * 99)
        sold = pay(off, take(work, (1, 5)))
        work.office.write(
            lambda store: store.run(
                "UPDATE attempt SET status = 'sent', ended_at = NULL WHERE order_id = ?",
                (sold.order_id,),
            )
        )
    with closing(owner(database)) as central:
        fencing.fence(central, 1, **BY)
        supervision.receive(central, home)
        assert central.all("SELECT kind, key FROM cases") == [("attempt_left", sold.order_id)]
        assert central.all("SELECT reason FROM review") == []
