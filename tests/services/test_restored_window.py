"""A window's file put back from a copy, fenced, and at work again in a new epoch (rules 16, 17)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.central import fencing
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import CopiedRecords, RecordsBehind, SeatTaken
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.records.meta import write_fact
from boxoffice.records.postgres import Address
from boxoffice.services.sales import holds
from boxoffice.services.setup import enrolment
from boxoffice.services.sharing import epochs, sync
from boxoffice.settings import Home, HomeKind
from boxoffice.verify.proof import prove
from tests import servers
from tests.faults.acts import rows, sell, take
from tests.homes import at_work
from tests.services.closes import close, drawer, sign_on
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
        epochs.push_ended(store, central, 1, 1)
        with store.transaction():
            enrolment.forget_custody(store)
            write_fact(store, "epoch", "2")
            write_fact(store, "pushed_number", "0")
    home.head_file.unlink()


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
    with pytest.raises(CopiedRecords) as locked, at_work(home):
        pass
    assert locked.value.fields == {"window": 1, "why": "behind"}
