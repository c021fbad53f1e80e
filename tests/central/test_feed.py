"""The feed on a server: what commits late is missed by no pull (rule 13)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from boxoffice import clock
from boxoffice.central import pulling, taking
from boxoffice.central.items import Cursor, Items, News, SeatNow
from boxoffice.domain.ids import new_id
from boxoffice.records.postgres import PostgresStore
from tests import servers
from tests.central.conftest import Central
from tests.homes import NOON

CHANGE = "UPDATE orders SET version = version + 1 WHERE number = ?"


@pytest.fixture
def lines() -> Iterator[tuple[PostgresStore, PostgresStore, PostgresStore]]:
    """Two that write, as central's owner, and window 2, which reads."""
    clock.use(lambda: NOON)
    database = servers.fresh_database()
    with (
        closing(servers.as_owner(database)) as slow,
        closing(servers.as_owner(database)) as quick,
        closing(servers.as_window(database, 2)) as reader,
    ):
        yield slow, quick, reader


def news(reader: PostgresStore, since: News | Cursor, limit: int = 100) -> News:
    if isinstance(since, News):
        return pulling.news(reader, 2, since.cursor, limit, since.ahead)
    return pulling.news(reader, 2, since, limit)


def numbers(reader: PostgresStore, found: News) -> list[str]:
    """The orders that the lines name."""
    return [
        str(row[0])
        for line in found.lines
        for row in reader.all("SELECT number FROM orders WHERE id = ?", (line.order_id,))
    ]


def test_rule_13_what_commits_out_of_order_is_missed_by_no_pull(
    lines: tuple[PostgresStore, PostgresStore, PostgresStore],
) -> None:
    slow, quick, reader = lines
    seen = news(reader, (0, 0))
    with slow.transaction():
        slow.run(CHANGE, ("TT0001",))  # it has its transaction number before the other
        with quick.transaction():
            quick.run(CHANGE, ("TT0002",))
        between = news(reader, seen)
        assert numbers(reader, between) == ["TT0002"], "a slow one holds nothing visible back"
        assert between.cursor == seen.cursor, "and keeps the cursor before itself"
        assert news(reader, between).lines == [], "what was read is not read again"
    after = news(reader, between)
    assert numbers(reader, after) == ["TT0001"]
    assert after.cursor > seen.cursor
    assert not after.ahead
    assert news(reader, after).lines == []


def test_who_follows_the_line_numbers_alone_would_miss_it(
    lines: tuple[PostgresStore, PostgresStore, PostgresStore],
) -> None:
    """Why the feed carries transactions: here a higher line is read before a lower one exists."""
    slow, quick, reader = lines
    last = reader.first("SELECT max(id) FROM feed")
    with slow.transaction():
        slow.run(CHANGE, ("TT0001",))
        with quick.transaction():
            quick.run(CHANGE, ("TT0002",))
        highest = reader.first("SELECT max(id) FROM feed")
    assert last is not None
    assert highest is not None
    missed = reader.all("SELECT id FROM feed WHERE id > ? AND id < ?", (last[0], highest[0]))
    assert missed, "the slow one's line has the lower number"


def test_many_lines_behind_a_slow_transaction_are_all_read(
    lines: tuple[PostgresStore, PostgresStore, PostgresStore],
) -> None:
    slow, quick, reader = lines
    seen = news(reader, (0, 0))
    with slow.transaction():
        slow.run(CHANGE, ("TT0001",))
        for _ in range(7):
            with quick.transaction():
                quick.run(CHANGE, ("TT0002",))
        found = []
        while True:
            seen = news(reader, seen, limit=3)
            found += seen.lines
            if not seen.more:
                break
        assert len(found) == 7
        assert len({line.place for line in found}) == 7
    assert numbers(reader, news(reader, seen, limit=3)) == ["TT0001"]


def test_rule_13_no_window_keeps_a_transaction_open_for_long(
    lines: tuple[PostgresStore, PostgresStore, PostgresStore],
) -> None:
    """An open one holds the cursors of all windows back: the server ends it."""
    reader = lines[2]
    assert reader.first("SHOW idle_in_transaction_session_timeout") == ("10s",)


@pytest.mark.parametrize("central", ["server"], indirect=True)
def test_rule_14_no_write_hints(central: Central) -> None:
    """A hint inside the write would keep all writes waiting for each other."""
    one, two = central.of(central.one), central.of(central.two)
    assert isinstance(two, PostgresStore)
    assert isinstance(one, PostgresStore)
    two.listen("boxoffice_news")
    items = Items(seats=(central.seat(1, 5),), orders=(central.order("TT0001"),))
    taking.take(one, central.one, new_id(), items)
    taking.give(one, central.one, new_id(), items)
    with central.store.transaction():
        central.store.run(CHANGE, ("TT0002",))
    two.first("SELECT 1")
    assert not two.heard()
    one.tell("boxoffice_news")
    two.first("SELECT 1")
    assert two.heard(), "what is hinted at is heard"


def test_a_seat_is_told_as_it_stands_when_its_line_is_read(central: Central) -> None:
    here, seat = central.of(central.one), central.seat(1, 5)
    start = pulling.news(here, 1, (0, 0), 100)
    two = central.of(central.two)
    told = []
    for act in (taking.take, taking.give, taking.take):
        act(two, central.two, new_id(), Items(seats=(seat,)))
        found = pulling.news(here, 1, start.cursor, 100)
        told.append(pulling.read(here, 1, found.lines, []).seats)
    held, free = SeatNow(*seat, 2, 1), SeatNow(*seat, 0, 0)
    assert told == [[held], [free], [held]], "once, however many lines name it"


def test_whoever_begins_finds_a_place_in_the_feed_and_all_orders_once(central: Central) -> None:
    here = central.of(central.one)
    cursor, count = pulling.start(here)
    assert pulling.news(here, 1, cursor, 100).lines == []
    ids = []
    while part := pulling.orders_after(here, ids[-1] if ids else "", 1):
        ids += [rows["orders"][0][0] for rows in part]
    assert len(ids) == len(set(ids)) == count == 2
    sold = {(taken.session, taken.seat) for taken in pulling.taken_seats(here)}
    assert central.seat(1, 1, "O1") in sold
