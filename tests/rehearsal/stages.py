"""Rehearsals for tests: a server of their own, the small venue made once."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from boxoffice.commands.rehearse import DOORS
from boxoffice.rehearsal import stage
from boxoffice.rehearsal.plan import faults_of
from boxoffice.rehearsal.report import Report
from boxoffice.rehearsal.run import Rehearsal
from boxoffice.rehearsal.server import ScratchServer

CUSTOMERS = 60


@cache
def rehearsal() -> Rehearsal:
    """Where the rehearsals of this test run are played."""
    server = ScratchServer(Path(mkdtemp(prefix="boxoffice-rehearsal-test-server-")))
    atexit.register(server.discard)
    server.make()
    folder = Path(mkdtemp(prefix="boxoffice-rehearsal-test-"))
    return Rehearsal(
        DOORS, folder, stage.make_pattern(DOORS, folder, None, CUSTOMERS), server.url, server
    )


def play(seed: int, faults: str, windows: int = 3, customers: int = CUSTOMERS) -> Report:
    """One rehearsal."""
    return rehearsal().run(seed, windows, customers, faults_of(faults))
