"""Numbers name window and epoch: no other window, and no later life of this one, has the same."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from boxoffice.central import fencing
from boxoffice.domain import short_codes
from boxoffice.domain.signing import CertifiedKey
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.services.sharing import epochs, sync
from boxoffice.settings import HomeKind
from tests import servers
from tests.faults.acts import rows, sell
from tests.homes import at_work
from tests.services.closes import close, drawer
from tests.windows import window_home

COUNTS = range(100)


def test_rule_16_numbers_name_window_and_epoch(tmp_path: Path) -> None:
    """Window 2 at work, fenced, and at work again in its second epoch."""
    database = servers.fresh_database()
    home = window_home(tmp_path, database, 2)
    for epoch, seat in ((1, 5), (2, 6)):
        with at_work(home) as work:
            assert work.office.chain.epoch == epoch
            sale = sell(work, (1, seat))
            close(work, drawer(work, work.desk.shift_id))
            sync.push(work.office)
            assert sale.number in {short_codes.order_number(2, epoch, n) for n in COUNTS}
            ((gateway,),) = rows(work, "SELECT number FROM attempt ORDER BY rowid DESC LIMIT 1")
            assert str(gateway).startswith(f"2-{epoch}-")
        with closing(servers.as_owner(database)) as central:
            fencing.fence(central, 2, operator="9001", reason="lost")
            fencing.new_epoch(central, CertifiedKey(2, epoch + 1, bytes([epoch]) * 32, b""))
            key = load_keys(home, HomeKind.TRAINING).raw("records")
            with closing(open_records(home.window_file, key, "WINDOW")) as store:
                epochs.begin_epoch(home, store, central, 2, epoch + 1)
    with closing(servers.as_owner(database)) as central:
        found = central.all("SELECT window_id, epoch, number FROM z_report ORDER BY 2")
        assert found == [(2, 1, 1), (2, 2, 1)], "Z numbers begin anew with each epoch"
