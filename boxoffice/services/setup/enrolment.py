"""A window comes to the central records: its home made from an enrolment file, then signed in.

The password of the file is good for one login. The window stores one of its own, and in one
transaction at central shows itself for the first time and changes to it: whoever comes second with
the same file is refused, and a start that was killed goes on.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from boxoffice import settings
from boxoffice.central import founding
from boxoffice.central.rights import window_role
from boxoffice.domain.signing import WindowKey
from boxoffice.errors import BadEnrolment, CentralPassword, Fenced, NoHome
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import (
    Keys,
    keep_keys,
    load_keys,
    new_password,
    new_secret,
    replace_keys,
)
from boxoffice.records.lock import HomeLock
from boxoffice.records.meta import read_fact, write_fact
from boxoffice.records.migrations.server import require_fitting
from boxoffice.records.postgres import Address, PostgresStore, connect
from boxoffice.records.store import Store
from boxoffice.services import homes, machine
from boxoffice.services.setup import enrolment_file
from boxoffice.services.setup.enrolment_file import Enrolment, Part
from boxoffice.services.sharing import epochs, forks
from boxoffice.settings import Home, HomeKind, Settings


def central_address(home: Home, wanted: Settings, password: str) -> Address:
    """Where a window's central records are, and as whom it signs in there."""
    return Address(
        wanted.central,
        wanted.central_schema,
        window_role(wanted.central_schema, wanted.window),
        password,
        ca=str(home.ca_file) if home.ca_file.exists() else "",
    )


def unfinished(home: Home) -> bool:
    """Whether a window still has to sign in, or to fetch what it needs before it can sell.

    One that was killed before the keys of its file were kept goes on as it was; the file still
    works.
    """
    if not (home.exists and home.enrolling_file.exists()):
        return False
    if _mark_of(home)[2:] != [KEYS_FOLLOW]:
        return True
    return bool(load_keys(home, settings.load(home).kind).first_password)


def begin(home: Home, file: Path) -> None:
    """Make the home of a new window from its file, or give a standing one what the file brings.

    `finish` follows. Raises BadEnrolment, HomeInUse, DiskTrouble, or CentralUnreachable and its
    kinds: then nothing was made.
    """
    found = enrolment_file.read(file)
    settings.make_folder(home)
    with HomeLock(home.path):
        if home.exists:
            _refresh(home, found, file.name)
        elif found.part == Part.PASSWORD:
            raise NoHome(home=str(home.path))
        else:
            with homes.making(home):
                _make(home, found, file.name)


def _make(home: Home, found: Enrolment, name: str) -> None:
    kind = HomeKind.TRAINING if found.training_time else HomeKind.REAL
    wanted = Settings(kind=kind, **enrolment_file.settings_of(found))  # type: ignore[arg-type]
    _keep_ca(home, found)
    _look(home, wanted, found, name)
    keys = Keys(
        records=new_secret(),
        personal=found.personal,
        hashing=found.hashing,
        signing=found.signing,
        root="",
        password=new_password(),
        pepper=found.pepper,
        first_password=found.password,
    )
    keep_keys(home, kind, keys)
    window_file = open_records(home.window_file, keys.raw("records"), "WINDOW", make=True)
    with closing(window_file) as store, store.transaction():
        write_fact(store, "epoch", str(found.epoch))
        write_fact(store, founding.ROOT, found.root)
    _mark(home, found, name)
    settings.save(home, wanted)


KEYS_FOLLOW = "keys follow"
"""In the mark of a standing home until what the file brings is kept."""


def _mark(home: Home, found: Enrolment, name: str, state: str = "") -> None:
    """What `finish` has to know when it comes after a break: which part, of which file."""
    with homes.trouble(home.enrolling_file):
        lines = [found.part, name, state] if state else [found.part, name]
        home.enrolling_file.write_text("\n".join(lines), encoding="utf-8")


def _mark_of(home: Home) -> list[str]:
    with homes.trouble(home.enrolling_file):
        if not home.enrolling_file.exists():
            return []
        return home.enrolling_file.read_text(encoding="utf-8").split("\n")


def _marked(home: Home) -> tuple[Part, str]:
    part, name, *_ = (*_mark_of(home), "", "")
    return Part.PASSWORD if part == Part.PASSWORD else Part.WINDOW, name or home.path.name


def _keep_ca(home: Home, found: Enrolment) -> None:
    with homes.trouble(home.ca_file):
        if found.ca:
            home.ca_file.write_text(found.ca, encoding="ascii")
        else:
            home.ca_file.unlink(missing_ok=True)


def _look(home: Home, wanted: Settings, found: Enrolment, name: str) -> None:
    """That the file still opens central, before anything is made; central is not changed."""
    try:
        store = connect(central_address(home, wanted, found.password))
    except CentralPassword:
        raise BadEnrolment(file=name, why="enrolment_used") from None
    with closing(store):
        require_fitting(store)
        _require_same(store, found.root, name)
        if found.part == Part.PASSWORD:
            return
        row = store.first(
            "SELECT epoch, fenced, last_seen FROM ticket_window WHERE id = ?", (found.window,)
        )
        if row is None or row[0] != found.epoch or row[1]:
            raise BadEnrolment(file=name, why="enrolment_ended")
        if row[2] is not None:
            raise BadEnrolment(file=name, why="enrolment_used")


def _require_same(central: Store, root: str, name: str) -> None:
    known = central.first("SELECT value FROM meta WHERE key = ?", (founding.ROOT,))
    if known is None or known[0] != root:
        raise BadEnrolment(file=name, why="enrolment_foreign")


def _refresh(home: Home, found: Enrolment, name: str) -> None:
    """A standing home gets a new password, or a new epoch with its key."""
    wanted = settings.load(home)
    keys = load_keys(home, wanted.kind)
    if not wanted.central:
        raise BadEnrolment(file=name, why="enrolment_own")
    if found.window != wanted.window or found.schema != wanted.central_schema:
        raise BadEnrolment(file=name, why="enrolment_window")
    with closing(open_records(home.window_file, keys.raw("records"), "WINDOW")) as store:
        epoch = epochs.epoch_of(store)
        root = read_fact(store, founding.ROOT, "")
    if root and root != found.root:
        raise BadEnrolment(file=name, why="enrolment_foreign")
    if keys.first_password == found.password:
        return  # killed halfway: `finish` goes on
    fresh = replace(keys, first_password=found.password, password=new_password())
    if found.part == Part.WINDOW:
        if found.epoch <= epoch:
            why = "enrolment_used" if found.epoch == epoch else "enrolment_ended"
            raise BadEnrolment(file=name, why=why)
        same = (found.personal, found.hashing) == (keys.personal, keys.hashing)
        if not same:
            raise BadEnrolment(file=name, why="enrolment_foreign")
        fresh = replace(fresh, signing=found.signing, pepper=found.pepper)
    elif found.epoch != epoch:
        raise BadEnrolment(file=name, why="enrolment_ended")
    wanted = replace(wanted, central=found.address)
    if found.ca:
        _keep_ca(home, found)
    _look(home, wanted, found, name)
    _mark(home, found, name, KEYS_FOLLOW)
    settings.save(home, wanted)
    replace_keys(home, wanted.kind, fresh)
    _mark(home, found, name)


def finish(home: Home) -> None:
    """Sign in with the password of the file and change it; begin the epoch it was made for.

    Safe to repeat, and does nothing where it was done. Raises CentralUnreachable and its kinds, and
    BadEnrolment where another computer was first: then the home is of no use.
    """
    wanted = settings.load(home)
    keys = load_keys(home, wanted.kind)
    if not keys.first_password:
        return
    with HomeLock(home.path), closing(_sign_in(home, wanted, keys)) as central:
        epoch = _epoch_of_key(central, wanted, keys, _marked(home)[1])
        _set_fork_aside(home, wanted, keys, central, epoch)
        with closing(open_records(home.window_file, keys.raw("records"), "WINDOW")) as store:
            _report(home, wanted, store, central, epoch)
            epochs.begin_epoch(home, store, central, wanted.window, epoch)
        replace_keys(home, wanted.kind, replace(keys, first_password=""))


def password_only(home: Home) -> bool:
    """Whether what is being enrolled is another password for a window that has its records."""
    return _marked(home)[0] is Part.PASSWORD


def untouched(home: Home) -> bool:
    """Whether nothing was ever kept in a home: it may be taken back."""
    wanted = settings.load(home)
    key = load_keys(home, wanted.kind).raw("records")
    with closing(open_records(home.window_file, key, "WINDOW")) as store:
        return not any(
            store.first(f"SELECT 1 FROM {table}") for table in ("journal", "orders", "request")
        )


def fetched(home: Home) -> None:
    """The window has what it needs: the next start is one like any other."""
    with homes.trouble(home.enrolling_file):
        home.enrolling_file.unlink(missing_ok=True)


def _sign_in(home: Home, wanted: Settings, keys: Keys) -> PostgresStore:
    """A connection under the window's own password, which is changed to where it is not yet."""
    with suppress(CentralPassword):  # not changed yet, or never will be
        return connect(central_address(home, wanted, keys.password))
    part, name = _marked(home)
    try:
        first = connect(central_address(home, wanted, keys.first_password))
    except CentralPassword:
        raise BadEnrolment(file=name, why="enrolment_used") from None
    with closing(first):
        require_fitting(first)
        epoch = _epoch_of_key(first, wanted, keys, name)
        with first.transaction():
            before = first.first(
                "SELECT connection, last_seen FROM ticket_window WHERE id = ?", (wanted.window,)
            )
            # Who comes at the same time waits for this row, and is then not the first any more.
            begun = first.first("SELECT hello(?)", (epoch,))
            if before is None or begun is None or begun[0] is None:
                raise Fenced(window=wanted.window)
            if part == Part.WINDOW and (before[1] is not None or begun[0] != before[0] + 1):
                raise BadEnrolment(file=name, why="enrolment_used")
            founding.change_own_password(first, keys.password)
    return connect(central_address(home, wanted, keys.password))


def _epoch_of_key(store: Store, wanted: Settings, keys: Keys, name: str) -> int:
    """The epoch that was made for this window's key, which has to be the one that runs."""
    public = WindowKey(keys.raw("signing")).public_key.hex()
    found = store.first(
        "SELECT e.epoch FROM window_epoch e JOIN ticket_window w ON w.id = e.window_id "
        "AND w.epoch = e.epoch WHERE e.window_id = ? AND e.public_key = ? AND w.fenced = 0",
        (wanted.window, public),
    )
    if found is None:
        raise BadEnrolment(file=name, why="enrolment_ended")
    return int(found[0])


def _set_fork_aside(
    home: Home, wanted: Settings, keys: Keys, central: PostgresStore, epoch: int
) -> None:
    """Records that went another way than central has it are not gone on with.

    Raises BadEnrolment until central keeps what was done with them: `central receive`.
    """
    key = keys.raw("records")
    with closing(open_records(home.window_file, key, "WINDOW")) as store:
        old, root = epochs.epoch_of(store), read_fact(store, founding.ROOT, "")
        fork = None if old == epoch else forks.found(store, central, wanted.window, old)
    if fork is None:
        return
    if not forks.is_kept(central, wanted.window, fork):
        raise BadEnrolment(file=_marked(home)[1], why="enrolment_unsent")
    facts = {"epoch": str(epoch)} | ({founding.ROOT: root} if root else {})
    forks.set_aside(home, key, fork, facts)


def _report(home: Home, wanted: Settings, store: Store, central: PostgresStore, epoch: int) -> None:
    """What the epoch that ended did is told before the next begins: central has all this file has.

    Where the file is an old copy, or its twin may still be at work, that is not all there was.
    """
    old = epochs.epoch_of(store)
    if old == epoch:
        return
    behind = epochs.older_file(store, home, wanted, old) is not None
    doubtful = behind or machine.twin(store, home)
    epochs.push_ended(store, central, wanted.window, old, complete=not doubtful)
