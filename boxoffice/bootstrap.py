"""Puts a window together: home, keys, both files of records, lanes, and what a crash left open."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from boxoffice import clock, exchange, settings
from boxoffice.central.enrolling import enrol
from boxoffice.central.link import Link
from boxoffice.central.rights import window_role
from boxoffice.changes import Changes
from boxoffice.devices.printer import FilePrinter, Printer
from boxoffice.devices.system_printer import SystemPrinter
from boxoffice.domain import name_words
from boxoffice.domain.ids import new_id
from boxoffice.domain.signing import CertifiedKey, RootKey, WindowKey, export_keys
from boxoffice.errors import (
    CentralUnreachable,
    ClockBehind,
    DiskTrouble,
    HomeInUse,
    NoHome,
    RecordsBehind,
    RecordsUnreadable,
)
from boxoffice.exchange.demo import demo_files
from boxoffice.lanes import Lane, Pool
from boxoffice.records import search_index
from boxoffice.records.custody import Meta
from boxoffice.records.file_store import FileStore, open_reading, open_records
from boxoffice.records.keys import Keys, load_keys, make_keys
from boxoffice.records.lock import HomeLock
from boxoffice.records.migrations.server import require_fitting
from boxoffice.records.personal import Seal
from boxoffice.records.postgres import Address, connect
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain, head_of, read_head_file
from boxoffice.services import (
    catalogue,
    checkout,
    custody,
    releases,
    reservations,
    sync,
    tickets,
    training,
)
from boxoffice.services.office import Office
from boxoffice.settings import Home, HomeKind, Settings
from boxoffice.verify.sides import Side, Sides

FIRST_EPOCH = 1
NOT_IN = {"WINDOW": "custody_seat", "CENTRAL": "held_seat"}
"""A table that only the other file of records has."""
ACT_THREADS = 3
CLOCK_TOLERANCE = timedelta(minutes=2)
"""How far a computer's clock may be set back without anybody being told."""
TICKET_STOCK = "media=Custom.80x200mm"
"""What a system printer is told about the ticket stock."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a start found unfinished from last time."""

    payments: int = 0
    pages: int = 0


def make_home(home: Home, wanted: Settings) -> None:
    """Make a new home: keys, both files of records with this window enrolled, then the settings.

    Settings make it a home; whatever ends the making before leaves none, and does not block the
    next try. Raises HomeInUse where another program makes or made one there, DiskTrouble for a
    folder that cannot be written, and for records whose settings are lost: they are left alone.
    """
    settings.make_folder(home)
    with HomeLock(home.path):
        if home.exists:
            raise HomeInUse(home=str(home.path))
        _clear_unfinished(home)
        with _trouble(home.making_file):
            home.making_file.touch()
        keys = make_keys(home, wanted.kind)
        central = open_records(home.central_file, keys.raw("records"), "CENTRAL", make=True)
        _enrol(central, keys, wanted)
        central.close()
        open_records(home.window_file, keys.raw("records"), "WINDOW", make=True).close()
        settings.save(home, wanted)
        with _trouble(home.making_file):
            home.making_file.unlink()


def discard_home(home: Home) -> None:
    """Take back a home that was just made and in which nothing was ever kept."""
    with HomeLock(home.path), _trouble(home.path):
        home.making_file.touch()
        home.settings_file.unlink()
        _clear_unfinished(home)
        home.making_file.unlink()


def _clear_unfinished(home: Home) -> None:
    standing = [path for path in home.secrets_and_records if path.exists()]
    if standing and not home.making_file.exists():
        why = f"it is missing beside {standing[0].name}; put it back"
        raise DiskTrouble(file=str(home.settings_file), why=why)
    for path in standing:
        with _trouble(path):
            path.unlink()


@contextmanager
def _trouble(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error


def make_demo(home: Home, first_day: date) -> None:
    """Make a demo home: the tournament that ships with the program, from `first_day` on."""
    make_home(home, Settings(kind=HomeKind.DEMO))
    with open_office(home) as office, tempfile.TemporaryDirectory() as folder:
        for person in training.PEOPLE:
            training.enter(office=office, person=person)
        parsed = [exchange.read(path) for path in demo_files(first_day, Path(folder))]
        catalogue.import_files(office=office, files=parsed)


def _enrol(central: Store, keys: Keys, wanted: Settings) -> None:
    public = WindowKey(keys.raw("signing")).public_key
    certified = RootKey(keys.raw("root")).certify(wanted.window, FIRST_EPOCH, public)
    with central.transaction():
        central.insert(Meta, [{"key": "incarnation", "value": new_id()}])
        enrol(central, wanted.window, str(wanted.window), certified)


@contextmanager
def open_office(home: Home, *, threaded: bool = False) -> Iterator[Office]:
    """The office of a home, locked against other programs until the block ends.

    Raises NoHome, HomeInUse, KeyMissing, NewerRecords, RecordsUnreadable, RecordsBehind or
    BadSetting. With `threaded` each lane gets its thread; commands and tests do without.
    """
    if not home.exists:
        raise NoHome(home=str(home.path))
    wanted = settings.load(home)
    with ExitStack() as ending:
        ending.enter_context(HomeLock(home.path))
        settings.start_logging(home)
        ending.callback(settings.stop_logging)
        keys = load_keys(home, wanted.kind)
        key = keys.raw("records")
        _bring_up_to_date(home, key, with_central=not wanted.central)
        writing = _lane("write", lambda: _open_window(home, key), threaded)
        ending.callback(writing.close)
        epoch = writing.call(epoch_of)
        _refuse_older_file(writing, home, wanted)
        _refuse_wrong_clock(writing, wanted)
        reading = _lane("read", lambda: open_reading(home.window_file, key), threaded)
        ending.callback(reading.close)
        central = _lane("central", lambda: _open_central(home, wanted, keys), threaded)
        ending.callback(central.close)
        acts = Pool("act", ACT_THREADS) if threaded else None
        if acts is not None:
            ending.callback(acts.close)
        yield Office(
            home=home,
            settings=wanted,
            writing=writing,
            reading=reading,
            link=Link(central, wanted.window, epoch),
            chain=Chain(wanted.window, epoch, home.head_file),
            changes=Changes(),
            seal=Seal(keys.raw("personal"), keys.raw("hashing")),
            key=WindowKey(keys.raw("signing")),
            ticket_printer=_printer(home, wanted.ticket_printer, TICKET_STOCK),
            receipt_printer=_printer(home, wanted.receipt_printer),
            acts=acts,
        )


def recover(office: Office) -> Recovered:
    """What a crash left open: unfinished payments, pages in doubt, requests without an answer.

    Central out of reach is no obstacle: what needs it waits for the next time.
    """
    found = Recovered(
        payments=checkout.undo_unfinished(office), pages=tickets.doubt_unfinished(office)
    )
    try:
        custody.settle(office)
        sync.push(office)
        sync.pull(office)
        reservations.put_back_untouched(office)
        releases.release_expired(office)
    except CentralUnreachable:
        office.changes.tell(["central"])
    if office.acts is not None:
        name_words.warm_up()  # behind the sign in; the first sale would wait for it
    return found


@contextmanager
def open_sides(home: Home) -> Iterator[Sides]:
    """Both files of a home to be proved, for reading only.

    Raises what `open_office` does; every page of both is looked at.
    """
    if not home.exists:
        raise NoHome(home=str(home.path))
    wanted = settings.load(home)
    with ExitStack() as ending:
        ending.enter_context(HomeLock(home.path))
        key = load_keys(home, wanted.kind).raw("records")
        _bring_up_to_date(home, key)
        window = open_reading(home.window_file, key)
        ending.callback(window.close)
        central = open_reading(home.central_file, key)
        ending.callback(central.close)
        for store in (window, central):
            _refuse_damaged_pages(store)
        yield Sides(
            window=Side("window", window),
            central=Side("central", central),
            window_number=wanted.window,
            epoch=FIRST_EPOCH,
            head_file=home.head_file,
        )


def public_keys(office: Office) -> dict[str, object]:
    """The public keys gates need, each with central's signature under it."""
    keys = load_keys(office.home, office.settings.kind)
    root = RootKey(keys.raw("root")).public_key

    def look(store: Store) -> list[CertifiedKey]:
        return [
            CertifiedKey(row[0], row[1], bytes.fromhex(row[2]), bytes.fromhex(row[3]))
            for row in store.all(
                "SELECT window_id, epoch, public_key, certificate FROM window_epoch ORDER BY 1, 2"
            )
        ]

    return export_keys(root, office.link.lane.call(look))


def _bring_up_to_date(home: Home, key: bytes, *, with_central: bool = True) -> None:
    files = [(home.window_file, "WINDOW"), (home.central_file, "CENTRAL")]
    for path, part in files if with_central else files[:1]:
        # SQLite takes an empty file for new records, and would forget what was sold.
        if not path.exists() or not path.stat().st_size:
            raise RecordsUnreadable(file=path.name)
        with closing(open_reading(path, key)) as store:
            # The two files share their key: one could be put in the place of the other.
            sql = "SELECT 1 FROM sqlite_master WHERE name = ?"
            if store.first(sql, (NOT_IN[part],)) is not None:
                raise RecordsUnreadable(file=path.name)
        open_records(path, key, part).close()


def _refuse_damaged_pages(store: FileStore) -> None:
    # The rules would not notice damage in an index that they do not ask.
    if store.all("PRAGMA cipher_integrity_check"):
        raise RecordsUnreadable(file=store.path.name)


def _open_window(home: Home, key: bytes) -> Store:
    store = open_records(home.window_file, key, "WINDOW")
    store.before_commit.append(search_index.follow)
    return store


def epoch_of(store: Store) -> int:
    """The epoch this window writes in, as it was enrolled last."""
    found = store.first("SELECT value FROM meta WHERE key = 'epoch'")
    return int(found[0]) if found else FIRST_EPOCH


def _open_central(home: Home, wanted: Settings, keys: Keys) -> Store:
    """Central on its server, or in the file beside the window's own.

    Raises CentralUnreachable, CentralOlder or CentralNewer for a server.
    """
    if not wanted.central:
        return open_records(home.central_file, keys.raw("records"), "CENTRAL")
    role = window_role(wanted.central_schema, wanted.window)
    store = connect(Address(wanted.central, wanted.central_schema, role, keys.password))
    try:
        require_fitting(store)
    except BaseException:
        store.close()
        raise
    return store


def _lane(name: str, make: Callable[[], Store], threaded: bool) -> Lane[Store]:
    return Lane(name, make, Store.close, threaded=threaded)


def _refuse_older_file(writing: Lane[Store], home: Home, wanted: Settings) -> None:
    """A file restored from a backup must not go on selling under its old numbers (rule 16)."""
    outside = read_head_file(home.head_file)
    if outside is None:
        return
    epoch, number, hashed = outside
    known, _ = writing.call(lambda store: head_of(store, wanted.window, epoch))
    found = writing.call(
        lambda store: store.first(
            "SELECT hash FROM journal WHERE window_id = ? AND epoch = ? AND number = ?",
            (wanted.window, epoch, number),
        )
    )
    # The same number with other content is an old copy too, which went its own way since.
    if found is None or found[0] != hashed:
        raise RecordsBehind(file=home.window_file.name, number=number, known=known)


def _refuse_wrong_clock(writing: Lane[Store], wanted: Settings) -> None:
    """A clock behind the last entry would sell over sessions and refund by ended steps.

    The clock of a training or demo home is set on purpose.
    """
    if wanted.kind is not HomeKind.REAL:
        return
    found = writing.call(
        lambda store: store.first(
            "SELECT j.at FROM journal j JOIN chain_head h ON h.window_id = j.window_id "
            "AND h.epoch = j.epoch AND h.number = j.number WHERE h.window_id = ?",
            (wanted.window,),
        )
    )
    if found is None:
        return
    last, now = clock.from_text(found[0]), clock.now()
    if now < last - CLOCK_TOLERANCE:
        raise ClockBehind(now=clock.venue(now), last=clock.venue(last))


def _printer(home: Home, queue: str, *options: str) -> Printer:
    return SystemPrinter(queue, options) if queue else FilePrinter(home.prints)
