"""Central by itself, with two windows that know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.central import guard
from boxoffice.central.enrolling import enrol
from boxoffice.central.items import Credentials
from boxoffice.domain.signing import CertifiedKey
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import load_keys
from boxoffice.records.store import Row, Store
from boxoffice.settings import HomeKind
from tests import servers
from tests.homes import NOON, small_home


@dataclass(frozen=True)
class Central:
    """Central as its owner sees it, the credentials of windows 1 and 2, and what they see."""

    store: Store
    one: Credentials
    two: Credentials
    stores: Mapping[int, Store]

    def of(self, who: Credentials) -> Store:
        """The records as this window reaches them: on a server with its own rights."""
        return self.stores[who.window]

    def seat(self, row: int, number: int, session: str = "O2") -> tuple[int, int]:
        """(session, seat) by what stands on the ticket."""
        found = self.store.first(
            'SELECT s.id, p.id FROM session s, seat p WHERE s.code = ? AND p."row" = ? '
            "AND p.number = ?",
            (session, str(row), str(number)),
        )
        assert found is not None
        return int(found[0]), int(found[1])

    def session(self, code: str) -> int:
        """Id of a session."""
        found = self.store.first("SELECT id FROM session WHERE code = ?", (code,))
        assert found is not None
        return int(found[0])

    def order(self, number: str) -> str:
        """Id of an order."""
        found = self.store.first("SELECT id FROM orders WHERE number = ?", (number,))
        assert found is not None
        return str(found[0])

    def holder(self, place: tuple[int, int]) -> Row | None:
        """(window, epoch, order) of a seat."""
        return self.store.first(
            "SELECT holder, epoch, order_id FROM custody_seat WHERE session_id = ? AND seat_id = ?",
            place,
        )

    def pool(self, session: str) -> dict[int, int]:
        """Places by holder."""
        return dict(
            self.store.all(
                "SELECT holder, places FROM pool WHERE session_id = ? AND places > 0",
                (self.session(session),),
            )
        )


@pytest.fixture(params=["file", "server"])
def central(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Central]:
    """The small catalogue at central; windows 1 and 2 have greeted it."""
    clock.use(lambda: NOON)
    with ExitStack() as ending:
        if request.param == "file":
            home = small_home(tmp_path)
            key = load_keys(home, HomeKind.TRAINING).raw("records")
            store: Store = ending.enter_context(
                closing(open_records(home.central_file, key, "CENTRAL"))
            )
            with store.transaction():
                enrol(store, 2, "2", CertifiedKey(2, 1, b"", b""))
            stores: dict[int, Store] = {1: store, 2: store}
        else:
            database = servers.fresh_database()
            store = ending.enter_context(closing(servers.as_owner(database)))
            stores = {
                window: ending.enter_context(closing(servers.as_window(database, window)))
                for window in (1, 2)
            }
        one, two = (guard.hello(stores[window], window, 1).credentials for window in (1, 2))
        yield Central(store, one, two, stores)
