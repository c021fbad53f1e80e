"""Central on a server and any number of windows are proved together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.records.postgres import Address
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from boxoffice.verify.proof import Proof, prove
from main import main
from tests import servers
from tests.faults.acts import pay, take
from tests.homes import at_work
from tests.windows import window_home

Venue = tuple[Address, tuple[Home, Home]]


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    """Two windows that sold a seat each, in step with central."""
    database = servers.fresh_database()
    homes = tuple(window_home(tmp_path / str(n), database, n) for n in (1, 2))
    for seat, home in enumerate(homes, start=5):
        with at_work(home) as work:
            pay(work, take(work, (1, seat)))
            sync.pull(work.office)
    return Address(servers.database_url(database), servers.SCHEMA), (homes[0], homes[1])


def proof(venue: Venue) -> Proof:
    central, homes = venue
    with bootstrap.open_sides(*homes, central=central) as sides:
        return prove(sides)


def test_windows_in_step_hold_every_rule(venue: Venue) -> None:
    found = proof(venue)
    assert found.broken == ()
    assert found.checked["tickets"] == 5
    assert found.checked["search"] > 0


def test_central_alone_and_a_window_by_its_own_login(
    venue: Venue, capsys: pytest.CaptureFixture[str]
) -> None:
    central, homes = venue
    assert main(["verify", "--central", central.url, "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert (alone["checked"]["tickets"], alone["checked"]["search"]) == (5, 0)
    assert main(["verify", "--home", str(homes[1].path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["checked"]["tickets"] == 5


@pytest.mark.parametrize(
    ("statement", "rule", "named"),
    [
        ("DELETE FROM posting WHERE window_id = 2", "postings", "posting 2/1/1"),
        ("UPDATE journal SET facts = '{\"x\": 1}' WHERE window_id = 2 AND number = 2", "chains",
         "journal 2/1/2"),
        ("UPDATE custody_seat SET order_id = NULL WHERE order_id IS NOT NULL", "custody",
         "session O1 seat"),
        ("UPDATE custody_seat SET holder = 2, epoch = 1 WHERE (session_id, seat_id) IN (SELECT "
         "session_id, seat_id FROM custody_seat WHERE holder IS NULL AND order_id IS NULL LIMIT 1)",
         "custody", "window 2: seat"),
        ("UPDATE pool SET places = places + 1 WHERE holder = -1", "capacity", "session"),
        ("UPDATE orders SET total_fen = 1 WHERE number = 'TT0001'", "payments", "order TT0001"),
        ("UPDATE price SET amount_fen = 1 WHERE id = 1", "catalogue", "price 1"),
    ],
)  # fmt: skip
def test_damage_at_a_server_is_named(venue: Venue, statement: str, rule: str, named: str) -> None:
    with (
        bootstrap.closing(servers.as_owner(venue[0].url.rsplit("/", 1)[1])) as store,
        store.transaction(),
    ):
        store.run("SET LOCAL session_replication_role = replica")
        for table, trigger in store.all(
            "SELECT event_object_table, trigger_name FROM information_schema.triggers "
            "WHERE trigger_schema = 'boxoffice' GROUP BY 1, 2"
        ):
            store.run(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        assert store.run(statement)
    found = [f for f in proof(venue).broken if f.rule == rule and named in f.record]
    assert found, proof(venue).broken
