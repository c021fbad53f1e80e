"""Central records dumped at one server and put back at another, nothing lost (rule 13)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from boxoffice.central import guard
from boxoffice.errors import CentralRecovering
from boxoffice.services.setup import setting_up
from boxoffice.services.sharing import following, sync
from boxoffice.settings import Home
from tests.faults.acts import rows, sell, writing
from tests.venues import Venue, venue

FURTHER = 1_000_000
"""So many transactions more the old server had counted."""


def dumped(place: Venue, *homes: Home) -> None:
    """All there was, word for word, at a server that begins to count."""
    with place.opened_whatever() as central, central.transaction():
        central.run("UPDATE feed SET xid = xid + ?", (FURTHER,))
    for home in homes:
        with writing(home, "window") as store:
            (cursor,) = store.first(
                "SELECT value FROM meta WHERE key = ?", (following.CURSOR,)
            ) or ("",)
            xid, _, line = cursor.partition(":")
            store.run(
                "UPDATE meta SET value = ? WHERE key = ?",
                (f"{int(xid) + FURTHER}:{line}", following.CURSOR),
            )


def test_setting_up_again_lets_windows_read_the_feed_anew(tmp_path: Path) -> None:
    with venue(tmp_path) as place:
        homes = [place.window(name) for name in ("east", "west")]
        for home, number in zip(homes, (5, 6), strict=True):
            with place.at_work(home) as work:
                sell(work, (1, number))
                sync.pull(work.office)
        dumped(place, *homes)
        setting_up.set_up(place.home)
        with place.opened() as central:
            assert guard.waiting_for(central.store) == ["east", "west"]
        for home in (*homes, *homes):
            with place.at_work(home) as work, suppress(CentralRecovering):
                sync.push(work.office)
        with place.at_work(homes[0]) as work:
            sold = sell(work, (1, 7)).order_id
        with place.at_work(homes[1]) as work:
            sync.pull(work.office)
            assert rows(work, "SELECT status FROM orders WHERE id = ?", sold) == [("paid",)]


def test_setting_up_again_where_it_always_was_changes_nothing(tmp_path: Path) -> None:
    with venue(tmp_path) as place:
        place.window("east")
        with place.opened() as central:
            life = guard.incarnation(central.store)
        setting_up.set_up(place.home)
        with place.opened() as central:
            assert guard.incarnation(central.store) == life
            assert guard.waiting_for(central.store) == []
