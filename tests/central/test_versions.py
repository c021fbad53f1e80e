"""Window and central of different versions: who is too old is told, and nothing unsent is lost."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from boxoffice import bootstrap
from boxoffice.central import founding
from boxoffice.errors import CentralNewer, CentralOlder, CentralUnreachable
from boxoffice.records.migrations import VERSION, server
from boxoffice.sentences import english
from boxoffice.services.sharing import sync
from tests import venues
from tests.faults.acts import pay, rows, take
from tests.homes import AtWork
from tests.venues import Venue


def set_version(venue: Venue, version: int) -> None:
    """The central records as another program left them."""
    with venue.opened_whatever() as store, store.transaction():
        store.run("UPDATE meta SET value = ? WHERE key = 'version'", (str(version),))
        founding.hang_up(store, venues.SCHEMA, 1)


def left(work: AtWork) -> int:
    """Journal entries that central has not got."""
    chain = work.office.chain
    return work.office.read(lambda store: sync.unsent(store, chain.window, chain.epoch))


def at_central(venue: Venue, order: str) -> bool:
    """Whether an order is there."""
    with venue.opened() as central:
        return central.store.first("SELECT 1 FROM orders WHERE id = ?", (order,)) is not None


@pytest.mark.parametrize(
    ("version", "error", "words"),
    [
        (VERSION + 1, CentralNewer, "Update this program; nothing unsent is lost."),
        (VERSION - 1, CentralOlder, "`main.py central init`"),
    ],
)
def test_it_sells_what_it_holds_and_reports_after_the_upgrade(
    venue: Venue, version: int, error: type[CentralUnreachable], words: str
) -> None:
    home = venue.window("East")
    with venue.at_work(home) as work:
        basket = take(work, (1, 5))
        sync.push(work.office)
        set_version(venue, version)
        order = pay(work, basket).order_id  # its push finds the line broken
        with pytest.raises(error) as told:
            work.office.link.greet()
        assert words in english(told.value)
        assert left(work) > 0
        assert rows(work, "SELECT status FROM orders WHERE id = ?", order) == [("paid",)]
    with bootstrap.open_office(home) as office:
        bootstrap.recover(office)  # a start is a start, with or without central
        found = office.read(lambda store: store.first("SELECT count(*) FROM ticket"))
    assert found is not None
    assert found[0] > 0
    set_version(venue, VERSION)
    with venue.at_work(home) as work:
        sync.push(work.office)
        assert left(work) == 0
    assert at_central(venue, order)


def test_an_upgrade_under_windows_at_work_makes_them_look_again(
    venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = venue.window("East")
    with venue.at_work(home) as work:
        work.office.link.greet()
        basket = take(work, (1, 5))
        with venue.opened() as central, monkeypatch.context() as newer:
            step = SimpleNamespace(
                SHARED="CREATE TABLE fresh (id INTEGER PRIMARY KEY) STRICT;\n", CENTRAL=""
            )
            newer.setattr(server, "STEPS", (*server.STEPS, step))
            newer.setattr(server, "VERSION", VERSION + 1)
            founding.found(central.store, central.schema, central.root.public_key)
            assert server.version(central.store) == VERSION + 1
        order = pay(work, basket).order_id
        assert left(work) > 0, "nothing is written by a program that does not know the tables"
        with pytest.raises(CentralNewer):
            work.office.link.greet()
    assert order
