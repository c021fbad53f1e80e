"""A simulated mail server on this computer: takes mail over SMTP, and has its bad days.

It speaks as much of RFC 5321 as is needed, with STARTTLS and a sign-in where it is given them.
"""

from __future__ import annotations

import base64
import binascii
import socketserver
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from typing import Self

_LOOKS_EVERY_S = 0.05
MOST_BYTES = 1_000_000


class MailTrouble(StrEnum):
    """What goes wrong with the next message."""

    NO_SUCH_RECIPIENT = "no_such_recipient"
    """550 to the recipient."""
    GREYLISTED = "greylisted"
    """451 to the recipient: come again."""
    CUT_BEFORE = "cut_before"
    """The line breaks before the message: nothing was taken."""
    CUT_AFTER = "cut_after"
    """The message was taken, and the line breaks before that is said."""
    SILENT = "silent"
    """The message was taken, and nothing is said until released."""
    SIGN_IN = "sign_in"
    """535: name or password is wrong."""
    BUSY = "busy"
    """421 in the place of a greeting."""
    FULL = "full"
    """552 to the message."""
    NO_TLS = "no_tls"
    """STARTTLS is not offered, as where somebody in between takes it out."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was taken."""

    sender: str
    recipient: str
    message: EmailMessage


class MailServer:
    """Listens on 127.0.0.1; `taken` is what it has taken, in order."""

    def __init__(
        self, *, tls: ssl.SSLContext | None = None, user: str = "", password: str = ""
    ) -> None:
        self.tls, self.user, self.password = tls, user, password
        self.taken: list[Taken] = []
        self.released = threading.Event()
        self._days: list[MailTrouble] = []
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Talk, self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_LOOKS_EVERY_S,), name="mail server"
        )
        self._thread.start()

    def spoil(self, *troubles: MailTrouble) -> None:
        """What goes wrong with the next messages, one each."""
        with self._lock:
            self._days += troubles

    def meets(self, trouble: MailTrouble) -> bool:
        """Whether that is what goes wrong now; it is over with that."""
        with self._lock:
            if self._days[:1] == [trouble]:
                del self._days[0]
                return True
            return False

    def offers_tls(self) -> bool:
        """Whether it says that it can speak over TLS."""
        return self.tls is not None and not self.meets(MailTrouble.NO_TLS)

    def take(self, taken: Taken) -> None:
        """Keep a message."""
        with self._lock:
            self.taken.append(taken)

    def close(self) -> None:
        """End, and wait for every thread."""
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(
        self, address: tuple[str, int], handler: type[_Talk], mail_server: MailServer
    ) -> None:
        self.mail_server = mail_server
        super().__init__(address, handler)


class _End(Exception):
    """The conversation is over."""


class _Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    server: _Server
    timeout = 20.0
    """Seconds for a line of the other side."""

    def handle(self) -> None:
        self._sender = self._recipient = ""
        self._signed_in = self._secure = False
        venue = self.server.mail_server
        try:
            if venue.meets(MailTrouble.BUSY):
                self._say("421 too busy")
                return
            self._say("220 mail.example ESMTP")
            while True:
                self._command(self._line())
        except (_End, OSError):
            # Whoever hung up, or does not trust our certificate, says no more.
            return

    def finish(self) -> None:
        """The socket of TLS is one of its own, which nobody else closes."""
        super().finish()
        self.connection.close()

    def _say(self, *lines: str) -> None:
        code = lines[0][:3]
        texts = [line[4:] for line in lines]
        for text in texts[:-1]:
            self.wfile.write(f"{code}-{text}\r\n".encode())
        self.wfile.write(f"{code} {texts[-1]}\r\n".encode())

    def _line(self) -> str:
        line = self.rfile.readline(2048)
        if not line:
            raise _End
        return line.decode("utf-8", "replace").rstrip("\r\n")

    def _command(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        acts: dict[str, Callable[[str], None]] = {
            "EHLO": self._ehlo,
            "STARTTLS": self._start_tls,
            "AUTH": self._auth,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "QUIT": self._quit,
        }
        act = acts.get(verb.upper())
        if act is None:
            self._say("502 not known here")
        else:
            act(rest)

    def _ehlo(self, _: str) -> None:
        venue = self.server.mail_server
        lines = ["250 mail.example"]
        if not self._secure and venue.offers_tls():
            lines.append("250 STARTTLS")
        if venue.user and (self._secure or venue.tls is None):
            lines.append("250 AUTH PLAIN")
        self._say(*lines)

    def _start_tls(self, _: str) -> None:
        tls = self.server.mail_server.tls
        if tls is None or self._secure:
            self._say("502 not known here")
            return
        self._say("220 go ahead")
        self.connection = tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", 0)
        self._secure = True

    def _auth(self, rest: str) -> None:
        venue = self.server.mail_server
        if venue.meets(MailTrouble.SIGN_IN):
            self._say("535 5.7.8 wrong name or password")
            return
        method, _, first = rest.partition(" ")
        try:
            said = base64.b64decode(first, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            said = ""
        self._signed_in = method.upper() == "PLAIN" and said == f"\0{venue.user}\0{venue.password}"
        self._say("235 welcome" if self._signed_in else "535 5.7.8 wrong name or password")

    def _mail(self, rest: str) -> None:
        venue = self.server.mail_server
        if venue.user and not self._signed_in:
            self._say("530 5.7.0 sign in first")
            return
        self._sender = _address(rest)
        self._say("250 fine")

    def _rcpt(self, rest: str) -> None:
        venue = self.server.mail_server
        if venue.meets(MailTrouble.NO_SUCH_RECIPIENT):
            self._say("550 5.1.1 nobody of that name")
        elif venue.meets(MailTrouble.GREYLISTED):
            self._say("451 4.7.1 greylisted, come again")
        else:
            self._recipient = _address(rest)
            self._say("250 fine")

    def _data(self, _: str) -> None:
        venue = self.server.mail_server
        if not self._recipient:
            self._say("503 to whom")
            return
        if venue.meets(MailTrouble.CUT_BEFORE):
            raise _End
        self._say("354 go ahead")
        lines, size = [], 0
        while (line := self.rfile.readline(MOST_BYTES)) != b".\r\n":
            size += len(line)
            if not line or size > MOST_BYTES:
                raise _End
            lines.append(line[1:] if line.startswith(b"..") else line)
        if venue.meets(MailTrouble.FULL):
            self._say("552 5.2.2 mailbox full")
            return
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        venue.take(Taken(self._sender, self._recipient, message))
        if venue.meets(MailTrouble.CUT_AFTER):
            raise _End
        if venue.meets(MailTrouble.SILENT):
            venue.released.wait()
            raise _End
        self._say("250 taken")

    def _quit(self, _: str) -> None:
        self._say("221 good bye")
        raise _End


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]
