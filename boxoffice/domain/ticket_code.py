"""The signed code on a ticket: what it claims, its text for the QR symbol, how it is checked."""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from boxoffice import errors
from boxoffice.domain.signing import SIGNATURE_BYTES, CertifiedKey

FORMAT = 1

# Format, key id, ticket, session, seat, issue, window, epoch: big-endian, no padding.
_CLAIM = struct.Struct(">B4s16sIIBHH")

TEXT_LENGTH = -(-(_CLAIM.size + SIGNATURE_BYTES) * 8 // 5)
"""Characters of every code of this format; the QR symbol is chosen for it."""


@dataclass(frozen=True, slots=True)
class TicketClaim:
    """What a ticket code says; `seat` is 0 for an unnumbered place, `issue` counts reprints."""

    key_id: bytes
    ticket: UUID
    session: int
    seat: int
    issue: int
    window: int
    epoch: int


class Parsed(NamedTuple):
    """A well-formed code whose signature is still to be checked."""

    claim: TicketClaim
    signed: bytes
    signature: bytes


def encode(claim: TicketClaim, sign: Callable[[bytes], bytes]) -> str:
    """The code as upper-case base32 without padding, signed by `sign` (64 bytes, Ed25519).

    Only A-Z and 2-7 occur, so that QR uses its compact alphanumeric mode and a scanner that types
    like a keyboard cannot mangle it. Raises ValueError where a field does not fit.
    """
    if len(claim.key_id) != 4:
        raise ValueError("a key id has four bytes")
    try:
        signed = _CLAIM.pack(
            FORMAT,
            claim.key_id,
            claim.ticket.bytes,
            claim.session,
            claim.seat,
            claim.issue,
            claim.window,
            claim.epoch,
        )
    except struct.error as error:
        raise ValueError(f"{claim}: {error}") from None
    signature = sign(signed)
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError("a signature has 64 bytes")
    return _to_text(signed + signature)


def parse(text: str) -> Parsed:
    """Take a scanned code apart without judging its signature.

    Space around it and a scanner's caps lock (everything in lower case) are forgiven; nothing
    else is. Raises BadTicketCode.
    """
    text = text.strip()
    if len(text) != TEXT_LENGTH or not text.isascii():
        raise errors.BadTicketCode()
    if text.islower():
        text = text.upper()
    try:
        data = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise errors.BadTicketCode() from None
    # The last character has spare bits that decoding ignores: only one spelling is ours.
    if _to_text(data) != text:
        raise errors.BadTicketCode()
    signed, signature = data[: _CLAIM.size], data[_CLAIM.size :]
    version, key_id, ticket, session, seat, issue, window, epoch = _CLAIM.unpack(signed)
    if version != FORMAT:
        raise errors.BadTicketCode()
    claim = TicketClaim(key_id, UUID(bytes=ticket), session, seat, issue, window, epoch)
    return Parsed(claim, signed, signature)


def verify(text: str, key_for: Callable[[bytes], CertifiedKey | None]) -> TicketClaim:
    """The claim of a code that one of our windows signed for itself.

    `key_for` gives the certified key of a key id, or None. Raises BadTicketCode where the code is
    malformed, the key unknown, the signature wrong, or the key belongs to another window or epoch.
    """
    claim, signed, signature = parse(text)
    key = key_for(claim.key_id)
    if key is None or (key.window, key.epoch) != (claim.window, claim.epoch):
        raise errors.BadTicketCode()
    if not key.verifies(signature, signed):
        raise errors.BadTicketCode()
    return claim


def _to_text(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii").rstrip("=")
