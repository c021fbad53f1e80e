"""Homes made new and taken back: nothing half made is ever opened, nothing kept is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from boxoffice import settings
from boxoffice.central.enrolling import enrol
from boxoffice.domain.ids import new_id
from boxoffice.domain.signing import RootKey, WindowKey
from boxoffice.errors import DiskTrouble, HomeInUse
from boxoffice.records.custody import Meta
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import Keys, make_keys
from boxoffice.records.lock import HomeLock
from boxoffice.records.store import Store
from boxoffice.settings import Home, Settings

FIRST_EPOCH = 1


def make_home(home: Home, wanted: Settings) -> None:
    """Make a new home: keys, both files of records with this window enrolled, then the settings.

    Settings make it a home; whatever ends the making before leaves none, and does not block the
    next try. Raises HomeInUse where another program makes or made one there, DiskTrouble for a
    folder that cannot be written, and for records whose settings are lost: they are left alone.
    """
    settings.make_folder(home)
    with HomeLock(home.path), making(home):
        keys = make_keys(home, wanted.kind)
        central = open_records(home.central_file, keys.raw("records"), "CENTRAL", make=True)
        _enrol(central, keys, wanted)
        central.close()
        open_records(home.window_file, keys.raw("records"), "WINDOW", make=True).close()
        settings.save(home, wanted)


@contextmanager
def making(home: Home) -> Iterator[None]:
    """What is made inside is unfinished until the end; the home is locked by who calls.

    Raises HomeInUse where there is a home, DiskTrouble.
    """
    if home.exists:
        raise HomeInUse(home=str(home.path))
    _clear_unfinished(home)
    with trouble(home.making_file):
        home.making_file.touch()
    yield
    with trouble(home.making_file):
        home.making_file.unlink()


def discard_home(home: Home) -> None:
    """Take back a home that was just made and in which nothing was ever kept."""
    with HomeLock(home.path), trouble(home.path):
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
        with trouble(path):
            path.unlink()


@contextmanager
def trouble(path: Path) -> Iterator[None]:
    """Turn what the disk says into DiskTrouble."""
    try:
        yield
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error


def _enrol(central: Store, keys: Keys, wanted: Settings) -> None:
    public = WindowKey(keys.raw("signing")).public_key
    certified = RootKey(keys.raw("root")).certify(wanted.window, FIRST_EPOCH, public)
    with central.transaction():
        central.insert(Meta, [{"key": "incarnation", "value": new_id()}])
        enrol(central, wanted.window, str(wanted.window), certified)
