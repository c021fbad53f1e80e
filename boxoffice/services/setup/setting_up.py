"""Central records set up on a server: founded, upgraded, or moved there from a single window."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from boxoffice import clock, settings
from boxoffice.addresses import password_beside, split_address
from boxoffice.central import founding, moving, recovering
from boxoffice.central.rights import window_role
from boxoffice.domain.signing import RootKey
from boxoffice.errors import (
    BadCertificate,
    BadSetting,
    BoxOfficeError,
    ForeignCentral,
    LoginKnown,
    NotAWindow,
    TrainingOnly,
)
from boxoffice.records.file_store import open_reading
from boxoffice.records.keys import (
    Keys,
    forget_keys,
    keep_keys,
    load_keys,
    new_password,
    new_secret,
    replace_keys,
)
from boxoffice.records.lock import HomeLock
from boxoffice.records.postgres import Address, PostgresStore, connect
from boxoffice.services import homes
from boxoffice.services.setup.central_home import address_of, require_central
from boxoffice.settings import Home, HomeKind, Settings

MOVED = "central.db.moved"
"""What the file of central records is called once they are on a server."""


def set_up(
    home: Home, *, url: str = "", schema: str = "", ca: Path | None = None, training_time: str = ""
) -> None:
    """Make a central home and its records at `url`, or bring those it has up to date.

    A standing home may be given another address of the same records. Those that came by a dump
    from another server wait for their windows, as after `recovering.declare`. Raises BadAddress,
    BadSchema, BadCertificate, ForeignCentral, CentralUnreachable and its kinds.
    """
    if not home.exists:
        wanted = Settings(kind=HomeKind.CENTRAL, training_time=training_time)
        _make(home, _addressed(wanted, url, schema), fresh_keys(), url, ca)
        return
    wanted = require_central(home)
    keys = load_keys(home, HomeKind.CENTRAL)
    if url:
        user = split_address(url)[1]
        addressed = _addressed(wanted, url, schema or wanted.central_schema)
        # An address by itself: who signs in there stays as it was.
        wanted = replace(addressed, central_user=user or wanted.central_user)
        keys = replace(keys, password=password_beside(url) or keys.password)
    text = _certificate(ca)
    address = _from_where(address_of(home, wanted, keys), url)
    with (
        closing(connect(replace(address, ca=str(ca) if ca else address.ca))) as store,
        store.permitted(),
    ):
        founding.found(store, wanted.central_schema, RootKey(keys.raw("root")).public_key)
        _begin_new_life(store)
    with HomeLock(home.path):
        if text:
            _keep_ca(home, text)
        if url:
            settings.save(home, wanted)
            replace_keys(home, _place(wanted), keys)


def _begin_new_life(store: PostgresStore) -> None:
    """Where another server counted the transactions of the feed: what windows have read of it is a
    place that no new line ever comes behind, and nobody would hear of anything any more."""
    if store.first("SELECT 1 FROM feed WHERE xid > pg_current_xact_id()::text::bigint LIMIT 1"):
        recovering.declare(store, operator="", reason="dumped at another server")


def fresh_keys() -> Keys:
    """Keys of a venue that begins: whatever it keeps is sealed with these."""
    return Keys(
        records="",
        personal=new_secret(),
        hashing=new_secret(),
        signing="",
        root=new_secret(),
        pepper=new_secret(),
    )


def _addressed(wanted: Settings, url: str, schema: str) -> Settings:
    address, user, _ = split_address(url)
    chosen = schema or wanted.central_schema
    founding.require_name(chosen)
    return replace(wanted, central=address, central_user=user, central_schema=chosen)


def _from_where(address: Address, url: str) -> Address:
    """The address that knows whence its password came, for whom it is refused."""
    if not url or not password_beside(url):
        return address
    return replace(address, where="address" if split_address(url)[2] else "PGPASSWORD")


def _place(wanted: Settings) -> HomeKind:
    """Keys of a home for training lie in a file: it keeps no secret of anybody."""
    return HomeKind.TRAINING if wanted.training_time else HomeKind.CENTRAL


def _certificate(ca: Path | None) -> str:
    if ca is None:
        return ""
    try:
        text = ca.read_text(encoding="ascii")
    except OSError as error:
        raise BadCertificate(file=str(ca), why=error.strerror or "") from error
    except UnicodeDecodeError:
        text = ""
    if "BEGIN CERTIFICATE" not in text:
        raise BadCertificate(file=str(ca), why="no_certificate")
    return text


def _keep_ca(home: Home, text: str) -> None:
    with homes.trouble(home.ca_file):
        home.ca_file.write_text(text, encoding="ascii")


def _make(home: Home, wanted: Settings, keys: Keys, url: str, ca: Path | None) -> None:
    """The keys are kept before anything at the server bears them; a failure leaves no home."""
    keys = replace(keys, password=password_beside(url))
    text = _certificate(ca)
    settings.make_folder(home)
    with HomeLock(home.path), homes.making(home):
        if text:
            _keep_ca(home, text)
        address = _from_where(address_of(home, wanted, keys), url)
        with closing(connect(address)) as store:
            keep_keys(home, _place(wanted), keys)
            try:
                with store.permitted():
                    root = RootKey(keys.raw("root")).public_key
                    founding.found(store, wanted.central_schema, root)
                settings.save(home, wanted)
            except BoxOfficeError:
                forget_keys(home, _place(wanted))
                raise


def move_in(
    home: Home,
    window_home: Home,
    *,
    url: str,
    schema: str = "",
    ca: Path | None = None,
    tell: Callable[[str], object] = lambda _: None,
) -> None:
    """Bring the central records of a single window to a server; the window goes on there.

    All of the window's work was pushed before. From the first step on the window finds its records
    on the server or nowhere, so that nothing is written to the old file any more; each step may be
    repeated after a break. Raises NotAWindow, TrainingOnly for a demo, LoginKnown, ForeignCentral,
    and what `set_up` raises.
    """
    wanted = settings.load(window_home)
    if wanted.kind is HomeKind.CENTRAL:
        raise NotAWindow(home=str(window_home.path))
    if wanted.kind is HomeKind.DEMO:
        raise TrainingOnly(home=str(window_home.path))
    keys = load_keys(window_home, wanted.kind)
    with HomeLock(window_home.path):
        if not home.exists:
            _begin_move(home, wanted, keys, url, schema, ca)
        central = require_central(home)
        central_keys = load_keys(home, HomeKind.CENTRAL)
        if central_keys.personal != keys.personal:
            raise ForeignCentral(schema=central.central_schema)
        if wanted.central not in ("", central.central):
            raise BadSetting(
                file=str(window_home.settings_file), key="central", why="it is on a server already"
            )
        password = keys.password or new_password()
        replace_keys(window_home, wanted.kind, replace(keys, password=password))
        moved = replace(wanted, central=central.central, central_schema=central.central_schema)
        settings.save(window_home, moved)
        if home.ca_file.exists():
            _keep_ca(window_home, home.ca_file.read_text(encoding="ascii"))
        with closing(connect(address_of(home, central, central_keys))) as target:
            _copy(window_home, keys, target, central.central_schema, wanted.window, password, tell)
        replace_keys(window_home, wanted.kind, replace(keys, password=password, root=""))
        if window_home.central_file.exists():
            with homes.trouble(window_home.central_file):
                window_home.central_file.rename(window_home.path / MOVED)


def _begin_move(
    home: Home, wanted: Settings, keys: Keys, url: str, schema: str, ca: Path | None
) -> None:
    kept = {
        name: getattr(wanted, name)
        for name in ("language", "venue_zh", "venue_en", "event_zh", "event_en", "training_time")
    }
    if wanted.kind is HomeKind.TRAINING and not kept["training_time"]:
        kept["training_time"] = clock.venue(clock.now()).isoformat()
    central_keys = replace(keys, records="", signing="", password="", first_password="")
    bare = Settings(kind=HomeKind.CENTRAL, **kept)
    _make(home, _addressed(bare, url, schema), central_keys, url, ca)


def _copy(
    window_home: Home,
    keys: Keys,
    target: PostgresStore,
    schema: str,
    window: int,
    password: str,
    tell: Callable[[str], object],
) -> None:
    if target.first("SELECT 1 FROM ticket_window"):
        return  # copied before a break; the login was made with it
    if target.first("SELECT 1 FROM pg_roles WHERE rolname = ?", (window_role(schema, window),)):
        raise LoginKnown(login=window_role(schema, window))
    with (
        closing(open_reading(window_home.central_file, keys.raw("records"))) as source,
        target.transaction(),
    ):
        moving.copy_rows(source, target, tell)
        founding.let_in(target, schema, window, password)
