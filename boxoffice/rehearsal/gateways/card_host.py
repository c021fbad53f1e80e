"""A simulated acquirer host over TCP: checks every MAC, keeps books, has bad days on demand."""

from __future__ import annotations

import secrets
import socket
import socketserver
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from boxoffice.payments import iso8583_codec as codec
from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.iso8583_line import answer_kind, frame, take_frame
from boxoffice.payments.iso8583_private import State
from boxoffice.rehearsal.gateways.card_host_books import Books
from boxoffice.rehearsal.gateways.card_host_days import Day, How, Plan, Step, step_of
from boxoffice.rehearsal.gateways.card_host_rules import Rules

TERMINAL, MERCHANT = "T0000001", "898100000000001"
TPDU_BACK = bytes.fromhex("6000000003")
CARD = {2: "6200000000000000005", 35: "6200000000000000005D30122010000", 45: "B6200000000000000005"}
"""Of no bank; what a careless host sends along."""
PAGE = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
STOP_WITHIN_S = 0.02

_NOT_DONE = frozenset({How.SILENT, How.HUNG_UP, How.WEB_PAGE})


class CardHost:
    """Start it, plan bad days with `plan.on`, look at `books`, and close it.

    `state` is a file in which the books outlive it. `released` lets slow answers go.
    """

    def __init__(self, *, state: Path | None = None, key: bytes | None = None) -> None:
        self.key = key or secrets.token_bytes(16)
        self.plan = Plan()
        self.books = Books.load(state)
        self.released = Event()
        self.came: list[Step] = []
        """Every message that was understood, in order."""
        self.slow = Event()
        """Set once a slow answer is being held."""
        self._rules = Rules(self.books, TERMINAL, MERCHANT)
        self._lock = Lock()
        self._server = _Server(self)
        self._thread = Thread(
            target=self._server.serve_forever, args=(STOP_WITHIN_S,), name="card host"
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """The port on 127.0.0.1 on which it listens."""
        return int(self._server.server_address[1])

    def table(self, answer_within_s: int = 60) -> dict[str, Any]:
        """The table [card] of payments.toml that leads here."""
        return {
            "host": "127.0.0.1",
            "port": self.port,
            "terminal": TERMINAL,
            "merchant": MERCHANT,
            "mac_key": self.key.hex(),
            "answer_within_s": answer_within_s,
        }

    def customer_pays(self, number: str) -> None:
        """The customer who kept the terminal waiting is done; also: a refund on its way arrives."""
        self._settle(number, State.APPROVED, "00")

    def customer_leaves(self, number: str) -> None:
        """The customer presses the red key."""
        self._settle(number, State.DECLINED, "17")

    def _settle(self, number: str, state: State, code: str) -> None:
        with self._lock:
            entry = self.books.entries[number]
            if entry.state == State.WORKING:
                entry.state, entry.code = state, code
                self.books.save()

    def close(self) -> None:
        """Stop listening, end every line, and wait for the threads."""
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    def __enter__(self) -> CardHost:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def serve(self, connection: socket.socket) -> None:
        """Answer what comes on one line until it ends."""
        try:
            while self._one(connection):
                pass
        except (OSError, codec.Unreadable, codec.WrongMac):
            return  # the terminal gave up, or does not speak our language: the line ends

    def _one(self, connection: socket.socket) -> bool:
        """One message; whether the line goes on."""
        raw = take_frame(connection)
        try:
            asked = codec.decode(raw, self.key)
        except codec.WrongMac:
            asked = codec.decode_unproven(raw)
            self._send(connection, Message(answer_kind(asked.kind), asked.fields | {39: "A0"}))
            return True
        step = step_of(asked)
        if step is None:
            self._send(connection, Message(answer_kind(asked.kind), asked.fields | {39: "30"}))
            return True
        day = self.plan.take(step)
        if day is not None and day.how in _NOT_DONE:
            with self._lock:
                self.came.append(step)
            return self._not_done(connection, day)
        with self._lock:
            self.came.append(step)
            answer = self._rules.answer(step, asked, day)
        return self._deliver(connection, answer, day)

    def _not_done(self, connection: socket.socket, day: Day) -> bool:
        if day.how is How.WEB_PAGE:
            connection.sendall(PAGE)
        # A silent host reads on, for only the end of the line tells it that nobody waits.
        return day.how is How.SILENT

    def _deliver(self, connection: socket.socket, answer: Message, day: Day | None) -> bool:
        how = day.how if day is not None else None
        if how is How.LOST:
            return True
        if how is How.SLOW:
            self.slow.set()
            self.released.wait()
        if how is How.GARBAGE:
            connection.sendall(frame(secrets.token_bytes(64), TPDU_BACK))
        elif how is How.WRONG_MAC:
            self._send(connection, answer, secrets.token_bytes(16))
        elif how is How.CARD_DATA:
            raw = codec.with_card_fields(answer, CARD, self.key)
            connection.sendall(frame(raw, TPDU_BACK))
        elif how is How.OTHERS:
            self._send(connection, _for_another(answer))
        else:
            self._whole(connection, answer, how)
        return how is not How.HALF

    def _whole(self, connection: socket.socket, answer: Message, how: How | None) -> None:
        """The right answer, however it is cut."""
        packet = frame(codec.encode(answer, self.key), TPDU_BACK)
        if how is How.HALF:
            connection.sendall(packet[: len(packet) // 2])
        elif how is How.MERGED:
            other = codec.encode(_for_another(answer), self.key)
            connection.sendall(frame(other, TPDU_BACK) + packet)
        elif how is How.SPLIT:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            for octet in packet:
                connection.sendall(bytes([octet]))
        else:
            connection.sendall(packet)

    def _send(self, connection: socket.socket, answer: Message, key: bytes | None = None) -> None:
        connection.sendall(frame(codec.encode(answer, key or self.key), TPDU_BACK))


def _for_another(answer: Message) -> Message:
    """The same answer, as if it were for another trace."""
    other = f"{int(answer.get(11)) % 999_999 + 1:06d}"
    return replace(answer, fields=answer.fields | {11: other})


class _Server(socketserver.ThreadingTCPServer):
    """One thread for each line, all joined when it closes."""

    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True

    def __init__(self, host: CardHost) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.host = host
        self._lines: set[socket.socket] = set()
        self._lock = Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hold the line before its thread starts, so that `hang_up` misses none."""
        with self._lock:
            self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """The line has ended."""
        with self._lock:
            self._lines.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the lines on which a thread may still wait."""
        with self._lock:
            for connection in self._lines:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # it ended by itself


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.server.host.serve(self.request)
