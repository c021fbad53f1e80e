"""One question and its answer over TCP: length, TPDU, message; what is not the answer is passed by.

Each question has a connection of its own, as terminals do it: what a host still says of an older
one ends with the older connection. Where a host sends such an answer all the same, it does not
fit: type, trace, terminal, merchant and our own number must be those that were asked for.
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from typing import Protocol

from boxoffice.payments import iso8583_codec as codec
from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.protocol import Why

LENGTH_BYTES = 2
TPDU_BYTES = 5
TPDU_ID = 0x60
"""First byte of every TPDU of a transaction."""
LEAST, MOST = TPDU_BYTES + 10, 2048
"""Bytes of a message with its TPDU; what claims to be longer is not in this format."""
CONNECT_WITHIN_S = 10.0
MOST_S = 180.0

ECHOED = (11, 41, 42, 62)
"""An answer has these of the question: trace, terminal, merchant, our own number."""


class NoAnswer(Exception):
    """Nothing that can be trusted came back; `sent` is whether the question may have arrived."""

    def __init__(self, why: Why, *, sent: bool, said: str = "") -> None:
        super().__init__(why)
        self.why, self.sent, self.said = why, sent, said


class Receives(Protocol):
    """What bytes can be taken from."""

    def recv(self, count: int, /) -> bytes: ...


def answer_kind(kind: str) -> str:
    """The type of the answer to a question: 0210 to 0200."""
    return f"{kind[:2]}{int(kind[2]) + 1}{kind[3]}"


def frame(raw: bytes, tpdu: bytes) -> bytes:
    """A message as it goes over TCP."""
    return (len(tpdu) + len(raw)).to_bytes(LENGTH_BYTES, "big") + tpdu + raw


def take(connection: Receives, count: int) -> bytes:
    """So many bytes, however they were cut. Raises ConnectionError where they end before."""
    parts = b""
    while len(parts) < count:
        more = connection.recv(count - len(parts))
        if not more:
            raise ConnectionResetError
        parts += more
    return parts


def take_frame(connection: Receives) -> bytes:
    """The next message without its TPDU. Raises Unreadable, OSError."""
    length = int.from_bytes(take(connection, LENGTH_BYTES), "big")
    if not LEAST <= length <= MOST:
        raise codec.Unreadable
    whole = take(connection, length)
    if whole[0] != TPDU_ID:
        raise codec.Unreadable
    return whole[TPDU_BYTES:]


class _Until:
    """A socket whose every wait counts against one deadline."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection, self._deadline = connection, deadline

    def recv(self, count: int) -> bytes:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv(count)


@dataclass(frozen=True, slots=True)
class Line:
    """The way to one host."""

    host: str
    port: int
    tpdu: bytes
    key: bytes = field(repr=False)
    within_s: float
    """How long an answer may take, everything counted."""

    def ask(self, question: Message, most_s: float = MOST_S) -> Message:
        """The host's answer to this very question, within `most_s` seconds. Raises NoAnswer."""
        raw = codec.encode(question, self.key)
        within_s = min(self.within_s, most_s)
        deadline = time.monotonic() + within_s
        try:
            connection = socket.create_connection(
                (self.host, self.port), min(within_s, CONNECT_WITHIN_S)
            )
        except OSError:
            raise NoAnswer(Why.UNREACHABLE, sent=False) from None
        with connection:
            try:
                connection.sendall(frame(raw, self.tpdu))
                return self._answer(_Until(connection, deadline), question)
            except codec.Unreadable:
                raise NoAnswer(Why.NOT_READABLE, sent=True) from None
            except codec.WrongMac:
                raise NoAnswer(Why.BAD_SIGNATURE, sent=True) from None
            except OSError:  # silence is a TimeoutError, which is one too
                raise NoAnswer(Why.SILENT, sent=True) from None

    def _answer(self, connection: _Until, question: Message) -> Message:
        while True:
            message = codec.decode(take_frame(connection), self.key)
            if message.kind == answer_kind(question.kind) and all(
                message.get(each) == question.get(each) for each in ECHOED if question.get(each)
            ):
                return message
