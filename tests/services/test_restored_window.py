"""A window's file put back from a copy, fenced, and at work again in a new epoch (rules 16, 17)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.central import fencing, freeing
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import CopiedRecords, NeedsApproval, RecordsBehind, SeatHeld, SeatTaken
from boxoffice.records import head_file
from boxoffice.records.file_store import open_records
from boxoffice.records.head_file import read_head_file, read_told
from boxoffice.records.keys import load_keys
from boxoffice.records.postgres import Address
from boxoffice.services.sales import holds
from boxoffice.services.setup import windows
from boxoffice.services.sharing import epochs, sync
from boxoffice.settings import Home, HomeKind
from boxoffice.verify.proof import prove
from tests import servers
from tests.faults.acts import DEAF, faulty, pay, rows, sell, take
from tests.homes import AtWork, at_work, small_home
from tests.services.closes import close, drawer, sign_on
from tests.venues import Venue
from tests.windows import window_home

BY = {"operator": "9001", "reason": "put back from a copy"}


def go_on(home: Home, database: str) -> None:
    """Fenced, and enrolled again: what `add-window --replace` and its file come to."""
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    with (
        closing(servers.as_owner(database)) as central,
        closing(open_records(home.window_file, key, "WINDOW")) as store,
    ):
        fencing.fence(central, 1, **BY)
        fencing.new_epoch(central, CertifiedKey(1, 2, bytes(32), b""))
        epochs.push_ended(store, central, 1, 1, complete=False)
        epochs.begin_epoch(home, store, central, 1, 2)


def broken(home: Home, database: str) -> tuple[object, ...]:
    central = Address(servers.database_url(database), servers.SCHEMA)
    with bootstrap.open_sides(home, central=central) as sides:
        return prove(sides).broken


@pytest.mark.parametrize("opened_again", [False, True])
def test_the_shift_goes_on_or_is_closed_as_central_knows(
    tmp_path: Path, opened_again: bool
) -> None:
    """Closed, and maybe another opened, in the part of the epoch that the old file lacks."""
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as work:
        sell(work, (1, 5))
    older = home.window_file.read_bytes()
    with at_work(home) as work:
        sell(work, (1, 6))
        close(work, drawer(work, work.desk.shift_id))
        if opened_again:
            lost = sell(sign_on(work, "1001", float_fen=10_000), (1, 7))
            assert lost.total_fen == 68_000
        sync.push(work.office)
    home.window_file.write_bytes(older)
    with pytest.raises(RecordsBehind), at_work(home):
        pass
    go_on(home, database)
    with at_work(home) as work:
        epochs_of = rows(work, "SELECT epoch, status FROM shift ORDER BY opened_at, id")
        if opened_again:
            assert epochs_of == [(1, "closed"), (1, "open")]
        else:
            assert epochs_of == [(1, "closed"), (2, "open")]
        with pytest.raises(SeatTaken):
            take(work, (1, 6))
        sell(work, (1, 8))
        due = drawer(work, work.desk.shift_id)
        assert due == (10_000 + 2 * 68_000 if opened_again else 50_000 + 68_000)
        close(work, due)
        sync.push(work.office)
        sync.pull(work.office)
        assert rows(work, "SELECT * FROM held_order") == []
    assert broken(home, database) == ()


def test_an_old_file_whose_journal_is_whole_is_found_out_by_its_custody(tmp_path: Path) -> None:
    """A basket was given back since the copy: no entry says so, and the seats were sold."""
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as work:
        basket = take(work, (1, 5))
    older = home.window_file.read_bytes()
    with at_work(home) as work:
        holds.abandon(office=work.office, desk=work.desk, basket=basket)
    home.window_file.write_bytes(older)
    home.head_file.unlink()
    with pytest.raises(CopiedRecords) as locked, at_work(home):
        pass
    assert locked.value.fields == {"window": 1, "why": "behind"}


def given_back(work: AtWork, basket: str) -> None:
    holds.abandon(office=work.office, desk=work.desk, basket=basket)


def taken(work: AtWork, basket: str) -> None:
    take(work, (1, 6))


def reported(work: AtWork, basket: str) -> None:
    sync.push(work.office)


@pytest.mark.parametrize("since", [given_back, taken, reported])
def test_an_old_file_with_the_same_journal_starts_locked_with_no_network(
    tmp_path: Path, since: Callable[[AtWork, str], None]
) -> None:
    """What was told to central since the copy stands in no journal entry."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        sync.push(work.office)
        basket = take(work, (1, 5))
        pay(faulty(work, *[DEAF] * 99), take(work, (1, 8)))
    older = home.window_file.read_bytes()
    head = read_head_file(home.head_file)
    with bootstrap.open_office(home) as office:
        since(AtWork(office, work.desk), basket)
    assert read_head_file(home.head_file) == head, "no entry tells of it"
    home.window_file.write_bytes(older)
    with bootstrap.open_office(home) as office, pytest.raises(CopiedRecords) as locked:
        office.require_unlocked()
    assert locked.value.fields == {"window": 1, "why": "older"}


def test_a_head_outside_that_lags_is_no_alarm_and_is_caught_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between a commit and the line outside that tells of it."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        older = read_told(home.head_file)
        with monkeypatch.context() as patch:
            patch.setattr(head_file, "write_told", lambda *_: None)
            take(work, (1, 5))
        assert read_told(home.head_file) == older
    with bootstrap.open_office(home) as office:
        office.require_unlocked()
        newest = office.read(head_file.told)
    assert read_told(home.head_file) == (1, newest)
    assert older != (1, newest)


def another_epoch(venue: Venue, home: Home) -> None:
    """Fenced, replaced, and enrolled where it stands."""
    out = venue.folder / "again.json"
    with venue.opened() as central:
        fencing.fence(central.store, 1, **BY)
        windows.replace_window(central, window="1", out=out)
    bootstrap.enrol_window(home, out, lambda *_: None)


def has_told_all(venue: Venue) -> bool:
    with venue.opened() as central:
        return fencing.epoch_row(central.store, 1, 1)[1] is not None


def test_a_copy_that_lacks_what_central_booked_does_not_tell_all(venue: Venue) -> None:
    """Put back with the head beside it; only the number of answers shows that it is an old one."""
    home = venue.window("East")
    with venue.at_work(home) as work:
        basket = take(work, (1, 5))
        sync.push(work.office)
    older = home.window_file.read_bytes(), home.head_file.read_bytes()
    with venue.at_work(home) as work:
        holds.abandon(office=work.office, desk=work.desk, basket=basket)
    home.window_file.write_bytes(older[0])
    home.head_file.write_bytes(older[1])
    another_epoch(venue, home)
    assert not has_told_all(venue)


def test_a_file_that_is_no_copy_tells_all(venue: Venue) -> None:
    home = venue.window("East")
    with venue.at_work(home) as work:
        given_back(work, take(work, (1, 5)))
        pay(faulty(work, *[DEAF] * 99), take(work, (1, 7)))
    another_epoch(venue, home)
    assert has_told_all(venue)


def test_an_old_copy_that_gets_a_new_epoch_does_not_tell_all(venue: Venue) -> None:
    """Its newest sale was reported by nobody, and only the head outside the file tells of it: what
    it held is freed by two persons only."""
    home = venue.window("East")
    with venue.at_work(home) as work:
        sell(work, (1, 5))
        basket = take(work, (1, 7))
        sync.push(work.office)
    older = home.window_file.read_bytes()
    with venue.at_work(home) as work:
        pay(faulty(work, *[DEAF] * 99), basket)
    home.window_file.write_bytes(older)
    another_epoch(venue, home)
    assert not has_told_all(venue)
    with venue.opened() as central, pytest.raises(NeedsApproval):
        freeing.free(central.store, 1, 1, **BY)
    with venue.at_work(home) as work:
        with pytest.raises(SeatHeld):
            take(work, (1, 7))
        sell(work, (1, 9))
