"""The keeper: a window in step with central by itself, and what it spares the clerk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from boxoffice.central.listening import Ear
from boxoffice.errors import CentralUnreachable
from boxoffice.records.postgres import PostgresStore
from boxoffice.services import keeper
from boxoffice.services.keeper import Keeper
from boxoffice.services.sharing import custody, sync
from tests import servers
from tests.faults.acts import name_all, pay, rows, sell, take
from tests.homes import AtWork, at_work, small_home
from tests.lines import cut_off, until
from tests.windows import window_home


@dataclass
class Kept:
    """Two windows with threads, each with its keeper, and the database they share."""

    database: str
    one: AtWork
    two: AtWork


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    database = servers.fresh_database()
    with ExitStack() as ending:
        one, two = (
            ending.enter_context(
                at_work(window_home(tmp_path / str(n), database, n), threaded=True)
            )
            for n in (1, 2)
        )
        for work in (one, two):
            behind = Keeper(work.office)
            ending.callback(behind.close)
            behind.start()
        for work in (one, two):
            until(work, lambda work=work: work.office.link.greeted)
        yield Kept(database, one, two)


def unsent(work: AtWork) -> int:
    return work.office.read(lambda store: sync.unsent(store, work.desk.window, work.desk.epoch))


def elsewhere(work: AtWork) -> list[tuple[int, int]]:
    return rows(work, "SELECT seat_id, window_id FROM elsewhere_seat ORDER BY seat_id")


def test_what_one_window_does_the_other_knows_by_itself(kept: Kept) -> None:
    seat = kept.one.seat(1, 5)
    basket = take(kept.one, (1, 5))
    until(kept.two, lambda: elsewhere(kept.two) == [(seat, 1)])
    pay(kept.one, basket)
    until(kept.two, lambda: rows(kept.two, "SELECT 1 FROM orders WHERE id = ?", basket))
    assert elsewhere(kept.two) == [], "it stands in an order now"
    until(kept.one, lambda: unsent(kept.one) == 0)


def test_hints_alone_are_enough(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within half a second, and not because central was polled just then."""
    monkeypatch.setattr(keeper, "POLL_SECONDS", 600.0)
    sell(kept.one, (1, 5))  # the last poll of before is over with this
    until(kept.two, lambda: rows(kept.two, "SELECT 1 FROM orders WHERE window_id = 1"))
    seconds = []
    for number in range(6, 11):
        take(kept.one, (2, number))
        seat = (kept.one.seat(2, number), 1)
        seconds.append(until(kept.two, lambda seat=seat: seat in elsewhere(kept.two)))
    assert sorted(seconds)[2] < 0.5


def test_polling_is_enough_where_no_hint_arrives(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PostgresStore, "tell", lambda *_: None)
    monkeypatch.setattr(PostgresStore, "heard", lambda _: False)
    # The first may have been hinted at before; the second comes by polling alone.
    for number in (5, 6):
        seat = kept.one.seat(1, number)
        take(kept.one, (1, number))
        until(kept.two, lambda seat=seat: (seat, 1) in elsewhere(kept.two))


def test_a_line_that_is_known_to_be_broken_lets_nobody_wait(kept: Kept) -> None:
    one = kept.one
    with cut_off(kept.database):
        until(one, lambda: one.office.link.lost is not None)
        before = one.office.link.lost
        began = monotonic()
        for _ in range(20):
            with pytest.raises(CentralUnreachable):
                take(one, (1, 5))
        assert monotonic() - began < 5
        lost = one.office.link.lost
        assert lost is not None
        assert before is not None
        assert lost.since == before.since, "off line since the line broke, not since the last try"
        assert not rows(one, "SELECT 1 FROM request WHERE status = 'asked'"), "nothing in doubt"
        assert not rows(one, "SELECT 1 FROM orders WHERE version = 0"), "no empty basket either"
    until(one, lambda: one.office.link.lost is None)
    take(one, (1, 5))


def test_what_was_sold_off_line_is_reported_on_return_while_selling_goes_on(kept: Kept) -> None:
    one, two = kept.one, kept.two
    baskets = [take(one, (row, n)) for row in (1, 2) for n in range(5, 9)]
    with cut_off(kept.database):
        until(one, lambda: one.office.link.lost is not None)
        for basket in baskets:
            pay(one, basket)
        assert unsent(one) >= len(baskets)
    until(one, lambda: one.office.link.lost is None)
    sell(one, (3, 5))
    until(one, lambda: unsent(one) == 0)
    until(two, lambda: len(rows(two, "SELECT 1 FROM orders WHERE window_id = 1")) == 9)
    assert one.office.link.call(lambda store, _: store.all("SELECT * FROM review")) == []


def test_a_lone_request_without_an_answer_is_settled(kept: Kept) -> None:
    """Nothing is unsent: the request alone is reason enough to ask central."""
    one = kept.one
    until(one, lambda: unsent(one) == 0)
    real = one.office.link.call

    def lose_the_answer(work):
        real(work)
        raise CentralUnreachable(why="cut")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(one.office.link, "call", lose_the_answer)
        with pytest.raises(CentralUnreachable):
            take(one, (1, 5))
    one.office.link.wake()
    until(one, lambda: not rows(one, "SELECT 1 FROM request WHERE status IN ('asked', 'giving')"))
    until(kept.two, lambda: elsewhere(kept.two) == [])
    take(kept.two, (1, 5))


def test_a_statement_without_an_answer_is_a_broken_line(kept: Kept) -> None:
    """Somebody holds the window's row: no error comes, and no answer."""
    one = kept.one
    with (
        closing(servers.as_owner(kept.database)) as owner,
        closing(servers.as_window(kept.database, 1)) as window,
    ):
        window.be_patient(0.3)
        with owner.transaction():
            owner.run("UPDATE ticket_window SET name = name WHERE id = 1")
            began = monotonic()
            with pytest.raises(CentralUnreachable), window.transaction():
                window.first("SELECT hello(1)")
            assert monotonic() - began < 2
    until(one, lambda: one.office.link.lost is None)


def test_it_ends_at_once_whatever_the_line_does(tmp_path: Path) -> None:
    database = servers.fresh_database()
    with at_work(window_home(tmp_path, database, 2), threaded=True) as work:
        behind = Keeper(work.office)
        with cut_off(database):
            behind.start()
            began = monotonic()
            behind.close()
            assert monotonic() - began < 5
        behind.start()
        assert not work.office.link.watched, "what was closed stays closed"


def test_what_was_done_last_is_reported_before_it_ends(tmp_path: Path) -> None:
    database = servers.fresh_database()
    with at_work(window_home(tmp_path, database, 1), threaded=True) as work:
        with closing(Keeper(work.office)) as behind:
            behind.start()
            until(work, lambda: work.office.link.greeted)
            sell(work, (1, 5))
        assert unsent(work) == 0


def test_a_bug_in_a_round_does_not_end_it(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeper, "TROUBLE_SECONDS", 0.05)
    asked = threading.Event()

    def wrong(_: object) -> None:
        asked.set()
        raise ValueError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(custody, "settle", wrong)
        kept.one.office.underway.unanswered = True
        kept.one.office.link.wake()
        assert asked.wait(10)
    sell(kept.one, (1, 5))
    until(kept.one, lambda: unsent(kept.one) == 0)
    assert "a bug" in caplog.text


def test_beside_a_file_it_reports_without_a_second_line(tmp_path: Path) -> None:
    with at_work(small_home(tmp_path), threaded=True) as work:
        with closing(Keeper(work.office)) as behind:
            behind.start()
            basket = take(work, (1, 5))
            name_all(work, basket)
            pay(work, basket)
            until(work, lambda: unsent(work) == 0)
        assert not work.office.link.watched


# --- hints


def ear(database: str, window: int) -> Ear:
    made = Ear(lambda: servers.as_window(database, window))
    made.open()
    return made


def test_rule_14_hints_are_coalesced_and_few(monkeypatch: pytest.MonkeyPatch) -> None:
    database = servers.fresh_database()
    told: list[float] = []
    real = PostgresStore.tell

    def count(store: PostgresStore, channel: str) -> None:
        told.append(monotonic())
        real(store, channel)

    monkeypatch.setattr(PostgresStore, "tell", count)
    with closing(ear(database, 1)) as speaker, closing(ear(database, 2)) as listener:
        end = monotonic() + 0.5
        while monotonic() < end:
            speaker.has_news()
            speaker.tell()
        assert 2 <= len(told) <= 11, "at most twenty a second"
        assert listener.wait(5), "a hint wakes who listens"
        assert not speaker.wait(0), "and not who gave it"


def test_a_hint_that_has_to_wait_for_its_turn_cuts_the_wait_short() -> None:
    with closing(ear(servers.fresh_database(), 1)) as speaker:
        for _ in range(2):
            speaker.has_news()
            speaker.tell()
        began = monotonic()
        speaker.wait(5)
        assert monotonic() - began < 1


def test_its_own_program_wakes_it() -> None:
    with closing(Ear(None)) as alone:
        for _ in range(100_000):
            alone.wake()  # more than the socket takes: none of them blocks
        began = monotonic()
        assert not alone.wait(5)
        assert monotonic() - began < 1
