"""Central home: the keys and the address with which the central records are looked after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from boxoffice import settings
from boxoffice.central.guard import CENTRAL
from boxoffice.domain.signing import RootKey
from boxoffice.errors import NotACentralHome
from boxoffice.records.keys import Keys, load_keys
from boxoffice.records.migrations.server import require_fitting
from boxoffice.records.personal import Seal
from boxoffice.records.postgres import Address, PostgresStore, connect
from boxoffice.records.unit_of_work import Unit, unit_of_work
from boxoffice.settings import Home, HomeKind, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralHome:
    """The central records as their owner sees them, and the keys that belong to them."""

    home: Home
    settings: Settings
    keys: Keys
    store: PostgresStore

    @property
    def schema(self) -> str:
        """The schema the records lie in."""
        return self.settings.central_schema

    @property
    def root(self) -> RootKey:
        """The key that certifies windows."""
        return RootKey(self.keys.raw("root"))

    @property
    def seal(self) -> Seal:
        """Encrypts and hashes personal data as the windows do."""
        return Seal(self.keys.raw("personal"), self.keys.raw("hashing"))

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """One transaction with entries in central's own journal."""
        with unit_of_work(self.store, CENTRAL) as unit:
            yield unit


def require_central(home: Home) -> Settings:
    """The settings of a central home. Raises BadSetting, NotACentralHome for any other folder."""
    if not home.exists:
        raise NotACentralHome(home=str(home.path))
    wanted = settings.load(home)
    if wanted.kind is not HomeKind.CENTRAL:
        raise NotACentralHome(home=str(home.path))
    return wanted


def address_of(home: Home, wanted: Settings, keys: Keys) -> Address:
    """Where the central records of a central home are, and who signs in there."""
    return Address(
        wanted.central,
        wanted.central_schema,
        wanted.central_user,
        keys.password,
        ca=str(home.ca_file) if home.ca_file.exists() else "",
    )


@contextmanager
def open_central(home: Home) -> Iterator[CentralHome]:
    """The central records as their owner, until the block ends; several programs may at once.

    Raises NotACentralHome, KeyMissing, CentralUnreachable, CentralOlder, CentralNewer.
    """
    wanted = require_central(home)
    keys = load_keys(home, HomeKind.CENTRAL)
    store = connect(address_of(home, wanted, keys))
    try:
        require_fitting(store)
        yield CentralHome(home=home, settings=wanted, keys=keys, store=store)
    finally:
        store.close()
