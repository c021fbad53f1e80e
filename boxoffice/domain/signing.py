"""Keys that sign ticket codes: one per window and epoch, each certified by central's root key."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from boxoffice import errors

SEED_BYTES = 32
KEY_ID_BYTES = 4
SIGNATURE_BYTES = 64

# Keeps a certificate from ever being read as anything else the root key might sign one day.
_CERTIFICATE_CONTEXT = b"box office window key 1\0"


def key_id_of(public_key: bytes) -> bytes:
    """The four bytes a ticket code names its key by: the start of SHA-256 of the public key."""
    return hashlib.sha256(public_key).digest()[:KEY_ID_BYTES]


def _certified_bytes(window: int, epoch: int, public_key: bytes) -> bytes:
    return _CERTIFICATE_CONTEXT + struct.pack(">HH", window, epoch) + public_key


def _signed_by(public_key: bytes, signature: bytes, data: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class CertifiedKey:
    """What anyone may know of a window's key, with central's signature under it."""

    window: int
    epoch: int
    public_key: bytes
    certificate: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that name this key in a ticket code."""
        return key_id_of(self.public_key)

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Whether this window's private key made `signature` over `data`."""
        return _signed_by(self.public_key, signature, data)

    def certified_by(self, root: bytes) -> bool:
        """Whether the root key given by its public bytes signed window, epoch and key."""
        data = _certified_bytes(self.window, self.epoch, self.public_key)
        return _signed_by(root, self.certificate, data)


class RootKey:
    """Central's key: its only use is to certify the keys of windows."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._private.public_key().public_bytes_raw()

    def certify(self, window: int, epoch: int, public_key: bytes) -> CertifiedKey:
        """Bind a window's public key to its window and epoch.

        Raises ValueError where window or epoch do not fit 16 bits.
        """
        try:
            data = _certified_bytes(window, epoch, public_key)
        except struct.error as error:
            raise ValueError(f"window {window}, epoch {epoch}: {error}") from None
        return CertifiedKey(window, epoch, public_key, self._private.sign(data))


class WindowKey:
    """A window's private key of one epoch, made from 32 secret bytes."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._private.public_key().public_bytes_raw()
        self.key_id = key_id_of(self.public_key)

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature over `data`."""
        return self._private.sign(data)


def export_keys(root: bytes, keys: Iterable[CertifiedKey]) -> dict[str, object]:
    """Public keys for the gates, ready for JSON; bytes are written as hexadecimal."""
    ordered = sorted(keys, key=lambda key: (key.window, key.epoch, key.public_key))
    return {
        "root": root.hex(),
        "keys": [
            {
                "key_id": key.key_id.hex(),
                "window": key.window,
                "epoch": key.epoch,
                "public_key": key.public_key.hex(),
                "certificate": key.certificate.hex(),
            }
            for key in ordered
        ],
    }


def check_keys(
    exported: Mapping[str, object], trusted_root: bytes | None = None
) -> dict[bytes, CertifiedKey]:
    """Read what `export_keys` wrote and prove every certificate; the keys by their id.

    Give `trusted_root` where the root key is known from elsewhere. Raises BadKeyChain.
    """
    root = _hex(exported, "root")
    if trusted_root is not None and root != trusted_root:
        raise errors.BadKeyChain(why="root")
    entries = exported.get("keys")
    if not isinstance(entries, list):
        raise errors.BadKeyChain(why="keys")
    found: dict[bytes, CertifiedKey] = {}
    for entry in entries:
        key = _read_key(entry)
        if key.key_id in found:
            raise errors.BadKeyChain(why="key_id")
        if not key.certified_by(root):
            raise errors.BadKeyChain(why="certificate")
        found[key.key_id] = key
    return found


def _read_key(entry: object) -> CertifiedKey:
    if not isinstance(entry, Mapping):
        raise errors.BadKeyChain(why="keys")
    public_key = _hex(entry, "public_key")
    if _hex(entry, "key_id") != key_id_of(public_key):
        raise errors.BadKeyChain(why="key_id")
    window, epoch = _number(entry, "window"), _number(entry, "epoch")
    return CertifiedKey(window, epoch, public_key, _hex(entry, "certificate"))


def _hex(entry: Mapping[str, object], name: str) -> bytes:
    text = entry.get(name)
    try:
        return bytes.fromhex(text if isinstance(text, str) else "?")
    except ValueError:
        raise errors.BadKeyChain(why=name) from None


def _number(entry: Mapping[str, object], name: str) -> int:
    value = entry.get(name)
    if type(value) is not int or not 0 <= value <= 0xFFFF:
        raise errors.BadKeyChain(why=name)
    return value
