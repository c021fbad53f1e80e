"""One message, once: no redirection, no environment, no endless page."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from boxoffice.payments.line import Reply, send
from boxoffice.payments.protocol import Why
from boxoffice.payments.said import kept


@contextmanager
def answering(text: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that says the same to everybody, and what it was told."""
    heard: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            lines = []
            while (line := self.rfile.readline()).strip():
                lines.append(line)
            heard.append(b"".join(lines))
            self.wfile.write(text)

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/x", heard
        finally:
            server.shutdown()
            thread.join()


def test_an_answer_as_it_is() -> None:
    with answering(b"HTTP/1.1 202 OK\r\nX-Name: v\r\nContent-Length: 2\r\n\r\n{}") as (url, heard):
        reply = send("GET", url, within_s=20)
    assert isinstance(reply, Reply)
    assert (reply.status, reply.headers["x-name"], reply.body) == (202, "v", b"{}")
    assert len(heard) == 1


def test_a_redirection_is_not_followed() -> None:
    """Elsewhere the charge would come a second time."""
    text = b"HTTP/1.1 307 Go\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"
    with answering(text) as (url, heard):
        reply = send("POST", url, data=b"charge", within_s=20)
    assert isinstance(reply, Reply)
    assert (reply.status, len(heard)) == (307, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", Why.SILENT),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", Why.SILENT),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5_000, Why.NOT_READABLE),
    ],
    ids=["hung up", "cut short", "too long"],
)
def test_what_is_no_answer(text: bytes, why: Why) -> None:
    with answering(text) as (url, heard):
        assert send("GET", url, within_s=20, most_bytes=4_000) is why
    assert len(heard) == 1


def test_a_body_in_pieces() -> None:
    text = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    with answering(text) as (url, _):
        reply = send("GET", url, within_s=20)
    assert isinstance(reply, Reply)
    assert reply.body == b"abc"


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"])
def test_an_answer_that_trickles_on(start: bytes) -> None:
    """Each byte comes soon enough, the answer never does."""
    enough = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(start)
            with suppress(OSError):
                while start and not enough.wait(0.02):
                    self.wfile.write(b"x")
            enough.wait(20)

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_address[1]}/"
            assert send("GET", url, within_s=0.4) is Why.SILENT
        finally:
            enough.set()
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://nowhere.invalid/x"])
def test_no_connection(url: str) -> None:
    assert send("GET", url, within_s=20) is Why.UNREACHABLE


def test_the_environment_changes_no_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A .netrc would put its own word in the place of our signature; a proxy would read it."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password something\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as (url, heard):
        send("GET", url, headers={"Authorization": "ours"}, within_s=20)
    assert b"Authorization: ours\r\n" in heard[0]


def test_what_was_said_is_kept_without_numbers() -> None:
    text = kept(400, "AUTH_CODE_INVALID", "付款码 134567890123456789\n无效" + "x" * 200)
    assert text.startswith("400 AUTH_CODE_INVALID 付款码 … 无效")
    assert len(text) == 100
