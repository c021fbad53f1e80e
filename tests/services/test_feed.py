"""Following the feed at a window: seats elsewhere, orders of others, and all of it at first."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from boxoffice import bootstrap, clock
from boxoffice.central import pulling
from boxoffice.errors import CentralUnreachable
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.services.sales import holds
from boxoffice.services.sharing import following, sync
from boxoffice.settings import Home
from tests import servers
from tests.faults.acts import pay, rows, take, tickets_of
from tests.homes import NOON, AtWork
from tests.many_orders import make_orders
from tests.windows import window_home


def elsewhere(work: AtWork) -> list[tuple[int, int]]:
    return rows(work, "SELECT seat_id, window_id FROM elsewhere_seat ORDER BY seat_id")


def test_a_seat_that_was_taken_and_sold_between_two_pulls_is_nowhere_else(
    both: tuple[AtWork, AtWork],
) -> None:
    one, two = both
    pay(one, take(one, (1, 5)))
    basket = take(one, (1, 6))
    sync.pull(two.office)
    assert elsewhere(two) == [(one.seat(1, 6), 1)]
    holds.abandon(office=one.office, desk=one.desk, basket=basket)
    sync.pull(two.office)
    assert elsewhere(two) == []


def test_what_came_once_does_not_come_again(both: tuple[AtWork, AtWork]) -> None:
    one, two = both
    pay(one, take(one, (1, 5)))
    assert sync.pull(two.office) == 1
    assert sync.pull(two.office) == 0
    assert sync.pull(one.office) == 0, "one's own orders are not sent back"


def test_rule_13_a_late_commit_reaches_the_window(both: tuple[AtWork, AtWork]) -> None:
    one, two = both
    database = str(two.office.settings.central).rpartition("/")[2]
    late, _ = tickets_of(two, "TT0002")
    label = "SELECT label FROM orders WHERE id = ?"
    with closing(servers.as_owner(database)) as slow:
        with slow.transaction():
            slow.run("UPDATE orders SET version = 2, label = 'late' WHERE id = ?", (late,))
            basket = take(one, (1, 5))
            pay(one, basket)
            assert sync.pull(two.office) == 1, "what is there comes at once"
            assert sync.pull(two.office) == 0
        assert rows(two, label, late) == [("",)]
    assert sync.pull(two.office) == 1
    assert rows(two, label, late) == [("late",)]


# --- a window that begins late in a tournament


def begun(folder: Path, database: str) -> Home:
    """Window 2 as a program knows it that never asked central for anything."""
    home = window_home(folder, database, 2)
    with bootstrap.open_office(home) as office:
        office.write(_forget_all)
    return home


def _forget_all(store: Store) -> None:
    store.run("DELETE FROM meta WHERE key LIKE 'feed%' OR key LIKE 'fetched%'")
    store.run("DELETE FROM meta WHERE key LIKE '%_version'")
    store.run("PRAGMA defer_foreign_keys = 1")
    for name in ("payment", "hand_over", "refund", "ticket", "order_line", "orders"):
        for (trigger,) in store.all(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (name,)
        ):
            store.run(f"DROP TRIGGER {trigger}")
        store.run(f"DELETE FROM {name}")


def count(office: Office, sql: str) -> int:
    found = office.read(lambda store: store.first(sql))
    assert found is not None
    return int(found[0])


def test_a_new_window_can_sell_before_it_has_all_orders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.use(lambda: NOON)
    monkeypatch.setattr(following, "ORDERS_A_FETCH", 40)
    monkeypatch.setattr(following, "ORDERS_A_WRITE", 15)
    database = servers.fresh_database()
    with closing(servers.as_owner(database)) as store:
        session = store.first("SELECT id FROM session WHERE code = 'G1'")
        assert session is not None
        make_orders(store, int(session[0]), 100)
    seen: list[tuple[int, int]] = []
    with bootstrap.open_office(begun(tmp_path, database)) as office:
        assert count(office, "SELECT count(*) FROM orders") == 0
        following.begin(office)
        assert count(office, "SELECT count(*) FROM session") == 3
        taken = "SELECT count(*) FROM elsewhere_seat"
        assert count(office, taken) == 3, "what is sold is not free, though its order is not here"
        first = following.pull_page(office, progress=lambda *at: seen.append(at))
        assert first == following.Pulled(40, more=True)
        assert office.read(following.fetched) == (40, 102)
        with monkeypatch.context() as patch:
            patch.setattr(pulling, "orders_after", _cut)
            with pytest.raises(CentralUnreachable):
                following.pull(office)
    with bootstrap.open_office(Home(tmp_path / "home")) as office:
        assert office.read(following.fetched) == (40, 102), "it goes on where it was"
        following.pull(office, progress=lambda *at: seen.append(at))
        assert count(office, "SELECT count(*) FROM orders") == 102
        assert count(office, taken) == 0
        assert office.read(following.fetched) is None
        assert seen == [(40, 102), (80, 102), (102, 102)]
        assert following.pull(office) == 0
        assert count(office, "SELECT count(DISTINCT order_id) FROM search_spot") == 102


def _cut(*_: object) -> None:
    raise CentralUnreachable(why="cut")


def test_what_changes_while_the_orders_are_fetched_is_read_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.use(lambda: NOON)
    monkeypatch.setattr(following, "ORDERS_A_FETCH", 1)
    database = servers.fresh_database()
    change = "UPDATE orders SET version = version + 1, label = 'later' WHERE number = 'TT0001'"
    with (
        bootstrap.open_office(begun(tmp_path, database)) as office,
        closing(servers.as_owner(database)) as owner,
    ):
        following.pull_page(office)
        with owner.transaction():
            owner.run(change)
        following.pull(office)
        found = office.read(
            lambda store: store.all("SELECT number, label FROM orders ORDER BY number")
        )
        assert found == [("TT0001", "later"), ("TT0002", "")]
