"""What central makes of a push: journal first, each order by itself, everything once (rule 12)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from boxoffice.central import guard, pushing, taking
from boxoffice.central.items import Credentials, Items, Page, PushedOrder
from boxoffice.domain.ids import new_id
from boxoffice.errors import CentralUnreachable, Fenced, ForkedJournal
from boxoffice.records import whole_order
from boxoffice.records.journal import FIRST, canonical, entry_hash
from tests.central.conftest import Central

Chain = tuple[int, str]
START: Chain = (0, FIRST)


def entry(
    who: Credentials, after: Chain, order: PushedOrder | None = None, act: str = "test"
) -> list[object]:
    """One journal entry that follows `after`."""
    about = (
        (whole_order.head(order.rows, "id"), whole_order.head(order.rows, "version"), order.digest)
        if order
        else (None, None, None)
    )
    at = "2025-09-27T04:00:00.000000Z"
    content = (who.window, who.epoch, after[0] + 1, at, None, None, act, *about)
    content = (*content, canonical({}), canonical([]), after[1])
    return [*content, entry_hash(content)]


def head(row: list[object]) -> Chain:
    return int(str(row[2])), str(row[-1])


def changed(central: Central, who: Credentials, number: str, at: int, buyer: str) -> PushedOrder:
    """A presold order as a window that took it pushes it, changed."""
    (rows,) = taking.take(central.of(who), who, new_id(), Items(orders=(central.order(number),)))
    base = whole_order.head(rows, "version")
    rows["orders"][0][whole_order.column(whole_order.Order, "version")] = base + 1
    rows["orders"][0][whole_order.column(whole_order.Order, "label")] = buyer
    return PushedOrder(base, at, whole_order.digest(rows), rows)


def buyer(central: Central, number: str) -> object:
    found = central.store.first("SELECT label FROM orders WHERE number = ?", (number,))
    assert found is not None
    return found[0]


def reviews(central: Central) -> list[str]:
    return [str(row[0]) for row in central.store.all("SELECT reason FROM review ORDER BY id")]


def holder(central: Central, number: str) -> object:
    found = central.store.first(
        "SELECT holder FROM custody_order WHERE order_id = ?", (central.order(number),)
    )
    assert found is not None
    return found[0]


def test_a_page_is_applied_and_its_order_returns_to_central(central: Central) -> None:
    order = changed(central, central.one, "TT0001", 1, "new")
    assert holder(central, "TT0001") == 1
    row = entry(central.one, START, order)
    ack = pushing.push(central.of(central.one), central.one, Page([row], [], [order]))
    assert (ack.number, ack.reviewed) == (1, ())
    assert buyer(central, "TT0001") == "new"
    assert holder(central, "TT0001") is None
    feed = central.store.all("SELECT order_id FROM feed ORDER BY id DESC LIMIT 1")
    assert feed == [(central.order("TT0001"),)]


def test_a_page_pushed_again_changes_nothing(central: Central) -> None:
    order = changed(central, central.one, "TT0001", 1, "new")
    page = Page([entry(central.one, START, order)], [], [order])
    first = pushing.push(central.of(central.one), central.one, page)
    taking.take(
        central.of(central.two), central.two, new_id(), Items(orders=(central.order("TT0001"),))
    )
    before = [central.store.all(f"SELECT * FROM {t}") for t in ("orders", "journal", "feed")]
    assert pushing.push(central.of(central.one), central.one, page) == first
    assert [central.store.all(f"SELECT * FROM {t}") for t in ("orders", "journal", "feed")] == (
        before
    )
    assert holder(central, "TT0001") == 2, "the window that has it by now keeps it"


def test_same_number_other_hash_is_a_fork(central: Central) -> None:
    pushing.push(central.of(central.one), central.one, Page([entry(central.one, START)], []))
    with pytest.raises(ForkedJournal) as forked:
        pushing.push(
            central.of(central.one), central.one, Page([entry(central.one, START, act="x")], [])
        )
    assert forked.value.fields == {"window": 1, "number": 1}


def test_a_gap_and_a_wrong_predecessor_are_refused(central: Central) -> None:
    for after in ((1, FIRST), (0, "f" * 64)):
        with pytest.raises(ForkedJournal):
            pushing.push(
                central.of(central.one), central.one, Page([entry(central.one, after)], [])
            )
    assert central.store.all("SELECT * FROM journal WHERE window_id = 1") == []


def test_known_entries_before_new_ones_are_compared_only(central: Central) -> None:
    first = entry(central.one, START)
    pushing.push(central.of(central.one), central.one, Page([first], []))
    second = entry(central.one, head(first))
    ack = pushing.push(central.of(central.one), central.one, Page([first, second], []))
    assert ack.number == 2
    assert central.store.all("SELECT number FROM journal WHERE window_id = 1") == [(1,), (2,)]


def one_more(order: PushedOrder, seat: int) -> PushedOrder:
    """The order with another ticket, for a seat of its session."""
    line, ticket = ([*order.rows[name][-1]] for name in ("order_line", "ticket"))
    for row, table, values in (
        (line, whole_order.OrderLine, {"id": "zl", "position": 99, "seat_id": seat}),
        (ticket, whole_order.Ticket, {"id": "zt", "line_id": "zl", "seat_id": seat}),
    ):
        for name, value in values.items():
            row[whole_order.column(table, name)] = value
    order.rows["order_line"].append(line)
    order.rows["ticket"].append(ticket)
    return replace(order, digest=whole_order.digest(order.rows))


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ("version", "started from version 7, central has 1"),
        ("digest", "its rows do not fit the journal"),
        ("custody", "the window does not hold this order"),
        ("seat", "a seat of it is not in the window's custody"),
        # A server sees to it by a trigger before the unique index does.
        ("table", "(?i)unique|a seat of it is not in the window's custody"),
        ("new", "started from version 3, central has none"),
    ],
    ids=("version", "digest", "custody", "seat", "table", "new"),
)
def test_what_fails_goes_to_review_and_blocks_nothing(
    central: Central, spoilt: str, reason: str
) -> None:
    bad = changed(central, central.one, "TT0001", 1, "bad")
    good = changed(central, central.one, "TT0002", 2, "good")
    if spoilt == "version":
        bad = replace(bad, base_version=7)
    elif spoilt == "digest":
        bad = replace(bad, digest="0" * 64)
    elif spoilt == "custody":
        with central.store.transaction():
            sql = "UPDATE custody_order SET holder = 2 WHERE order_id = ?"
            central.store.run(sql, (central.order("TT0001"),))
    elif spoilt == "seat":
        bad = one_more(bad, 40)
    elif spoilt == "table":
        bad = one_more(bad, central.seat(4, 1, "O1")[1])
    else:
        for rows in bad.rows.values():
            for row in rows:
                row[0] = "x" + str(row[0])
        bad = replace(bad, base_version=3)
    first = entry(central.one, START, bad)
    second = entry(central.one, head(first), good)
    before = central.store.all("SELECT * FROM orders WHERE number = 'TT0001'")
    ack = pushing.push(central.of(central.one), central.one, Page([first, second], [], [bad, good]))
    assert ack.number == 2
    assert ack.reviewed == (whole_order.head(bad.rows, "id"),)
    assert len(reviews(central)) == 1
    assert re.search(reason, reviews(central)[0])
    assert central.store.all("SELECT * FROM orders WHERE number = 'TT0001'") == before
    assert buyer(central, "TT0002") == "good"
    assert central.store.all("SELECT number FROM journal WHERE window_id = 1") == [(1,), (2,)]
    assert holder(central, "TT0001") == (2 if spoilt == "custody" else 1)


def test_rule_5_a_push_of_an_older_connection_or_epoch_is_refused(central: Central) -> None:
    page = Page([entry(central.one, START)], [])
    again = guard.hello(central.of(central.one), 1, 1).credentials
    with pytest.raises(CentralUnreachable):
        pushing.push(central.of(central.one), central.one, page)
    with pytest.raises(Fenced):
        pushing.push(central.of(again), replace(again, epoch=2), page)
    assert central.store.all("SELECT * FROM journal WHERE window_id = 1") == []


def test_rule_16_an_epoch_has_a_chain_of_its_own(central: Central) -> None:
    pushing.push(central.of(central.one), central.one, Page([entry(central.one, START)], []))
    with central.store.transaction():
        central.store.run("UPDATE ticket_window SET epoch = 2 WHERE id = 1")
    fresh = guard.hello(central.of(central.one), 1, 2)
    assert fresh.head == START
    new = entry(fresh.credentials, START)
    assert (
        pushing.push(central.of(fresh.credentials), fresh.credentials, Page([new], [])).number == 1
    )


def test_a_full_disk_at_central_is_no_reason_for_a_review(central: Central) -> None:
    """The whole page waits for room: nothing of it is set aside."""
    if central.store.shared:
        pytest.skip("a server's disk is filled in the rehearsal")
    order = changed(central, central.one, "TT0001", 1, "x" * 200_000)
    page = Page([entry(central.one, START, order)], [], [order])
    (pages,) = central.store.first("PRAGMA page_count") or (0,)
    central.store.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Exception, match="full"):
        pushing.push(central.of(central.one), central.one, page)
    central.store.execute(f"PRAGMA max_page_count = {pages + 1000}")
    assert reviews(central) == []
    assert pushing.push(central.of(central.one), central.one, page).reviewed == ()
    assert holder(central, "TT0001") is None


def test_shifts_of_a_clock_that_jumped_come_in_any_order(central: Central) -> None:
    """The shift that was opened later may have the earlier id: one is open at a time."""

    def shift(name: str, status: str) -> list[object]:
        return [name, 1, 1, "o", status, "x", "2025-09-27", 0, "CNY", None]

    first = entry(central.one, START)
    opened = Page([first], [], shifts=[shift("b", "open")])
    pushing.push(central.of(central.one), central.one, opened)
    both = [shift("a", "open"), shift("b", "closed")]
    pushing.push(
        central.of(central.one),
        central.one,
        Page([entry(central.one, head(first))], [], shifts=both),
    )
    rows = central.store.all("SELECT id, status FROM shift ORDER BY id")
    assert rows == [("a", "open"), ("b", "closed")]
