"""What a PostgreSQL server keeps in place of a password, so that it never sees the password."""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b64encode

ROUNDS = 4096
SALT_BYTES = 16


def verifier(password: str) -> str:
    """The SCRAM-SHA-256 verifier (RFC 5803) of an ASCII password, with a salt of its own."""
    salt = os.urandom(SALT_BYTES)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, ROUNDS)
    stored = hashlib.sha256(_keyed(salted, b"Client Key")).digest()
    parts = (salt, stored, _keyed(salted, b"Server Key"))
    salt64, stored64, server64 = (b64encode(part).decode("ascii") for part in parts)
    return f"SCRAM-SHA-256${ROUNDS}:{salt64}${stored64}:{server64}"


def _keyed(key: bytes, words: bytes) -> bytes:
    return hmac.new(key, words, hashlib.sha256).digest()
