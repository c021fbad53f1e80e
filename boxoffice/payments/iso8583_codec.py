"""Messages of a card acquirer as bytes: ISO 8583:1987, authenticated, and without card numbers.

Numbers are BCD, as the message fields of Chinese acquirers have them ("Message fields of China
UnionPay POS terminals", after ISO 8583:1987); the codec itself is pyiso8583. Field 64 holds the
first eight bytes of an AES-CMAC (RFC 4493, NIST SP 800-38B) over everything before it. Retail
MACs (ANSI X9.9, X9.19) rest on DES and two-key triple DES, which NIST withdrew after 2023 and
`cryptography` keeps among its decrepit ciphers only; CMAC is what the library offers soundly, for
messages of any length. An acquirer that wants X9.19 wants its own `seal`.

What names a card or its holder never leaves this file: only the fields of `KEPT` do.
"""

from __future__ import annotations

import hmac
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import iso8583
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC
from iso8583.specs import default

MAC_BYTES = 8
MAC_FIELD = "64"

KEPT = frozenset({3, 4, 11, 12, 13, 25, 37, 38, 39, 41, 42, 44, 48, 49, 60, 61, 62})
"""The fields we read and write. Never those with the card's number, tracks, dates, PIN and chip
(2, 14, 23, 34, 35, 36, 45, 52, 55): whatever the terminal sends of these is dropped here."""


class Unreadable(Exception):
    """Bytes that are no message; without the bytes, for they may hold a card number."""


class WrongMac(Exception):
    """A message whose MAC is missing or was made with another key."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its type as four digits, and its fields by number."""

    kind: str
    fields: dict[int, str] = field(default_factory=dict)

    def get(self, number: int) -> str:
        """A field, empty where it is missing."""
        return self.fields.get(number, "")


def _fixed(octets: int) -> dict[str, Any]:
    return {"data_enc": "b", "len_enc": "bcd", "len_type": 0, "max_len": octets}


def _digits(length_octets: int, most: int, pad: str = "right_pad") -> dict[str, Any]:
    """Digits, two to a byte, counted singly; `length_octets` of 0 is a fixed length."""
    return {
        "data_enc": "b",
        "len_enc": "bcd",
        "len_type": length_octets,
        "len_count": "nibbles",
        "max_len": most,
        pad: "0",
    }


def _text(length_octets: int, most: int) -> dict[str, Any]:
    return {"data_enc": "ascii", "len_enc": "bcd", "len_type": length_octets, "max_len": most}


def _layout() -> dict[str, dict[str, Any]]:
    """How each field lies on the wire; the ones not named are as pyiso8583 has them."""
    made: dict[str, dict[str, Any]] = deepcopy(dict(default))
    octets = {"t": 2, "3": 3, "4": 6, "11": 3, "12": 3, "13": 2, "14": 2, "15": 2, "25": 1, "26": 1}
    made |= {name: _fixed(count) for name, count in octets.items()}
    made |= {name: _digits(0, 3, "left_pad") for name in ("22", "23")}
    made |= {"2": _digits(1, 19), "32": _digits(1, 11), "33": _digits(1, 11)}
    made |= {"35": _digits(1, 37), "36": _digits(2, 104), "48": _digits(2, 62)}
    made |= {"53": _fixed(8), "60": _digits(2, 17), "61": _digits(2, 29)}
    made |= {"55": {"data_enc": "b", "len_enc": "bcd", "len_type": 2, "max_len": 255}}
    made |= {"34": _text(1, 28), "44": _text(1, 25), "45": _text(1, 76)}
    made |= {name: _text(2, 512) for name in ("46", "47", "54", "56", "57", "58", "59", "62", "63")}
    for name, one in made.items():
        one.setdefault("desc", name)
    return made


LAYOUT = _layout()


def seal(body: bytes, key: bytes) -> bytes:
    """The MAC of everything before field 64."""
    code = CMAC(AES(key))
    code.update(body)
    return code.finalize()[:MAC_BYTES]


def encode(message: Message, key: bytes) -> bytes:
    """A message with its MAC. Raises ValueError for a field that is not ours to send or read."""
    strange = set(message.fields) - KEPT
    if strange:
        raise ValueError(f"fields that are never sent: {sorted(strange)}")
    return _written(message, {}, key)


def with_card_fields(message: Message, card: dict[int, str], key: bytes) -> bytes:
    """As a careless host writes it, card data and all; for simulated hosts."""
    return _written(message, card, key)


def _written(message: Message, more: dict[int, str], key: bytes) -> bytes:
    plain = {"t": message.kind, MAC_FIELD: "00" * MAC_BYTES}
    plain |= {str(number): text for number, text in (message.fields | more).items()}
    try:
        raw, _ = iso8583.encode(plain, LAYOUT)
    except iso8583.EncodeError as error:
        raise ValueError(f"field {error.field} of a {message.kind}: {error.msg}") from None
    body = bytes(raw)[:-MAC_BYTES]
    return body + seal(body, key)


def decode(raw: bytes, key: bytes) -> Message:
    """The message, when it is one and its MAC is right. Raises Unreadable, WrongMac."""
    message = decode_unproven(raw)
    if not hmac.compare_digest(seal(raw[:-MAC_BYTES], key), raw[-MAC_BYTES:]):
        raise WrongMac
    return message


def decode_unproven(raw: bytes) -> Message:
    """The message, whoever made it; for a host that has to refuse it. Raises Unreadable, WrongMac
    where there is no MAC at all.
    """
    try:
        plain, _ = iso8583.decode(raw, LAYOUT)
    except iso8583.DecodeError:
        raise Unreadable from None
    numbers = {int(name) for name in plain if name.isdecimal()}
    # What stands behind field 64 would not be covered by it.
    if max(numbers, default=0) > int(MAC_FIELD) or 1 in numbers:
        raise Unreadable
    if MAC_FIELD not in plain:
        raise WrongMac
    return Message(plain["t"], {n: plain[str(n)] for n in sorted(numbers & KEPT)})
