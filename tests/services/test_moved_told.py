"""A session that moves to another time is told to its customers: all of them, once, after a crash
too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.notices.kinds import Kind
from boxoffice.notices.render import words
from boxoffice.services.telling import contacts, moved
from boxoffice.services.telling.outbox import Outbox
from tests.faults.acts import rows, sell
from tests.homes import AtWork, at_work, small_home
from tests.services.test_outbox import Carrier

LATER = clock.from_text("2025-09-27T10:00:00.000000Z")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    """A window that sends text messages and has seen its sessions."""
    with at_work(small_home(tmp_path)) as found:
        office = replace(found.office, senders={Carrier().channel: Carrier()})
        Outbox(office).go()
        yield AtWork(office, found.desk)


def sold(work: AtWork, *seats: tuple[int, int]) -> str:
    order = sell(work, *seats).order_id
    contacts.note(
        office=work.office, desk=work.desk, order_id=order, language="en", phone="13800000000"
    )
    return order


def move(work: AtWork, starts_at: str, session: str = "O2") -> None:
    """As a pulled catalogue brings it."""
    assert work.office.write(
        lambda store: store.run(
            "UPDATE session SET starts_at = ? WHERE code = ?", (starts_at, session)
        )
    )


def told(work: AtWork) -> list[str]:
    """Orders of which a notice lies in the outbox."""
    return [str(row[0]) for row in rows(work, "SELECT order_id FROM notice ORDER BY order_id")]


def known(work: AtWork) -> str:
    found = rows(
        work,
        "SELECT t.starts_at FROM session_told t JOIN session s ON s.id = t.session_id "
        "WHERE s.code = 'O2'",
    )
    return str(found[0][0])


def test_all_are_told_once(work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moved, "ORDERS_AT_ONCE", 2)
    orders = sorted(sold(work, (2, seat)) for seat in range(1, 6))
    before = known(work)
    moved.follow(work.office)
    assert told(work) == []
    new = clock.to_text(LATER)
    move(work, new)
    for count in (2, 4, 5):
        moved.follow(work.office)
        assert told(work) == orders[:count]
    assert known(work) == new
    moved.follow(work.office)
    assert told(work) == orders
    kind, facts = rows(work, "SELECT kind, facts FROM notice LIMIT 1")[0]
    said = json.loads(str(facts))
    assert (kind, said["starts_at"], said["new_starts_at"]) == (Kind.SESSION_MOVED, before, new)
    assert "was moved from" in words(Kind.SESSION_MOVED, said, "en").text


def test_moved_again_while_it_is_told(work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moved, "ORDERS_AT_ONCE", 1)
    orders = sorted(sold(work, (2, seat)) for seat in (1, 2))
    move(work, clock.to_text(LATER))
    moved.follow(work.office)
    assert told(work) == orders[:1]
    newest = clock.to_text(LATER + timedelta(hours=1))
    move(work, newest)
    for _ in range(3):
        moved.follow(work.office)
    assert told(work) == [orders[0], *orders]
    assert known(work) == newest


def test_who_has_no_ticket_any_more_and_what_is_past_is_not_told(work: AtWork) -> None:
    sold(work, (2, 1))
    move(work, clock.to_text(clock.now() - timedelta(minutes=1)))
    moved.follow(work.office)
    assert told(work) == []
    move(work, clock.to_text(LATER), session="G1")
    moved.follow(work.office)
    assert told(work) == []


def test_a_window_that_sends_nothing_tells_nobody_later(work: AtWork) -> None:
    sold(work, (2, 1))
    move(work, clock.to_text(LATER))
    moved.follow(replace(work.office, senders={}))
    moved.follow(work.office)
    assert told(work) == []
    assert known(work) == clock.to_text(LATER)


def heard(work: AtWork, order: str) -> list[tuple[str, str]]:
    """From when to when, as the customer of an order was told, the first first."""
    found = rows(work, "SELECT facts FROM notice WHERE order_id = ? ORDER BY id", order)
    told = [json.loads(str(facts)) for (facts,) in found]
    return [(one["starts_at"], one["new_starts_at"]) for one in told]


def test_there_and_back_and_there_again_is_told_three_times(work: AtWork) -> None:
    order, before, new = sold(work, (2, 1)), known(work), clock.to_text(LATER)
    for there in (new, before, new):
        move(work, there)
        moved.follow(work.office)
        moved.follow(work.office)
    assert heard(work, order) == [(before, new), (new, before), (before, new)]


def test_back_again_while_it_is_told_is_told_to_those_who_heard(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moved, "ORDERS_AT_ONCE", 1)
    first, second = sorted(sold(work, (2, seat)) for seat in (1, 2))
    before, new = known(work), clock.to_text(LATER)
    move(work, new)
    moved.follow(work.office)
    move(work, before)
    for _ in range(4):
        moved.follow(work.office)
    assert heard(work, first) == [(before, new), (new, before)]
    assert heard(work, second) == [], "they never heard that it moved"
    move(work, new)
    for _ in range(4):
        moved.follow(work.office)
    assert heard(work, second) == [(before, new)]


def test_moved_on_while_it_is_told_begins_where_each_customer_is(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moved, "ORDERS_AT_ONCE", 1)
    first, second = sorted(sold(work, (2, seat)) for seat in (1, 2))
    before, new = known(work), clock.to_text(LATER)
    newest = clock.to_text(LATER + timedelta(hours=1))
    move(work, new)
    moved.follow(work.office)
    move(work, newest)
    for _ in range(4):
        moved.follow(work.office)
    assert heard(work, first) == [(before, new), (new, newest)]
    assert heard(work, second) == [(before, newest)]
