"""Time at a window: central's, carried on by the clock nobody can set (rule 19)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from boxoffice import bootstrap, clock, settings
from boxoffice.central import guard, taking
from boxoffice.central.items import Items
from boxoffice.domain.ids import new_id
from boxoffice.errors import NeedsApproval, ReservationOver
from boxoffice.services import machine
from boxoffice.services.aftersales import refunds
from boxoffice.services.sales import holds, releases, reservations
from boxoffice.settings import HomeKind, Settings
from tests import servers
from tests.faults.acts import DEAF, faulty, rows, sell, take
from tests.homes import NOON, AtWork, at_work, small_home
from tests.windows import window_home

MINUTE = timedelta(minutes=1)
world = clock._system
"""What time it is outside of these tests."""


@dataclass
class Computer:
    """Both clocks of a computer: the one people set, and the one that only goes on."""

    system: datetime = NOON
    monotonic: float = 1000.0

    def passes(self, time: timedelta) -> None:
        self.system += time
        self.monotonic += time.total_seconds()


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Computer]:
    found = Computer()
    monkeypatch.setattr(clock, "_system", lambda: found.system)
    monkeypatch.setattr(clock, "_monotonic", lambda: found.monotonic)
    clock.use(None)
    yield found
    clock.use(None)


def test_time_is_central_s_and_goes_on_without_it(computer: Computer) -> None:
    clock.follow_central()
    assert clock.now() == NOON, "there is nothing better yet"
    assert not clock.trusted()
    clock.hear(NOON + 7 * MINUTE)
    assert clock.trusted()
    computer.passes(60 * MINUTE)
    assert clock.now() == NOON + 67 * MINUTE
    assert clock.trusted()


@pytest.mark.parametrize("by", [timedelta(days=1), -timedelta(hours=2), timedelta(minutes=3)])
def test_a_clock_that_was_set_moves_no_time_and_is_not_trusted(
    computer: Computer, by: timedelta
) -> None:
    clock.follow_central()
    clock.hear(NOON)
    computer.system += by
    assert clock.now() == NOON
    assert not clock.trusted()
    clock.hear(NOON + MINUTE)
    assert clock.trusted()
    assert clock.now() == NOON + MINUTE


def test_a_little_drift_is_no_jump(computer: Computer) -> None:
    clock.follow_central()
    clock.hear(NOON)
    computer.passes(600 * MINUTE)
    computer.system += MINUTE
    assert clock.trusted()


def test_a_venue_clock_set_on_purpose_is_left_alone(computer: Computer) -> None:
    clock.run_from(NOON - timedelta(days=3))
    clock.follow_central()
    clock.hear(NOON)
    assert clock.now() == NOON - timedelta(days=3)
    assert clock.trusted()
    clock.stop_following()
    assert clock.now() == NOON - timedelta(days=3)


def test_without_central_the_computer_s_clock_serves(computer: Computer) -> None:
    computer.system += timedelta(days=2)
    assert clock.trusted()
    clock.stop_following()
    assert clock.now() == computer.system


# --- at a window of a central on a server


@pytest.fixture
def real(
    tmp_path: Path, computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[AtWork, Computer]]:
    """A real home at a server: its computer's clock is a day behind."""
    monkeypatch.setenv(machine.FOLDER, str(tmp_path / "state"))
    home = window_home(tmp_path / "1", servers.fresh_database(), 1)
    wanted = settings.load(home)
    with at_work(home) as work:
        desk = work.desk
    settings.save(home, Settings(kind=HomeKind.REAL, window=1, central=wanted.central))
    clock.use(None)
    computer.system = world() - timedelta(days=1)
    with bootstrap.open_office(home) as office:
        yield AtWork(office, desk), computer


def test_a_real_window_takes_its_time_from_the_server(real: tuple[AtWork, Computer]) -> None:
    work, computer = real
    assert not clock.trusted(), "after a start central was not heard yet"
    bootstrap.recover(work.office)
    assert clock.trusted()
    assert abs(clock.now() - world()) < MINUTE
    computer.passes(30 * MINUTE)
    assert abs(clock.now() - world() - 30 * MINUTE) < MINUTE


def test_nothing_ends_and_refunds_need_a_supervisor_while_the_clock_is_in_doubt(
    tmp_path: Path, computer: Computer
) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        waiting, sold = take(work, (1, 5)), sell(work, (1, 7))
        basket = take(work, (1, 6))
        work.office.link.watch(lambda: None)  # not reported: this window judges it by its clock
        reserved = reservations.reserve(
            office=work.office, desk=work.desk, basket=basket, name="试", minutes=5
        )
        work.office.link.watch(None)
        computer.system = NOON
        clock.use(None)
        clock.follow_central()
        computer.passes(30 * MINUTE)
        assert not clock.trusted()
        off = faulty(work, *[DEAF] * 99)
        assert holds.abandon_expired(office=off.office) == []
        assert releases.release_expired(off.office) == []
        lines = [
            str(row[0])
            for row in rows(work, "SELECT id FROM order_line WHERE order_id = ?", sold.order_id)
        ]
        asked = {"office": work.office, "desk": work.desk, "order_id": sold.order_id}
        outlook = refunds.quote(**asked, line_ids=lines)
        assert outlook.approval == ("clock",)
        with pytest.raises(NeedsApproval):
            refunds.refund(
                **asked,
                line_ids=lines,
                quoted_fen=outlook.quote.amount_fen,
                papers_back=True,
            )
        clock.hear(computer.system)
        assert refunds.quote(**asked, line_ids=lines).approval == ()
        assert holds.abandon_expired(office=work.office) == [waiting]
        assert releases.release_expired(work.office) == [reserved.order_id]


def test_deadlines_are_judged_by_the_server_s_clock(
    tmp_path: Path, computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window whose clock is wrong gets no reservation that is over (rule 7)."""
    database = servers.fresh_database()
    with closing(servers.as_owner(database)) as owner, closing(servers.as_window(database, 1)) as s:
        found = owner.first("SELECT id FROM orders WHERE number = 'TT0001'")
        assert found is not None
        now = world()
        with owner.transaction():
            owner.run(
                "ALTER TABLE orders DISABLE TRIGGER USER",
            )
            owner.run(
                "UPDATE orders SET status = 'reserved', deadline = ? WHERE id = ?",
                (clock.to_text(now - MINUTE), found[0]),
            )
        computer.system = now - timedelta(days=2)
        assert clock.now() == computer.system
        hello = guard.hello(s, 1, 1)
        assert abs(hello.now - now) < MINUTE
        items = Items(orders=(str(found[0]),))
        with pytest.raises(ReservationOver):
            taking.take(s, hello.credentials, new_id(), items)
        clock.use(lambda: now - timedelta(days=2))  # a venue clock, as in rehearsals
        assert taking.take(s, hello.credentials, new_id(), items)
