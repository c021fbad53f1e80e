"""A session that was called off is sold by nobody; moved tickets go to another session for free."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.central.items import Items
from boxoffice.domain.rain import Outcome
from boxoffice.domain.refunding import ReturnKind
from boxoffice.errors import NoExchange, SessionCalledOff
from boxoffice.queries import catalogue, refunds
from boxoffice.queries import exchanges as targets
from boxoffice.services.sales import checkout, holds
from boxoffice.services.sharing import allotments, custody, sync
from tests import servers
from tests.faults.acts import proof, rows, take, there
from tests.homes import AtWork, at_work
from tests.services.allotted import ahead, allot, seats_of
from tests.services.exchange_acts import clean, exchange, quote, to_seats
from tests.services.rain_acts import decide, in_charge, rules
from tests.services.return_acts import be, sell_at, take_in
from tests.windows import window_home

EXCHANGES = "rule,session,value,valid_from\nexchange,*,session;no,2025-08-01\n"
"""Nobody may go to another session."""


@pytest.fixture
def boss(work: AtWork) -> AtWork:
    return in_charge(work)


def left(work: AtWork, code: str) -> int:
    return work.office.read(lambda store: catalogue.session(store, work.session(code))).left


def call_off(boss: AtWork, code: str, kind: ReturnKind = ReturnKind.CANCELLED) -> None:
    decide(boss, code, None, kind)


def test_nothing_of_it_is_sold_until_it_is_held_after_all(work: AtWork, boss: AtWork) -> None:
    assert left(work, "O2") > 0
    call_off(boss, "O2")
    assert left(work, "O2") == 0
    with pytest.raises(SessionCalledOff):
        take(work, (1, 5), at="O2")
    with pytest.raises(SessionCalledOff):
        holds.take_best(
            office=work.office, desk=work.desk, session_id=work.session("O2"), category="A",
            count=2, basket=None,
        )  # fmt: skip
    assert rows(work, "SELECT 1 FROM held_seat") == []
    decide(boss, "O2", Outcome.HELD)
    assert left(work, "O2") > 0
    sell_at(work, "O2", (1, 5))


def test_passes_too(work: AtWork, boss: AtWork) -> None:
    call_off(boss, "G1", ReturnKind.MOVED)
    with pytest.raises(SessionCalledOff):
        holds.take_places(
            office=work.office, desk=work.desk, session_id=work.session("G1"), count=1, basket=None
        )


def test_a_basket_of_before_is_not_paid_for(work: AtWork, boss: AtWork) -> None:
    basket = take(work, (1, 5), at="O2")
    call_off(boss, "O2")
    with pytest.raises(SessionCalledOff):
        checkout.pay_cash(office=work.office, desk=work.desk, basket=basket, tendered_fen=1_000_000)
    assert rows(work, "SELECT 1 FROM payment WHERE order_id = ?", basket) == []
    holds.abandon(office=work.office, desk=work.desk, basket=basket)


def test_central_grants_none_of_it_to_a_window_that_has_not_heard(
    work: AtWork, boss: AtWork
) -> None:
    """Its own file of central: the plain statements."""
    call_off(boss, "O2")
    session, seat = work.session("O2"), work.seat(1, 5)
    for items in (Items(seats=((session, seat),)), Items(places=((session, 1),))):
        with pytest.raises(SessionCalledOff):
            custody.take(work.office, order_id=None, wish=lambda _, i=items: i)
    assert there(work, "SELECT 1 FROM custody_seat WHERE holder IS NOT NULL") == []


def test_a_server_grants_none_of_it_either(tmp_path: Path) -> None:
    database = servers.fresh_database()
    with closing(servers.as_owner(database)) as store, store.transaction():
        store.run("INSERT INTO operator VALUES ('deputy', '3002', 'Deputy', 'supervisor', 1)")
        store.run("UPDATE meta SET value = (value::int + 1)::text WHERE key = 'people_version'")
    with ExitStack() as ending:
        one, two = (
            ending.enter_context(at_work(window_home(tmp_path / str(n), database, n)))
            for n in (1, 2)
        )
        sync.pull(one.office)
        call_off(in_charge(one), "O2")
        assert rows(two, "SELECT 1 FROM rain_decision") == []
        with pytest.raises(SessionCalledOff):
            take(two, (1, 5), at="O2")
        take(two, (1, 5), at="O1")
        sync.pull(two.office)
        assert left(two, "O2") == 0


def test_what_was_held_ahead_of_time_is_given_back(work: AtWork, boss: AtWork) -> None:
    allot(work, seats_of(pairs=1))
    assert len(ahead(work)) == 2
    call_off(boss, "O2")
    allotments.keep(work.office)
    assert ahead(work) == []
    allotments.keep(work.office)
    assert proof(work.office.home).broken == ()


def test_a_moved_ticket_goes_to_another_session_for_free(
    work: AtWork, boss: AtWork, tmp_path: Path
) -> None:
    take_in(work, tmp_path, "exchanges.csv", EXCHANGES)
    order = sell_at(work, "O1", (1, 5))
    places = to_seats(work, order, (1, 6), at="O2")
    with pytest.raises(NoExchange) as refused:
        quote(work, order, places)
    assert refused.value.fields["why"] == "not_done"
    call_off(boss, "O1", ReturnKind.MOVED)
    # Even a day later, when the session of the ticket is over.
    be("2025-09-28T09:00")
    seen = quote(work, order, places)
    assert (seen.terms.fee_fen, seen.terms.difference_fen, seen.approval) == (0, 0, ())
    exchange(work, order, places)
    assert rows(work, "SELECT count(*) FROM ticket WHERE live = 1 AND order_id = ?", order) == [
        (1,)
    ]
    clean(work)


def test_rained_off_with_the_choice_of_an_exchange(
    work: AtWork, boss: AtWork, tmp_path: Path
) -> None:
    take_in(work, tmp_path, "exchanges.csv", EXCHANGES)
    order = sell_at(work, "O1", (1, 5))
    places = to_seats(work, order, (1, 6), at="O2")
    decide(boss, "O1", Outcome.FULL)
    with pytest.raises(NoExchange):
        quote(work, order, places)  # no rule gives it the choice
    rules(
        work,
        tmp_path,
        "policy,valid_from,held_if_matches_completed,held_if_minutes_over,remedy\n"
        "standard,2025-08-01,1,30,refund_or_exchange\n",
    )
    assert quote(work, order, places).terms.fee_fen == 0


def test_nothing_is_exchanged_into_it(work: AtWork, boss: AtWork) -> None:
    order = sell_at(work, "O1", (1, 5))
    assert [t.session_id for t in work.office.read(targets.targets)].count(work.session("O2")) == 1
    call_off(boss, "O2")
    assert work.session("O2") not in [t.session_id for t in work.office.read(targets.targets)]
    with pytest.raises(SessionCalledOff):
        quote(work, order, to_seats(work, order, (1, 6), at="O2"))


def test_no_policy_takes_a_fee_from_what_the_run_pays(work: AtWork, boss: AtWork) -> None:
    order = sell_at(work, "O2", (1, 5))

    def offered() -> list[tuple[str, bool]]:
        found = work.office.read(lambda store: refunds.offers(store, order, clock.now()))
        return [(offer.why, offer.tier is not None) for offer in found.lines]

    assert offered() == [("", True)]
    call_off(boss, "O2")
    assert offered() == [("decided", False)]
    decide(boss, "O2", Outcome.HELD)
    assert offered() == [("", True)]
