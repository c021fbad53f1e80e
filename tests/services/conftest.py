"""Windows at work whose customers pay by code, or come back for their money."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.settings import Home
from tests.gateways import Hours, Party, with_parties
from tests.homes import AtWork, at_work
from tests.services.return_acts import policies


@pytest.fixture
def paid_by_code(home: Home, time: Hours, party: Party) -> Iterator[AtWork]:
    """A clerk at work, whose customers pay by code too; time stands until somebody waits."""
    with at_work(home) as found:
        clock.use(lambda: time.at)
        yield with_parties(found, party)


@pytest.fixture
def open_(work: AtWork, tmp_path: Path) -> AtWork:
    """The window at work, where the refund policies of the tests are in force."""
    return policies(work, tmp_path)
