"""The keys of a home, kept outside the records: in the keyring, or in a 0600 file."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass

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
    """Opens the files of records (SQLCipher raw key)."""
    personal: str
    """Encrypts documents and phones."""
    hashing: str
    """Keys the hashes of documents and phones."""
    signing: str
    """Seed of this window's Ed25519 key, which signs ticket codes."""
    root: str
    """Seed of central's Ed25519 key, which certifies windows; empty where central is elsewhere."""
    password: str = ""
    """With which this window signs in to central on a server; no hexadecimal."""

    def raw(self, name: str) -> bytes:
        """One of them as bytes."""
        return bytes.fromhex(getattr(self, name))


HEXADECIMAL = ("records", "personal", "hashing", "signing", "root")


def make_keys(home: Home, kind: HomeKind) -> Keys:
    """Make and keep the keys of a new home; training and demo homes keep theirs in a file."""
    keys = Keys(**{name: secrets.token_hex(KEY_BYTES) for name in HEXADECIMAL})
    keep_keys(home, kind, keys)
    return keys


def keep_keys(home: Home, kind: HomeKind, keys: Keys) -> None:
    """Keep the keys of a home that has none yet. Raises DiskTrouble."""
    text = json.dumps(asdict(keys))
    if kind is HomeKind.REAL:
        try:
            keyring.set_password(SERVICE, str(home.path.resolve()), text)
            return
        except KeyringError:
            pass  # no keyring on this computer: the file below serves
    try:
        descriptor = os.open(home.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
    except OSError as error:
        raise DiskTrouble(file=str(home.key_file), why=error.strerror or "") from error


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
    elif kind is HomeKind.REAL:
        try:
            text = keyring.get_password(SERVICE, str(home.path.resolve()))
        except KeyringError as error:
            raise KeyMissing(home=str(home.path)) from error
    if text is None:
        raise KeyMissing(home=str(home.path))
    try:
        keys = Keys(**json.loads(text))
        for name in HEXADECIMAL:
            if len(keys.raw(name)) != KEY_BYTES and (name != "root" or keys.root):
                raise ValueError(name)
    except (ValueError, TypeError):
        raise KeyMissing(home=str(home.path)) from None
    return keys
