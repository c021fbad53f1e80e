"""A venue for tests: a central home of its own on the test server, and windows enrolled there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from boxoffice import bootstrap, clock, exchange, settings
from boxoffice.records.keys import load_keys
from boxoffice.records.postgres import PostgresStore, connect
from boxoffice.services.programme import catalogue
from boxoffice.services.setup import setting_up, training, windows
from boxoffice.services.setup.central_home import CentralHome, address_of, open_central
from boxoffice.settings import Home, HomeKind
from tests import servers
from tests.homes import NOON, at_work, catalogue_files

TRAINING_TIME = "2025-09-27T12:00:00+08:00"
_numbers = count(1)


@dataclass(frozen=True)
class Venue:
    """Its central home, and the folder its windows lie in."""

    home: Home
    folder: Path

    def opened(self):
        """Central as its owner, until the block ends."""
        return open_central(self.home)

    @contextmanager
    def opened_whatever(self) -> Iterator[PostgresStore]:
        """Central's records, of whatever version they are."""
        wanted = settings.load(self.home)
        keys = load_keys(self.home, HomeKind.CENTRAL)
        with closing(connect(address_of(self.home, wanted, keys))) as store:
            yield store

    def file(self, name: str, **more) -> Path:
        """A new window's enrolment file."""
        out = self.folder / f"{name}.json"
        with self.opened() as central:
            windows.add_window(central, name=name, out=out, **more)
        return out

    def window(self, name: str) -> Home:
        """A new window that has what it needs."""
        home = Home(self.folder / f"window-{name}")
        bootstrap.enrol_window(home, self.file(name), lambda *_: None)
        return home

    @contextmanager
    def at_work(self, home: Home, number: str = "1001"):
        """One of its windows at noon, with the clerk signed on and a shift open."""
        with at_work(home, number=number) as found:
            yield found


SCHEMA = "venue"


@contextmanager
def venue(folder: Path) -> Iterator[Venue]:
    """A central home in `folder` with the small catalogue, in a database of its own."""
    clock.use(lambda: NOON)
    database, pattern = f"venue{next(_numbers)}", _pattern()
    servers.administer(f"CREATE DATABASE {database} TEMPLATE pattern_venue")
    home = Home(Path(shutil.copytree(pattern.path, folder / "central")))
    url = "postgresql://" + servers.database_url(database).split("@", 1)[1]
    settings.save(home, replace(settings.load(home), central=url))
    try:
        yield Venue(home, folder)
    finally:
        servers.administer(f"DROP DATABASE {database} WITH (FORCE)")
        # Logins belong to the server: the next venue wants those of its windows new.
        with closing(servers.as_owner("postgres")) as store:
            logins = store.all(f"SELECT rolname FROM pg_roles WHERE rolname ~ '^{SCHEMA}_w[0-9]'")
            for (login,) in logins:
                store.execute(f"DROP ROLE {login}")


@cache
def _pattern() -> Home:
    """A central home whose records are copied for each test."""
    servers.administer("CREATE DATABASE pattern_venue")
    home = Home(Path(mkdtemp(prefix="boxoffice-venue-")) / "central")
    url = servers.database_url("pattern_venue")
    setting_up.set_up(home, url=url, schema=SCHEMA, training_time=TRAINING_TIME)
    with open_central(home) as central:
        stock(central)
    return home


def stock(central: CentralHome) -> None:
    """The small catalogue and the four operators of a training venue."""
    for person in training.missing_at(central.store):
        training.new(person).work(central.keys.raw("pepper"))(central.store)
    files = [exchange.read(path) for path in catalogue_files(Path(mkdtemp(prefix="boxoffice-")))]
    reports = catalogue.keep_files(lambda work: work(central.store), central.seal, files)
    assert not any(report.errors or report.exceptions for report in reports)
