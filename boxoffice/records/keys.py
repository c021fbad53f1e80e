"""The keys of a home, kept outside the records: in the keyring, or in a 0600 file."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import keyring
from keyring.errors import KeyringError

from boxoffice.errors import DiskTrouble, KeyMissing
from boxoffice.settings import Home, HomeKind

KEY_BYTES = 32
SERVICE = "boxoffice"


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """Secrets of 32 bytes each, in hexadecimal, unless said otherwise."""

    records: str
    """Opens the files of records (SQLCipher raw key); empty at a central home."""
    personal: str
    """Encrypts documents and phones."""
    hashing: str
    """Keys the hashes of documents and phones."""
    signing: str
    """Seed of this window's Ed25519 key, which signs ticket codes; empty at a central home."""
    root: str
    """Seed of central's Ed25519 key, which certifies windows; empty where central is elsewhere."""
    password: str = ""
    """With which this window or central home signs in to central on a server; no hexadecimal."""
    pepper: str = ""
    """Goes into every PIN before its verifier; empty where PINs were kept without (rule 28)."""
    first_password: str = ""
    """That of the enrolment file, until the window has signed in with its own; no hexadecimal."""

    def raw(self, name: str) -> bytes:
        """One of them as bytes."""
        return bytes.fromhex(getattr(self, name))


HEXADECIMAL = ("records", "personal", "hashing", "signing", "root", "pepper")
OF_A_WINDOW = frozenset({"records", "personal", "hashing", "signing"})
OF_CENTRAL = frozenset({"personal", "hashing", "root"})
"""Those that must be there."""
IN_KEYRING = frozenset({HomeKind.REAL, HomeKind.CENTRAL})
"""Homes that keep their keys in the keyring of the computer's user, where there is one."""


def make_keys(home: Home, kind: HomeKind) -> Keys:
    """Make and keep the keys of a new home; training and demo homes keep theirs in a file."""
    keys = Keys(**{name: new_secret() for name in HEXADECIMAL})
    keep_keys(home, kind, keys)
    return keys


def new_secret() -> str:
    """A fresh secret of 32 bytes, in hexadecimal."""
    return secrets.token_hex(KEY_BYTES)


def new_password() -> str:
    """A fresh password for a login at a server; it wants no quoting."""
    return secrets.token_urlsafe(KEY_BYTES)


def keep_keys(home: Home, kind: HomeKind, keys: Keys) -> None:
    """Keep the keys of a home that has none yet. Raises DiskTrouble."""
    text = json.dumps(asdict(keys))
    if kind in IN_KEYRING:
        try:
            keyring.set_password(SERVICE, str(home.path.resolve()), text)
            return
        except KeyringError:
            pass  # no keyring on this computer: the file below serves
    _write(home.key_file, text)


def replace_keys(home: Home, kind: HomeKind, keys: Keys) -> None:
    """Keep other keys in place of those of a home, all at once. Raises DiskTrouble, KeyMissing."""
    text = json.dumps(asdict(keys))
    if not home.key_file.exists() and kind in IN_KEYRING:
        try:
            keyring.set_password(SERVICE, str(home.path.resolve()), text)
        except KeyringError as error:
            raise KeyMissing(home=str(home.path)) from error
        return
    beside = home.key_file.with_name(f"{home.key_file.name}.new")
    try:
        beside.unlink(missing_ok=True)
        _write(beside, text)
        beside.replace(home.key_file)
    except OSError as error:
        raise DiskTrouble(file=str(home.key_file), why=error.strerror or "") from error


def forget_keys(home: Home, kind: HomeKind) -> None:
    """Forget the keys of a home in which nothing was ever kept. Raises DiskTrouble."""
    try:
        home.key_file.unlink(missing_ok=True)
    except OSError as error:
        raise DiskTrouble(file=str(home.key_file), why=error.strerror or "") from error
    if kind in IN_KEYRING:
        with suppress(KeyringError):  # there is none, or it had nothing
            keyring.delete_password(SERVICE, str(home.path.resolve()))


def _write(path: Path, text: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error


def load_keys(home: Home, kind: HomeKind) -> Keys:
    """The keys of a home. Raises KeyMissing where neither file nor keyring has them."""
    text: str | None = None
    if home.key_file.exists():
        try:
            text = home.key_file.read_text(encoding="ascii")
        except OSError as error:
            raise DiskTrouble(file=str(home.key_file), why=error.strerror or "") from error
        except UnicodeDecodeError:
            raise KeyMissing(home=str(home.path)) from None
    elif kind in IN_KEYRING:
        try:
            text = keyring.get_password(SERVICE, str(home.path.resolve()))
        except KeyringError as error:
            raise KeyMissing(home=str(home.path)) from error
    if text is None:
        raise KeyMissing(home=str(home.path))
    wanted = OF_CENTRAL if kind is HomeKind.CENTRAL else OF_A_WINDOW
    try:
        keys = Keys(**json.loads(text))
        for name in HEXADECIMAL:
            if len(keys.raw(name)) != KEY_BYTES and (name in wanted or getattr(keys, name)):
                raise ValueError(name)
    except (ValueError, TypeError):
        raise KeyMissing(home=str(home.path)) from None
    return keys
