"""Puts a window together: home, keys, both files of records, lanes, and what a crash left open."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from boxoffice import clock, exchange, settings
from boxoffice.central.link import Link
from boxoffice.changes import Changes
from boxoffice.devices.printer import FilePrinter, Printer
from boxoffice.devices.system_printer import SystemPrinter
from boxoffice.domain import name_words
from boxoffice.domain.signing import WindowKey
from boxoffice.errors import (
    BadEnrolment,
    CentralUnreachable,
    Fenced,
    NoHome,
    NotAWindow,
    RecordsUnreadable,
)
from boxoffice.exchange.demo import demo_files
from boxoffice.lanes import Lane, Pool
from boxoffice.notices.opening import open_senders
from boxoffice.payments import gateway_settings
from boxoffice.payments.opening import open_gateways
from boxoffice.records import search_index
from boxoffice.records.file_store import FileStore, open_reading, open_records
from boxoffice.records.keys import Keys, load_keys
from boxoffice.records.lock import HomeLock
from boxoffice.records.migrations.server import require_fitting
from boxoffice.records.personal import Seal
from boxoffice.records.postgres import ANSWER_SECONDS, BULK_SECONDS, Address, PostgresStore, connect
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain
from boxoffice.services.aftersales import exchanges, invoice_hands
from boxoffice.services.aftersales.invoice_hands import Hands
from boxoffice.services.homes import FIRST_EPOCH as FIRST_EPOCH
from boxoffice.services.homes import discard_home as discard_home
from boxoffice.services.homes import make_home as make_home
from boxoffice.services.money import books
from boxoffice.services.money.books import Books
from boxoffice.services.office import Office
from boxoffice.services.printing import tickets
from boxoffice.services.programme import catalogue
from boxoffice.services.sales import checkout, releases, reservations
from boxoffice.services.setup import enrolment, gate_keys, training
from boxoffice.services.setup.central_home import address_of, open_central
from boxoffice.services.sharing import custody, epochs, following, restoring, sync
from boxoffice.services.sharing.epochs import epoch_of
from boxoffice.settings import Home, HomeKind, Settings
from boxoffice.verify.sides import Side, Sides, WindowSide

NOT_IN = {"WINDOW": "custody_seat", "CENTRAL": "held_seat"}
"""A table that only the other file of records has."""
ACT_THREADS = 3
TICKET_STOCK = "media=Custom.80x200mm"
"""What a system printer is told about the ticket stock."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a start found unfinished from last time."""

    payments: int = 0
    pages: int = 0


def make_demo(home: Home, first_day: date) -> None:
    """Make a demo home: the tournament that ships with the program, from `first_day` on."""
    make_home(home, Settings(kind=HomeKind.DEMO))
    with open_office(home) as office, tempfile.TemporaryDirectory() as folder:
        for person in training.PEOPLE:
            training.enter(office=office, person=person)
        parsed = [exchange.read(path) for path in demo_files(first_day, Path(folder))]
        catalogue.import_files(office=office, files=parsed)


ORDERS_SECONDS = 10.0
"""How long a new window waits for the orders of others before it may sell."""
Progress = Callable[[str, int, int], object]
"""Told what comes now, how much of it is here, and of how much (0: not known)."""


def enrol_window(home: Home, file: Path | None, progress: Progress) -> None:
    """The first start of a window of a central on a server, from its enrolment file to selling.

    Without a file it goes on with what was begun. Raises BadEnrolment, CentralUnreachable and its
    kinds: after those the next start goes on.
    """
    if file is not None:
        progress("greet", 0, 0)
        enrolment.begin(home, file)
    try:
        enrolment.finish(home)
    except BadEnrolment:
        if enrolment.untouched(home):
            discard_home(home)
        raise
    if enrolment.password_only(home):
        # It has what it needs, and may have to wait for others once central was restored.
        enrolment.fetched(home)
        return
    with open_office(home) as office:
        progress("groups", 0, 0)
        following.begin(office)
        give_up = time.monotonic() + ORDERS_SECONDS
        while following.pull_page(
            office, progress=lambda done, of: progress("orders", done, of)
        ).more:
            if time.monotonic() > give_up:
                break  # the rest comes while it sells
    enrolment.fetched(home)


def enrolling(home: Home) -> bool:
    """Whether the first start of a window broke off, and goes on without its file."""
    return enrolment.unfinished(home)


@contextmanager
def open_office(home: Home, *, threaded: bool = False) -> Iterator[Office]:
    """The office of a home, locked against other programs until the block ends.

    Records that were copied or put back open locked: they are there to be read. With `threaded`
    each lane gets its thread; commands and tests do without. Raises NoHome, NotAWindow, HomeInUse,
    KeyMissing, NewerRecords, RecordsUnreadable, ClockBehind or BadSetting.
    """
    if not home.exists:
        raise NoHome(home=str(home.path))
    wanted = settings.load(home)
    if wanted.kind is HomeKind.CENTRAL:
        raise NotAWindow(home=str(home.path))
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
        locked = writing.call(lambda store: epochs.begin_work(store, home, wanted, epoch))
        ending.callback(clock.stop_following)
        reading = _lane("read", lambda: open_reading(home.window_file, key), threaded)
        ending.callback(reading.close)
        central = _lane(
            "central", lambda: _open_central(home, wanted, keys, ANSWER_SECONDS), threaded
        )
        ending.callback(central.close)
        acts = Pool("act", ACT_THREADS) if threaded else None
        if acts is not None:
            ending.callback(acts.close)
        office = Office(
            home=home,
            settings=wanted,
            writing=writing,
            reading=reading,
            link=Link(central, wanted.window, epoch),
            chain=Chain(wanted.window, epoch, writing.call(lambda s: epochs.head_files(s, home))),
            changes=Changes(),
            seal=Seal(keys.raw("personal"), keys.raw("hashing")),
            key=WindowKey(keys.raw("signing")),
            gateways=open_gateways(home),
            apart=gateway_settings.read(home).apart,
            senders=open_senders(home),
            venue=writing.call(lambda store: _venue_mark(keys, store)),
            pepper=keys.raw("pepper"),
            ticket_printer=_printer(home, wanted.ticket_printer, TICKET_STOCK),
            receipt_printer=_printer(home, wanted.receipt_printer),
            acts=acts,
        )
        if locked is not None:
            office.lock(locked)
        office.link.heard = partial(restoring.heard, office)
        yield office


def _venue_mark(keys: Keys, store: Store) -> str:
    """A few letters that tell the central records from any other of the same merchant."""
    return hashlib.sha256(gate_keys.root_of(keys, store)).hexdigest()[:6]


def recover(office: Office) -> Recovered:
    """What a crash left open: unfinished payments, pages in doubt, requests without an answer.

    Central out of reach is no obstacle: what needs it waits for the next time. Raises why, where
    the records are locked, and Fenced, with all that was unsent reported.
    """
    office.require_unlocked()
    found = Recovered(
        payments=checkout.undo_unfinished(office), pages=tickets.doubt_unfinished(office)
    )
    exchanges.give_up_left(office)
    try:
        custody.settle(office)
        sync.push(office)
        sync.tell_attempts(office)
        sync.catch_up(office)
        reservations.put_back_untouched(office)
        releases.release_expired(office)
    except Fenced as ended:
        epochs.hear_end(office, ended)
        raise
    except CentralUnreachable:
        office.changes.tell(["central"])
    if office.acts is not None:
        name_words.warm_up()  # behind the sign in; the first sale would wait for it
    return found


def is_central(home: Home) -> bool:
    """Whether a home is a central one. Raises BadSetting."""
    return home.exists and settings.load(home).kind is HomeKind.CENTRAL


def address_at(home: Home) -> Address:
    """Where the central records of a central home are, for their owner. Raises KeyMissing."""
    return address_of(home, settings.load(home), load_keys(home, HomeKind.CENTRAL))


@contextmanager
def open_books(home: Home) -> Iterator[Books]:
    """The central records for work on bills and transfers: of a window's home, or a central one.

    A window reads what came of it before the block ends. Raises what `open_office` and `recover`
    do, or `open_central`.
    """
    if is_central(home):
        with open_central(home) as central:
            yield books.of_central(central, _venue_mark(central.keys, central.store))
        return
    with open_office(home) as office:
        recover(office)
        yield books.of_window(office)
        sync.pull(office)


@contextmanager
def open_filing(home: Home) -> Iterator[Hands]:
    """Who files tax invoices: a window, by its home, or the owner of the central records.

    Raises what `open_office` and `recover` do, or `open_central`.
    """
    if is_central(home):
        with open_central(home) as central:
            yield invoice_hands.of_central(central.store, central.seal)
        return
    with open_office(home) as office:
        recover(office)
        yield invoice_hands.of_window(office, None)


@contextmanager
def open_sides(*homes: Home, central: Address | None = None) -> Iterator[Sides]:
    """Central and the files of windows to be proved, for reading only.

    Central is where `central` says, or else where the first home has it: as that window sees it.
    Raises what `open_office` does, or CentralUnreachable; every page of each file is looked at.
    """
    with ExitStack() as ending:
        windows = [ending.enter_context(_window_side(home, len(homes))) for home in homes]
        if central is not None:
            store: FileStore | PostgresStore = connect(central)
        else:
            wanted = settings.load(homes[0])
            keys = load_keys(homes[0], wanted.kind)
            if wanted.central:
                store = _open_central(homes[0], wanted, keys)
            else:
                store = open_reading(homes[0].central_file, keys.raw("records"))
        ending.callback(store.close)
        if isinstance(store, FileStore):
            _refuse_damaged_pages(store)
        else:
            if central is not None:
                ending.enter_context(store.permitted())
            require_fitting(store)
            # One moment of what others go on writing to.
            store.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield Sides(Side("central", store), tuple(windows))


@contextmanager
def _window_side(home: Home, of: int) -> Iterator[WindowSide]:
    if not home.exists:
        raise NoHome(home=str(home.path))
    wanted = settings.load(home)
    with HomeLock(home.path):
        key = load_keys(home, wanted.kind).raw("records")
        _bring_up_to_date(home, key, with_central=not wanted.central)
        with closing(open_reading(home.window_file, key)) as store:
            _refuse_damaged_pages(store)
            yield WindowSide(
                "window" if of == 1 else f"window {wanted.window}",
                store,
                number=wanted.window,
                epoch=epoch_of(store),
                head_file=home.head_file,
            )


def public_keys(office: Office) -> dict[str, object]:
    """The public keys gates need, each with central's signature under it."""
    keys = load_keys(office.home, office.settings.kind)
    root = office.read(lambda store: gate_keys.root_of(keys, store))
    return office.link.lane.call(lambda store: gate_keys.export(store, root))


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


def _open_central(
    home: Home, wanted: Settings, keys: Keys, patience: float = BULK_SECONDS
) -> FileStore | PostgresStore:
    """Central on its server, or in the file beside the window's own.

    Raises CentralUnreachable, CentralOlder or CentralNewer for a server.
    """
    if not wanted.central:
        return open_records(home.central_file, keys.raw("records"), "CENTRAL")
    address = enrolment.central_address(home, wanted, keys.password)
    store = connect(address, patience=patience)
    try:
        require_fitting(store)
    except BaseException:
        store.close()
        raise
    return store


def _lane(name: str, make: Callable[[], Store], threaded: bool) -> Lane[Store]:
    return Lane(name, make, Store.close, threaded=threaded)


def _printer(home: Home, queue: str, *options: str) -> Printer:
    return SystemPrinter(queue, options) if queue else FilePrinter(home.prints)
