"""The stage of a rehearsal: a catalogue, central in a scratch schema, and homes for its windows."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from boxoffice import clock, exchange, settings
from boxoffice.central import allotting, fencing, founding, freeing, moving, pulling, stock
from boxoffice.central.allotting import Plan
from boxoffice.central.enrolling import enrol
from boxoffice.central.guard import CENTRAL
from boxoffice.domain.allotting import Groups
from boxoffice.domain.signing import RootKey, WindowKey
from boxoffice.records.catalogue import CATALOGUE
from boxoffice.records.file_store import open_reading, open_records
from boxoffice.records.keys import Keys, keep_keys, load_keys, new_password
from boxoffice.records.postgres import Address, PostgresStore, connect
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import unit_of_work
from boxoffice.records.whole_order import columns, name_of
from boxoffice.rehearsal import venue
from boxoffice.services import machine
from boxoffice.services.homes import FIRST_EPOCH
from boxoffice.services.office import Office
from boxoffice.services.programme import catalogue
from boxoffice.services.setup import training, windows
from boxoffice.services.setup.central_home import CentralHome
from boxoffice.services.sharing import sync
from boxoffice.settings import Home, HomeKind, Settings
from boxoffice.verify.sides import Sides

SUPERVISOR, SECOND = training.PEOPLE[2], training.PEOPLE[3]
SEATS: dict[str, Any] = {"groups": Groups(pairs=2, fours=1)}
PLACES: dict[str, Any] = {"places": 6, "orders": 3}
"""What a window holds ahead of time, of a level or without one."""
PRESALE_SHARE = 0.2
"""Orders sold before, by customers of a rehearsal."""


@dataclass(frozen=True, slots=True)
class Doors:
    """How homes are made and opened: what stands above this package, handed down."""

    make_home: Callable[[Home, Settings], None]
    enrol_window: Callable[[Home, Path | None, Callable[[str, int, int], object]], None]
    open_office: Callable[..., AbstractContextManager[Office]]
    recover: Callable[[Office], object]
    open_sides: Callable[..., AbstractContextManager[Sides]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A home with catalogue and orders, of which every window gets a copy."""

    home: Home
    day: date
    """The venue day that is rehearsed."""


def at(day: date, hours: float) -> datetime:
    """A moment of the venue day."""
    begin = datetime.combine(day, time(0), clock.VENUE_ZONE).timestamp() + hours * 3600
    return datetime.fromtimestamp(begin, clock.VENUE_ZONE)


def make_pattern(doors: Doors, folder: Path, own: Store | None, customers: int) -> Pattern:
    """Make the home all windows are copied from: on the catalogue of `own`, or the small venue.

    Of another's records only the catalogue is used: customers and operators are invented.
    """
    today = clock.business_day(clock.now())
    day = _next_day(own, today) if own is not None else date.fromordinal(today.toordinal() + 1)
    home = Home(folder / "pattern")
    moment = at(day, 9.0)
    clock.use(lambda: moment)
    doors.make_home(home, Settings(kind=HomeKind.TRAINING))
    with doors.open_office(home) as office:
        for person in training.PEOPLE:
            training.enter(office=office, person=person)
        if own is None:
            files = [exchange.read(path) for path in venue.files(day, folder / "catalogue")]
            _require_all(catalogue.import_files(office=office, files=files))
        else:
            office.link.lane.call(lambda store: _copy_catalogue(own, store))
        sync.pull(office)
        _sell_before(office, folder, day, customers)
        sync.pull(office)
    clock.use(None)
    return Pattern(home, day)


def _next_day(store: Store, today: date) -> date:
    """The first day with a session that is not over, or the last there was."""
    days = [date.fromisoformat(row[0]) for row in store.all("SELECT business_day FROM session")]
    if not days:
        raise LookupError("a catalogue without sessions")
    return min((day for day in days if day >= today), default=max(days))


def _require_all(reports: Sequence[catalogue.FileReport]) -> None:
    for report in reports:
        if report.refused:
            raise RuntimeError(f"{report.name}: {report.trouble or report.errors}")


def _copy_catalogue(source: Store, target: Store) -> None:
    with target.transaction():
        for table in CATALOGUE:
            names = columns(table)
            listed = ", ".join(f'"{name}"' for name in names)
            marks = ", ".join("?" * len(names))
            rows = source.all(f'SELECT {listed} FROM "{name_of(table)}"')
            target.many(f'INSERT INTO "{name_of(table)}" ({listed}) VALUES ({marks})', rows)
        for session, plan, capacity in target.all("SELECT id, plan_id, capacity FROM session"):
            stock.open_session(target, session, plan, capacity)
        pulling.raise_version(target, "catalogue_version")


def _sell_before(office: Office, folder: Path, day: date, customers: int) -> None:
    """Orders of invented people, for the pickup desks."""
    found = office.read(
        lambda store: store.all(
            "SELECT s.code, p.zone, p.row, p.number, t.amount_fen FROM session s "
            "JOIN seat p ON p.plan_id = s.plan_id JOIN price t ON t.price_plan = s.price_plan "
            "AND t.category = p.category AND t.ticket_type = 'adult' "
            "WHERE s.business_day = ? ORDER BY s.id, p.id",
            (day.isoformat(),),
        )
    )
    seats = Random("presale").sample(found, min(len(found), customers * 2))
    file = folder / "presale.csv"
    text = venue.presale(seats, max(1, round(customers * PRESALE_SHARE)), day, Random("presale"))
    file.write_text(text, encoding="utf-8")
    catalogue.import_files(office=office, files=[exchange.read(file)])


@dataclass(frozen=True, slots=True)
class Stage:
    """Central in a schema of its own, as who looks after it sees it."""

    pattern: Pattern
    url: str
    schema: str
    folder: Path

    def owner(self) -> PostgresStore:
        """A connection as who owns the schema."""
        return connect(Address(self.url, self.schema))

    def found(self, windows: int) -> list[str]:
        """Make it as the pattern has it; answers the passwords of the windows."""
        keys = load_keys(self.pattern.home, HomeKind.TRAINING)
        root = RootKey(keys.raw("root"))
        passwords = [new_password() for _ in range(windows)]
        with (
            closing(open_reading(self.pattern.home.central_file, keys.raw("records"))) as source,
            closing(self.owner()) as target,
            target.permitted(),
        ):
            founding.found(target, self.schema, root.public_key)
            moving.copy(source, target)
            with target.transaction():
                for number, password in enumerate(passwords, start=1):
                    if number > 1:
                        public = WindowKey(_signing(keys, number)).public_key
                        certified = root.certify(number, FIRST_EPOCH, public)
                        enrol(target, number, str(number), certified)
                    founding.let_in(target, self.schema, number, password)
        return passwords

    def window_home(self, window: int, address: str, password: str) -> Home:
        """The home of one window, a copy of the pattern, with its line to central."""
        home = Home(self.folder / f"window-{window}")
        home.path.mkdir()
        shutil.copyfile(self.pattern.home.window_file, home.window_file)
        keys = load_keys(self.pattern.home, HomeKind.TRAINING)
        own = replace(keys, signing=_signing(keys, window).hex(), root="", password=password)
        keep_keys(home, HomeKind.TRAINING, own)
        wanted = settings.load(self.pattern.home)
        settings.save(
            home,
            replace(wanted, window=window, central=address, central_schema=self.schema),
        )
        return home

    def allot(self, windows: Collection[int], of: int) -> None:
        """What these windows, and no others of so many, are to hold ahead of time today."""
        with closing(self.owner()) as store:
            sessions = store.all(
                "SELECT DISTINCT s.code, coalesce(p.category, '') FROM session s "
                "LEFT JOIN seat p ON p.plan_id = s.plan_id WHERE s.business_day = ? ORDER BY 1, 2",
                (self.pattern.day.isoformat(),),
            )
            with unit_of_work(store, CENTRAL) as unit:
                for window in range(1, of + 1):
                    for session, level in sessions:
                        wanted = Plan(str(window), session, level)
                        if window in windows:
                            wanted = replace(wanted, **(SEATS if level else PLACES))
                        allotting.set_plan(unit, wanted)

    def new_epoch(self, window: int, address: str, reason: str) -> Path:
        """A supervisor ends the epoch of a window; answers the file with which the next begins."""
        out = self.folder / f"enrolment-{secrets.token_hex(4)}"
        with closing(self.owner()) as store:
            home = CentralHome(
                home=Home(self.folder / "central"),
                settings=Settings(
                    kind=HomeKind.CENTRAL,
                    central=address,
                    central_schema=self.schema,
                    training_time=self.pattern.day.isoformat(),
                ),
                keys=load_keys(self.pattern.home, HomeKind.TRAINING),
                store=store,
            )
            fencing.fence(store, window, operator=SUPERVISOR.number, reason=reason)
            windows.replace_window(home, window=str(window), out=out)
        return out

    def free_ended(self) -> None:
        """Two people free what ended epochs held: they had told all, and their files are gone."""
        with closing(self.owner()) as store:
            for window, epoch in store.all(
                "SELECT window_id, epoch FROM window_epoch WHERE ended_at IS NOT NULL ORDER BY 1, 2"
            ):
                freeing.free(
                    store,
                    int(window),
                    int(epoch),
                    operator=SUPERVISOR.number,
                    approver=SECOND.number,
                    reason="its file is gone",
                )


def _signing(keys: Keys, window: int) -> bytes:
    """Window 1 is the pattern's own; the others have keys made from it."""
    seed = keys.raw("signing")
    return seed if window == 1 else bytes(byte ^ window for byte in seed)


def mark(home: Home) -> None:
    """Bind a home to the computer of this process, as a real one is, where it is not yet."""
    key = load_keys(home, HomeKind.TRAINING).raw("records")
    with closing(open_records(home.window_file, key, "WINDOW")) as store:
        if not machine.marked(store):
            machine.mark(store, home)


def line_url(url: str, port: int) -> str:
    """The same server by way of a port of ours, without user and password."""
    parts = urlsplit(url)
    query = [part for part in parts.query.split("&") if part]
    host = parts.hostname or "127.0.0.1"
    # The name stays what it was, for the server's certificate; only the way to it differs.
    query = [part for part in query if not part.startswith(("hostaddr=", "target_session_attrs="))]
    query.append("hostaddr=127.0.0.1")
    return f"postgresql://{host}:{port}{parts.path}?{'&'.join(query)}"
