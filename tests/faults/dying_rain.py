"""A rain run that is killed at a step, in a process of its own.

Run as `python -m tests.faults.dying_rain HOME BATCH STEP`: goes on with the run of the session in
orders of BATCH, and is killed with SIGKILL as it is about to take that step; with STEP -1 it lives
to the end.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from boxoffice.queries import rain_runs
from boxoffice.services.aftersales import rain_run
from boxoffice.settings import Home
from tests.faults.dying import Countdown
from tests.homes import at_work
from tests.rain_crowd import CODE
from tests.services.rain_acts import in_charge


def go_on(home: Path, batch: int, step: int = -1) -> int:
    """In another process; answers how it ended: below zero by a signal."""
    named = [str(home), str(batch), str(step)]
    return subprocess.run([sys.executable, "-m", "tests.faults.dying_rain", *named]).returncode


def main(home: str, batch: str, step: str) -> None:
    rain_run.BATCH = int(batch)
    with at_work(Home(Path(home))) as work:
        boss = in_charge(work)
        session = work.session(CODE)
        run_id = work.office.read(lambda store: rain_runs.open_run(store, session))
        assert run_id is not None
        if int(step) < 0:
            rain_run.go(office=boss.office, desk=boss.desk, run_id=run_id)
            return
        with Countdown(int(step)):
            rain_run.go(office=boss.office, desk=boss.desk, run_id=run_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
