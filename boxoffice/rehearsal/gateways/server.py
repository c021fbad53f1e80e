"""The server of a simulated payment company: takes messages, has its bad days, ends cleanly."""

from __future__ import annotations

import copy
import json
import secrets
import select
import socket
import sys
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from boxoffice.rehearsal.gateways.book import Book
from boxoffice.rehearsal.gateways.book_rows import BackState
from boxoffice.rehearsal.gateways.days import NOTHING_DONE, Day, Days, Step, Trouble

CONTROL = "/__control__"
TOKEN_HEADER = "X-Control-Token"
MOST_BYTES = 1_000_000
_LOOKS_EVERY_S = 0.05
"""How often a held answer looks whether its window is still there."""
PORTAL = "<!doctype html><html><body><h1>请登录无线网络 Sign in to the network</h1></body></html>"


@dataclass(frozen=True)
class Message:
    """A message that came, and what it is about."""

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Wish:
    """A message whose signature fits, read."""

    step: Step
    number: str
    values: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Said:
    """An answer before it is signed."""

    status: int
    body: bytes = b""
    kind: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


class Company(ABC):
    """A payment company: reads messages, acts by its book, words and signs its answers."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.days = Days()
        self.token = secrets.token_hex(16)
        self.address = ""
        """Where it is; known once it runs."""
        self.acting = threading.Lock()
        self._released = threading.Event()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @abstractmethod
    def read(self, message: Message) -> Wish | Said:
        """Check our signature and read what is wanted, or turn it away."""

    @abstractmethod
    def act(self, wish: Wish, day: Day | None) -> Said:
        """Do as asked, and say so."""

    @abstractmethod
    def refuse(self, wish: Wish, trouble: Trouble) -> Said:
        """The words for CLOCK_OFF, BUSY and LIMITED."""

    @abstractmethod
    def signed(self, said: Said, trouble: Trouble | None) -> Said:
        """An answer as it goes out; WRONG_SIGNATURE and UNSIGNED spoil it here."""

    def spoil(self, day: Day) -> None:
        """Have a bad day."""
        self.days.add(day)

    def heal(self) -> None:
        """No more bad days, and nothing held."""
        self.days.clear()
        self.release()

    def release(self) -> None:
        """Let go of every answer that is held."""
        self._released.set()
        self._released = threading.Event()

    def run(self, port: int = 0) -> None:
        """Begin to listen on this computer."""
        self._server = _Server(("127.0.0.1", port), _Handler, self)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_LOOKS_EVERY_S,), name=type(self).__name__
        )
        self._thread.start()

    def close(self) -> None:
        """End, and wait for every thread."""
        if self._server is not None and self._thread is not None:
            self._server.ending = True
            self._released.set()
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = self._thread = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def answer(self, handler: _Handler, message: Message) -> Said | None:
        """What to say to a message; None where nothing is said at all."""
        wish = self.read(message)
        if isinstance(wish, Said):
            return wish
        day = self.days.take(wish.step, wish.number)
        trouble = day.trouble if day else None
        acts = day is None or (day.acts and trouble not in NOTHING_DONE)
        with self.acting:
            said = self.act(wish, day) if acts else self._pretended(wish, day)
        if trouble is Trouble.SLOW and day is not None:
            self._hold(handler, day.delay_s)
        if trouble is Trouble.SILENT:
            self._hold(handler, None)
        if trouble in (Trouble.SILENT, Trouble.CUT):
            return None
        if trouble in (Trouble.CLOCK_OFF, Trouble.BUSY, Trouble.LIMITED):
            return self.refuse(wish, trouble)
        if trouble is Trouble.HTML:
            return Said(200, PORTAL.encode("utf-8"), "text/html; charset=utf-8")
        if trouble is Trouble.ELSEWHERE:
            return Said(307, headers={"Location": f"{self.address}{message.path}"})
        if trouble is Trouble.GARBLED:
            return self.signed(Said(200, b'{"half":'), trouble)
        return self.signed(said, trouble)

    def _pretended(self, wish: Wish, day: Day | None) -> Said:
        """What it would say had it done as asked; a forged answer says just that."""
        book = self.book
        self.book = replace(copy.deepcopy(book), file=None)
        try:
            return self.act(wish, day)
        finally:
            self.book = book

    def control(self, message: Message) -> Said:
        """A message of whoever directs the rehearsal, from another process."""
        if not secrets.compare_digest(message.headers.get(TOKEN_HEADER.lower(), ""), self.token):
            return Said(403)
        try:
            values = json.loads(message.body or b"{}")
            self._do(values.pop("do"), values)
        except (ValueError, TypeError, KeyError, AttributeError):
            return Said(400)
        with self.acting:
            return Said(200, json.dumps(self.book.to_json()).encode("utf-8"))

    def _do(self, what: str, values: dict[str, Any]) -> None:
        if what == "spoil":
            self.spoil(Day.from_json(values))
        elif what == "heal":
            self.heal()
        elif what == "release":
            self.release()
        elif what == "settle":
            with self.acting:
                self.book.settle(values["number"], BackState(values["state"]))
        elif what == "balance":
            with self.acting:
                self.book.balance_fen = values["fen"]
        elif what != "state":
            raise ValueError(what)

    def _hold(self, handler: _Handler, most_s: float | None) -> None:
        """Wait until released, or so long, or until the window has hung up."""
        released, left = self._released, most_s
        while not released.wait(_LOOKS_EVERY_S if left is None else min(left, _LOOKS_EVERY_S)):
            if left is not None:
                left -= _LOOKS_EVERY_S
                if left <= 0:
                    return
            if handler.hung_up() or handler.server.ending:
                return


class _Server(ThreadingHTTPServer):
    """Every thread is waited for at the end."""

    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], handler: type[_Handler], company: Company) -> None:
        self.company = company
        self.ending = False
        super().__init__(address, handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A window that hung up is nothing to print about; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 5.0
    """Seconds for a message to come in whole."""

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def _serve(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST_BYTES:
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        message = Message(method, self.path, headers, self.rfile.read(length))
        company = self.server.company
        if self.path == CONTROL:
            said: Said | None = company.control(message)
        else:
            said = company.answer(self, message)
        if said is None:
            self.close_connection = True
            return
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        if said.status != 204:
            self.send_header("Content-Type", said.kind)
            self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        if said.status != 204:
            self.wfile.write(said.body)

    def hung_up(self) -> bool:
        """Whether the window has closed its end."""
        try:
            ready, _, _ = select.select([self.connection], [], [], 0)
            return bool(ready) and self.connection.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: messages hold payment codes."""
