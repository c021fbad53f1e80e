"""Exchanges are told to the customer: another seat, another session, once and in one commit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from boxoffice.notices.kinds import Kind
from boxoffice.notices.render import words
from boxoffice.queries.exchanges import Place
from boxoffice.services.telling import contacts
from boxoffice.services.telling.outbox import Outbox
from tests.faults.acts import rows
from tests.homes import AtWork, at_work, small_home
from tests.services.exchange_acts import begin, clean, complete, exchange, give_up, lines, to_seats
from tests.services.return_acts import sell_at, supervisor
from tests.services.test_outbox import Carrier


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    """A window that sends text messages."""
    with at_work(small_home(tmp_path)) as found:
        carrier = Carrier()
        office = replace(found.office, senders={carrier.channel: carrier})
        yield AtWork(office, found.desk)


def sold(work: AtWork, session: str, *seats: tuple[int, int]) -> str:
    """An order whose customer left a phone."""
    order = sell_at(work, session, *seats)
    contacts.note(
        office=work.office, desk=work.desk, order_id=order, language="en", phone="13800000000"
    )
    return order


def told(work: AtWork) -> list[tuple[str, dict[str, object]]]:
    """(kind, facts) of what lies in the outbox."""
    found = rows(work, "SELECT kind, facts FROM notice ORDER BY kind, id")
    return [(str(kind), json.loads(str(facts))) for kind, facts in found]


def test_another_seat(work: AtWork) -> None:
    order = sold(work, "O2", (1, 5), (1, 6))
    begin(work, order, to_seats(work, order, (1, 8), (1, 9)))
    assert told(work) == []  # nothing is exchanged yet
    complete(work, order)
    ((kind, facts),) = told(work)
    assert (kind, facts["session_en"]) == (Kind.SEAT_CHANGED, "Oak day session")
    assert str(facts["seat"]).count("-") == 4
    assert str(facts["new_seat"]).endswith("-1-9")
    assert "your seat" in words(Kind.SEAT_CHANGED, facts, "en").text
    assert Outbox(work.office).go() == 1
    assert rows(work, "SELECT status FROM notice") == [("sent",)]
    clean(work)


def test_another_session_and_another_seat_in_one_act(work: AtWork) -> None:
    order = sold(work, "O2", (1, 5), (1, 6))
    first, second = lines(work, order)
    places = {
        first: Place(work.session("G1")),
        second: Place(work.session("O2"), work.seat(1, 8)),
    }
    begin(work, order, places, approval=supervisor(work, "exchange"))
    complete(work, order)
    found = dict(told(work))
    assert set(found) == {Kind.SEAT_CHANGED, Kind.TICKET_EXCHANGED}
    facts = found[Kind.TICKET_EXCHANGED]
    assert facts["session_zh"] != facts["new_session_zh"]
    for language in ("en", "zh_CN"):
        assert str(facts["order"]) in words(Kind.TICKET_EXCHANGED, facts, language).body
    clean(work)


def test_a_second_exchange_is_told_again_and_one_given_up_is_not(work: AtWork) -> None:
    order = sold(work, "O2", (1, 5))
    exchange(work, order, to_seats(work, order, (1, 8)))
    begin(work, order, to_seats(work, order, (1, 9)))
    give_up(work, order)
    assert len(told(work)) == 1
    exchange(work, order, to_seats(work, order, (1, 9)))
    assert len(told(work)) == 2
