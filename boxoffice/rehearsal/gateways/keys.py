"""The keys of a simulated merchant and a simulated payment company: made once, kept with its book.

They are real RSA keys; only what they open is not real.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

BITS = 2048
OURS, THEIRS = "merchant-key.pem", "company-key.pem"


@dataclass(frozen=True)
class Keys:
    """Two pairs: the merchant's, and the company's."""

    merchant: RSAPrivateKey = field(repr=False)
    company: RSAPrivateKey = field(repr=False)

    @classmethod
    def make(cls) -> Keys:
        """New ones."""
        return cls(generate_private_key(65537, BITS), generate_private_key(65537, BITS))

    @classmethod
    def of(cls, folder: Path) -> Keys:
        """Those of a folder, made there at the first time."""
        if not (folder / THEIRS).exists():
            made = cls.make()
            folder.mkdir(parents=True, exist_ok=True)
            write_secret(folder / OURS, private_text(made.merchant))
            write_secret(folder / THEIRS, private_text(made.company))
        return cls(_load(folder / OURS), _load(folder / THEIRS))


def _load(path: Path) -> RSAPrivateKey:
    found = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, RSAPrivateKey):
        raise TypeError("a simulated company has RSA keys")
    return found


def private_text(key: RSAPrivateKey) -> str:
    """A private key as PEM."""
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return text.decode("ascii")


def public_text(key: RSAPrivateKey) -> str:
    """Its public half as PEM."""
    text = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return text.decode("ascii")


def write_secret(path: Path, text: str) -> None:
    """Write a file that only we read, whole or not at all."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    beside.replace(path)
