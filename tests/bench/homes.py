"""The home benchmarks run on: the imported catalogue where it lies beside us, else the demo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from boxoffice import bootstrap, clock, exchange
from boxoffice.services.programme import catalogue
from boxoffice.services.setup import training
from boxoffice.services.staff import operators, shifts
from boxoffice.settings import Home, HomeKind, Settings
from tests.homes import AtWork

CATALOGUE = Path(__file__).resolve().parents[3] / "shared" / "data" / "china-open-2025"
MORNING = datetime(2025, 9, 27, 1, 40, tzinfo=UTC)


def large_home(folder: Path) -> Home:
    """A new training home in `folder`."""
    clock.run_from(MORNING)
    home = Home(folder / "home")
    if not CATALOGUE.exists():
        bootstrap.make_demo(home, date(2025, 9, 27))
        return home
    bootstrap.make_home(home, Settings(kind=HomeKind.TRAINING))
    with bootstrap.open_office(home) as office:
        for person in training.PEOPLE:
            training.enter(office=office, person=person)
        files = [exchange.read(path) for path in sorted(CATALOGUE.iterdir())]
        catalogue.import_files(office=office, files=files)
    return home


@contextmanager
def at_work(home: Home) -> Iterator[AtWork]:
    """A clerk signed on with an open shift; everything in one thread, so nothing runs behind."""
    with bootstrap.open_office(home) as office:
        clerk = operators.operator_by_number(office=office, number="1001")
        desk = shifts.desk_for(office=office, operator=clerk)
        yield AtWork(office, shifts.open_shift(office=office, desk=desk, float_fen=50_000))
