"""Central begins a new life while its windows are on line: they report without being asked (18)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from boxoffice.central import fencing, guard, recovering
from boxoffice.errors import CentralRecovering
from boxoffice.records.store import Store
from boxoffice.services.keeper import Keeper
from boxoffice.services.sharing import wishes
from tests import servers
from tests.faults.acts import rows, take
from tests.homes import AtWork, at_work
from tests.lines import until
from tests.windows import window_home

BY = {"operator": "9001", "reason": "failed over to a standby that lagged"}


@dataclass
class OnLine:
    """Windows 1 and 2, greeted, each with a seat in a basket and its keeper."""

    windows: list[AtWork]
    central: Store


@pytest.fixture
def on_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OnLine]:
    monkeypatch.setattr(wishes, "TELL_SECONDS", 0.2)
    database = servers.fresh_database()
    with ExitStack() as ending:
        works = [
            ending.enter_context(
                at_work(window_home(tmp_path / str(n), database, n), threaded=True)
            )
            for n in (1, 2)
        ]
        for number, work in enumerate(works, start=5):
            take(work, (1, number))
            behind = Keeper(work.office)
            ending.callback(behind.close)
            behind.start()
        yield OnLine(works, ending.enter_context(closing(servers.as_owner(database))))


def test_idle_windows_report_and_central_grants_again(on_line: OnLine) -> None:
    recovering.declare(on_line.central, **BY)
    assert guard.waiting_for(on_line.central) == ["1", "2"]
    for work in on_line.windows:
        until(work, lambda: guard.waiting_for(on_line.central) == [])
        assert work.office.link.barred is None, "nobody takes itself for a copy"
    take(on_line.windows[1], (2, 1))
    assert rows(on_line.windows[0], "SELECT count(*) FROM held_seat") == [(1,)]


def test_whoever_asks_meanwhile_reports_at_once(tmp_path: Path) -> None:
    """Without its keeper: a clerk is told why, and the next gesture greets anew."""
    database = servers.fresh_database()
    with (
        at_work(window_home(tmp_path / "1", database, 1)) as work,
        closing(servers.as_owner(database)) as central,
    ):
        take(work, (1, 5))
        recovering.declare(central, **BY)
        with pytest.raises(CentralRecovering):
            take(work, (1, 6))
        take(work, (1, 6))
        assert guard.waiting_for(central) == []


def test_the_login_of_a_fenced_window_stops_nobody() -> None:
    """Whoever stole it could have all windows wait for each other again and again."""
    database = servers.fresh_database()
    with (
        closing(servers.as_owner(database)) as central,
        closing(servers.as_window(database, 1)) as stolen,
    ):
        fencing.fence(central, 1, operator="9001", reason="stolen")
        life = guard.incarnation(central)
        with stolen.transaction():
            stolen.first("SELECT notice_loss()")
        assert guard.incarnation(central) == life
        assert central.first(*guard.GRANTING) is None
