"""Personal data at rest: encrypted text, and keyed hashes that answer "is it the same"."""

from __future__ import annotations

import base64
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from boxoffice.errors import RecordsUnreadable

NONCE_BYTES = 12
HASH_BYTES = 16
PHONE_END_DIGITS = 4


class Seal:
    """Encrypts and hashes with the venue's keys (32 bytes each)."""

    def __init__(self, key: bytes, hash_key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._hash_key = hash_key

    def seal(self, text: str) -> str:
        """Encrypted text, different each time; nothing stays nothing."""
        if not text:
            return ""
        nonce = os.urandom(NONCE_BYTES)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), None)).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises RecordsUnreadable where it was not sealed with this key."""
        if not sealed:
            return ""
        try:
            raw = base64.b64decode(sealed, validate=True)
            return self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None).decode()
        except (InvalidTag, ValueError):
            raise RecordsUnreadable(file="") from None

    def hash(self, text: str) -> str:
        """Keyed hash: equal for equal text, and telling nothing without the key."""
        if not text:
            return ""
        return hashlib.blake2b(
            text.encode(), key=self._hash_key, digest_size=HASH_BYTES
        ).hexdigest()

    def phone_end(self, phone: str) -> str:
        """Keyed hash of a phone's last four digits."""
        return self.hash(f"end:{phone[-PHONE_END_DIGITS:]}") if phone else ""
