"""Two windows at one central: one play ledger, one decision, and a run that waits for the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.central.items import Items
from boxoffice.domain.rain import Outcome
from boxoffice.errors import DecidedMeanwhile, ImpossiblePlay
from boxoffice.queries import rain as decisions
from boxoffice.queries import rain_runs
from boxoffice.services.aftersales import collecting, rain_run
from boxoffice.services.sharing import custody, sync
from boxoffice.services.staff import operators
from tests import servers
from tests.faults.acts import rows
from tests.homes import AtWork, at_work
from tests.services.rain_acts import begin, decide, played
from tests.services.return_acts import account, sell_at
from tests.windows import window_home

NIGHT = clock.from_text("2025-09-28T12:00:00.000000Z")


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[AtWork, AtWork]]:
    """Both with a supervisor signed on; there is another one."""
    database = servers.fresh_database()
    with closing(servers.as_owner(database)) as store, store.transaction():
        store.run("INSERT INTO operator VALUES ('deputy', '3002', 'Deputy', 'supervisor', 1)")
        store.run("UPDATE meta SET value = (value::int + 1)::text WHERE key = 'people_version'")
    with ExitStack() as ending:
        yield tuple(  # type: ignore[misc]
            ending.enter_context(at_work(window_home(tmp_path / str(n), database, n)))
            for n in (1, 2)
        )


def boss_of(work: AtWork) -> AtWork:
    sync.pull(work.office)
    person = operators.operator_by_number(office=work.office, number="3001")
    return AtWork(work.office, replace(work.desk, operator=person, shift_id=None))


def test_one_ledger_and_one_decision(both: tuple[AtWork, AtWork]) -> None:
    one, two = (boss_of(work) for work in both)
    clock.use(lambda: NIGHT)
    played(one, "O2", ("start", "2025-09-28T12:30"))
    with pytest.raises(ImpossiblePlay) as refused:
        played(two, "O2", ("start", "2025-09-28T12:40"))
    assert refused.value.fields["why"] == "while_playing"
    played(two, "O2", ("end", "2025-09-28T12:45"))
    sync.pull(one.office)
    listed = "SELECT * FROM play_entry ORDER BY id"
    assert rows(one, listed) == rows(two, listed)
    assert len(rows(one, listed)) == 2
    first = decide(one, "O2", Outcome.FULL)
    again = decide(two, "O2", Outcome.HALF)
    sync.pull(one.office)
    found = one.office.read(lambda store: decisions.decided(store, one.session("O2")))
    assert found == again != first


def test_whoever_decides_second_looks_first(
    both: tuple[AtWork, AtWork], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (boss_of(work) for work in both)
    decide(one, "O2", Outcome.FULL)
    monkeypatch.setattr(sync, "pull", lambda office: 0)
    with pytest.raises(DecidedMeanwhile):
        decide(two, "O2", Outcome.HELD)


def test_an_order_the_other_window_has_is_left_for_later(both: tuple[AtWork, AtWork]) -> None:
    here, there = both
    orders = [sell_at(here, "O2", (1, n)) for n in (1, 2, 3)]
    sync.push(here.office)
    one, two = boss_of(here), boss_of(there)
    held = Items(orders=(orders[1],))
    custody.take(two.office, order_id=None, wish=lambda _: held)
    decide(one, "O2", Outcome.FULL)
    run_id = begin(one, "O2")
    found = rain_run.go(office=one.office, desk=one.desk, run_id=run_id)
    assert (found.open, found.orders, found.left) == (True, 2, 1)
    assert [(state, why) for _, state, why in found.skipped] == [("elsewhere", "2")]
    custody.give(two.office, items=held, order_id=None)
    found = rain_run.go(office=one.office, desk=one.desk, run_id=run_id)
    assert (found.open, found.orders, found.skipped) == (False, 3, ())
    # The money is owed wherever its customer goes.
    sync.pull(there.office)
    listed = there.office.read(rain_runs.to_collect)
    assert [one.amount_fen for one in listed] == [68_000] * 3
    before = account(there, "cash:drawer")
    for waiting in listed:
        collecting.collect(
            office=there.office, desk=there.desk, payback_id=waiting.payback_id, shown="票"
        )
    assert account(there, "cash:drawer") == before - 3 * 68_000
    sync.push(there.office)
    sync.pull(here.office)
    assert here.office.read(rain_runs.to_collect) == []
