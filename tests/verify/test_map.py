"""What a window shows as held elsewhere is proved both ways: nothing missing, nothing too much."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.records.postgres import Address
from boxoffice.services.sharing import sync
from boxoffice.verify.proof import prove
from tests import servers
from tests.faults.acts import sell, take, writing
from tests.homes import at_work
from tests.windows import window_home


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("", ""),
        ("DELETE FROM elsewhere_seat", "does not show it as held at window 1"),
        ("UPDATE elsewhere_seat SET window_id = 2", "shows it as held at window 2"),
        (
            "INSERT INTO elsewhere_seat SELECT session_id, seat_id + 1, 1 FROM elsewhere_seat",
            "shows it as held at window 1",
        ),
    ],
)
def test_the_map_of_a_window_that_heard_all(tmp_path: Path, statement: str, found: str) -> None:
    database = servers.fresh_database()
    homes = [window_home(tmp_path / str(n), database, n) for n in (1, 2)]
    with ExitStack() as ending:
        one, two = (ending.enter_context(at_work(home)) for home in homes)
        sell(one, (1, 5))
        take(one, (1, 7))
        sync.pull(two.office)
    if statement:
        with writing(homes[1], "window") as store:
            store.run(statement)
    central = Address(servers.database_url(database), servers.SCHEMA)
    with bootstrap.open_sides(homes[1], central=central) as sides:
        broken = prove(sides).broken
    assert bool(broken) == bool(found)
    assert not found or any(found in finding.detail for finding in broken)
